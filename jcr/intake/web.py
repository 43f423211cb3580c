"""All pages of intake: the pile, the ledger, and each reading beside its original."""

from jcr.intake import ledger_pages, pile_pages, reading_pages, returned_pages, settling_pages
from jcr.intake.blueprint import pages

__all__ = ["ledger_pages", "pages", "pile_pages", "reading_pages", "returned_pages", "settling_pages"]
