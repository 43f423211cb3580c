"""The chain through the history: each entry is bound to all before it, so that no quiet change goes unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy import ColumnElement, event, insert, select, update
from sqlalchemy.orm import Session, aliased

from jcr.db import add_missing, one_at_a_time
from jcr.history.model import End, Entry, Link
from jcr.statements import at_most

WAITING = "entries waiting for their links"
NOTHING_BEFORE = "0" * 64
AT_A_TIME = 1_000
THE_END = 1  # the one row that says where it is


@dataclass(frozen=True)
class Place:
    """A place in the chain: how many entries it binds so far, and the digest that stands for them all."""

    number: int = 0
    digest: str = NOTHING_BEFORE


def wait_for_link(session: Session, entry: Entry) -> None:
    """Has the entry bound when its transaction commits."""
    session.info.setdefault(WAITING, []).append(entry)


def last_place(session: Session) -> Place:
    """Where the chain ends."""
    last = session.scalars(select(Link).order_by(Link.id.desc()).limit(at_most(1))).first()
    return Place(last.id, last.digest) if last else Place()


def bind(session: Session, entries: Sequence[Entry]) -> None:
    """Adds a link for each entry, in this order; others wait until this transaction has ended."""
    one_at_a_time(session, "history chain")
    before = place = last_place(session)
    links = []
    for entry in entries:
        place = Place(place.number + 1, digest(place.digest, entry))
        links.append({"id": place.number, "entry_id": entry.id, "digest": place.digest})
    session.execute(insert(Link), links)
    _move_end(session, before, place)


def _move_end(session: Session, before: Place, place: Place) -> None:
    """From where the chain ended, and from nowhere else: a note that tells of an end cut off stays as it is."""
    end = {"number": place.number, "digest": place.digest}
    if before.number:
        told = End.id == THE_END, End.number == before.number, End.digest == before.digest
        session.execute(update(End).where(*told).values(end))
    else:
        add_missing(session, End, [{"id": THE_END, **end}], "id")


def bind_the_rest(session: Session) -> int:
    """Binds entries that have no link, as those written before there was a chain; returns how many there were."""
    loose = session.scalars(select(Entry).where(is_loose()).order_by(Entry.id)).all()
    if loose:
        bind(session, loose)
    return len(loose)


def digest(before: str, entry: Entry) -> str:
    """The digest of an entry and of all before it, in hexadecimal digits."""
    return digest_of(before, told(entry))


def told(entry: Entry) -> dict[str, Any]:
    """What an entry says, in the order in which its digest takes it."""
    return {
        "id": entry.id, "case_id": entry.case_id, "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": entry.actor_id, "actor_name": entry.actor_name, "actor_role": entry.actor_role, "act": entry.act,
        "why": entry.why, "from_status": entry.from_status, "to_status": entry.to_status, "details": entry.details,
    }  # fmt: skip


def digest_of(before: str, said: Mapping[str, Any]) -> str:
    """The same from what an entry says, wherever it was written down."""
    text = json.dumps(list(said.values()), sort_keys=True)
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def links_of_case(session: Session, case_id: int) -> Iterator[tuple[Entry, Link, str]]:
    """Each entry of a case with its link in the chain and the digest it follows; one not yet bound is left out."""
    before = aliased(Link)
    found = select(Entry, Link, before.digest).join(Link, Link.entry_id == Entry.id)
    found = found.outerjoin(before, before.id == Link.id - 1).where(Entry.case_id == case_id)
    for entry, link, digest_before in session.execute(found.order_by(Link.id)):
        yield entry, link, digest_before or NOTHING_BEFORE


def is_loose() -> ColumnElement[bool]:
    """That an entry has no link."""
    return ~select(Link.id).where(Link.entry_id == Entry.id).exists()


@event.listens_for(Session, "before_commit")
def _bind_what_waits(session: Session) -> None:
    if session.in_nested_transaction() or not session.info.get(WAITING):
        return
    session.flush()
    waiting = [entry for entry in session.info.pop(WAITING) if entry in session]
    if waiting:
        bind(session, waiting)


@event.listens_for(Session, "after_rollback")
def _forget_what_waits(session: Session) -> None:
    session.info.pop(WAITING, None)
