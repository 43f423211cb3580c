"""Opens cases, finds them, and says who may see which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from jcr.cases.joining import stay_joined
from jcr.cases.model import (
    Case,
    CaseNumber,
    CaseRoute,
    Likeness,
    Naming,
    Route,
    Source,
    Status,
    Subject,
    Wall,
)
from jcr.cases.named import standing
from jcr.cases.words import as_reference, name_key
from jcr.db import Base
from jcr.errors import NotAllowed
from jcr.history.service import record
from jcr.people.model import Agency, Board, Office, Person
from jcr.permissions import Permission, allows
from jcr.roles import CHAIRS, REVIEWING, TEAM, Actor, Role
from jcr.statements import always, once_for_each

# Who ratifies what: three safeguarding partners for a child, one chair for the others (ToR 1, 3).
RATIFIERS: dict[Route, tuple[Office, ...]] = {
    Route.CHILD: (Office.PARTNER_COUNCIL, Office.PARTNER_ICB, Office.PARTNER_POLICE),
    Route.ADULT: (Office.HSAB_CHAIR,),
    Route.DOMESTIC: (Office.CSP_CHAIR,),
}
BOARDS = {
    Route.CHILD: "hscp",
    Route.ADULT: "hsab",
    Route.DOMESTIC: "csp",
}  # codes of people.model.Board (ToR 1)
CALLED = select(Board).where(Board.code.in_(bindparam("codes", expanding=True))).order_by(Board.id)
KEPT = 1000  # conditions, each for one person: to put one together takes as long as to have it answered
WALLS = Base.metadata.tables[Wall.__tablename__].alias("walls_between")
BEFORE_THE_GROUP = (
    Status.REFERRED, Status.AWAITING_SIGN_OFF, Status.RETURNED, Status.TRIAGE, Status.REDIRECTED, Status.DECLINED,
)  # fmt: skip
PUT_TO_DECISION = (
    Status.RECOMMENDED, Status.RATIFIED, Status.SENT_BACK, Status.NOT_RATIFIED, Status.DECIDED, Status.CLOSED,
)  # fmt: skip


def visible_to(person: Person) -> Select[Case]:
    """The cases this person may see. Every list of cases starts here, so that walls have one place."""
    return _visible_to(person.id, person.role, person.agency_id, person.offices)


@lru_cache(maxsize=KEPT)
def _visible_to(
    person_id: int, role: Role, agency_id: int | None, offices: frozenset[Office]
) -> Select[Case]:
    cases = select(Case).where(Case.destroyed_at.is_(None), _no_wall(person_id, Case.id))
    if role in (*TEAM, *CHAIRS):
        return cases
    if role is Role.MEMBER:
        return cases.where(Case.status.not_in(BEFORE_THE_GROUP))
    if role is Role.DECISION_MAKER:
        return cases.where(Case.status.in_(PUT_TO_DECISION), Case.id.in_(_decided_by(offices)))
    if role in REVIEWING:
        return cases.where(Case.id.in_(standing(person_id).with_only_columns(Naming.case_id)))
    if (
        role is Role.SAFEGUARDING_LEAD and agency_id is not None
    ):  # else they would be those of unlisted agencies
        return cases.where(Case.status == Status.AWAITING_SIGN_OFF, Case.agency_id == agency_id)
    return cases.where(Case.id.is_(None))


def sees(person: Person, case_id: Any) -> ColumnElement[bool]:
    """The condition that a row's case is one this person may see; where only walls hide cases, no case is looked at.

    Else the row's own case is looked up: told to look for it among those they see, PostgreSQL gathers all of these.
    """
    if person.role in (*TEAM, *CHAIRS):
        return and_(case_id.is_not(None), no_wall(person, case_id))
    seen = visible_to(person).with_only_columns(Case.id).subquery()
    return select(seen.c.id).where(seen.c.id == case_id).scalar_subquery().is_not(None)


def no_wall(person: Person, case_id: Any) -> ColumnElement[bool]:
    """The condition that no wall stands between the person and a row's case. It is looked up for each row that is met:
    a list of all walls would be gathered for each question, however few rows it wants."""
    return _no_wall(person.id, case_id)


@lru_cache(maxsize=KEPT)
def _no_wall(person_id: int, case_id: Any) -> ColumnElement[bool]:
    between = select(WALLS.c.id).where(WALLS.c.case_id == case_id, WALLS.c.person_id == person_id)
    return ~between.exists()


def _decided_by(offices: frozenset[Office]) -> Select[int]:
    """The cases on a route that holders of these offices decide. The routes stand in the statement: how few or many
    cases are on them decides where a database starts to look."""
    routes = [route for route, deciding in RATIFIERS.items() if not offices.isdisjoint(deciding)]
    return select(CaseRoute.case_id).where(CaseRoute.route.in_(always(routes)))


def boards_of(session: Session, case: Case) -> Sequence[Board]:
    """The boards a case answers to, one for each of its routes (ToR 1)."""
    return session.scalars(CALLED, {"codes": [BOARDS[route] for route in case.route_names]}).all()


def by_reference(session: Session, person: Person, reference: str) -> Case | None:
    """The case with this reference, if the person may see it."""
    found = session.scalars(_by_reference(person), {"reference": as_reference(reference)})
    return found.unique().first()


@once_for_each
def _by_reference(person: Person) -> Select[Case]:
    """With its few routes, and with its walls, which say who may do something on it."""
    found = visible_to(person).where(Case.reference == bindparam("reference"))
    return found.options(joinedload(Case.routes), joinedload(Case.walls))


def open_case(
    session: Session, source: Source, answers: Mapping[str, Any], actor: Actor, now: datetime, today: date
) -> Case:
    """A new case from a referral's answers, status *referred*, with its subjects and the routes asked for."""
    case = Case(
        reference=next_reference(session, today.year), source=source, opened_at=now, status=Status.REFERRED
    )
    take_facts(session, case, answers)
    session.add(case)
    session.flush()
    record(session, case.id, actor, now, _opened(source, actor), source=source.value)
    return case


