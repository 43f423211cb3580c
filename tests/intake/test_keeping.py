"""Mail is kept by statements of tables: each row must be what the class itself would have written."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from jcr.db import Base, Sessions
from jcr.files.model import File
from jcr.files.service import keep as keep_file
from jcr.history.model import Entry
from jcr.intake.keeping import RAW
from jcr.intake.model import Message, Outcome
from mail_intake.registry import Arrived
from mail_intake.source import Waiting

MAILBOX = "imap://office@mail.partnership.example:993/INBOX"
OWN = {"id", "handle", "sha256", "content", "size"}  # what tells the two rows that are compared apart
AT_INSERT = ("before_insert", "after_insert")
AT_FLUSH = ("before_attach", "before_flush", "after_flush", "after_flush_postexec", "pending_to_persistent")


def stored(session: Session, table: type[Base], id: int) -> dict[str, Any]:
    """A row as the database itself has it, without what is its own."""
    row = (
        session.execute(text(f"SELECT * FROM {table.__tablename__} WHERE id = :id"), {"id": id})
        .mappings()
        .one()
    )
    return {name: value for name, value in row.items() if name not in OWN}


@pytest.mark.tor("B.3")
def test_what_is_kept_is_what_the_classes_would_have_written(
    mailroom: Any, sessions: Sessions, NOW: datetime
) -> None:
    came, raw = NOW - timedelta(hours=3), b"Subject: A referral\r\n\r\nPlease see below.\r\n"
    waiting = [Waiting(MAILBOX, handle, lambda: raw, 7, 12, came) for handle in ("7.12", "7.13")]
    entries = select(func.count(Entry.id))
    with sessions.reading() as session:
        before = session.scalar(entries)
    kept = mailroom.ledger.keep([Arrived(one, raw) for one in waiting])
    with sessions.transaction() as session:
        file = keep_file(session, b"Subject: Another\r\n\r\n", NOW, RAW)
        told = {"mailbox": MAILBOX, "uidvalidity": 7, "uid": 12, "arrived_at": came, "met_at": NOW}
        first = session.get_one(Message, kept["7.12"].id)
        met = Message(**told, handle="as a class", sha256=first.sha256, file_id=first.file_id)
        again = Message(
            **told, handle="again, as a class", sha256=first.sha256, file_id=first.file_id, same_as_id=first.id,
            outcome=Outcome.REPEATED, because=[f"the same message was met before (number {first.id})"],
        )  # fmt: skip
        session.add_all([met, again])
        session.flush()
        assert stored(session, Message, kept["7.12"].id) == stored(session, Message, met.id)
        assert stored(session, Message, kept["7.13"].id) == stored(session, Message, again.id)
        assert stored(session, File, first.file_id) == stored(session, File, file.id)
    with sessions.reading() as session:
        assert (
            session.scalar(entries) == before
        )  # either way: history begins with what is done with a message


def test_nothing_waits_for_rows_that_only_the_classes_would_tell_of() -> None:
    """Whoever adds such a hook must keep mail by the classes again, or do in `add_missing` what the hook does."""
    of_classes = [getattr(table.__mapper__.dispatch, name) for table in (Message, File) for name in AT_INSERT]
    of_sessions = [getattr(Session().dispatch, name) for name in AT_FLUSH]
    assert [hook for hooks in (*of_classes, *of_sessions) for hook in hooks] == []
