"""The terms of reference in force: when the boards approved them, and whether their review date has passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import record
from jcr.people.model import TermsOfReference
from jcr.people.terms import WARNED_AHEAD
from jcr.permissions import Permission, allows
from jcr.roles import Actor
from jcr.wording import local_day, long_date


@dataclass(frozen=True)
class InForce:
    """When the terms were approved, and by when they are to be reviewed."""

    approved_on: date
    review_by: date


# ToR, header: "Date: April 2023", "Date for Review: March 2024"; it names no days, so each month counts whole.
DELIVERED = InForce(date(2023, 4, 1), date(2024, 3, 31))


def editions(session: Session) -> Sequence[TermsOfReference]:
    """Every approval on record, the latest first."""
    return session.scalars(select(TermsOfReference).order_by(TermsOfReference.approved_on.desc())).all()


def in_force(session: Session) -> InForce:
    """The latest terms on record, or those this software was made to."""
    latest = next(iter(editions(session)), None)
    return InForce(latest.approved_on, latest.review_by) if latest else DELIVERED


def reminders(session: Session, today: date) -> Iterator[str]:
    """What the office should see to about the terms of reference, in a sentence; nothing while there is time."""
    now_in_force = in_force(session)
    if now_in_force.review_by <= today + WARNED_AHEAD:
        verb = "were" if now_in_force.review_by < today else "are"
        yield (
            f"The terms of reference of {long_date(now_in_force.approved_on)} {verb} to be reviewed by "
            f"{long_date(now_in_force.review_by)}. They stay in force until the boards approve new ones."
        )


def renew(
    session: Session,
    approved_on: date,
    review_by: date,
    what_changed: str,
    actor: Actor,
    now: datetime,
) -> TermsOfReference:
    """New terms, or the same approved anew. Raises Incomplete for dates out of order or without what changed."""
    if not allows(Permission.RENEW_TERMS, actor):
        raise NotAllowed("The Partnership Team records which terms of reference are in force.")
    if approved_on > local_day(now):
        raise Incomplete("Record the terms once the boards have approved them: the day cannot be ahead.")
    if review_by <= approved_on:
        raise Incomplete("The terms are to be reviewed after the day they were approved.")
    if not what_changed.strip():
        raise Incomplete("Say what changed, or that nothing did.")
    if approved_on <= in_force(session).approved_on:
        raise NotNow(
            f"Terms approved on {long_date(in_force(session).approved_on)} are in force already. "
            "New ones must have been approved after that day."
        )
    made = TermsOfReference(
        approved_on=approved_on, review_by=review_by, what_changed=what_changed.strip(),
        recorded_at=now, recorded_by=actor.name,
    )  # fmt: skip
    session.add(made)
    session.flush()
    act = f"recorded the terms of reference of {long_date(approved_on)}, to be reviewed by {long_date(review_by)}"
    record(session, None, actor, now, act, what_changed.strip())
    return made
