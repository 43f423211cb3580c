"""A person's name beside words that only say whose it is: "Subject: Lorna Whitcombe, born 17/10/1958"."""

import re
from collections.abc import Callable

from .labels import plain
from .meaning import Match
from .whose import only_says_whose, person_in

_NAME = re.compile(r"(?:[^\W\d_][\w'’.-]*,? ?){1,6}(?:\([^\W\d_][\w' -]{2,24}\))?")
_AFTER_NAME = re.compile(r"\s*[(,]\s*(?=d\.?o\.?b|born|\d|aged?\b)|\s+(?=d\.?o\.?b\b)", re.I)
PLAINLY = 0.85  # so sure of a label that it begins a row of its own


def somebody_named(label: str, answer: str, kind: str, known: Callable[[str], Match | None]) -> Match | None:
    """Return the match of words that only say whose, beside what can be nothing but a name; None of others."""
    if not only_says_whose(label) or only_says_whose(answer):
        return None
    named = _AFTER_NAME.split(answer.strip())[0].strip()
    if not _NAME.fullmatch(named):
        return None
    person = person_in(plain(label))
    if person == "parents":
        return Match(("parents_carers_names",), PLAINLY, person, True)
    if person == "perpetrator" and kind == "scoping":
        return Match(("alleged_perpetrators.name",), PLAINLY, person, True)
    if plain(label) == "subject" and named != answer.strip():
        return Match(("subject_name",), PLAINLY, "subject", True)
    return known(f"{label}:")
