"""A recommendation put to somebody else, where whoever held the office is away or has stood back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.rules import Calendar
from jcr.correspondence.service import Letterhead
from jcr.decisions.model import Recommendation
from jcr.decisions.offices import other_partners
from jcr.decisions.ratifying import waiting_recommendation
from jcr.decisions.recommending import ask_to_ratify
from jcr.errors import Incomplete, NotAllowed
from jcr.history.service import record
from jcr.people.model import OFFICE_NAMES, Office, OfficeHolder, Person
from jcr.people.service import delegate_until, holders, in_term
from jcr.permissions import Permission, allows
from jcr.roles import Actor
from jcr.wording import local_day, long_date


def can_be_put_to(
    session: Session, recommendation: Recommendation, office: Office, on: date
) -> Sequence[Person]:
    """Who may decide and can sign in, has no conflict on the case, did not chair it and has given no other answer; for
    a safeguarding partner, nobody who holds the office of another that day."""
    answered = {one.person_id for one in recommendation.ratifications}
    apart = {recommendation.chaired_by_id, *answered}
    apart |= {person.id for other in other_partners(office) for person in holders(session, other, on)}
    people = session.scalars(
        select(Person).where(Person.active, Person.id.not_in(apart)).order_by(Person.name)
    )
    return [one for one in people if allows(Permission.RATIFY, one, recommendation.case)]


def put_to(
    session: Session,
    head: Letterhead,
    calendar: Calendar,
    case: Case,
    office: Office,
    person: Person,
    until: date,
    why: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Writes to a holder of the office, or to a delegate, who then holds it until that day, if not longer already.

    Raises NotNow when nothing waits for the office, NotAllowed for somebody who may not answer, Incomplete without
    a reason or for a day that has passed.
    """
    recommendation, today = waiting_recommendation(session, case, office), local_day(now)
    if not why.strip():
        raise Incomplete("Say why it is put to somebody else: it is part of the record.")
    if until < today:
        raise Incomplete("The last day must be today or later.")
    if person not in can_be_put_to(session, recommendation, office, today):
        raise NotAllowed(
            f"{person.name} may not answer: they chaired the review, have a conflict, or answer for another office."
        )
    _hold(session, office, person, today, until)
    said = f"put the recommendation to {person.name} as {OFFICE_NAMES[office]}"
    if last := delegate_until(session, office, person, today):
        said += f", delegate until {long_date(last)}"
    record(session, case.id, actor, now, said, why.strip())
    again = f"-{office.value}-{now:%Y%m%d%H%M}"  # the same person may be asked again, for longer
    ask_to_ratify(session, head, calendar, recommendation, {office: [person]}, actor, now, again)


def _hold(session: Session, office: Office, person: Person, today: date, until: date) -> None:
    held = select(OfficeHolder).where(
        OfficeHolder.office == office, OfficeHolder.person_id == person.id, in_term(today)
    )
    terms = session.scalars(held).all()
    for term in terms:
        term.until = max(term.until, until) if term.until else None
    if not terms:
        session.add(OfficeHolder(office=office, person_id=person.id, since=today, until=until))
    session.flush()
