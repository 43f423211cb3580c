"""The dates of meetings (ToR 9): papers with the team and with members, and minutes with members."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from sqlalchemy import Exists, Select, case, or_, select, union
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.rules import Calendar, CalendarEnds, Due
from jcr.counting import MOST
from jcr.desk.clock import Clock, State
from jcr.meetings.model import Kind, Meeting
from jcr.meetings.paper_model import Paper, Publication
from jcr.meetings.rules import minutes_by, papers_in_by, papers_out_by
from jcr.meetings.service import visible_to
from jcr.people.model import Person
from jcr.statements import at_most, once_for_each
from jcr.wording import LONDON, local_day

PLANNED = tuple(kind for kind in Kind if kind is not Kind.RAPID_REVIEW)
Rule = Callable[[date, Calendar], Due]
PAPERS_IN, PAPERS_OUT, MINUTES = "Papers to the team", "Agenda and papers to members", "Minutes to members"
A_DAY = timedelta(days=1)
HELD_AT = case((Meeting.opened_at < Meeting.starts_at, Meeting.opened_at), else_=Meeting.starts_at)


def open_clocks(session: Session, person: Person, today: date, calendar: Calendar) -> list[Clock]:
    """What is due or late of the meetings this person may see: papers of those ahead, minutes of those held."""
    minutes = without_minutes(session, person, today, calendar, MOST + 1)
    return [*papers(session, person, today, calendar), *minutes]


def papers(session: Session, person: Person, today: date, calendar: Calendar) -> list[Clock]:
    """The days for papers of the meetings from today on. A rapid review cannot keep to them."""
    found = session.execute(_ahead(person, today))
    return [clock for row in found for clock in _of_papers(*row, today, calendar)]


def planned_on(session: Session, person: Person, day: date) -> Sequence[Meeting]:
    """The business and panel meetings called for that day, of those this person may see."""
    on = Meeting.starts_at >= _morning(day), Meeting.starts_at < _morning(day + A_DAY)
    called = visible_to(person).where(Meeting.cancelled_at.is_(None), Meeting.kind.in_(PLANNED), *on)
    return session.scalars(called.order_by(Meeting.starts_at)).all()


def without_minutes(
    session: Session, person: Person, today: date, calendar: Calendar, most: int
) -> list[Clock]:
    """When the minutes are due of the meetings that were held and whose minutes did not go out, the first of them."""
    return [
        _clock(id, kind, number, reference, MINUTES, due, today)
        for id, kind, number, held_at, reference in session.execute(_held_first(person, today, most))
        if (due := _due(minutes_by, local_day(held_at), calendar))
    ]


@once_for_each
def minutes_to_count(person: Person, today: date, last: date, calendar: Calendar) -> list[Select[int]]:
    """Those whose minutes are late, those whose are due from today to the last day, and all of them."""
    late, soon, known = (_first_due_from(day, today, calendar) for day in (today, last + A_DAY, date.max))
    found = [
        _held(person, late),
        _held(person, soon).where(_morning(late) <= HELD_AT),
        _held(person, known),
    ]
    return [one.with_only_columns(Meeting.id) for one in found]


def _first_due_from(wanted: date, today: date, calendar: Calendar) -> date:
    """The first day of a meeting, of those until today, whose minutes are due on the wanted day or later."""
    day = today
    while (due := _due(minutes_by, day, calendar)) is None or due.on >= wanted:
        day -= A_DAY
    return day + A_DAY


def _morning(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON)


def _held(person: Person, before: date) -> Select[Meeting]:
    """The meetings held before that day whose minutes did not go out; a rapid review was held once it was opened."""
    begun = or_(Meeting.kind != Kind.RAPID_REVIEW, Meeting.opened_at.is_not(None))
    early = or_(Meeting.starts_at < _morning(before), Meeting.opened_at < _morning(before))
    held = visible_to(person).where(Meeting.cancelled_at.is_(None), begun, early)
    return held.where(~_sent(Paper.MINUTES))


@once_for_each
def _held_first(person: Person, today: date, most: int) -> Select[int, Kind, int, datetime, str]:
    """Those held first are among the first that were called, or among the first that were opened: of many meetings, a
    database reads only these."""
    held = _held(person, today + A_DAY).with_only_columns(Meeting.id).limit(at_most(most))
    called, opened = (
        held.order_by(at, Meeting.id).subquery() for at in (Meeting.starts_at, Meeting.opened_at)
    )
    return (
        select(Meeting)
        .where(Meeting.id.in_(union(select(called.c.id), select(opened.c.id))))
        .outerjoin(Case, Case.id == Meeting.case_id)
        .with_only_columns(Meeting.id, Meeting.kind, Meeting.number, HELD_AT, Case.reference)
        .order_by(HELD_AT, Meeting.id)
        .limit(at_most(most))
    )


@once_for_each
def _ahead(person: Person, today: date) -> Select[int, Kind, int, datetime, str, bool]:
    return (
        visible_to(person)
        .outerjoin(Case, Case.id == Meeting.case_id)
        .where(Meeting.cancelled_at.is_(None), Meeting.kind.in_(PLANNED))
        .where(Meeting.starts_at >= _morning(today))
        .with_only_columns(
            Meeting.id, Meeting.kind, Meeting.number, HELD_AT, Case.reference, _sent(Paper.AGENDA)
        )
        .limit(at_most(MOST + 1))
    )


def _sent(paper: Paper) -> Exists:
    return (
        select(Publication.id)
        .where(Publication.meeting_id == Meeting.id, Publication.paper == paper)
        .exists()
    )


def _of_papers(
    id: int, kind: Kind, number: int, held_at: datetime, reference: str | None, agenda_sent: bool,
    today: date, calendar: Calendar,
) -> Iterator[Clock]:  # fmt: skip
    on = local_day(held_at)
    if on < today:  # it was held before the day it is called for
        return
    papers_in, papers_out = _due(papers_in_by, on, calendar), _due(papers_out_by, on, calendar)
    if papers_in and papers_in.on >= today:  # what comes after that day is late, and marked so
        yield _clock(id, kind, number, reference, PAPERS_IN, papers_in, today)
    if papers_out and not agenda_sent:
        yield _clock(id, kind, number, reference, PAPERS_OUT, papers_out, today)


def _clock(
    id: int, kind: Kind, number: int, reference: str | None, label: str, due: Due, today: date
) -> Clock:
    state = State.LATE if due.on < today else State.DUE
    return Clock(reference or f"{kind.shown} {number}", label, state, due, page=f"/meetings/{id}")


@lru_cache(maxsize=1024)  # many meetings are on the same few days
def _due(rule: Rule, on: date, calendar: Calendar) -> Due | None:
    """None past the known calendar."""
    try:
        return rule(on, calendar)
    except CalendarEnds:
        return None
