"""Quarters of the calendar year, and those in which the group does not meet (ToR: it meets quarterly)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

AHEAD = 1  # quarters after this one that should have their meeting planned


@dataclass(frozen=True)
class Quarter:
    """A quarter by its first and last day."""

    first: date
    last: date


def quarters_without(meetings_on: Iterable[date], today: date, ahead: int = AHEAD) -> list[Quarter]:
    """This quarter and so many of the next in which no business meeting was held or is planned."""
    days = list(meetings_on)
    quarters = islice(_quarters_from(today), ahead + 1)
    return [one for one in quarters if not any(one.first <= day <= one.last for day in days)]


def _quarters_from(day: date) -> Iterator[Quarter]:
    first = day.replace(month=day.month - (day.month - 1) % 3, day=1)
    while True:
        following = (first + timedelta(days=100)).replace(day=1)  # a quarter has 90 to 92 days
        yield Quarter(first, following - timedelta(days=1))
        first = following
