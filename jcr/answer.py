"""What a rule answers: yes or no with its reason, or yes, no and not yet known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Tri = Literal["yes", "no", "not_known"]

# "Known or suspected" is met by suspicion (Children Act 2004 s.16C; Care Act 2014 s.44).
YES_WORDS = frozenset(
    {"yes", "y", "true", "1", "known", "suspected", "known or suspected", "known/suspected", "confirmed"}
)
NO_WORDS = frozenset({"no", "n", "false", "0"})
NOT_KNOWN_WORDS = frozenset(
    {
        "",
        "not known",
        "not yet known",
        "unknown",
        "none",
        "null",
        "n/a",
        "unsure",
        "not sure",
        "don't know",
        "tbc",
    }
)


@dataclass(frozen=True)
class Answer:
    """Yes or no, and why, in words fit for a page, a letter and the minutes.

    `source` is the paragraph the answer rests on; empty where the office itself chose.
    """

    holds: bool
    because: str
    source: str = ""

    def __bool__(self) -> bool:
        return self.holds


def as_tri(value: object) -> Tri:
    """Read an answer as people and forms give it: True, "Yes", "suspected", None, "not known"...

    Anything that is not plainly a yes or a no counts as not yet known, so that no doubt decides a case.
    """
    word = _word(value)
    if word in YES_WORDS:
        return "yes"
    return "no" if word in NO_WORDS else "not_known"


def is_understood(value: object) -> bool:
    """Whether `as_tri` recognised the value, rather than falling back to not known."""
    return _word(value) in YES_WORDS | NO_WORDS | NOT_KNOWN_WORDS


def all_hold(answers: Iterable[Tri]) -> Tri:
    """Kleene's and: one no decides, even where others are not known; with no answers at all, yes."""
    given = set(answers)
    if "no" in given:
        return "no"
    return "not_known" if "not_known" in given else "yes"


def any_holds(answers: Iterable[Tri]) -> Tri:
    """Kleene's or: one yes decides, even where others are not known; with no answers at all, no."""
    given = set(answers)
    if "yes" in given:
        return "yes"
    return "not_known" if "not_known" in given else "no"


def opposite(answer: Tri) -> Tri:
    """Yes for no and no for yes; what is not known stays so."""
    turned: dict[Tri, Tri] = {"yes": "no", "no": "yes", "not_known": "not_known"}
    return turned[answer]


def _word(value: object) -> str:
    if value is None:
        return ""
    words = str(value).replace("_", " ").replace("’", "'").split()
    return " ".join(words).casefold().rstrip(".")
