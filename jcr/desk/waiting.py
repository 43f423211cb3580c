"""Whom the office waits for: safeguarding leads, referrers, agencies and those who ratify."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, defer, joinedload, load_only, raiseload

from jcr.cases.model import Case, Status
from jcr.cases.service import sees
from jcr.counting import counted_to, first_of
from jcr.decisions.model import Recommendation
from jcr.decisions.offices import needed
from jcr.people.model import OFFICE_NAMES, Office, Person
from jcr.referrals.model import Referral
from jcr.roles import TEAM
from jcr.scoping.model import Request, Round, State
from jcr.wording import local_day

WITH_OTHERS = (Status.AWAITING_SIGN_OFF, Status.RETURNED)
OWING = tuple(state for state in State if state.is_waiting)


@dataclass(frozen=True)
class Waiting:
    """What is waited for, from whom, since when and until when; `path` is where to see or chase it."""

    reference: str
    initials: str
    what: str
    who: str
    path: str
    since: date | None
    until: date | None = None

    def is_late(self, today: date) -> bool:
        return self.until is not None and self.until < today


def waiting_for_others(session: Session, person: Person, most: int = 1000) -> list[Waiting]:
    """What others owe on the cases this person may see: the first so many of what has waited longest."""
    page = "sign-off" if person.role in TEAM else "referral"  # where the chairs may look as well
    found = [
        *_leads(session, person, page, most),
        *_agencies(session, person, most),
        *_ratifiers(session, person, most),
    ]
    in_order = sorted(found, key=lambda one: (one.until or date.max, one.since or date.max, one.reference))
    return in_order[:most]


def count_waiting(session: Session, person: Person) -> int:
    """How many of these there are; past `MOST`, that there are more. One put to several offices counts once."""
    counted = (
        _asked_leads(person).with_only_columns(Referral.id),
        _owing(person).with_only_columns(Request.id),
        _put(person).with_only_columns(Recommendation.id),
    )
    return sum(counted_to(session, found) for found in counted)


def _asked_leads(person: Person) -> Select[Referral]:
    return (
        select(Referral)
        .join(Case, Case.id == Referral.case_id)
        .where(sees(person, Referral.case_id), Case.status.in_(WITH_OTHERS))
        .order_by(func.coalesce(Referral.returned_at, Referral.sign_off_asked_at), Referral.id)
    )


def _leads(session: Session, person: Person, page: str, most: int) -> Iterator[Waiting]:
    asked = (
        first_of(Referral, _asked_leads(person), most)
        .options(defer(Referral.answers), defer(Referral.sent_answers), defer(Referral.earlier))
        .options(joinedload(Referral.case).raiseload(Case.routes))
    )
    for referral in session.scalars(asked):
        case = referral.case
        back = case.status is Status.RETURNED and page == "sign-off"
        path = f"/cases/{case.reference}/{'return' if back else page}"
        if referral.is_returned:
            who, what, since = referral.referrer_name, "Correction of the referral", referral.returned_at
        else:
            who, what, since = referral.lead_name, "Sign-off of the referral", referral.sign_off_asked_at
        yield Waiting(case.reference, case.initials, what, who, path, _day(since))


def _owing(person: Person) -> Select[Request]:
    return (
        select(Request)
        .join(Round, Round.id == Request.round_id)
        .join(Case, Case.id == Round.case_id)
        .where(sees(person, Round.case_id), Request.state.in_(OWING))
        .where(Case.status.in_([Status.SCOPING, Status.RAPID_REVIEW]), _is_latest_round())
        .order_by(func.coalesce(Request.own_return_by, Round.return_by), Request.id)
    )


def _agencies(session: Session, person: Person, most: int) -> Iterator[Waiting]:
    asked = first_of(Request, _owing(person), most).options(
        load_only(Request.state, Request.own_return_by),
        joinedload(Request.round).joinedload(Round.case).raiseload(Case.routes),
        raiseload(Request.returns),
    )
    for request in session.scalars(asked):
        case, round = request.case, request.round
        what = "Scoping return, sent back" if request.state is State.SENT_BACK else "Scoping return"
        path = f"/cases/{case.reference}/returns"
        yield Waiting(
            case.reference,
            case.initials,
            what,
            request.agency.name,
            path,
            _day(round.opened_at),
            request.return_by,
        )


def _is_latest_round() -> ColumnElement[bool]:
    later = select(func.max(Round.number)).where(Round.case_id == Case.id).correlate(Case)
    return Round.number == later.scalar_subquery()


def _ratifiers(session: Session, person: Person, most: int) -> Iterator[Waiting]:
    for recommendation in _open_recommendations(session, person, most):
        case = recommendation.case
        for office in outstanding(recommendation):
            yield Waiting(
                case.reference,
                case.initials,
                "Ratification",
                OFFICE_NAMES[office],
                f"/cases/{case.reference}/ratify",
                _day(recommendation.made_at),
            )


def outstanding(recommendation: Recommendation) -> list[Office]:
    """The offices that have not answered a recommendation yet, in the order of its routes."""
    answered = {ratification.office for ratification in recommendation.ratifications}
    return [office for office in needed(recommendation.route_names) if office not in answered]


def for_decision(session: Session, person: Person, offices: set[Office]) -> list[Recommendation]:
    """The recommendations that wait for somebody holding these offices."""
    return [one for one in _open_recommendations(session, person) if offices & set(outstanding(one))]


def _put(person: Person) -> Select[Recommendation]:
    """The recommendations put to decision makers on these cases, the earliest first."""
    latest = select(func.max(Recommendation.number)).where(Recommendation.case_id == Case.id).correlate(Case)
    return (
        select(Recommendation)
        .join(Case, Case.id == Recommendation.case_id)
        .where(sees(person, Recommendation.case_id), Case.status == Status.RECOMMENDED)
        .where(Recommendation.number == latest.scalar_subquery())
        .order_by(Recommendation.made_at, Recommendation.id)
    )


def _open_recommendations(
    session: Session, person: Person, most: int | None = None
) -> Sequence[Recommendation]:
    put = (
        first_of(Recommendation, _put(person), most)
        .order_by(Recommendation.made_at, Recommendation.id)
        .options(load_only(Recommendation.routes, Recommendation.made_at))
        .options(joinedload(Recommendation.case).raiseload(Case.routes), raiseload(Recommendation.chaired_by))
    )
    return session.scalars(put).all()


def _day(moment: datetime | None) -> date | None:
    return local_day(moment) if moment else None
