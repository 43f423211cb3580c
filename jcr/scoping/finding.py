"""Rounds and requests found: by the case, the agency, a link, a stamp or a letter, and how each agency stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload

from jcr.cases.model import Case
from jcr.cases.rules import Calendar
from jcr.cases.service import no_wall, sees
from jcr.cases.words import as_reference
from jcr.correspondence.model import Letter
from jcr.correspondence.service import TROUBLED
from jcr.outsiders import service as outsiders
from jcr.outsiders.model import Purpose
from jcr.people.model import Person
from jcr.roles import Role
from jcr.scoping.model import Request, RequestLetter, Return, Round
from jcr.scoping.rules import days_late
from jcr.wording import local_day

LATEST_ROUND = (
    select(Round)
    .where(Round.case_id == bindparam("case_id"))
    .order_by(Round.number.desc())
    .options(joinedload(Round.requests))
)


def visible_to(person: Person) -> Select[Request]:
    """The requests of the cases this person may see; for an agency's contact, those put to the agency."""
    requests = select(Request).join(Round, Request.round_id == Round.id)
    if person.role is Role.AGENCY_CONTACT:
        return requests.where(Request.agency_id == person.agency_id, no_wall(person, Round.case_id))
    return requests.where(sees(person, Round.case_id))


def round_of(session: Session, case: Case) -> Round | None:
    """The case's latest round."""
    return session.scalars(LATEST_ROUND, {"case_id": case.id}).unique().first()


def latest_request(session: Session, case: Case, agency: str) -> Request | None:
    """The latest request on the case to the agency with this code."""
    put = (
        select(Request)
        .join(Round, Request.round_id == Round.id)
        .where(Round.case_id == case.id)
        .order_by(Request.id)
    )
    found = [one for one in session.scalars(put) if one.agency.code == agency]
    return found[-1] if found else None


def own_request(session: Session, person: Person, reference: str) -> Request | None:
    """What the contact's agency was asked last on this case."""
    put = (
        visible_to(person)
        .join(Case, Case.id == Round.case_id)
        .where(Case.reference == as_reference(reference))
    )
    return session.scalar(put.order_by(Request.id.desc()).limit(1))


def missing(round: Round | None) -> list[Request]:
    """The requests of a round that have no return yet."""
    return [request for request in round.requests if request.state.is_waiting] if round else []


def by_token(session: Session, token: str) -> Request | None:
    """The request a link belongs to."""
    return session.scalar(
        select(Request).where(Request.token_hash == outsiders.key(session, token, Purpose.SCOPING))
    )


def by_stamp(session: Session, stamp: str) -> Request | None:
    """The request whose stamp came back in a document."""
    return session.scalar(select(Request).where(Request.stamp == stamp.strip().upper()))


def by_letter(session: Session, letter_ids: Iterable[int]) -> Sequence[Request]:
    """The requests that these letters carried, for a reply that has lost its form."""
    ids = select(RequestLetter.request_id).where(RequestLetter.letter_id.in_(list(letter_ids)))
    return session.scalars(select(Request).where(Request.id.in_(ids)).order_by(Request.id)).all()


@dataclass(frozen=True)
class Line:
    """How one agency stands: late in working days, counted to the day it answered or to today."""

    request: Request
    due: date
    returned_at: datetime | None
    days_late: int

    @property
    def returned(self) -> Return | None:
        return self.request.latest

    @property
    def after_meeting(self) -> bool:
        return self.request.answered_only_after_meeting


def lines(round: Round, today: date, calendar: Calendar) -> list[Line]:
    """Every agency of a round, those that owe a return first."""
    found = []
    for request in round.requests:
        latest = request.latest
        at = latest.received_at if latest and not request.state.is_waiting else None
        late = days_late(request.return_by, local_day(at) if at else today, calendar)
        found.append(Line(request, request.return_by, at, late))
    return sorted(found, key=lambda line: (not line.request.state.is_waiting, line.request.agency.name))


def came_back(session: Session, requests: Iterable[Request]) -> dict[int, Letter]:
    """The last letter of each request that waits, where it did not get there; the letter says why and whom to try."""
    waiting = [request.id for request in requests if request.state.is_waiting]
    sent = select(RequestLetter.request_id, Letter).join(Letter, Letter.id == RequestLetter.letter_id)
    rows = session.execute(sent.where(RequestLetter.request_id.in_(waiting)).order_by(Letter.id))
    last = {row.request_id: row.Letter for row in rows}
    return {request_id: letter for request_id, letter in last.items() if letter.delivery in TROUBLED}
