"""A partnership with many cases at every stage, its mail taken in, on SQLite and copied to PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event, insert, select, text

from forms.reading import read
from jcr import demonstration, migrating
from jcr.cases.model import Case
from jcr.cases.rules import england
from jcr.cases.service import put_up_wall
from jcr.correspondence import service as correspondence
from jcr.correspondence.posting import post_ready
from jcr.correspondence.service import Letterhead, letterhead
from jcr.db import Sessions, make_engine
from jcr.intake.filing import Office
from jcr.intake.registry import Ledger
from jcr.models import Base
from jcr.scoping import asking
from jcr.settings import Settings
from mail_intake.documents import one_by_one
from mail_intake.maildir import Maildir
from mail_intake.poller import poll
from tests.bench.referral import message
from tests.bench.walking import NOW, STAGES, Walk

OFFICER = "officer@partnership.example"
A_TRANSACTION = 50  # cases
ROWS_AT_ONCE = 500
LETTERS_TO_THE_OFFICE = 3  # messages for each ten cases; those without a form wait on the pile
WALLED = {"officer": 13, "chair": 3, "member": 7}  # whom a wall keeps from one case in twenty, and from which


class Bin:
    """A post that takes every letter and keeps none."""

    def deliver(self, message: EmailMessage) -> None:
        """Nothing goes anywhere."""


class Partnership:
    """The demonstration partnership on a database of its own; `grow` adds cases up to a number."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.head: Letterhead = letterhead(settings)
        self.url = f"sqlite:///{folder}/seeded.db"
        self.sessions = Sessions(make_engine(self.url))
        event.listen(self.sessions.engine, "connect", _in_haste)
        migrating.upgrade(self.sessions.engine)
        with self.sessions.transaction() as session:
            accounts = demonstration.fill(session, NOW)
        self.password = next(word for _, email, word in accounts if email == OFFICER)
        self.cases = 0

    def grow(self, cases: int) -> None:
        """Adds cases at every stage in turn and their mail, and posts the letters."""
        with drawn_once():
            while self.cases < cases:
                self._add(min(A_TRANSACTION, cases - self.cases))
        self._take_in_mail(cases)
        post_ready(self.sessions, Bin(), self.head, NOW)

    def _add(self, count: int) -> None:
        with self.sessions.transaction() as session:
            walk = Walk(session, self.head)
            for number in range(self.cases, self.cases + count):
                STAGES[number % len(STAGES)](walk, number)
            _put_up_walls(walk)
        self.cases += count

    def _take_in_mail(self, cases: int) -> None:
        """Letters to the office that fit nowhere by themselves, so that pile and ledger grow too."""
        mailbox = Maildir(self.folder / f"mail-{cases}")
        for number in range(cases * LETTERS_TO_THE_OFFICE // 10):
            sender = f"Perpetua Strickland <p.strickland{number}@elsewhere.example>"
            words = f"Dear colleagues,\nmay I ask about the matter {number} we spoke of?\nKind regards"
            mail = message(cases * 10 + number, sender, f"A question, number {number}", words)
            (mailbox.path / "new" / f"message-{number}").write_bytes(mail.as_bytes(policy=SMTP))
        poll(mailbox, Ledger(self.sessions, Office(self.head, england()), lambda: NOW), one_by_one(read))


def _put_up_walls(walk: Walk) -> None:
    for case in walk.session.scalars(select(Case).order_by(Case.id)):
        for key in (key for key, number in WALLED.items() if case.id % 20 == number):
            put_up_wall(walk.session, case, walk.people[key], "Knows the family.", walk.officer, NOW)


def _in_haste(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")  # only while seeding; what is timed is durable


@contextmanager
def drawn_once() -> Iterator[None]:
    """While seeding, every letter encloses the same sheet and form: papers are timed by themselves."""
    sheet = correspondence.render(correspondence.Sheet("", "", "", "", "", (), "A letter", "Words", (), ()))
    with (
        patch.object(correspondence, "render", return_value=sheet),
        patch.object(asking, "blank_form", return_value=sheet),
    ):
        yield


def copied(source: Engine, target: Engine) -> None:
    """Every row of one database in the other, which may be of another kind, with its counters set."""
    migrating.upgrade(target)
    with source.connect() as here, target.begin() as there:
        for table in Base.metadata.sorted_tables:
            for rows in here.execute(select(table).order_by(table.c.id)).mappings().partitions(ROWS_AT_ONCE):
                there.execute(insert(table), [dict(row) for row in rows])
            if target.dialect.name == "postgresql":
                counter = f"pg_get_serial_sequence('{table.name}', 'id')"
                there.execute(text(f"SELECT setval({counter}, (SELECT max(id) + 1 FROM {table.name}))"))
        there.execute(text("ANALYZE"))
