"""When something happened, as far as a record tells: a first and a last possible day, a time, and any doubt."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from forms.reading.dates import Era, every, find, is_doubtful, without_time
from forms.reading.dates import When as Read
from jcr.wording import short_date

SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}  # winter falls into two years
YEAR_ALONE = re.compile(r"\W*(?:c\W?|ca\W?|circa|about|around|in)?\W*\d{4}\W*", re.IGNORECASE)
# Between the first date and the last
TO = re.compile(r"\W*(?:to|until|till|through|and|&|-|–|—)\W*", re.IGNORECASE)
MONTH_TO = re.compile(r"([a-z]{3,9})\W+(?:to\W+|until\W+|and\W+)?$", re.IGNORECASE)  # May to June 2025
WEEK = re.compile(r"\b(?:week\s+(?:commencing|beginning|starting|of)|w/?[cb])\b", re.IGNORECASE)
# 2023/24; 2003-04 is a month
SCHOOL_YEAR = re.compile(r"(?<![\d/.–-])((?:19|20)\d\d)[/–-](\d\d)(?![\d/.–-])")
WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,?", re.IGNORECASE)


@dataclass(frozen=True)
class When:
    """`first` and `last` bound the day, and are None when no date could be made out; `written` is as recorded."""

    first: date | None
    last: date | None
    time: str = ""
    written: str = ""
    doubtful: bool = False

    @property
    def is_exact(self) -> bool:
        return self.first is not None and self.first == self.last

    @property
    def shown(self) -> str:
        """Such as 3 Feb 2025 at 14:30, about February 2025, 28 Jan 2025 to 29 Jan 2025 or Not dated (“in teens”)."""
        return f"{self.day} at {self.time}" if self.time else self.day

    @property
    def day(self) -> str:
        """The same without the time."""
        if not (self.first and self.last):
            looks_like_one = not self.written or any(sign.isdigit() for sign in self.written)
            told = f" (“{self.written}”)" if self.written else ""
            return f"Not dated{told}" if looks_like_one else self.written
        span = f"{'about ' if self.doubtful else ''}{_span(self.first, self.last)}"
        says_more = self._is_of_a_year and not YEAR_ALONE.fullmatch(self.written)
        return f"{span} (“{self.written}”)" if self.written and says_more else span

    @property
    def _is_of_a_year(self) -> bool:
        """Whether no more than the year, or a season of it, could be made out."""
        if self.first is None:
            return False
        seasons = (_of_season(self.first.year, season) for season in SEASONS)
        return (self.first, self.last) in (_bounds(f"{self.first:%Y}"), *seasons)

    @property
    def order(self) -> tuple[date, date, str]:
        """Earliest first; a month before its days, the undated last, a day without a time before one with it."""
        return self.first or date.max, _reversed(self.last or date.max), self.time

    def days_from(self, other: When) -> int | None:
        """Whole days between the two at their closest; 0 where they may be the same day, None when one is undated."""
        if not (self.first and self.last and other.first and other.last):
            return None
        return max((self.first - other.last).days, (other.first - self.last).days, 0)


def when(row: Mapping[str, Any], this_year: int) -> When:
    """The date of a chronology row, whether it was typed on the web or read from a document."""
    written, time = str(row.get("date") or "").strip(), str(row.get("time") or "").strip()
    text = _plainly(written)
    found, reached = find(text, Era(this_year)), _reached(without_time(text), this_year)
    if found is None:
        first, last = reached or (None, None)
        return When(first, last, time, written, doubtful=bool(written) and not reached)
    first, last = reached or _season(written, found.iso) or _week(written, found) or _bounds(found.iso)
    end = str(row.get("date_end") or found.end)
    if end:
        last = max(last, _bounds(end)[1])
    no_doubt = end or reached
    unsure = (
        row.get("date_uncertain") == "yes" or is_doubtful(written) or (bool(found.doubt) and not no_doubt)
    )
    return When(first, last, time or found.time, written, unsure)


def _plainly(written: str) -> str:
    """Without the days of the week, and with May/June as May - June."""
    return " ".join(WEEKDAY.sub(" ", re.sub(r"(?<=[a-z])/(?=[a-z])", " - ", written, flags=re.I)).split())


def _reached(written: str, this_year: int) -> tuple[date, date] | None:
    """The first and the last day of what goes from one date to another; the year may stand at the second alone."""
    years, dates = SCHOOL_YEAR.search(written), [*every(written, Era(this_year))]
    says_no_day = all(one.precision != "day" for one in dates)
    if years and says_no_day and 12 < int(years[2]) == (int(years[1]) + 1) % 100:
        return date(int(years[1]), 1, 1), date(int(years[1]) + 1, 12, 31)
    if len(dates) != 2:
        return _months(written, dates[0]) if dates and dates[0].precision != "year" else None
    one, other = dates
    between = written[written.index(one.text) + len(one.text) : written.rindex(other.text)]
    if not TO.fullmatch(between):
        return None
    first, last = _bounds(other.iso)[0], _bounds(other.end or other.iso)[1]
    began = find(one.text, Era(first.year, near=first)) if one.doubt else one
    return _in_order(_bounds(began.iso)[0], last) if began else None


def _months(written: str, last: Read) -> tuple[date, date] | None:
    """From a month without a year to a date that has one."""
    month = MONTH_TO.search(written[: written.index(last.text)])
    year = int(last.iso[:4])
    began = find(f"{month[1]} {year}", Era(year)) if month else None
    if began is None or began.precision != "month":
        return None
    first, end = _bounds(began.iso)[0], _bounds(last.end or last.iso)[1]
    return (first if first <= end else first.replace(year=year - 1)), end


def _in_order(first: date, last: date) -> tuple[date, date] | None:
    return (first, last) if first <= last else None


def _week(written: str, found: Read) -> tuple[date, date] | None:
    """The seven days of a week that is told by its first."""
    first, last = _bounds(found.iso)
    return (first, first + timedelta(days=6)) if first == last and WEEK.search(written) else None


def _season(written: str, iso: str) -> tuple[date, date] | None:
    """The first and last day of a season of a year, where one is named."""
    named = [season for season in SEASONS if season in written.lower()]
    return _of_season(int(iso), named[0]) if len(named) == 1 and iso.isdigit() else None


def _of_season(year: int, season: str) -> tuple[date, date]:
    first, last = SEASONS[season]
    return _bounds(f"{year}-{first:02}")[0], _bounds(f"{year}-{last:02}")[1]


def _bounds(iso: str) -> tuple[date, date]:
    """The first and last day of a year, a month or a day in ISO writing."""
    year, *rest = (int(part) for part in iso.split("-"))
    if not rest:
        return date(year, 1, 1), date(year, 12, 31)
    if len(rest) == 1:
        return date(year, rest[0], 1), date(year, rest[0], monthrange(year, rest[0])[1])
    return date(year, *rest), date(year, *rest)


def _span(first: date, last: date) -> str:
    if first == last:
        return short_date(first)
    if (first, last) == _bounds(f"{first:%Y}"):
        return f"{first:%Y}"
    if (first, last) == _bounds(f"{first:%Y-%m}"):
        return f"{first:%B %Y}"
    return f"{short_date(first)} to {short_date(last)}"


def _reversed(day: date) -> date:
    return date.fromordinal(date.max.toordinal() + 1 - day.toordinal())
