"""The pages of agencies, chairs and the terms of reference."""

from jcr.people import agency_pages, chair_pages, reference_pages
from jcr.people.blueprint import pages

__all__ = ["agency_pages", "chair_pages", "pages", "reference_pages"]
