"""Writes and reads the history; entries are added and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.history.chain import wait_for_link
from jcr.history.model import Changed, Entry
from jcr.roles import Actor


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
    entry = Entry(
        case_id=case_id,
        at=now,
        actor_id=actor.person_id,
        actor_name=actor.name,
        actor_role=actor.role,
        act=act,
        why=why,
        from_status=change[0],
        to_status=change[1],
        details=details,
    )
    session.add(entry)
    wait_for_link(session, entry)
    if case_id is not None:
        session.add(Changed(case_id=case_id))
    return entry


def of_case(session: Session, case_id: int) -> Sequence[Entry]:
    """A case's history, newest first."""
    found = select(Entry).where(Entry.case_id == case_id).order_by(Entry.at.desc(), Entry.id.desc())
    return session.scalars(found).all()
