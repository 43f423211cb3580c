"""What lies on a person's desk: dates, tasks, what others owe, the pile, and letters that did not go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, raiseload

from jcr.cases.model import Case, Source, Status
from jcr.cases.rules import Calendar, england
from jcr.cases.service import visible_to
from jcr.correspondence.model import Kind, Letter
from jcr.desk.case_dates import dates_of
from jcr.desk.clocks import AT_REST, Clock
from jcr.desk.clocks import clocks as clocks_of_dates
from jcr.desk.next_steps import next_step
from jcr.meetings import service as meetings
from jcr.meetings.model import Meeting
from jcr.people.model import Person
from jcr.roles import Role
from jcr.scoping import service as scoping
from jcr.scoping.model import Request, Round, State
from jcr.wording import LONDON

HORIZON = timedelta(days=14)
TICKING = tuple(status for status in Status if status not in (*AT_REST, Status.DECIDED))
OURS = (
    Status.REFERRED,
    Status.TRIAGE,
    Status.RAPID_REVIEW,
    Status.RATIFIED,
    Status.SENT_BACK,
    Status.NOT_RATIFIED,
)


@dataclass(frozen=True)
class Task:
    """Something for the office to do, and where."""

    reference: str
    initials: str
    text: str
    path: str
    note: str


def clocks(session: Session, today: date, calendar: Calendar | None = None) -> list[Clock]:
    """Every date that is due or late on any case still under way, the earliest first."""
    return _open_clocks(session, select(Case), today, calendar or england())


def clocks_for(session: Session, person: Person, today: date, calendar: Calendar) -> list[Clock]:
    """The dates due or late on the cases this person may see, the earliest first."""
    return _open_clocks(session, visible_to(person), today, calendar)


def clocks_of_case(session: Session, case: Case, today: date, calendar: Calendar) -> list[Clock]:
    """Every clock of one case, met or not, in the order of the work."""
    return clocks_of_dates(dates_of(session, [case])[0], today, calendar)


def _open_clocks(session: Session, cases: Select[Case], today: date, calendar: Calendar) -> list[Clock]:
    ticking = session.scalars(cases.where(Case.status.in_(TICKING)).order_by(Case.id)).all()
    every = [
        clock for dates in dates_of(session, ticking) for clock in clocks_of_dates(dates, today, calendar)
    ]
    return sorted((clock for clock in every if clock.is_open), key=lambda clock: clock.on or date.max)


def soon(found: Iterable[Clock], today: date) -> list[Clock]:
    """Those late, or due within a fortnight."""
    return [clock for clock in found if clock.on and clock.on <= today + HORIZON]


def tasks(session: Session, person: Person) -> list[Task]:
    """What the office can do at once: the next steps of cases that wait for nobody, and returns to read."""
    cases = visible_to(person).where(Case.status.in_(OURS)).order_by(Case.opened_at)
    written, review = _letters_written(session), _latest_meetings(session)
    found = [
        _task(case, person.role, review.get(case.id), case.id in written)
        for case in session.scalars(cases)
        if not (case.status is Status.REFERRED and case.source is Source.WEB)
    ]
    return [task for task in found if task.path] + _returns_to_read(session, person)


def _task(case: Case, role: Role, meeting_id: int | None, letter_written: bool) -> Task:
    step = next_step(case, role, meeting_id=meeting_id, letter_written=letter_written)
    return Task(case.reference, case.initials, step.text, step.path, step.note)


def _letters_written(session: Session) -> set[int]:
    written = select(Letter.case_id).where(Letter.kind == Kind.DECISION, Letter.case_id.is_not(None))
    return {case_id for case_id in session.scalars(written) if case_id}


def _latest_meetings(session: Session) -> dict[int, int]:
    latest = select(Meeting.case_id, func.max(Meeting.id)).where(Meeting.case_id.is_not(None))
    rows = session.execute(latest.group_by(Meeting.case_id))
    return {case_id: meeting_id for case_id, meeting_id in rows if case_id}


def _returns_to_read(session: Session, person: Person) -> list[Task]:
    visible = visible_to(person).with_only_columns(Case.id)
    returned = (
        select(Request)
        .join(Round, Round.id == Request.round_id)
        .where(Request.state == State.RETURNED, Round.case_id.in_(visible))
        .options(joinedload(Request.round).joinedload(Round.case), raiseload(Request.returns))
        .options(raiseload(Request.round, Round.requests))
        .order_by(Request.id)
    )
    return [
        Task(
            request.case.reference,
            request.case.initials,
            f"Read the return of {request.agency.name}",
            f"/cases/{request.case.reference}/returns",
            "Accept it, or send it back for what is missing.",
        )
        for request in session.scalars(returned)
    ]


def meetings_ahead(session: Session, person: Person, today: date) -> Sequence[Meeting]:
    """The meetings from today on that this person may see, the next one first."""
    morning = datetime.combine(today, time.min, LONDON)
    ahead = meetings.visible_to(person).where(Meeting.starts_at >= morning).order_by(Meeting.starts_at)
    unread = (Meeting.items, Meeting.round, Meeting.declarations, Meeting.attendances)
    return session.scalars(ahead.options(*map(raiseload, unread))).unique().all()


def everybody(session: Session) -> Sequence[Person]:
    """All people of the partnership, for the administrator."""
    return session.scalars(select(Person).order_by(Person.name)).all()


def requests_of(session: Session, person: Person) -> Sequence[Request]:
    """What the person's agency was asked, the latest first."""
    asked = scoping.visible_to(person).order_by(Request.id.desc())
    return session.scalars(asked.options(raiseload(Request.round, Round.requests))).unique().all()
