"""Which open dates another bank holiday would move, before anybody confirms it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, insert, or_, select
from sqlalchemy.orm import Session

from jcr.cases.rules import Calendar, CalendarEnds, add_working_days
from jcr.desk import meeting_dates, open_dates
from jcr.desk.clock import Clock
from jcr.desk.model import Deadline
from jcr.history.model import Changed
from jcr.meetings.model import Meeting
from jcr.people.model import Person


@dataclass(frozen=True)
class HolidayMove:
    """A date that would move; `given` was told to others and stays, though it falls on the day. `page` is that of the
    case or meeting."""

    reference: str
    label: str
    was: date
    then: date | None
    page: str
    given: bool = False


def moves(
    session: Session, person: Person, day: date, today: date, before: Calendar, after: Calendar
) -> list[HolidayMove]:
    """What a change of one day moves on the cases and meetings this person may see, the earliest first."""
    stored = open_dates.stored(session, person, today, None, _touched(day))
    of_cases = [*stored, *open_dates.afresh(session, person, today, before)]
    clocks = [*of_cases, *meeting_dates.open_clocks(session, person, today, before)]
    found = [move for clock in clocks for move in _move(clock, day, before, after)]
    found += [_stays(meeting, day) for meeting in meeting_dates.planned_on(session, person, day)]
    return sorted(found, key=lambda one: (one.given, one.was, one.reference))


def count_again(session: Session, day: date) -> None:
    """Has the cases counted again whose stored dates the day may move."""
    cases = select(Deadline.case_id).where(_touched(day)).distinct()
    session.execute(insert(Changed).from_select(["case_id"], cases))


def _touched(day: date) -> ColumnElement[bool]:
    """Those of the stored dates whose count passes the day, or that fall on it."""
    return or_(
        and_(Deadline.working_days > 0, Deadline.start < day, Deadline.on >= day),
        and_(Deadline.working_days < 0, Deadline.on <= day, Deadline.start > day),
        Deadline.on == day,
    )


def _move(clock: Clock, day: date, before: Calendar, after: Calendar) -> Iterator[HolidayMove]:
    due = clock.due
    if due is None or clock.was:  # a date that was agreed by hand stays
        return
    if due.working_days is None:
        if due.on == day:
            yield HolidayMove(clock.reference, clock.label, due.on, None, _page(clock), given=True)
        return
    try:
        was = add_working_days(due.start, due.working_days, before)
        then = add_working_days(due.start, due.working_days, after)
    except CalendarEnds:
        return
    if was != then:
        yield HolidayMove(clock.reference, clock.label, was, then, _page(clock))


def _page(clock: Clock) -> str:
    return clock.page or f"/cases/{clock.reference}"


def _stays(meeting: Meeting, day: date) -> HolidayMove:
    name = f"{meeting.kind.shown} {meeting.number}"
    return HolidayMove(name, "The meeting itself", day, None, f"/meetings/{meeting.id}", given=True)
