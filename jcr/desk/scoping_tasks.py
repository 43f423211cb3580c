"""What scoping asks of the office besides reading returns: questions for more time, and whom nobody can tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, raiseload

from jcr.cases.model import Case
from jcr.cases.service import sees
from jcr.desk.task import Task
from jcr.people.model import Agency, Person
from jcr.permissions import Permission, allows
from jcr.scoping.chasing import AWAITED, CHASED, OWING, is_latest_round
from jcr.scoping.model import Extension, Request, Round
from jcr.statements import at_most, once_for_each
from jcr.wording import count, long_date

WITHOUT_ADDRESS = select(Agency.id).where(Agency.board_email == "")


def of_scoping(session: Session, person: Person, today: date, most: int) -> list[Task]:
    """Both kinds, for the Partnership Team; nobody else may answer or change an address."""
    if not allows(Permission.KEEP_RETURNS, person):
        return []
    return [*_more_time(session, person, most), *_nobody_to_tell(session, person, today, most)]


def extensions_asked(person: Person) -> Select[int]:
    """The questions for more time that nobody has answered, to be counted."""
    return _asked(person).with_only_columns(Extension.id)


def count_of_untold_agencies(session: Session, person: Person, today: date) -> int:
    """How many agencies owe a late return and have nobody to tell."""
    return (
        len(_nobody_to_tell(session, person, today, None)) if allows(Permission.KEEP_RETURNS, person) else 0
    )


def _asked(person: Person) -> Select[Extension]:
    return (
        select(Extension)
        .join(Extension.request)
        .join(Request.round)
        .join(Round.case)
        .where(Extension.answered_at.is_(None), Request.state.in_(OWING), sees(person, Round.case_id))
        .where(Case.status.in_(AWAITED), is_latest_round())
        .order_by(Extension.id)
    )


@once_for_each
def _first_asked(person: Person, most: int) -> Select[Extension]:
    with_case = contains_eager(Extension.request).contains_eager(Request.round).joinedload(Round.case)
    bare = raiseload(Extension.request, Request.returns)
    return _asked(person).options(with_case, bare).limit(at_most(most))


def _more_time(session: Session, person: Person, most: int) -> list[Task]:
    return [
        Task(
            one.request.case.reference,
            one.request.case.initials,
            f"Answer {one.request.agency.name}: more time is asked for",
            f"/cases/{one.request.case.reference}/returns/{one.request.agency.code}/more-time",
            f"Until {long_date(one.until)} instead of {long_date(one.was)}.",
        )
        for one in session.scalars(_first_asked(person, most))
    ]


def _without_address(session: Session) -> Sequence[int]:
    """The agencies with nobody to tell: few, so that only their requests are looked at."""
    return session.scalars(WITHOUT_ADDRESS).all()


def _untold(agency_ids: Sequence[int], person: Person, today: date) -> Select[str, str, int, str]:
    """Those of the agencies that owe a late return, with how many, and the first case."""
    return (
        select(Agency.code, Agency.name, func.count(Request.id), func.min(Case.reference))
        .join(Request, Request.agency_id == Agency.id)
        .join(Round, Round.id == Request.round_id)
        .join(Case, Case.id == Round.case_id)
        .where(Agency.id.in_(agency_ids), Request.state.in_(OWING), Case.status.in_(CHASED))
        .where(is_latest_round())
        .where(func.coalesce(Request.own_return_by, Round.return_by) < today, sees(person, Case.id))
        .group_by(Agency.code, Agency.name)
        .order_by(Agency.name)
    )


def _nobody_to_tell(session: Session, person: Person, today: date, most: int | None) -> list[Task]:
    agency_ids = _without_address(session)
    if not agency_ids:
        return []
    untold = _untold(agency_ids, person, today).limit(at_most(most))
    return [
        Task(
            reference,
            "",
            f"Add the board member’s address of {name}",
            f"/agencies/{code}",
            f"It owes {count(late, 'late return')}, and there is nobody to tell (terms of reference, 7.iv).",
        )
        for code, name, late, reference in session.execute(untold)
    ]
