"""All pages of intake: the pile, the ledger, and the reading of a referral beside its original."""

from jcr.intake import ledger_pages, pile_pages, reading_pages
from jcr.intake.blueprint import pages

__all__ = ["ledger_pages", "pages", "pile_pages", "reading_pages"]
