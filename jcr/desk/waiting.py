"""Whom the office waits for: safeguarding leads, referrers, agencies and those who ratify."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, defer, load_only, raiseload

from jcr.cases.model import Case, Status
from jcr.cases.service import visible_to
from jcr.decisions.model import Recommendation
from jcr.decisions.offices import needed
from jcr.people.model import OFFICE_NAMES, Office, Person
from jcr.referrals.model import Referral
from jcr.scoping.chasing import CHASED, OWING, is_latest_round
from jcr.scoping.model import Request, Round, State
from jcr.wording import local_day

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


def owed(session: Session, cases: Select[Case]) -> list[tuple[int, Waiting]]:
    """What others owe on these cases, each with the number of its case, as the tables say it now."""
    ids = cases.with_only_columns(Case.id)
    return [*_by_leads(session, ids), *_by_agencies(session, ids), *_by_ratifiers(session, ids)]


def _by_leads(session: Session, ids: Select[int]) -> Iterator[tuple[int, Waiting]]:
    asked = (
        select(Referral)
        .join(Referral.case)
        .where(Case.id.in_(ids), Case.status.in_(WITH_OTHERS))
        .options(defer(Referral.answers), defer(Referral.sent_answers), defer(Referral.earlier))
        .options(contains_eager(Referral.case).raiseload(Case.routes))
    )
    for referral in session.scalars(asked):
        case = referral.case
        page = "return" if case.status is Status.RETURNED else "sign-off"
        if referral.is_returned:
            who, what, since = referral.referrer_name, "Correction of the referral", referral.returned_at
        else:
            who, what, since = referral.lead_name, "Sign-off of the referral", referral.sign_off_asked_at
        yield case.id, Waiting(case.reference, case.initials, what, who, page, _day(since))


def _by_agencies(session: Session, ids: Select[int]) -> Iterator[tuple[int, Waiting]]:
    asked = (
        select(Request)
        .join(Request.round)
        .join(Round.case)
        .where(Case.id.in_(ids), Request.state.in_(OWING))
        .where(Case.status.in_(CHASED), is_latest_round())
        .options(
            load_only(Request.state, Request.own_return_by),
            contains_eager(Request.round).contains_eager(Round.case).raiseload(Case.routes),
            raiseload(Request.returns),
        )
    )
    for request in session.scalars(asked):
        case, since = request.case, _day(request.round.opened_at)
        what = "Scoping return, sent back" if request.state is State.SENT_BACK else "Scoping return"
        who, until = request.agency.name, request.return_by
        yield case.id, Waiting(case.reference, case.initials, what, who, "returns", since, until)


def _by_ratifiers(session: Session, ids: Select[int]) -> Iterator[tuple[int, Waiting]]:
    for recommendation in session.scalars(_put(ids)):
        case, since = recommendation.case, _day(recommendation.made_at)
        for office in outstanding(recommendation):
            who = OFFICE_NAMES[office]
            yield case.id, Waiting(case.reference, case.initials, "Ratification", who, "ratify", since)


def outstanding(recommendation: Recommendation) -> list[Office]:
    """The offices that have not answered a recommendation yet, in the order of its routes."""
    answered = {ratification.office for ratification in recommendation.ratifications}
    return [office for office in needed(recommendation.route_names) if office not in answered]


def for_decision(session: Session, person: Person, offices: set[Office]) -> list[Recommendation]:
    """The recommendations that wait for somebody holding these offices."""
    put = session.scalars(_put(visible_to(person).with_only_columns(Case.id)))
    return [one for one in put if offices & set(outstanding(one))]


def _put(ids: Select[int]) -> Select[Recommendation]:
    """The recommendations put to decision makers on these cases, the earliest first."""
    latest = select(func.max(Recommendation.number)).where(Recommendation.case_id == Case.id).correlate(Case)
    return (
        select(Recommendation)
        .join(Recommendation.case)
        .where(Case.id.in_(ids), Case.status == Status.RECOMMENDED)
        .where(Recommendation.number == latest.scalar_subquery())
        .order_by(Recommendation.made_at, Recommendation.id)
        .options(load_only(Recommendation.routes, Recommendation.made_at))
        .options(contains_eager(Recommendation.case).raiseload(Case.routes))
        .options(raiseload(Recommendation.chaired_by))
    )


def _day(moment: datetime | None) -> date | None:
    return local_day(moment) if moment else None
