"""What lies on a person's desk: dates, tasks, what others owe, the pile, and letters that did not go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from sqlalchemy import Select, and_, func, not_, or_, select
from sqlalchemy.orm import Session, joinedload, lazyload, load_only, raiseload, selectinload

from jcr.cases.model import Case, Source, Status, Subject
from jcr.cases.rules import Calendar
from jcr.cases.service import sees, visible_to
from jcr.correspondence import delivery
from jcr.correspondence.model import Delivery, Kind, Letter
from jcr.counting import MOST, Figure, counted_figures
from jcr.decisions.model import Recommendation
from jcr.desk import meeting_dates, open_dates
from jcr.desk.case_dates import dates_of_each
from jcr.desk.chair_tasks import of_the_chair
from jcr.desk.clocks import Clock
from jcr.desk.clocks import State as ClockState
from jcr.desk.clocks import clocks as clocks_of_dates
from jcr.desk.cost_tasks import costs_unanswered, of_costs
from jcr.desk.keeping import ASKED_AGAIN, changed
from jcr.desk.next_steps import Reached, next_step
from jcr.desk.notice_tasks import notices_untold, of_notices
from jcr.desk.owing import owing_to_count
from jcr.desk.pile import pile_to_count
from jcr.desk.scoping_tasks import count_of_untold_agencies, extensions_asked, of_scoping
from jcr.desk.submission_tasks import of_submissions, submissions_unchecked
from jcr.desk.task import Task
from jcr.meetings import service as meetings
from jcr.meetings.model import Meeting
from jcr.people.model import Person
from jcr.permissions import Permission, allows
from jcr.roles import Role
from jcr.scoping import service as scoping
from jcr.scoping.model import Request, Round, State
from jcr.statements import at_most, once_for_each, said
from jcr.triage import service as triage
from jcr.wording import LONDON

HORIZON = timedelta(days=14)
OURS = (
    Status.REFERRED,
    Status.TRIAGE,
    Status.RAPID_REVIEW,
    Status.RATIFIED,
    Status.SENT_BACK,
    Status.NOT_RATIFIED,
)
ASKED = {
    Status.REFERRED: Permission.CONFIRM_REFERRAL,
    Status.RATIFIED: Permission.TELL_REFERRER,
    Status.SENT_BACK: Permission.RECOMMEND,
    Status.NOT_RATIFIED: Permission.RECOMMEND,
}


WITH_REFERRER = and_(Case.status == Status.REFERRED, Case.source == Source.WEB)
# When the latest recommendation was made: an earlier letter told of another decision
RECOMMENDED_AT = (
    select(func.max(Recommendation.made_at))
    .where(Recommendation.case_id == Case.id)
    .correlate(Case)
    .scalar_subquery()
)
TOLD = and_(
    Case.status == Status.RATIFIED,
    select(Letter.id)
    .where(Letter.case_id == Case.id, Letter.kind == Kind.DECISION)
    .where(Letter.delivery != Delivery.BOUNCED, Letter.written_at >= RECOMMENDED_AT)
    .exists(),
)
LATEST_MEETING = (
    select(func.max(Meeting.id)).where(Meeting.case_id == Case.id).correlate(Case).scalar_subquery()
)
LETTER_BACK = (
    select(func.max(Letter.id))
    .where(Letter.case_id == Case.id, Letter.kind == Kind.DECISION, Case.status == Status.RATIFIED)
    .where(Letter.delivery == Delivery.BOUNCED, Letter.written_at >= RECOMMENDED_AT)
    .correlate(Case)
    .scalar_subquery()
)
OF_A_STEP = (
    load_only(
        Case.reference, Case.status, Case.source, Case.incident_notified_on, Case.no_notification_because
    ),
    lazyload(Case.agency),
    selectinload(Case.subjects).load_only(Subject.name),
)


def clocks(session: Session, today: date, calendar: Calendar) -> list[Clock]:
    """Every date that is due or late on any case still under way, the earliest first."""
    return open_dates.open_clocks(session, today, calendar)


@dataclass(frozen=True)
class Dates:
    """One page of the dates, its number, the number of the last, and how many dates there are; past `MOST`, that there
    are more."""

    clocks: list[Clock]
    number: int
    last: int
    every: int


def dates_page(
    session: Session, person: Person, today: date, calendar: Calendar, number: int = 1, size: int = MOST
) -> Dates:
    """The dates due or late on the cases and meetings this person may see, the earliest first; of those past `MOST`
    none. A page before the first is the first, one past the last is the last."""
    anew = [
        *meeting_dates.papers(session, person, today, calendar),
        *open_dates.afresh(session, person, today, calendar),
    ]
    [stored] = counted_figures(session, _to_count(person, today, calendar)[2])
    every = stored + len(anew)
    last = max(1, -(-min(every, MOST) // size))
    number = min(max(number, 1), last)
    to = min(number * size, MOST)
    known = open_dates.stored(session, person, today, to)
    minutes = meeting_dates.without_minutes(session, person, today, calendar, to)
    first = sorted([*known, *minutes, *anew], key=_on)[:to]
    return Dates(first[(number - 1) * size :], number, last, every)


def clocks_of_case(session: Session, case: Case, today: date, calendar: Calendar) -> list[Clock]:
    """Every clock of one case, met or not, in the order of the work."""
    [dates] = dates_of_each(session, [case])
    return clocks_of_dates(dates, today, calendar)


@dataclass(frozen=True)
class Ahead:
    """The first dates that are late or due, and how many there are; past `MOST`, that there are more."""

    clocks: list[Clock]
    late: int
    soon: int
    every: int


@dataclass(frozen=True)
class Counted:
    """How many there are of each as stored; past `MOST`, that there are more. `changed` are cases to look at afresh."""

    late: int
    soon: int
    dates: int
    tasks: int
    owed: int
    letters: int
    waiting: int
    changed: int


def counted(session: Session, person: Person, today: date, calendar: Calendar) -> Counted:
    """All that the desk counts, in one question."""
    return Counted(*counted_figures(session, *_to_count(person, today, calendar)))


@once_for_each
def _to_count(person: Person, today: date, calendar: Calendar) -> list[Figure]:
    last = today + HORIZON
    stored = open_dates.stored_to_count(person, today, last)
    return [
        *zip(stored, meeting_dates.minutes_to_count(person, today, last, calendar), strict=True),
        tuple(_tasks_to_count(person)),
        (owing_to_count(person),),
        (delivery.trouble_to_count(person),),
        (pile_to_count(),),
        (changed(),),
    ]


def dates_ahead(
    session: Session, person: Person, today: date, calendar: Calendar, counted: Counted, most: int
) -> Ahead:
    """What is late, or due within a fortnight, on the cases and meetings this person may see."""
    horizon = today + HORIZON
    anew = meeting_dates.papers(session, person, today, calendar)
    if counted.changed:
        anew += open_dates.afresh(session, person, today, calendar)
    late = counted.late + sum(clock.state is ClockState.LATE for clock in anew)
    soon = sum(clock.state is ClockState.DUE and _on(clock) <= horizon for clock in anew)
    minutes = meeting_dates.without_minutes(session, person, today, calendar, most)
    first = sorted([*open_dates.stored(session, person, today, most), *anew, *minutes], key=_on)[:most]
    return Ahead(
        clocks=[clock for clock in first if _on(clock) <= horizon],
        late=late,
        soon=soon + counted.soon,
        every=len(anew) + counted.dates,
    )


def _on(clock: Clock) -> date:
    return clock.on or date.max


def tasks(session: Session, person: Person, today: date, most: int = 1000) -> list[Task]:
    """What the office can do at once; the kinds that find no room any more are not asked for."""
    return list(islice(_in_turn(session, person, today, most), most))


def _in_turn(session: Session, person: Person, today: date, most: int) -> Iterator[Task]:
    """The next steps of cases that wait for nobody, returns to read, and what else is asked of the office."""
    yield from of_the_chair(session, person, today)
    yield from of_submissions(session, person, most)
    yield from _steps(session, person, most)
    yield from _returns_to_read(session, person, most)
    yield from of_scoping(session, person, today, most)
    yield from of_notices(session, person, most)
    yield from of_costs(session, person, most)


def _tasks_to_count(person: Person) -> Iterator[Select[int]]:
    """The kinds of tasks that may be many, those that cost most to look at last."""
    if allows(Permission.KEEP_NOTICES, person):
        yield notices_untold(person)
    if allows(Permission.ANSWER_COSTS, person):
        yield costs_unanswered(person)
    if allows(Permission.KEEP_RETURNS, person):
        yield extensions_asked(person)
    if allows(Permission.SORT_MAIL, person):
        yield submissions_unchecked(person)
    yield _returned(person).with_only_columns(Request.id)
    yield _ours(person).with_only_columns(Case.id)


def count_tasks(session: Session, person: Person, today: date, counted: Counted) -> int:
    """How many tasks there are in all; past `MOST`, that there are more."""
    if counted.tasks > MOST:
        return counted.tasks
    others = count_of_untold_agencies(session, person, today) + len(of_the_chair(session, person, today))
    return counted.tasks + others


def _steps(session: Session, person: Person, most: int) -> Iterator[Task]:
    rows = session.execute(_first_ours(person, most)).all()
    paths = triage.outcomes(session, [case.id for case, *_ in rows if case.status is Status.TRIAGE])
    for case, meeting, again, back in rows:
        reached = Reached(paths.get(case.id, ""), meeting, asked_again=again, letter_back=back)
        yield _task(case, person.role, reached)


def _ours(person: Person) -> Select[Case]:
    """The cases whose next step is the office's: not the referrer's, and not the post's."""
    ours = [status for status in OURS if allows(ASKED.get(status, Permission.SEE_OFFICE), person)]
    cases = visible_to(person).where(or_(Case.status.in_(ours), ASKED_AGAIN))
    return cases.where(not_(WITH_REFERRER), not_(TOLD))


