"""The log of access requests, freedom of information requests and complaints: opened, followed, answered."""

from __future__ import annotations

import re
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.service import sees
from jcr.cases.working_days import Calendar
from jcr.db import one_at_a_time
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.people.model import Person
from jcr.records.inquiry_model import Inquiry, Kind, Step, Taken
from jcr.records.inquiry_rules import answer_due, latest_extension
from jcr.roles import Actor
from jcr.wording import local_day, long_date

REFERENCE = re.compile(r"(ACC|FOI|COM)-(\d{4})-(\d{4,9})")


def visible_to(person: Person) -> Select[Inquiry]:
    """Those about no case in particular, and those about a case this person may see."""
    return select(Inquiry).where(or_(Inquiry.case_id.is_(None), sees(person, Inquiry.case_id)))


def open_ones(person: Person) -> Select[Inquiry]:
    return visible_to(person).where(Inquiry.answered_on.is_(None)).order_by(Inquiry.received_on, Inquiry.id)


def answered(person: Person) -> Select[Inquiry]:
    found = visible_to(person).where(Inquiry.answered_on.is_not(None))
    return found.order_by(Inquiry.answered_on.desc(), Inquiry.id.desc())


def by_reference(session: Session, person: Person, reference: str) -> Inquiry | None:
    match = REFERENCE.fullmatch(reference.upper())
    if match is None:
        return None
    kind = next(kind for kind in Kind if kind.letters == match[1])
    numbered = visible_to(person).where(Inquiry.year == int(match[2]), Inquiry.number == int(match[3]))
    return session.scalar(numbered.where(Inquiry.kind == kind))


def enter(
    session: Session, kind: Kind, received_on: date, asked_by: str, contact: str, what: str, case: Case | None,
    calendar: Calendar, actor: Actor, now: datetime,
) -> Inquiry:  # fmt: skip
    """Adds one to the log. Raises Incomplete when it was received on a day to come."""
    if received_on > local_day(now):
        raise Incomplete("The day it was received has not come yet.")
    one_at_a_time(session, "inquiry numbers")
    year = received_on.year
    last = select(func.max(Inquiry.number)).where(Inquiry.kind == kind, Inquiry.year == year)
    inquiry = Inquiry(
        kind=kind, year=year, number=(session.scalar(last) or 0) + 1, received_on=received_on, asked_by=asked_by,
        contact=contact, what=what, case=case, due_on=answer_due(kind.value, received_on, calendar),
    )  # fmt: skip
    session.add(inquiry)
    session.flush()
    said = f"entered the {kind.shown[0].lower()}{kind.shown[1:]} {inquiry.reference}"
    record(session, inquiry.case_id, actor, now, said)
    return inquiry


def take(
    session: Session, inquiry: Inquiry, step: Step, on: date, text: str, until: date | None, calendar: Calendar,
    actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """Adds a step. Raises NotNow after the answer, Incomplete for a day that cannot be or an extension without end."""
    if inquiry.answered_on:
        raise NotNow(f"It was answered on {long_date(inquiry.answered_on)}. Enter a new one.")
    if not inquiry.received_on <= on <= local_day(now):
        raise Incomplete("Give a day from when it was received to today.")
    if step is Step.EXTENDED:
        _extend(inquiry, until, calendar)
    if step in (Step.ACKNOWLEDGED, Step.ANSWERED):
        inquiry.acknowledged_on = inquiry.acknowledged_on or on
    if step is Step.ANSWERED:
        inquiry.answered_on = on
    inquiry.steps.append(Taken(step=step, on=on, text=text, by=actor.name, at=now))
    said = f"took a step on {inquiry.reference}: {step.shown[0].lower()}{step.shown[1:]}"
    record(
        session, inquiry.case_id, actor, now, said
    )  # what was said stands in the log, which fewer people read


def _extend(inquiry: Inquiry, until: date | None, calendar: Calendar) -> None:
    if inquiry.due_on is None:
        raise NotNow("A complaint has no date for its answer that could be put off.")
    if until is None or until <= inquiry.due_on:
        raise Incomplete(f"Give the new date, after {long_date(inquiry.due_on)}.")
    latest = latest_extension(inquiry.kind.value, inquiry.received_on, calendar)
    if latest and until > latest:
        raise Incomplete(
            f"The law allows two further months, until {long_date(latest)} (UK GDPR, article 12(3))."
        )
    inquiry.due_on = until
