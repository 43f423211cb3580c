"""Documents that come back, read into the canonical fields with every piece of their text accounted for."""

from .read import read
from .result import Found, Reading

__all__ = ["Found", "Reading", "read"]