@once_for_each
def _first_ours(person: Person, most: int) -> Select[Case, int, bool, int]:
    """Each with its latest meeting, whether its referrer waits for a second look, and a decision letter nobody got;
    these are looked up for the first only."""
    first = _ours(person).with_only_columns(Case.id).order_by(Case.opened_at).limit(at_most(most)).subquery()
    found = select(Case, LATEST_MEETING, ASKED_AGAIN, LETTER_BACK).join(first, first.c.id == Case.id)
    return found.order_by(Case.opened_at).options(*OF_A_STEP)


def _task(case: Case, role: Role, reached: Reached) -> Task:
    step = next_step(case, role, reached)
    return Task(case.reference, case.initials, step.text, step.path, step.note)


def _returned(person: Person) -> Select[Request]:
    returned = select(Request).join(Round, Round.id == Request.round_id)
    return returned.where(Request.state == said(State.RETURNED), sees(person, Round.case_id))


@once_for_each
def _first_returned(person: Person, most: int) -> Select[Request]:
    with_case = joinedload(Request.round).joinedload(Round.case)
    bare = _returned(person).options(with_case, raiseload(Request.returns))
    return bare.order_by(Request.id).limit(at_most(most))


def _returns_to_read(session: Session, person: Person, most: int) -> list[Task]:
    return [
        Task(
            request.case.reference,
            request.case.initials,
            f"Read the return of {request.agency.name}",
            f"/cases/{request.case.reference}/returns",
            "Accept it, or send it back for what is missing.",
        )
        for request in session.scalars(_first_returned(person, most))
    ]


def meetings_ahead(session: Session, person: Person, today: date, most: int) -> Sequence[Meeting]:
    """The next meetings from today on that this person may see."""
    return session.scalars(_first_ahead(person, today, most)).all()


@once_for_each
def _first_ahead(person: Person, today: date, most: int) -> Select[Meeting]:
    morning = datetime.combine(today, time.min, LONDON)
    ahead = meetings.ahead_of(person, morning).where(Meeting.cancelled_at.is_(None))
    return ahead.limit(at_most(most))


def requests_of(person: Person) -> Select[Request]:
    """What the person's agency was asked, the latest first."""
    asked = scoping.visible_to(person).order_by(Request.id.desc())
    with_case = joinedload(Request.round).joinedload(Round.case).raiseload("*")
    return asked.options(with_case, raiseload(Request.returns))


def own_cases(person: Person) -> Select[Case]:
    """The cases of somebody who is named to them, or has to sign them off; the newest first."""
    return visible_to(person).order_by(Case.opened_at.desc(), Case.id.desc())
