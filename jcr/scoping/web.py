"""All pages of scoping: those behind an agency’s link, and those of the Partnership Team."""

from jcr.scoping import (
    adding_pages,
    extension_pages,
    hand_on_pages,
    link_pages,
    own_pages,
    reporting_pages,
    signing_pages,
    staff_pages,
)
from jcr.scoping.blueprint import pages

__all__ = [
    "adding_pages",
    "extension_pages",
    "hand_on_pages",
    "link_pages",
    "own_pages",
    "pages",
    "reporting_pages",
    "signing_pages",
    "staff_pages",
]
