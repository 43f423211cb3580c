"""One-off bank holidays that the office adds: a coronation, a funeral; and the calendar with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import OneOffHoliday
from jcr.cases.working_days import ONE_OFF, Calendar, england
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.roles import Actor
from jcr.wording import long_date

STANDING = select(OneOffHoliday).where(OneOffHoliday.taken_out_at.is_(None)).order_by(OneOffHoliday.day)


def calendar_of(session: Session, one_offs: Iterable[date] = ()) -> Calendar:
    """The working days: the official list, the days the operator set, and those the office added."""
    added = {one.day: one.name for one in standing(session)}
    return england(dict.fromkeys(one_offs, ONE_OFF) | added)


def standing(session: Session) -> Sequence[OneOffHoliday]:
    """The days that count as bank holidays because the office added them, the earliest first."""
    return session.scalars(STANDING).all()


def with_day(calendar: Calendar, day: date, name: str) -> Calendar:
    """The calendar as it would be with one more bank holiday. Raises Incomplete for a day that is none already."""
    calendar.must_know(day)
    if already := calendar.why_not(day):
        raise Incomplete(f"{long_date(day)} is no working day already: {already}.")
    return england({**calendar.holidays, day: name.strip() or ONE_OFF})


def without_day(calendar: Calendar, day: date) -> Calendar:
    """The calendar as it would be without a day that was added."""
    return england({one: name for one, name in calendar.holidays.items() if one != day})


def add(
    session: Session, calendar: Calendar, day: date, name: str, actor: Actor, now: datetime
) -> OneOffHoliday:
    """Adds a day. Raises Incomplete without a name, or for a day that is no working day already."""
    if not name.strip():
        raise Incomplete("Say what the bank holiday is for: it is shown wherever a count passes over it.")
    with_day(calendar, day, name)
    added = OneOffHoliday(day=day, name=name.strip(), added_by=actor.name, added_at=now)
    session.add(added)
    session.flush()
    record(session, None, actor, now, f"added a bank holiday on {long_date(day)}", added.name)
    return added


def take_out(session: Session, added: OneOffHoliday, actor: Actor, now: datetime) -> None:
    """The day counts as a working day again."""
    if added.taken_out_at:
        raise NotNow(f"{added.taken_out_by} has taken this day out already.")
    added.taken_out_at, added.taken_out_by = now, actor.name
    record(session, None, actor, now, f"took out the bank holiday on {long_date(added.day)}", added.name)
