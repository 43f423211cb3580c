"""All pages of referrals: writing one, signing it off, and what the Partnership Team sees of it."""

from jcr.referrals import draft_pages, link_pages, returning_pages, sending_pages, sign_off_pages, staff_pages
from jcr.referrals.blueprint import pages

__all__ = [
    "draft_pages",
    "link_pages",
    "pages",
    "returning_pages",
    "sending_pages",
    "sign_off_pages",
    "staff_pages",
]
