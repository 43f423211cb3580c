"""The pages of agencies, chairs, offices and the terms of reference."""

from jcr.people import agency_pages, chair_pages, office_pages, reference_pages
from jcr.people.blueprint import pages

__all__ = ["agency_pages", "chair_pages", "office_pages", "pages", "reference_pages"]
