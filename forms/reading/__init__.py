"""Documents that come back, read into the canonical fields with every piece of their text accounted for."""

from typing import TYPE_CHECKING, Any

from .result import Found, Reading

if TYPE_CHECKING:
    from .reader import read

__all__ = ["Found", "Reading", "read"]


def __getattr__(name: str) -> Any:
    """Loads the reader when it is first asked for: whoever reads in the sandbox need not hold it in memory."""
    if name != "read":
        raise AttributeError(name)
    from .reader import read

    return read
