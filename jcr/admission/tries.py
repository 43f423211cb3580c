"""Counts tries where all web processes see them: who failed too often waits, ever longer."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import case, delete, select
from sqlalchemy.orm import Session

from jcr.admission.model import Tries
from jcr.db import INSERTS
from jcr.links import hashed

FORGOTTEN_AFTER = timedelta(hours=1)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
FREE_ON_ACCOUNT, FREE_FROM_ADDRESS = 5, 30  # behind one address there may be a whole council
FREE_EVERYWHERE = 60  # an hour, on one account: out of reach of one stranger, too few to guess a password


def counted(session: Session, what: str, now: datetime, window: timedelta, sliding: bool = False) -> int:
    """Adds one try and says how many there are since the window began; a sliding one begins anew at each try."""
    over = Tries.since <= now - window
    insert = INSERTS[session.get_bind().dialect.name](Tries).values(key=hashed(what), count=1, since=now)
    again = {
        "count": case((over, 1), else_=Tries.count + 1),
        "since": now if sliding else case((over, now), else_=Tries.since),
    }
    return int(
        session.scalar(
            insert.on_conflict_do_update(index_elements=["key"], set_=again).returning(Tries.count)
        )
    )


def failed(session: Session, what: str, now: datetime) -> None:
    counted(session, what, now, FORGOTTEN_AFTER, sliding=True)


def wait_until(session: Session, what: str, free: int, now: datetime) -> datetime | None:
    """When the next try is looked at, if not now. The wait doubles with each failure beyond the free ones."""
    found = session.scalar(select(Tries).where(Tries.key == hashed(what)))
    if found is None or found.count < free or found.since <= now - FORGOTTEN_AFTER:
        return None
    doubled = FIRST_WAIT * 2 ** min(found.count - free, 10)
    until = found.since + min(doubled, LONGEST_WAIT)
    return until if until > now else None


def full_until(session: Session, what: str, most: int, now: datetime) -> datetime | None:
    """When the window of an hour ends in which there were so many tries already, if there is one."""
    begun = select(Tries.since).where(Tries.key == hashed(what), Tries.since > now - FORGOTTEN_AFTER)
    since = session.scalar(begun.where(Tries.count >= most))
    return since + FORGOTTEN_AFTER if since else None


def forget(session: Session, what: str) -> None:
    session.execute(delete(Tries).where(Tries.key == hashed(what)))


def forget_old(session: Session, now: datetime) -> None:
    """Takes out what counts no more."""
    session.execute(delete(Tries).where(Tries.since <= now - FORGOTTEN_AFTER))
