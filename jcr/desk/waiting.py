"""Whom the office waits for: safeguarding leads, referrers, agencies and those who ratify."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, load_only, raiseload

from jcr.cases.model import Case, Route, Status, Subject, initials_of
from jcr.cases.service import visible_to
from jcr.decisions.model import Ratification, Recommendation
from jcr.decisions.offices import needed
from jcr.dialects import those
from jcr.people.model import OFFICE_NAMES, Agency, Office, Person
from jcr.referrals.model import Referral
from jcr.scoping.chasing import AWAITED, OWING, is_latest_round
from jcr.scoping.model import Request, Round, State
from jcr.statements import at_most, once_for_each, said
from jcr.wording import local_day

WHOLE = (
    load_only(Recommendation.routes, Recommendation.made_at),
    contains_eager(Recommendation.case).raiseload(Case.routes),
    raiseload(Recommendation.chaired_by),
)
A_PART = 100  # recommendations looked at in one go
OLDEST = (Case.opened_at, Case.id)
# Asked in this way, SQLite begins with the few cases, not with all that anybody owes
OWING_NOTHING = [state for state in State if state not in OWING]
WITH_OTHERS = (Status.AWAITING_SIGN_OFF, Status.RETURNED)


@dataclass(frozen=True)
class Waiting:
    """What is waited for, from whom, since when and until when; `page` of the case is where to see or chase it."""

    reference: str
    initials: str
    what: str
    who: str
    page: str
    since: date | None
    until: date | None = None

    @property
    def path(self) -> str:
        return f"/cases/{self.reference}/{self.page}"

    def is_late(self, today: date) -> bool:
        return self.until is not None and self.until < today


Row = tuple[
    int, str, str, str, str, date | None, date | None
]  # a case, its reference, what is owed by whom, and when


def owed(session: Session, cases: Select[Case]) -> list[tuple[int, Waiting]]:
    """What others owe on these cases, each with the number of its case, as the tables say it now. Columns only: there
    may be thousands."""
    ids = cases.with_only_columns(Case.id)
    rows = [*_by_leads(session, ids), *_by_agencies(session, ids), *_by_ratifiers(session, ids)]
    if not rows:
        return []
    names: dict[int, list[str]] = {row[0]: [] for row in rows}
    asked = (
        select(Subject.case_id, Subject.name).where(Subject.case_id.in_(those(names))).order_by(Subject.id)
    )
    for case_id, name in session.execute(asked):
        names[case_id].append(name)
    initials = {case_id: initials_of(found) for case_id, found in names.items()}
    return [(row[0], Waiting(row[1], initials[row[0]], *row[2:])) for row in rows]


def _by_leads(session: Session, ids: Select[int]) -> Iterator[Row]:
    asked = (
        select(
            Case.id, Case.reference, Case.status, Referral.returned_because, Referral.referrer_name,
            Referral.returned_at, Referral.lead_name, Referral.sign_off_asked_at,
        )
        .join(Referral, Referral.case_id == Case.id)
        .where(Case.id.in_(ids), Case.status.in_(WITH_OTHERS))
    )  # fmt: skip
    for id, reference, status, returned, referrer, returned_at, lead, asked_at in session.execute(asked):
        page = "return" if status is Status.RETURNED else "sign-off"
        if returned:
            yield id, reference, "Correction of the referral", referrer, page, _day(returned_at), None
        else:
            yield id, reference, "Sign-off of the referral", lead, page, _day(asked_at), None


def _by_agencies(session: Session, ids: Select[int]) -> Iterator[Row]:
    until = func.coalesce(Request.own_return_by, Round.return_by)
    asked = (
        select(Case.id, Case.reference, Request.state, Agency.name, Round.opened_at, until)
        .join(Round, Round.case_id == Case.id)
        .join(Request, Request.round_id == Round.id)
        .join(Agency, Agency.id == Request.agency_id)
        .where(Case.id.in_(ids), Request.state.not_in(OWING_NOTHING))
        .where(Case.status.in_(AWAITED), is_latest_round())
        .order_by(Request.id)
    )
    for id, reference, state, agency, opened_at, return_by in session.execute(asked):
        what = "Scoping return, sent back" if state is State.SENT_BACK else "Scoping return"
        yield id, reference, what, agency, "returns", _day(opened_at), return_by


def _by_ratifiers(session: Session, ids: Select[int]) -> Iterator[Row]:
    columns = (Case.id, Case.reference, Recommendation.id, Recommendation.routes, Recommendation.made_at)
    put = session.execute(_put(ids).with_only_columns(*columns)).all()
    if not put:
        return
    answers = select(Ratification.recommendation_id, Ratification.office)
    answered: dict[int, set[Office]] = {row[2]: set() for row in put}
    for recommendation_id, office in session.execute(
        answers.where(Ratification.recommendation_id.in_(those(answered)))
    ):
        answered[recommendation_id].add(office)
    for id, reference, recommendation_id, routes, made_at in put:
        for office in _left([Route(route) for route in routes], answered[recommendation_id]):
            yield id, reference, "Ratification", OFFICE_NAMES[office], "ratify", _day(made_at), None


def outstanding(recommendation: Recommendation) -> list[Office]:
    """The offices that have not answered a recommendation yet, in the order of its routes."""
    answered = {ratification.office for ratification in recommendation.ratifications}
    return _left(recommendation.route_names, answered)


def _left(routes: Sequence[Route], answered: set[Office]) -> list[Office]:
    return [office for office in needed(routes) if office not in answered]


def for_decision(session: Session, person: Person, offices: set[Office], most: int) -> list[Recommendation]:
    """The first recommendations that wait for somebody holding these offices, the oldest case first."""
    waiting = (one for one in _in_parts(session, person) if offices & set(outstanding(one)))
    return list(islice(waiting, most))


def _in_parts(session: Session, person: Person) -> Iterator[Recommendation]:
    """Whoever wants only the first does not have all of them loaded."""
    start, cases = 0, _oldest(person)
    while part := session.scalars(
        _put(cases.offset(start)).order_by(None).order_by(*OLDEST).options(*WHOLE)
    ).all():
        yield from part
        start += A_PART


@once_for_each
def _oldest(person: Person) -> Select[int]:
    """Of the cases put to decision makers, the first so many; they stand in this order in the index of their status."""
    put = visible_to(person).where(Case.status == said(Status.RECOMMENDED)).with_only_columns(Case.id)
    return put.order_by(*OLDEST).limit(at_most(A_PART))


def _put(ids: Select[int]) -> Select[Recommendation]:
    """The recommendations put to decision makers on these cases, the earliest first."""
    latest = select(func.max(Recommendation.number)).where(Recommendation.case_id == Case.id).correlate(Case)
    return (
        select(Recommendation)
        .join(Recommendation.case)
        .where(Case.id.in_(ids), Case.status == Status.RECOMMENDED)
        .where(Recommendation.number == latest.scalar_subquery())
        .order_by(Recommendation.made_at, Recommendation.id)
    )


def _day(moment: datetime | None) -> date | None:
    return local_day(moment) if moment else None
