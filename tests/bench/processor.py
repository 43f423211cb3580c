"""Processor time of this process and of the PostgreSQL server behind it, to which other work adds little."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, text

from tests.bench.table import Times

PROCESSES = Path("/proc")
SERVING = (
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
)


def of_database(engine: Engine) -> Callable[[], float]:
    """Reads how many milliseconds the server's processes behind this database have worked; 0 for SQLite, which works in
    this process, and for a server on another machine."""
    if engine.dialect.name != "postgresql":
        return lambda: 0.0
    with engine.connect() as connection:
        found = [PROCESSES / str(pid) / "schedstat" for pid in connection.scalars(text(SERVING))]
    serving = [one for one in found if one.exists()]
    return lambda: sum(int(one.read_text().split()[0]) for one in serving if one.exists()) / 1e6


class Worked:
    """How long something took by the clock, and how long this process and the database worked for it."""

    def __init__(self, database: Callable[[], float]) -> None:
        self.clock, self.ours, self.theirs, self.both = Times(), Times(), Times(), Times()
        self._database = database

    def take(self, act: Callable[[], object]) -> None:
        theirs, ours = self._database(), time.process_time()
        self.clock.take(act)
        ours, theirs = (time.process_time() - ours) * 1000, self._database() - theirs
        self.ours.each.append(ours)
        self.theirs.each.append(theirs)
        self.both.each.append(ours + theirs)
