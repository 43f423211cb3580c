"""What a meeting is told of those before it: minutes that are to be agreed, attendance, and scoping returns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager

from jcr.meetings.model import Attendance, Meeting, Presence
from jcr.scoping.model import Request, Round
from jcr.wording import count, local_day, long_date


def waiting_to_be_agreed(session: Session, meeting: Meeting, now: datetime) -> Sequence[Meeting]:
    """The meetings of its kind, and of its case, held before this one whose minutes are not agreed yet."""
    owed = _earlier(meeting, now).where(~Meeting.agreement.has())
    return session.scalars(owed.order_by(Meeting.starts_at, Meeting.id)).all()


def minutes_to_agree(session: Session, meeting: Meeting, now: datetime) -> str:
    """Which minutes are waiting to be agreed, and whether the chair has approved them."""
    told = [
        f"{one.title} ({'approved by the chair' if one.minutes_approved_at else 'draft'})"
        for one in waiting_to_be_agreed(session, meeting, now)
    ]
    if not told:
        return "No minutes are waiting to be agreed."
    return "Minutes to agree:" + "".join(f"\n- {line}" for line in told)


def performance(session: Session, meeting: Meeting, now: datetime) -> str:
    """Who was at the last business meeting, and how scoping returns came in since (ToR 6 and 7.iv)."""
    last = last_before(session, meeting, now)
    return f"{_attendance(last)}\n{_returns(session, last.starts_at if last else None, local_day(now))}"


def last_before(session: Session, meeting: Meeting, now: datetime) -> Meeting | None:
    """The last meeting of its kind, and of its case, held before this one; none of a series that is still ahead."""
    return session.scalar(_earlier(meeting, now).order_by(Meeting.starts_at.desc()).limit(1))


def _earlier(meeting: Meeting, now: datetime) -> Select[Meeting]:
    """The meetings of its kind, and of its case, held before this one."""
    held = (Meeting.starts_at < meeting.starts_at, Meeting.starts_at <= now, Meeting.cancelled_at.is_(None))
    return select(Meeting).where(Meeting.kind == meeting.kind, Meeting.case_id == meeting.case_id, *held)


def _attendance(last: Meeting | None) -> str:
    if last is None:
        return "No business meeting was held before."
    members = [place for place in last.attendances if not place.in_attendance]
    here = sum(place.is_in_the_room for place in members)
    day = long_date(local_day(last.starts_at))
    if all(place.state is Presence.INVITED for place in members):
        return f"Attendance on {day} is not recorded yet."
    away = sorted({_agency(place) for place in members if not place.is_in_the_room} - {""})
    missed = "".join(f"\n- Neither member nor deputy: {name}" for name in away)
    return f"{here} of {count(len(members), 'member')} came or sent a deputy on {day}.{missed}"


def _agency(place: Attendance) -> str:
    return place.agency.name if place.agency else ""


def _returns(session: Session, since: datetime | None, today: date) -> str:
    asked = select(Request).join(Request.round).options(contains_eager(Request.round))
    found = session.scalars(asked.where(Round.opened_at > since) if since else asked).unique().all()
    in_time = sum(_came_in_time(one) for one in found)
    missing = sum(one.latest is None and one.return_by < today for one in found)
    period = "since" if since else "so far"
    return f"{count(len(found), 'scoping request')} {period}: {in_time} answered in time, {missing} overdue."


def _came_in_time(request: Request) -> bool:
    return bool(request.returns) and local_day(request.returns[0].received_at) <= request.return_by
