"""Days and times as people write them: day first, in figures or words, told apart from what is not a date."""

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PARTS = ("day", "month", "year")
EARLIEST_YEAR = 1880  # nobody in a case was born before

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T00:00(?::00)?Z?)?")
FIGURES = re.compile(r"(\d{0,2})\s*[/.\-–\s]\s*(\d{0,2}|[a-z]{3,9})\s*[/.\-–\s]\s*(\d*)", re.IGNORECASE)
DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]{3,9})\.?,?\s+(\d+)", re.IGNORECASE)
MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d+)", re.IGNORECASE)
WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+", re.IGNORECASE)
TIME = re.compile(r"(\d{1,2})(?:[:.\s]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|hrs?|hours)?", re.IGNORECASE)


class NotADate(ValueError):
    """Says what is wrong with a date, to follow its name, and which boxes are at fault."""

    def __init__(self, reason: str, faulty: tuple[str, ...] = PARTS):
        super().__init__(reason)
        self.faulty = faulty


def parts(text: str) -> tuple[str, str, str]:
    """Split a written date into day, month and year as typed; NotADate when it has no such shape."""
    text = WEEKDAY.sub("", text.strip())
    if found := ISO.fullmatch(text):
        year, month, day = found.groups()
        return day, month, year
    if found := FIGURES.fullmatch(text) or DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
        return day, month, year
    if found := MONTH_FIRST.fullmatch(text):
        month, day, year = found.groups()
        return day, month, year
    raise NotADate("must be a date, like 3 2 2026 or 3 February 2026")


def month_number(text: str) -> int:
    """1 to 12 from figures or from an English month name, long or short; 0 when it is neither."""
    if text.isdecimal():
        return int(text)
    start = text[:3].lower()
    return MONTHS.index(start) + 1 if start in MONTHS else 0


def day_from(text: str) -> date:
    """The day written in the text, read day first; NotADate says what is missing or wrong."""
    written = dict(zip(PARTS, parts(text), strict=True))
    missing = tuple(part for part in PARTS if not written[part])
    if missing:
        raise NotADate(f"must include a {' and '.join(missing)}", missing)
    if len(written["year"]) != 4:
        raise NotADate("must have a year of 4 numbers, like 2026", ("year",))
    try:
        day = date(int(written["year"]), month_number(written["month"]), int(written["day"]))
    except ValueError:
        raise NotADate("must be a real date") from None
    if day.year < EARLIEST_YEAR:
        raise NotADate(f"must be after {EARLIEST_YEAR}", ("year",))
    return day


def day_or_none(text: object) -> date | None:
    """The day written in the text, or None when there is none or it is no real date."""
    try:
        return day_from(text) if isinstance(text, str) else None
    except NotADate:
        return None


def is_no_day(text: str) -> bool:
    """Whether the text is written as a whole day and is none, like 31/02/2025; a period, like November 2023, is not."""
    try:
        day, month, year = parts(text)
    except NotADate:
        return False
    if not (day and year and (month.isdecimal() or month_number(month))):
        return False
    return day_or_none(f"{day}/{month}/{'20' if len(year) == 2 else ''}{year}") is None


def time_from(text: str) -> str | None:
    """A time of day as HH:MM from writings such as 0425 hrs, 23:40, 2.30pm or 11 pm; None if it is none."""
    found = TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower().replace(".", "")
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif not half and found[2] is None:
        return None  # "11" alone may be anything
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def in_words(day: date) -> str:
    """A day as it stands on pages and in letters: 3 February 2026."""
    return f"{day.day} {day:%B %Y}"
