"""A form that two people filled in: the referrer one part, an agency asked for what it knows another."""

import re
from collections.abc import Sequence
from dataclasses import replace

from .pairs import Pair
from .placeholders import state_of

_NAMES = ("referrer_name", "author_name")
_OF_WRITERS = ("referrer_", "author_", "agency_name", "date_of_referral", "date_completed", "date_returned")
_REFERS = re.compile(r"\b(?:refer|notif)", re.I)
_READ_AS = {"referral": "a referral", "scoping": "the agency's return"}


def of_two_writers(pairs: Sequence[Pair]) -> bool:
    """Say whether one person is named as who refers, and another as the writer in an agency's part."""
    named = [pair for pair in pairs if pair.match and pair.match.name in _NAMES and _answered(pair)]
    authors = {pair.answer.strip().casefold() for pair in named if pair.section == "author"}
    referrers = {pair.answer.strip().casefold() for pair in named if _refers(pair)}
    return bool(referrers and authors) and not referrers & authors


def without_the_other(pairs: Sequence[Pair], kind: str) -> list[Pair]:
    """Return the pairs of a form of two writers, where what is asked of the other kind's writer means nothing."""
    return [_other(pair) if _of_a_writer(pair) and _is_others(pair, kind) else pair for pair in pairs]


def note(kind: str) -> str:
    """Return what a person is told of a form of two writers that was read as this kind."""
    return (
        "Both the referrer's part and an agency's part of this form are filled in. It was read as"
        f" {_READ_AS[kind]}; check what was not placed, which holds the other part."
    )


def _refers(pair: Pair) -> bool:
    return pair.section == "referrer" or (pair.section != "author" and bool(_REFERS.search(pair.label)))


def _is_others(pair: Pair, kind: str) -> bool:
    return (pair.section == "author") == (kind == "referral")


def _other(pair: Pair) -> Pair:
    """Return a pair of the other writer's: a return keeps the name of who referred, and nothing else is kept."""
    assert pair.match is not None
    referrer = pair.match.name == "author_name" and _refers(pair)
    return replace(pair, match=replace(pair.match, names=("prefilled_referrer",)) if referrer else None)


def _of_a_writer(pair: Pair) -> bool:
    return pair.match is not None and pair.match.name.startswith(_OF_WRITERS)


def _answered(pair: Pair) -> bool:
    return state_of(pair.answer) == "answer"
