"""A later date for a clock of a case: who approved it and why; the date it stands instead of stays on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.desk.clock import Clock
from jcr.desk.model import LaterDate
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.roles import Actor
from jcr.wording import long_date


def faults(clock: Clock, until: date | None) -> Iterator[str]:
    """What is wrong with a later date, as sentences that say what to do."""
    if clock.on and until and until <= clock.on:
        yield f"The later date must be after the present one, {long_date(clock.on)}"


def extend(
    session: Session,
    case: Case,
    clock: Clock,
    until: date,
    approved_by: str,
    why: str,
    actor: Actor,
    now: datetime,
) -> LaterDate:
    """Agrees a later date. Raises NotNow for a clock that does not run or that others were given, else Incomplete."""
    if clock.is_given:
        raise NotNow("This date was given to others. Change it on its own page, so that they are told.")
    if clock.on is None or not clock.is_open:
        raise NotNow("Only a date that is still to be met can be extended.")
    wrong = [*faults(clock, until)]
    if not approved_by.strip():
        wrong.append("Say who approved it")
    if not why.strip():
        wrong.append("Give the reason: it is part of the record")
    if wrong:
        raise Incomplete(". ".join(wrong) + ".")
    agreed = LaterDate(
        case_id=case.id, label=clock.label, was=clock.on, until=until, approved_by=approved_by.strip(),
        why=why.strip(), recorded_by=actor.name, recorded_at=now,
    )  # fmt: skip
    session.add(agreed)
    session.flush()
    act = f"extended “{clock.label}” from {long_date(clock.on)} to {long_date(until)}"
    record(session, case.id, actor, now, act, f"Approved by {agreed.approved_by}: {agreed.why}")
    return agreed


def agreed_for(session: Session, case: Case, label: str) -> Sequence[LaterDate]:
    """Every later date that was agreed for a clock, the first first."""
    found = select(LaterDate).where(LaterDate.case_id == case.id, LaterDate.label == label)
    return session.scalars(found.order_by(LaterDate.id)).all()
