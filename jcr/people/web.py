"""The pages of people, agencies and chairs."""

from jcr.people import agency_pages, chair_pages
from jcr.people.blueprint import pages

__all__ = ["agency_pages", "chair_pages", "pages"]
