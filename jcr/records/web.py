"""The pages of this room, registered when they are imported."""

from jcr.records import archive_pages, inquiry_pages, keeping_pages, of_no_case_pages, publication_pages
from jcr.records.blueprint import pages

__all__ = [
    "archive_pages",
    "inquiry_pages",
    "keeping_pages",
    "of_no_case_pages",
    "pages",
    "publication_pages",
]
