"""Prints how long the product takes and how much memory it needs, each beside a floor or a peer of the same run."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from jcr.cases.rules import england
from jcr.db import Sessions, make_engine
from jcr.desk.keeping import bring_up_to_date, mark_every_case
from jcr.memory import settle
from jcr.settings import Settings
from tests.bench import blanks, intake, long_minutes, memory, packs, pages, papers, reading, signing_in
from tests.bench.mail import race
from tests.bench.multiplying import gather_statistics, multiply
from tests.bench.processor import Worked, of_database
from tests.bench.seeding import Partnership, copied
from tests.bench.walking import NOW
from tests.services.postgresql import running as postgresql

FEW, MANY = 10, 100  # cases made by the acts of the office
CASES = int(os.environ.get("CASES", "10000"))  # as many are measured, copied from those
CLOCK_RUN = 5  # seconds for 10,000 cases
SETTINGS = Settings(secret_key="a secret for the bench that is long enough", public_requests_a_minute=100_000)
POSTGRESQL_PROGRAMS = Path("/usr/lib/postgresql")


def main() -> int:
    """Runs every part; 1 only when the product did something wrong, however long it took."""
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="jcr-bench-"))
    try:
        papers.bench()
        long_minutes.bench()
        packs.bench()
        blanks.bench()
        reading.bench()
        race.bench(_room(folder, "race"))
        intake.bench(_room(folder, "intake"))
        memory.bench(_room(folder, "memory"))
        bench_pages(_room(folder, "pages"))
    except RuntimeError as wrong:
        print(f"\nSomething is wrong: {wrong}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"\nMeasured in {time.monotonic() - began:.0f} s.")
    return 0


def bench_pages(folder: Path) -> None:
    """The same cases on SQLite and on PostgreSQL."""
    partnership = Partnership(folder, SETTINGS)
    officer = partnership.password
    partnership.grow(FEW)
    at_few = pages.count_queries(SETTINGS, partnership.url, officer)
    partnership.grow(MANY)
    at_many = pages.count_queries(SETTINGS, partnership.url, officer)
    pages.print_queries(FEW, at_few, MANY, at_many)
    on, entering = {}, {}
    if POSTGRESQL_PROGRAMS.is_dir():
        with postgresql() as url:
            copied(partnership.sessions.engine, make_engine(url))
            on["PostgreSQL"] = _at_many(url, officer, "PostgreSQL")
            entering["PostgreSQL"] = signing_in.visit(SETTINGS, url, officer)
    else:
        print(
            "\nPostgreSQL is not installed here, so nothing was measured on it: run deploy/system-packages."
        )
    on["SQLite"] = _at_many(partnership.url, officer, "SQLite")
    entering["SQLite"] = signing_in.visit(SETTINGS, partnership.url, officer)
    pages.print_times(on, _times() * MANY)
    signing_in.print_times(entering)


def _at_many(url: str, password: str, database: str) -> dict[str, Worked]:
    """The cases multiplied, their dates and words stored, and the pages asked for."""
    sessions = Sessions(make_engine(url))
    multiply(sessions.engine, _times())
    settle()  # as the worker does
    print(f"\nEvery case of {_times() * MANY:,} counted on {database}:")
    _clock_run(sessions, "for the first time, all their words stored")
    _clock_run(sessions, f"in a clock run, less than {CLOCK_RUN * _times() * MANY / 10_000:g} s wanted")
    sessions.engine.dispose()
    return pages.visit(SETTINGS, url, password)


def _clock_run(sessions: Sessions, what: str) -> None:
    with sessions.transaction() as session:
        mark_every_case(session)
        worked = Worked(of_database(sessions.engine))
        worked.take(lambda: bring_up_to_date(session, NOW.date(), england()))
    gather_statistics(sessions.engine)
    ours, theirs, clock = (one.median / 1000 for one in (worked.ours, worked.theirs, worked.clock))
    print(
        f"  {what}: {ours:.1f} s of this process and {theirs:.1f} s of the database, {clock:.1f} s by the clock"
    )


def _times() -> int:
    return max(CASES // MANY, 1)


def _room(folder: Path, name: str) -> Path:
    room = folder / name
    room.mkdir()
    return room


if __name__ == "__main__":
    sys.exit(main())
