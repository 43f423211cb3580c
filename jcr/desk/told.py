"""A case's history as the office tells it: by day, newest first, the same act done several times told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from jcr.history.model import Entry
from jcr.wording import count, local_day

NEWEST = 6  # lines shown before the rest is folded away


@dataclass(frozen=True)
class Told:
    """One line of the history; `times` counts entries that differ in nothing a reader would see."""

    who: str
    act: str
    why: str
    at: datetime
    times: int

    @property
    def often(self) -> str:
        return f"({count(self.times, 'time')})" if self.times > 1 else ""


Day = tuple[date, Sequence[Told]]


def newest(days: Sequence[Day], most: int = NEWEST) -> tuple[list[Day], list[Day]]:
    """The first lines by their days, and those before them; a day may stand in both."""
    recent: list[Day] = []
    earlier: list[Day] = []
    for day, lines in days:
        left = most - sum(len(shown) for _, shown in recent)
        if lines[:left]:
            recent.append((day, lines[:left]))
        if lines[left:]:
            earlier.append((day, lines[left:]))
    return recent, earlier


def by_day(entries: Sequence[Entry]) -> list[Day]:
    """The entries, newest first as they come, under the local day of each."""
    return [(day, _told(found)) for day, found in groupby(entries, lambda entry: local_day(entry.at))]


def _told(entries: Iterable[Entry]) -> list[Told]:
    alike: dict[tuple[str, str, str, str], list[Entry]] = {}
    for entry in entries:
        minute = f"{entry.at:%H:%M}"
        alike.setdefault((minute, entry.actor_name, entry.act, entry.why), []).append(entry)
    return [Told(who, act, why, same[0].at, len(same)) for (_, who, act, why), same in alike.items()]
