"""Dates as people write them in Britain: day first, with what is uncertain about them kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMED = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_SEP = r"\s?[/.\-–]\s?"
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th))?"
_SECOND_DAY = r"(?:\s?(?P<join>[/&\-–]|to|or|and)\s?(?P<last>\d{1,2})(?:\s?(?:st|nd|rd|th))?)?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_NO_MORE = rf"(?!\d|[/.]\d)|(?<=\d{{4}})(?=/\d{{1,2}}\s?{_NAMED.format('second')})"  # "31 December 2024/1 January 2025"
_PATTERNS = tuple(
    re.compile(rf"(?<![\d/.£]){pattern}(?:{_NO_MORE})", re.I)
    for pattern in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:T\d\d:\d\d\S*)?",
        _DAY + _SEP + r"(?P<month>\d{1,2})" + _SEP + _YEAR,
        r"(?P<day>\d{1,2})\s?(?P<join>[\-–&])\s?(?P<last>\d{1,2})/(?P<month>\d{1,2})/" + _YEAR,
        _DAY
        + r"\s*"
        + _NAMED.format("first")
        + r"\s*(?P<join>[/&\-–]|to|or|and)\s*(?P<last>\d{1,2})(?:\s?(?:st|nd|rd|th))?\s*"
        + _NAMED.format("named")
        + r"\s*(?P<year>\d{4})",
        _DAY
        + _SECOND_DAY
        + r"\s*(?:of\s+)?[-/]?"
        + _NAMED.format("named")
        + r"[\s,'’/-]*"
        + r"(?P<year>\d{4}|\d{2}(?!\s?:|\d))",
        _DAY + _SECOND_DAY + r"\s*(?:of\s+)?" + _NAMED.format("named") + r"\b",
        _NAMED.format("first")
        + r"\s*(?:[/&\-–]|to|and|until)\s*"
        + _NAMED.format("named")
        + r"\s*(?P<year>\d{4})",
        _NAMED.format("named") + r"\s+" + _DAY + r",?\s+(?P<year>\d{4})",
        _NAMED.format("named") + r"[\s,'’-]*(?P<year>\d{4}|(?<=['’])\d{2}|\d{2}(?=\s*$))",
        r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>(?:19|20)\d{2})",
        r"(?P<day>[0-3]\d) (?P<month>[01]\d) (?P<year>(?:19|20)\d{2})",
        r"(?P<month>\d{1,2})/(?P<year>\d{4})",
        r"(?P<day>\d{1,2})/(?P<month>\d{1,2})",
        r"(?P<year>(?:19|20)\d{2})",
    )
)
_TIME = re.compile(
    r"\b(?<!\d[.:/])(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))(?![./]?\d)\s?(?P<half>[ap]\.?m\b)?"
    r"|\b(?P<hour4>[01]\d|2[0-3])(?P<minute4>[0-5]\d)\s?(?:hrs|hours|h)\b"
    r"|\b(?P<hour12>1[0-2]|0?[1-9])\s?(?P<half12>[ap]\.?m\b)",
    re.I,
)
_DIGIT = re.compile(r"\d")  # every date has one
_MAY_BE_DATE = re.compile(r"\d\s?[/.\-–]\s?\d|\d{4}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.I)
_DOUBT = re.compile(
    r"\b(approx\w*|circa|about|around|or|possibly|maybe|c\.|estimated|est|between|unclear|\?)|\?", re.I
)


@dataclass(frozen=True)
class When:
    """A date read from text: ISO value (day, month or year), an end for "28/29 January", time, and any doubt."""

    iso: str
    text: str
    end: str = ""
    time: str = ""
    precision: str = "day"
    doubt: str = ""


@dataclass(frozen=True)
class Era:
    """What the document suggests about years left out: this year, and a date that others are close to."""

    this_year: int
    near: date | None = None


def find(text: str, era: Era, birth: bool = False) -> When | None:
    """Return the first date in `text`, or None. `birth` lets a two-digit year be long ago."""
    return next(every(text, era, birth), None)


def every(text: str, era: Era, birth: bool = False) -> Iterator[When]:
    """Yield the dates in `text` from left to right; of readings that overlap, the fullest."""
    place, found = 0, list[re.Match[str] | None]()
    while _DIGIT.search(text, place) and _MAY_BE_DATE.search(text, place):
        # Asked on only from behind what it found last: many dates in a row took each pattern to the end every time
        found = [
            last if last is None or last.start() >= place else pattern.search(text, place)
            for pattern, last in zip(_PATTERNS, found or _found(text), strict=True)
        ]
        for match in sorted(filter(None, found), key=lambda match: (match.start(), -len(match[0]))):
            read = _when(match, era, birth)
            if read:
                yield replace(read, time=time_in(text[match.end() : match.end() + 25]))
                break
        else:
            return
        place = match.end()


def _found(text: str) -> list[re.Match[str] | None]:
    return [pattern.search(text) for pattern in _PATTERNS]


def time_in(text: str) -> str:
    """Return the first time of day in `text` as HH:MM, or nothing."""
    match = _TIME.search(text)
    if not match:
        return ""
    hour = int(match["hour"] or match["hour4"] or match["hour12"])
    minute = int(match["minute"] or match["minute4"] or 0)
    half = (match["half"] or match["half12"] or "").casefold()
    if half.startswith("p") and hour < 12:
        hour += 12
    if half.startswith("a") and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}"


def without_time(text: str) -> str:
    """Return `text` without its first time of day and the small words that lead to it."""
    match = _TIME.search(text)
    if not match:
        return text
    return (
        re.sub(r"(?:\b(?:at|approx\w*|around|about|circa)\s*)+[.,]?\s*$", " ", text[: match.start()])
        + text[match.end() :]
    )


def is_doubtful(text: str) -> bool:
    """Say whether the words round a date say that it is not certain."""
    return bool(_DOUBT.search(text))


def _when(match: re.Match[str], era: Era, birth: bool) -> When | None:
    parts = match.groupdict()
    day, month, doubt = _number(parts.get("day")), _month(parts), ""
    year, guessed = _year(parts.get("year"), era, birth, month, day)
    if guessed:
        doubt = guessed
    if parts.get("first") and month:
        return _over_the_month(match[0], parts, (day, year))
    if month and day and month > 12 >= day:
        day, month, doubt = month, day, "read with the month first, because there is no such day"
    if not month:
        return When(f"{year:04}", match[0], precision="year") if year else None
    if not day:
        return When(f"{year:04}-{month:02}", match[0], precision="month") if month <= 12 else None
    return _full(match[0], (year, month, day), _number(parts.get("last")), parts.get("join") or "", doubt)


def _over_the_month(text: str, parts: dict[str, str | None], began: tuple[int | None, int]) -> When | None:
    """Return the days of "31 January/1 February 2025", or months without a day; the year is that of the second."""
    first, last = _month({"named": parts["first"]}) or 0, _month(parts) or 0
    day, year = began
    if day is None:
        month = f"{year - (first > last):04}-{first:02}"
        return When(month, text, end=f"{year:04}-{last:02}", precision="month")
    until = _full(text, (year, last, _number(parts.get("last")) or 0), None, "", "")
    since = _full(text, (year - (first > last), first, day), None, "", "")
    doubt = "one of two days" if parts.get("join") in ("/", "or") else ""
    return replace(since, end=until.iso, doubt=doubt) if since and until else None


def _full(text: str, parts: tuple[int, int, int], last: int | None, join: str, doubt: str) -> When | None:
    try:
        first = date(*parts)
        end = first.replace(day=last) if last else None
    except ValueError:
        return None
    if end and join in ("/", "or"):
        doubt = doubt or "one of two days"
    return When(first.isoformat(), text, end=end.isoformat() if end else "", doubt=doubt)


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _month(parts: dict[str, str | None]) -> int | None:
    if parts.get("named"):
        return _MONTHS.index((parts["named"] or "")[:3].casefold()) + 1
    return _number(parts.get("month"))


def _year(text: str | None, era: Era, birth: bool, month: int | None, day: int | None) -> tuple[int, str]:
    if text is None:
        return _nearest_year(era, month, day), "no year was written"
    if len(text) == 4:
        return int(text), ""
    recent = era.this_year // 100 * 100 + int(text)
    if recent > era.this_year + (0 if birth else 5):
        return recent - 100, ""
    return recent, "the century was not written" if birth else ""


def _nearest_year(era: Era, month: int | None, day: int | None) -> int:
    """Return the year that brings a day without a year closest to the document's other dates."""
    if era.near is None or not month or not day:
        return era.this_year
    near = era.near

    def distance(year: int) -> int:
        try:
            return abs((date(year, month, day) - near).days)
        except ValueError:
            return 10_000

    return min((near.year - 1, near.year, near.year + 1), key=distance)
