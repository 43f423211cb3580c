"""Prints how long the product takes and how much memory it needs, each beside a floor or a peer of the same run."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from jcr.db import make_engine
from jcr.settings import Settings
from tests.bench import blanks, intake, memory, pages, papers, reading
from tests.bench.mail import race
from tests.bench.seeding import Partnership, copied
from tests.services.postgresql import running as postgresql

FEW, MANY = 10, 1000  # cases
SETTINGS = Settings(secret_key="a secret for the bench that is long enough")
POSTGRESQL_PROGRAMS = Path("/usr/lib/postgresql")


def main() -> int:
    """Runs every part; 1 only when the product did something wrong, however long it took."""
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="jcr-bench-"))
    try:
        papers.bench()
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
    on = {"SQLite": pages.visit(SETTINGS, partnership.url, officer)}
    if POSTGRESQL_PROGRAMS.is_dir():
        with postgresql() as url:
            copied(partnership.sessions.engine, make_engine(url))
            on["PostgreSQL"] = pages.visit(SETTINGS, url, officer)
    else:
        print(
            "\nPostgreSQL is not installed here, so nothing was measured on it: run deploy/system-packages."
        )
    pages.print_times(on, MANY)


def _room(folder: Path, name: str) -> Path:
    room = folder / name
    room.mkdir()
    return room


if __name__ == "__main__":
    sys.exit(main())
