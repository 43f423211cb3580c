"""The product in the mail race: `python -m tests.bench.mail.ours URL PASSWORD FOLDER`.

The database is made ready in a process of its own, so that this one holds what a worker holds.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from forms.reading.sandbox import Reader
from jcr import memory
from jcr.db import Sessions, make_engine
from jcr.intake.poll import poll_once
from jcr.settings import Settings
from jcr.worker import READERS, opened
from tests.bench.mail.run import Taken, measured

READY = """
import sys
from datetime import UTC, datetime
from jcr import demonstration, migrating
from jcr.db import Sessions, make_engine
sessions = Sessions(make_engine(sys.argv[1]))
migrating.upgrade(sessions.engine)
with sessions.transaction() as session:
    demonstration.fill(session, datetime.now(UTC))
"""
MANY = (
    100_000  # documents: the same children read them all, and are still there when their memory is asked for
)


def ours(url: str, password: str, folder: Path) -> Callable[[], Taken]:
    """The product: kept, read in the sandbox, filed and settled, on the database it would use."""
    settings = Settings(
        secret_key="a secret for the bench that is long enough",
        database_url=f"sqlite:///{folder}/ours.db",
        mailbox_url=url,
        mailbox_password=password,
    )
    subprocess.run([sys.executable, "-c", READY, settings.database_url], check=True)
    sessions = Sessions(make_engine(settings.database_url))
    memory.settle()  # as the worker does
    reader = Reader(documents=MANY, children=READERS)
    reader.warm()

    def run() -> Taken:
        with opened(settings, sessions) as [mailbox]:
            tally = poll_once(sessions, settings, mailbox, reader, lambda: datetime.now(UTC))
        if tally.failed:
            raise RuntimeError(f"{tally.failed} messages could not be taken in")
        return Taken(tally.filed + tally.to_sort, reader.close)

    return run


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    url, password, folder = sys.argv[1:]
    measured(ours(url, password, Path(folder)))
