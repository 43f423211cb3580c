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


def every_quarter(first: date, times: int) -> list[date]:
    """So many days a quarter apart, on the same weekday of the month: each second Thursday, or the last where there is
    no fifth."""
    return [_three_months_later(first, 3 * number) for number in range(times)]


def _three_months_later(first: date, months: int) -> date:
    month = first.month - 1 + months
    start = date(first.year + month // 12, month % 12 + 1, 1)
    which = (first.day - 1) // 7
    day = start + timedelta(days=(first.weekday() - start.weekday()) % 7 + 7 * which)
    return day if day.month == start.month else day - timedelta(days=7)
