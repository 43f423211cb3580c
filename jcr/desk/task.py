"""One thing for the office to do, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """Something for the office to do, and where; `initials` is empty where several cases are meant, and
    `reference` too where none is."""

    reference: str
    initials: str
    text: str
    path: str
    note: str
