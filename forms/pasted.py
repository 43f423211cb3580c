"""Events copied out of a table, such as Excel's: each line an event, its cells parted by tabs, bars or marks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from forms.dates import day_or_none, is_no_day, time_from

# What the columns of a chronology are called at their heads; the longest head that fits counts
CHRONOLOGY = {
    "date": (
        "date",
        "when",
        "day",
        "date of event",
        "date of contact",
        "date time",
        "date and time",
        "event date",
        "record date",
    ),
    "time": ("time", "time of event"),
    "source": ("source", "source of the record", "source of information", "record", "system", "agency"),
    "event": (
        "what happened",
        "event",
        "description",
        "details",
        "summary",
        "contact",
        "incident",
        "entry",
        "notes",
    ),
    "action": ("action taken", "action", "actions", "response"),
    "impact": ("effect or your comment", "effect", "impact", "comment", "comments", "analysis", "outcome"),
}
# Without heads: by how many columns there are
ORDER = {
    1: ("event",),
    2: ("date", "event"),
    3: ("date", "source", "event"),
    4: ("date", "time", "source", "event"),
    5: ("date", "time", "source", "event", "action"),
    6: ("date", "time", "source", "event", "action", "impact"),
}
MARKS = ("|", ";", ",")  # what parts cells where there is no tab
TOP = 5  # lines at most from the first to the headings
MOST_WORDS = 5  # of a heading that is understood though it is in nobody's words; more may be an event
MOST_TITLE = 12  # words
WITH_TIME = re.compile(r"(.*[^\s,T])[\s,T]+(\d{1,2}[:.]\d{2})(?::\d{2})?(\s*[apAP][mM])?")


@dataclass(frozen=True)
class Columns:
    """Which question each column answers, in their order; where there is none, the head stands before its cells."""

    names: tuple[str, ...]
    heads: tuple[str, ...] = ()


def events(text: str) -> list[dict[str, str]]:
    """The events of a pasted chronology, in its order; what no column is for stands with the event, so all is kept.
    Only headings, and a title above them, are no events."""
    lines = [line for line in _lines(text.replace("\r\n", "\n")) if any(line)]
    if not lines:
        return []
    at, columns = _headed(lines)
    rows = lines[at:]
    columns = columns or Columns(_unheaded(rows))
    above = [
        {"event": " ".join(filter(None, line))} for line in lines[: max(0, at - 1)] if _tells_something(line)
    ]
    return [*above, *(_event(line, columns) for line in rows)]


def _lines(text: str) -> list[list[str]]:
    """The cells of each line. Excel parts them by tabs; other tables have a bar or a mark between them, which is
    believed where headings are read that way, or a day stands before it in most lines."""
    if "\t" in text:
        return _parted(text, "\t")
    for mark in MARKS:
        lines = [line for line in _parted(text, mark) if any(line) and not _is_rule(line)]
        if mark == "|":
            lines = [line[1:-1] if not line[0] and not line[-1] else line for line in lines]
        if _headed(lines)[1]:
            return lines
        if 2 * sum(len(line) > 1 and _is_day(line[0]) for line in lines) > len(lines):
            return [_behind_the_day(line) for line in _cells(text, mark)] if mark == "," else lines
    return _parted(text, "\t")


def _parted(text: str, mark: str) -> list[list[str]]:
    return [[cell.strip() for cell in line] for line in _cells(text, mark)]


def _cells(text: str, mark: str) -> list[list[str]]:
    """Excel puts cells of several lines between quotation marks; a mark that nobody closes is only a mark."""
    try:
        if text.count('"') % 2 == 0:
            return list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error:  # a cell of more than 131,072 characters
        pass
    return [line.split(mark) for line in text.split("\n")]


def _is_rule(line: Sequence[str]) -> bool:
    """Whether it is the ruled line below headings that are drawn with signs."""
    return not "".join(line).strip("-–—=:+ ")


def _behind_the_day(line: Sequence[str]) -> list[str]:
    """A comma parts the day from what happened; any other may stand in a sentence."""
    return [line[0].strip(), ",".join(line[1:]).strip()] if line else []


def _headed(lines: Sequence[Sequence[str]]) -> tuple[int, Columns | None]:
    """Where the rows begin, and the columns that the line before them names: of the lines at the top that are no
    events, the one that names most, as a title or headings over several columns may stand above it."""
    above = [*takewhile(_may_stand_above, lines[:TOP])]
    best = max(range(len(above)), key=lambda at: len(_columns(above[at])), default=0)
    if not above or not _columns(above[best]):
        return 0, None
    return best + 1, Columns(tuple(map(_named, above[best])), tuple(above[best]))


def _may_stand_above(line: Sequence[str]) -> bool:
    """Whether it is a title or headings: no day in it, and either one cell alone or columns by name."""
    return not any(map(_is_day, line)) and (sum(map(bool, line)) < 2 or bool(_columns(line)))


def _tells_something(line: Sequence[str]) -> bool:
    """Whether a line above the headings is a sentence rather than a title."""
    words = " ".join(line).split()
    return len(words) > MOST_TITLE or (bool(words) and words[-1].endswith("."))


def _columns(line: Sequence[str]) -> set[str]:
    """The questions that headings name, one of them the day or the event in its very words; none for other lines."""
    sure = {_named_so(_words(cell)) for cell in line} & {"date", "event"}
    return {*map(_named, line)} - {""} if sure and len(line) > 1 else set()


def _named(head: str) -> str:
    """Which question a heading asks: in the very words, or else by the longest of them in a short one."""
    words = _words(head)
    if len(words.split()) > MOST_WORDS:
        return ""
    held = (one for heads in CHRONOLOGY.values() for one in heads if f" {one} " in f" {words} ")
    return _named_so(words) or _named_so(max(held, key=len, default=""))


def _named_so(words: str) -> str:
    return next((name for name, heads in CHRONOLOGY.items() if words in heads), "")


def _words(head: str) -> str:
    return " ".join(re.sub(r"[^a-z ]", " ", head.lower()).split())


def _unheaded(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    widest = max(len(row) for row in rows)
    if widest == 3 and all(time_from(row[1]) for row in rows if len(row) > 1 and row[1]):
        return ("date", "time", "event")
    return ORDER.get(widest, ORDER[6])


def _event(line: Sequence[str], columns: Columns) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for place, cell in enumerate(line):
        name = columns.names[place] if place < len(columns.names) else ""
        head = columns.heads[place] if place < len(columns.heads) and not name else ""
        if cell:
            found.setdefault(name or "event", []).append(f"{head}: {cell}" if head else cell)
    return _time_apart({name: "\n".join(cells) for name, cells in found.items()})


def _time_apart(event: Mapping[str, str]) -> dict[str, str]:
    """A day and a time in one cell, as Excel copies them, are two answers."""
    parts = WITH_TIME.fullmatch(event.get("date", ""))
    if parts is None or event.get("time") or not _is_day(parts[1]):
        return dict(event)
    return {**event, "date": parts[1], "time": f"{parts[2]}{parts[3] or ''}"}


def _is_day(text: str) -> bool:
    """Whether it is written as a day; one that is none, like 31 February, is told where the event is checked."""
    found = WITH_TIME.fullmatch(text)
    day = found[1] if found else text
    return day_or_none(day) is not None or is_no_day(day)
