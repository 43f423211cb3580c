"""Writes and reads the history; entries are added and never changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from jcr.history.chain import wait_for_link
from jcr.history.model import Changed, Entry
from jcr.roles import Actor

READ = "read the case"  # what is recorded once a day for each person and page
OF_CASE = (
    select(Entry)
    .where(Entry.case_id == bindparam("case_id"), Entry.act != READ)
    .order_by(Entry.at.desc(), Entry.id.desc())
)
READ_BY = select(Entry.case_id, Entry.details).where(
    Entry.case_id.in_(bindparam("cases", expanding=True)),
    Entry.act == READ,
    Entry.actor_id == bindparam("reader"),
    Entry.at >= bindparam("since"),
)


def record(
    session: Session,
    case_id: int | None,
    actor: Actor,
    now: datetime,
    act: str,
    why: str = "",
    *,
    change: tuple[str, str] = ("", ""),
    **details: Any,
) -> Entry:
    """Adds the entry of one act. `act` reads as a sentence after the actor's name; `change` is (from, to)."""
    if case_id is not None:
        session.add(Changed(case_id=case_id))
    return _add(
        session,
        case_id,
        actor,
        now,
        act,
        why=why,
        from_status=change[0],
        to_status=change[1],
        details=details,
    )


def note_read(session: Session, case_id: int, actor: Actor, now: datetime, page: str) -> Entry:
    """Adds that somebody read a page or document of a case, which changes nothing in it; `page` is its address."""
    return _add(session, case_id, actor, now, READ, details={"page": page})


def _add(
    session: Session, case_id: int | None, actor: Actor, now: datetime, act: str, *, details: Any, **said: Any
) -> Entry:
    """The details are kept in the order of their names, so that there is one text for what they say."""
    entry = Entry(
        details=json.loads(json.dumps(details, sort_keys=True)),
        case_id=case_id,
        at=now,
        actor_id=actor.person_id,
        actor_name=actor.name,
        actor_role=actor.role,
        act=act,
        **said,
    )
    session.add(entry)
    wait_for_link(session, entry)
    return entry


def of_case(session: Session, case_id: int) -> Sequence[Entry]:
    """What was done to a case, newest first."""
    return session.scalars(OF_CASE, {"case_id": case_id}).all()


def reads_of(session: Session, case_id: int) -> Sequence[Entry]:
    """Who read what of a case, and when, oldest first."""
    found = select(Entry).where(Entry.case_id == case_id, Entry.act == READ)
    return session.scalars(found.order_by(Entry.at, Entry.id)).all()


def read_by(
    session: Session, case_ids: Collection[int], person_id: int, page: str, since: datetime
) -> set[int]:
    """Of these cases, those of which it is on record that this person read this page since a moment."""
    mine = session.execute(READ_BY, {"cases": list(case_ids), "reader": person_id, "since": since})
    return {case_id for case_id, details in mine if details.get("page") == page}
