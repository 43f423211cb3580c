"""All pages of decisions: the recommendation, its ratification and the letter to the referrer."""

from jcr.decisions import (
    letter_pages,
    notice_pages,
    ratification_pages,
    recommendation_pages,
    reconsideration_pages,
)
from jcr.decisions.blueprint import pages

__all__ = [
    "letter_pages", "notice_pages", "pages", "ratification_pages", "recommendation_pages", "reconsideration_pages",
]  # fmt: skip
