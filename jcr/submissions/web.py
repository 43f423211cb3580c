"""All pages of submissions: the forms to send out, and those to fill in on a page."""

from jcr.submissions import answering_pages, blank_pages
from jcr.submissions.blueprint import pages

__all__ = ["answering_pages", "blank_pages", "pages"]
