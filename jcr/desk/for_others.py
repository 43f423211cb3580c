"""What a deputy sees to for somebody who is away: told for whom, and nothing the deputy may not see themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from jcr.actions.model import Action, State
from jcr.desk import waiting
from jcr.desk.task import Task
from jcr.meetings import actions_seen
from jcr.meetings import service as meetings
from jcr.meetings.model import Attendance, Meeting
from jcr.people.model import Absence
from jcr.people.service import offices_of
from jcr.permissions import Permission, allows
from jcr.wording import LONDON, long_date, long_moment

MOST = 20  # of each kind, for each absence


def tasks(session: Session, standing_in: Sequence[Absence], today: date) -> list[Task]:
    """What waits by name for those somebody stands in for, each marked for whom."""
    return [task for away in standing_in for task in _of(session, away, today)]


def _of(session: Session, away: Absence, today: date) -> Iterator[Task]:
    note = f"For {away.person.name}, who is away until {long_date(away.until)}."
    yield from islice(_decisions(session, away, today, note), MOST)
    yield from islice(_meetings(session, away, today, note), MOST)
    yield from islice(_actions(session, away, note), MOST)


def _decisions(session: Session, away: Absence, today: date, note: str) -> Iterator[Task]:
    """The deputy answers where they hold the office too; if not, they see that it waits and have it put to another."""
    if not allows(Permission.RATIFY, away.deputy):
        return
    offices = offices_of(session, away.person, today)
    for one in waiting.for_decision(session, away.deputy, offices, MOST):
        case = one.case
        yield Task(case.reference, case.initials, "Ratification", f"/cases/{case.reference}/ratify", note)


def _meetings(session: Session, away: Absence, today: date, note: str) -> Iterator[Task]:
    """The meetings until they are back at which they have a seat or the chair."""
    first = datetime.combine(today, time.min, LONDON)
    last = datetime.combine(away.until + timedelta(days=1), time.min, LONDON)
    seat = select(Attendance.id).where(
        Attendance.meeting_id == Meeting.id, Attendance.person_id == away.person_id
    )
    theirs = (
        meetings.visible_to(away.deputy)
        .where(Meeting.cancelled_at.is_(None), Meeting.starts_at >= first, Meeting.starts_at < last)
        .where(or_(seat.exists(), Meeting.chair_id == away.person_id))
        .order_by(Meeting.starts_at, Meeting.id)
        .with_only_columns(Meeting.id, Meeting.title, Meeting.starts_at, Meeting.chair_id)
    )
    for id, title, starts_at, chair_id in session.execute(theirs.limit(MOST)):
        what = "Chair" if chair_id == away.person_id else "Go to"
        yield Task("", "", f"{what}: {title}, {long_moment(starts_at)}", f"/meetings/{id}", note)


def _actions(session: Session, away: Absence, note: str) -> Iterator[Task]:
    """Their open actions, by their address."""
    mine = func.lower(Action.owner_email) == away.person.email.lower()
    found = actions_seen.visible_to(away.deputy).where(Action.state == State.OPEN, mine)
    for action in session.scalars(found.order_by(Action.due_on, Action.number).limit(MOST)):
        path = (
            f"/actions/{action.number}/done" if allows(Permission.HOLD_MEETINGS, away.deputy) else "/actions"
        )
        reference, initials = (action.case.reference, action.case.initials) if action.case else ("", "")
        yield Task(
            reference, initials, f"Action {action.label}, due on {long_date(action.due_on)}", path, note
        )
