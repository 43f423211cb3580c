"""Messages kept before anything is understood of them: the bytes and a row of the ledger, many at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import Session, lazyload

from jcr.db import add_missing
from jcr.files import service as files
from jcr.intake.model import Message, Outcome
from mail_intake.registry import Arrived, Kept
from mail_intake.source import Folder

RAW = "message/rfc822"
TOLD = (
    "message_id",
    "sender",
    "sender_name",
    "subject",
    "case_id",
)  # what a repeat takes over from the first

# Put together once: each batch of mail asks them all
_COLUMNS: tuple[Any, ...] = (
    Message.handle, Message.id, Message.outcome, Message.same_as_id, Message.waiting,
)  # fmt: skip
MET = select(*_COLUMNS).where(
    Message.mailbox == bindparam("mailbox"), Message.handle.in_(bindparam("handles", expanding=True))
)
# Not "IS NULL": SQLite would look through all that is no repeat, which is nearly every message there ever was
FIRSTS = (
    select(Message.id, Message.sha256, *(getattr(Message, name) for name in TOLD))
    .where(
        Message.sha256.in_(bindparam("contents", expanding=True)), func.coalesce(Message.same_as_id, 0) == 0
    )
    .order_by(Message.id.desc())
)
REPEATS = (
    select(Message).where(Message.same_as_id.in_(bindparam("filed", expanding=True))).options(lazyload("*"))
)


def keep(session: Session, arrived: Sequence[Arrived], now: datetime) -> dict[str, Kept]:
    """A row for each message. Of bytes met before, also within these, the row points at the first."""
    contents = {one.sha256: one.raw for one in arrived}
    file_ids = files.keep_all(session, contents, now, RAW)
    firsts = _firsts(session, contents)
    rows = [_row(one, file_ids, now) for one in arrived]
    new: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["sha256"] not in firsts:
            new.setdefault(row["sha256"], row)
    add_missing(session, Message, list(new.values()), "mailbox", "handle")
    if again := [row for row in rows if new.get(row["sha256"]) is not row]:
        firsts |= _firsts(session, new)
        repeats = [_repeating(row, firsts[row["sha256"]]) for row in again]
        add_missing(session, Message, repeats, "mailbox", "handle")
    return {
        handle: kept
        for mailbox in {one.waiting.mailbox for one in arrived}
        for handle, kept in met(session, mailbox, [one.waiting.handle for one in arrived]).items()
    }


def met(session: Session, mailbox: str, handles: Sequence[str]) -> dict[str, Kept]:
    """Those of the handles that the ledger of this mailbox has."""
    mine = session.execute(MET, {"mailbox": mailbox, "handles": handles})
    return {row.handle: kept(row) for row in mine}


def _firsts(session: Session, contents: Iterable[str]) -> dict[str, Row[Any]]:
    """The first message with each content. The files are locked by now: nobody else adds another meanwhile."""
    return {row.sha256: row for row in session.execute(FIRSTS, {"contents": list(contents)})}


def _row(arrived: Arrived, file_ids: Mapping[str, int], now: datetime) -> dict[str, Any]:
    waiting = arrived.waiting
    return {
        "mailbox": waiting.mailbox,
        "handle": waiting.handle,
        "uidvalidity": waiting.uidvalidity,
        "uid": waiting.uid,
        "sha256": arrived.sha256,
        "file_id": file_ids[arrived.sha256],
        "arrived_at": min(waiting.arrived_at or now, now),
        "met_at": now,
    }


def _repeating(row: dict[str, Any], first: Row[Any]) -> dict[str, Any]:
    because = [f"the same message was met before (number {first.id})"]
    return row | _told(first) | {"same_as_id": first.id, "outcome": Outcome.REPEATED, "because": because}


def _told(first: Message | Row[Any]) -> dict[str, Any]:
    return {name: getattr(first, name) for name in TOLD}


def tell_repeats(session: Session, filed: Mapping[int, Message]) -> None:
    """What became known of messages when they were filed goes to the rows that repeat them, too."""
    session.flush()
    for row in session.scalars(REPEATS, {"filed": list(filed)}):
        for name, value in _told(filed[row.same_as_id or 0]).items():
            setattr(row, name, value)


def unfiled(session: Session, most: int | None = None, elsewhere: Collection[str] = ()) -> Sequence[Message]:
    """Messages that were kept and have no outcome yet, the oldest first; so many at most, of no mailbox `elsewhere`."""
    left = select(Message).where(Message.outcome.is_(None), Message.mailbox.not_in(elsewhere))
    return session.scalars(left.order_by(Message.id).limit(most)).all()


def kept(row: Message | Row[Any]) -> Kept:
    """A row of the ledger as the poller knows it."""
    repeated = row.same_as_id is not None
    return Kept(row.id, to_file=row.outcome is None, repeated=repeated, folder=_folder(row))


def _folder(row: Message | Row[Any]) -> Folder:
    if row.outcome is Outcome.FAILED:
        return "Failed"
    return "To sort" if row.waiting else "Filed"
