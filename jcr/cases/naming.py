"""Whether words meant for a letter give a subject away: a name or a date of birth where initials belong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from unicodedata import normalize

from jcr.cases.model import Case
from jcr.cases.words import plain_letters
from jcr.wording import long_date

SHORTEST_NAME = 3


def given_away(case: Case, text: str) -> str:
    """The subject's name or date of birth that a text for a letter contains; else empty."""
    return name_in(text, [one.name for one in case.subjects], [one.dob for one in case.subjects])


def name_in(text: str, names: Iterable[str], days: Iterable[date | None] = ()) -> str:
    """The first name or date of birth of a subject that the text gives away, as it stands there; else empty.

    Each part of a name counts by itself, written with its capital, with or without accents; "young people" names no
    Ms Young.
    """
    text = normalize("NFC", text)
    plain = [plain_letters(normalize("NFC", name)) for name in names]
    parts = {part for name in plain for part in re.findall(r"[^\W\d_]+", name) if len(part) >= SHORTEST_NAME}
    forms = {form for part in parts for form in (part[0].upper() + part[1:], part.upper())}
    for form in sorted(forms, key=len, reverse=True):
        if found := re.search(rf"(?<!\w){re.escape(form)}(?!\w)", plain_letters(text)):
            return text[found.start() : found.end()]
    written = (form for day in days if day for form in _written(day))
    return next((form for form in written if form in text), "")


def _written(day: date) -> tuple[str, ...]:
    words = long_date(day).split(" ", 1)[1]
    return words, day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%d.%m.%Y}"
