"""The grounds of a referral as they are answered: ticked, told in words, or only printed as an Act has them."""

import re
from collections.abc import Sequence

from . import options
from .gathered import Answers, words_of
from .glyphs import EMPTY
from .labels import plain
from .pairs import Pair
from .placeholders import OPTION_WORDS
from .values import Taken, value_of

STORY = {"incident_summary": "criteria_grounds_text", "incident_outline": "review_factors"}
REASON = re.compile(r"(?:main |brief )?reasons? for\b|why\b")
_ASKS_WHY = re.compile(r"\b(?:why|and how)\b", re.I)
GROUNDS = ("criteria_grounds", "criteria_grounds_text", "criteria_evidence")
_STATUTE = re.compile(  # as an Act says it, and no referrer
    r"\b(?:sab|board|partnership|csp|local authority)s? (?:must|shall|may arrange|is required to|has a duty to)\b",
    re.I,
)
_OF_THIS_CASE = re.compile(  # told of somebody, as no statute's words are
    r"\b(?:he|she|him|his|hers?|mr|mrs|ms|miss|did|had|didn['’]t)\b|\b\d{1,2}[./ ](?:\d|(?-i:[A-Z]))", re.I
)
_REASONS = frozenset({"incident_summary", "case_summary", "criteria_grounds_text"})
_SHORT_REVIEWS = frozenset({"sar", "dhr", "cspr", "lcspr", "scr", "dardr"})


def grounds_told(name: str, pair: Pair) -> Taken | None:
    """Return what is told of the grounds in words, nothing of those an Act gives; None where boxes may tell."""
    if _STATUTE.search(pair.answer) and not _OF_THIS_CASE.search(pair.answer):
        return Taken({}, "printed criteria")
    return _without_boxes(pair) if name == "criteria_grounds" else None


def _without_boxes(pair: Pair) -> Taken | None:
    """Return what was answered where criteria are asked for and no box stands: why they are met, or nothing."""
    if options.chosen(pair.answer) is not None:
        return None
    if _ASKS_WHY.search(pair.label):
        return Taken({"criteria_grounds_text": pair.answer.strip()})
    if pair.how != "below":
        return None
    told = _OF_THIS_CASE.search(pair.answer) and pair.answer.rstrip().endswith(".")
    return (
        Taken({"criteria_grounds_text": pair.answer.strip()})
        if told
        else Taken({}, "printed criteria, with nothing ticked")
    )


def _reviews_ticked(text: str) -> list[str]:
    """Return the reviews ticked under "reason for referral", when every tick there names a review."""
    ticks = options.chosen(text) or []
    words = [" ".join(words_of(tick)) for tick in ticks]
    return ticks if ticks and all("review" in word or word in _SHORT_REVIEWS for word in words) else []


def ticked_as_reason(answers: Answers, pair: Pair, name: str) -> Taken | None:
    """Return the reviews, or the grounds, that are ticked under "reason for referral"; None of other answers."""
    if name in _REASONS and (kinds := _reviews_ticked(pair.answer)):
        return Taken({"review_type_requested": kinds}, "ticked under another question")
    ticks = options.chosen(pair.answer)
    reasons = name == "criteria_grounds_text" or (name in STORY and REASON.match(plain(pair.label)))
    if reasons and _are_printed(ticks, pair.answer):
        return value_of("criteria_grounds", pair.answer, answers.era, pair.marked)
    return None


def _are_printed(ticks: Sequence[str] | None, text: str) -> bool:
    """Say whether what is ticked are printed reasons: others stand beside it unticked, or each is a few words."""
    return bool(ticks) and (EMPTY in text or all(len(tick.split()) <= OPTION_WORDS for tick in ticks or ()))
