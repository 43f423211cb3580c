"""All pages of submissions: the forms to send out, those to fill in on a page, and the paper and the update by link."""

from jcr.submissions import answering_pages, blank_pages, link_pages, paper_pages
from jcr.submissions.blueprint import pages

__all__ = ["answering_pages", "blank_pages", "link_pages", "pages", "paper_pages"]
