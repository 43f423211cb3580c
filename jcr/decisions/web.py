"""All pages of decisions: the recommendation, its ratification and the letters to the referrer."""

from jcr.decisions import (
    interim_pages,
    letter_pages,
    notice_pages,
    ratification_pages,
    recommendation_pages,
    reconsideration_pages,
)
from jcr.decisions.blueprint import pages

__all__ = [
    "interim_pages", "letter_pages", "notice_pages", "pages", "ratification_pages", "recommendation_pages",
    "reconsideration_pages",
]  # fmt: skip