def _opened(source: Source, actor: Actor) -> str:
    if allows(Permission.CONFIRM_REFERRAL, actor):
        return "opened the case from an e-mail"
    return "referred the case by e-mail" if source is Source.EMAIL else "referred the case on the web"


def take_facts(
    session: Session, case: Case, answers: Mapping[str, Any], before: Mapping[str, Any] | None = None
) -> None:
    """Sets the case's subjects, routes and referring agency from a referral's answers.

    `before` are the answers these take the place of: where they ask for the same reviews, the kinds of review
    that somebody set meanwhile stay, and so do the facts of records that were joined.
    """
    _take_subjects(session, case, answers.get("subjects") or [])
    asked = answers.get("review_type_requested") or []
    if before is None or asked != (before.get("review_type_requested") or []):
        set_routes(case, [Route(code) for code in asked if code in set(Route)])
    agency = str(answers.get("referrer_agency") or "").strip()
    case.agency = session.scalar(select(Agency).where(or_(Agency.name == agency, Agency.code == agency)))


def set_routes(case: Case, routes: Iterable[Route]) -> None:
    """Gives the case these routes, keeping those it has."""
    wanted = list(dict.fromkeys(routes))
    case.routes[:] = [row for row in case.routes if row.route in wanted]
    have = set(case.route_names)
    case.routes.extend(CaseRoute(route=route) for route in wanted if route not in have)


def _take_subjects(session: Session, case: Case, rows: Sequence[Mapping[str, Any]]) -> None:
    """Whoever was known keeps their row, found by name, else by place: what was decided about them hangs on it."""
    left = list(case.subjects)
    named = [_taken(left, name_key(_name(row))) for row in rows]
    case.subjects[:] = [_set(one or _first(left), row) for row, one in zip(rows, named, strict=True)]
    for known in (one for one in case.subjects if one.id):
        stay_joined(session, known)
    gone = [one.id for one in left if one.id]
    if gone:
        session.execute(
            delete(Likeness).where(or_(Likeness.first_id.in_(gone), Likeness.second_id.in_(gone)))
        )


def _taken(left: list[Subject], key: str) -> Subject | None:
    found = next((one for one in left if one.name_key == key), None)
    if found:
        left.remove(found)
    return found


def _first(left: list[Subject]) -> Subject:
    return left.pop(0) if left else Subject()


def subject_of(row: Mapping[str, Any]) -> Subject:
    """Somebody as a referral tells of them, of no case yet and not stored."""
    return _set(Subject(), row)


def _set(subject: Subject, row: Mapping[str, Any]) -> Subject:
    subject.name = _name(row)
    subject.nhs_number = str(row.get("subject_nhs_number") or "").strip()
    subject.dob = _day(row.get("subject_dob"))
    subject.date_of_death = _day(row.get("subject_date_of_death"))
    subject.details = {name: value for name, value in row.items() if value not in (None, "", [])}
    return subject


def _name(row: Mapping[str, Any]) -> str:
    return str(row.get("subject_name") or "").strip()


def _day(iso: Any) -> date | None:
    try:
        return date.fromisoformat(str(iso or ""))
    except ValueError:  # a month or a year only, as read from a document
        return None


def next_reference(session: Session, year: int) -> str:
    """The next case reference of the year, such as JCR-2026-0001; numbers are never given twice."""
    this_year = select(CaseNumber).where(CaseNumber.year == year).with_for_update()
    row = session.scalar(this_year)
    if row is None:
        with suppress(IntegrityError), session.begin_nested():  # another may open the year at this moment
            session.add(CaseNumber(year=year, last=0))
        row = session.scalars(this_year).one()
    row.last += 1
    session.flush()
    return f"JCR-{year}-{row.last:04d}"


def is_walled_off(session: Session, case_id: int | None, address: str) -> bool:
    """Whether this e-mail address is of somebody who declared a conflict of interest on the case."""
    if case_id is None or not address.strip():
        return False
    walls = select(Wall.id).join(Person, Person.id == Wall.person_id).where(Wall.case_id == case_id)
    return (
        session.scalar(walls.where(func.lower(Person.email) == address.strip().lower()).limit(1)) is not None
    )


def put_up_wall(session: Session, case: Case, person: Person, why: str, actor: Actor, now: datetime) -> None:
    """A declared conflict: the person no longer sees the case."""
    if not why.strip():
        raise NotAllowed("Say what the conflict is; it is part of the record.")
    known = select(Wall).where(Wall.case_id == case.id, Wall.person_id == person.id)
    if session.scalar(known) is None:
        case.walls.append(Wall(person_id=person.id, why=why))
        record(session, case.id, actor, now, f"recorded a conflict of interest of {person.name}", why)


def take_down_wall(
    session: Session, case: Case, person: Person, why: str, actor: Actor, now: datetime
) -> None:
    """It was decided that what was declared is no conflict: the person sees again what they may see."""
    if not why.strip():
        raise NotAllowed("Say why it is no conflict; it is part of the record.")
    for wall in [one for one in case.walls if one.person_id == person.id]:
        case.walls.remove(wall)
        session.delete(wall)
        record(session, case.id, actor, now, f"decided that {person.name} has no conflict of interest", why)
