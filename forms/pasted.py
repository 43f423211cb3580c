"""Events copied out of a table, such as Excel's: each line an event, its cells parted by tabs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.dates import day_or_none, is_no_day, time_from

# What the columns of a chronology are called at their heads; the longest head that fits counts
CHRONOLOGY = {
    "date": ("date", "when", "day", "date of event", "date of contact"),
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
WITH_TIME = re.compile(r"(.+?)[\s,T]+(\d{1,2}[:.]\d{2})(?::\d{2})?(\s*[ap]m)?", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """Which question each column answers, in their order; where there is none, the head stands before its cells."""

    names: tuple[str, ...]
    heads: tuple[str, ...] = ()


def events(text: str) -> list[dict[str, str]]:
    """The events of a pasted chronology, in its order; what no column is for stands with the event, so all is kept."""
    lines = [line for line in _lines(text) if any(line)]
    if not lines:
        return []
    columns = _headed(lines[0])
    rows = lines[1:] if columns else lines
    columns = columns or Columns(_unheaded(rows))
    return [_event(line, columns) for line in rows]


def _lines(text: str) -> list[list[str]]:
    """Excel puts cells of several lines between quotation marks; a mark that nobody closes is only a mark."""
    text = text.replace("\r\n", "\n")
    try:
        if text.count('"') % 2 == 0:
            read = csv.reader(io.StringIO(text), dialect="excel-tab")
            return [[cell.strip() for cell in line] for line in read]
    except csv.Error:  # a cell of more than 131,072 characters
        pass
    return [[cell.strip() for cell in line.split("\t")] for line in text.split("\n")]


def _headed(line: Sequence[str]) -> Columns | None:
    """The columns that a first line names; none where it is an event already."""
    if any(_is_day(cell) for cell in line):
        return None
    names = tuple(_named(cell) for cell in line)
    return Columns(names, tuple(line)) if {"date", "event"} & set(names) and len(line) > 1 else None


def _named(head: str) -> str:
    words = " ".join(re.sub(r"[^a-z ]", " ", head.lower()).split())
    return next((name for name, heads in CHRONOLOGY.items() if words in heads), "")


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
