"""All pages of submissions: the forms to send out."""

from jcr.submissions import blank_pages
from jcr.submissions.blueprint import pages

__all__ = ["blank_pages", "pages"]
