"""Working days in England: the calendar, and counting forwards, backwards and between, day by day."""

from __future__ import annotations

import calendar as gregorian
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from jcr.wording import count, long_date

ONE_DAY = timedelta(days=1)
ONE_OFF = "One-off bank holiday"


class CalendarEnds(ValueError):
    """A count would run into a year whose bank holidays are not loaded; the text says what to do."""


@dataclass(frozen=True)
class Calendar:
    """The bank holidays of the years it knows: day -> name. Weekends are never working days.

    Council closure days between Christmas and New Year are not bank holidays and do count.
    """

    holidays: Mapping[date, str] = field(hash=False)
    first_year: int
    last_year: int

    def is_working_day(self, day: date) -> bool:
        """Not a Saturday, a Sunday or a bank holiday. Raises CalendarEnds outside the known years."""
        self.must_know(day)
        return day.weekday() < 5 and day not in self.holidays

    def why_not(self, day: date) -> str:
        """Why a day does not count: `Saturday`, `Christmas Day`; empty for a working day."""
        self.must_know(day)
        if day in self.holidays:
            return self.holidays[day]
        return f"{day:%A}" if day.weekday() >= 5 else ""

    def must_know(self, day: date) -> None:
        """Refuse a day whose bank holidays are not known, and a moment where a day is meant."""
        if isinstance(day, datetime):
            raise TypeError(
                "Working days are counted from a date, not from a moment: settle the local day first."
            )
        if day.year < self.first_year or day.year > self.last_year:
            raise CalendarEnds(
                f"Bank holidays are known from {self.first_year} to {self.last_year} only, so working days "
                f"cannot be counted as far as {long_date(day)}. Ask the administrator to update the "
                "list of bank holidays; until then keep the date by hand, with a note of how it was counted."
            )


@dataclass(frozen=True)
class Counted:
    """One day of a count: its number, or none and why it was passed over."""

    day: date
    number: int | None
    note: str = ""


def england(extra: Iterable[date] | Mapping[date, str] = ()) -> Calendar:
    """The bank holidays of England and Wales from GOV.UK's list as installed; never asks the network.

    `extra` holds one-off days the list does not have yet (a coronation, a funeral), with names if known.
    They do not make their year a known one: its ordinary bank holidays would still be missing.
    """
    one_offs = dict(extra) if isinstance(extra, Mapping) else dict.fromkeys(extra, ONE_OFF)
    return _with(frozenset(one_offs.items()))


@lru_cache(maxsize=8)  # made anew for every page otherwise
def _with(one_offs: frozenset[tuple[date, str]]) -> Calendar:
    official = _official()
    years = [day.year for day in official]
    return Calendar(MappingProxyType({**dict(one_offs), **official}), min(years), max(years))


def add_working_days(start: date, n: int, calendar: Calendar) -> date:
    """The day n working days after the start, which is day 0; day 1 is the next working day.

    A start on a weekend or bank holiday is day 0 all the same: counting begins on the next working day.
    n = 0 gives the start itself, working day or not; a negative n counts back, as working_days_before does.
    Raises CalendarEnds rather than count into a year that is not known.
    """
    step = ONE_DAY if n >= 0 else -ONE_DAY
    day, left = start, abs(n)
    while left:
        day += step
        left -= calendar.is_working_day(day)
    return day


def working_days_before(day: date, n: int, calendar: Calendar) -> date:
    """The day n working days before a day (a meeting, a publication), which is itself day 0."""
    return add_working_days(day, -n, calendar)


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """How many working days after the start the end lies: the end counts, the start does not.

    Negative when the end is before the start, so that it always undoes add_working_days.
    """
    if end < start:
        return -sum(calendar.is_working_day(day) for day in _days(end, start - ONE_DAY))
    return sum(calendar.is_working_day(day) for day in _days(start + ONE_DAY, end))


def counted(start: date, n: int, calendar: Calendar) -> list[Counted]:
    """Why this date: every day from the start to the nth working day, numbered or with what it is instead."""
    end = add_working_days(start, n, calendar)
    rows = [Counted(start, 0, calendar.why_not(start))]
    number = 0
    for day in _days(start + ONE_DAY, end) if n >= 0 else _days_back(start - ONE_DAY, end):
        passed_over = calendar.why_not(day)
        number += 0 if passed_over else 1
        rows.append(Counted(day, None if passed_over else number, passed_over))
    return rows


def holidays_passed(start: date, n: int, calendar: Calendar) -> str:
    """The bank holidays a count stepped over, in words; empty when there were none."""
    passed = [row.day for row in counted(start, n, calendar)[1:] if row.day in calendar.holidays]
    return ", ".join(f"{calendar.holidays[day]} ({long_date(day)})" for day in sorted(passed))


def add_months(start: date, n: int) -> date:
    """The same day n calendar months on (or back, if negative), clipped to the end of a shorter month."""
    years, month = divmod(start.month - 1 + n, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, gregorian.monthrange(year, month + 1)[1]))


def last_working_day_to(day: date, calendar: Calendar) -> date:
    """The day itself if it is a working day, else the working day before it."""
    return day if calendar.is_working_day(day) else working_days_before(day, 1, calendar)


def dates_moved(starts: Mapping[str, tuple[date, int]], before: Calendar, after: Calendar) -> dict[str, str]:
    """Which deadlines a new one-off day would move: name -> sentence, for a person to confirm.

    `starts` gives for each deadline its day 0 and its number of working days.
    """
    moved = {}
    for name, (start, n) in starts.items():
        old, new = add_working_days(start, n, before), add_working_days(start, n, after)
        if old != new:
            days = count(abs((new - old).days), "day")
            moved[name] = f"Would move by {days}, from {long_date(old)} to {long_date(new)}."
    return moved


@lru_cache(maxsize=1)
def _official() -> Mapping[date, str]:
    """From the package's own file: its code would bring along a client for the network."""
    listed = json.loads(files("govuk_bank_holidays").joinpath("bank-holidays.json").read_text("utf-8"))
    events = listed["england-and-wales"]["events"]
    return MappingProxyType({date.fromisoformat(event["date"]): _named(event) for event in events})


def _named(holiday: Mapping[str, str]) -> str:
    # GOV.UK writes "Substitute day" in the notes when the holiday itself fell on a weekend.
    return f"{holiday['title']}, {holiday['notes'].lower()}" if holiday.get("notes") else holiday["title"]


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY


def _days_back(first: date, last: date) -> Iterator[date]:
    while first >= last:
        yield first
        first -= ONE_DAY
