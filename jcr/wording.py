"""Dates, moments and lists as the office writes them. Local time decides the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def local_day(moment: datetime) -> date:
    """The day it is in the office at that moment."""
    return moment.astimezone(LONDON).date()


def long_date(day: date) -> str:
    """Such as Monday 23 November 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def plain_date(day: date) -> str:
    """Such as 14 March 1951: of a birth nobody asks the weekday."""
    return f"{day.day} {day:%B %Y}"


def clock_time(moment: datetime) -> str:
    """Such as 14:30, as the clock in the office shows it."""
    return f"{moment.astimezone(LONDON):%H:%M}"


def short_date(day: date) -> str:
    """Such as 23 Nov 2026."""
    return f"{day.day} {day:%b %Y}"


def long_moment(moment: datetime) -> str:
    """Such as Monday 23 November 2026 at 14:30."""
    local = moment.astimezone(LONDON)
    return f"{long_date(local.date())} at {local:%H:%M}"


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Such as a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def count(number: int, thing: str) -> str:
    """Such as 1 working day, 5 working days."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def sentence(text: str) -> str:
    """The text with a capital at its start and a full stop at its end; the rest is left as it is."""
    text = text.strip()
    if not text:
        return ""
    ended = text if text[-1] in ".?!" else f"{text}."
    return ended[0].upper() + ended[1:]
