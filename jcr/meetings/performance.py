"""What a business meeting is told of itself: minutes that are to be agreed, attendance, and scoping returns."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager

from jcr.meetings.model import Agreement, Attendance, Kind, Meeting, Presence
from jcr.scoping.model import Request, Round
from jcr.wording import count, local_day, long_date


def minutes_to_agree(session: Session, meeting: Meeting, now: datetime) -> str:
    """The business meetings held before this one whose minutes the group has not agreed yet."""
    agreed = select(Agreement.id).where(Agreement.meeting_id == Meeting.id)
    owed = _earlier(meeting, now).where(~agreed.exists()).order_by(Meeting.starts_at)
    told = [
        f"{one.title} ({'approved by the chair' if one.minutes_approved_at else 'draft'})"
        for one in session.scalars(owed)
    ]
    if not told:
        return "No minutes are waiting to be agreed."
    return "Minutes to agree:" + "".join(f"\n- {line}" for line in told)


def performance(session: Session, meeting: Meeting, now: datetime) -> str:
    """Who was at the last business meeting, and how scoping returns came in since (ToR 6 and 7.iv)."""
    last = last_before(session, meeting, now)
    return f"{_attendance(last)}\n{_returns(session, last.starts_at if last else None, local_day(now))}"


def last_before(session: Session, meeting: Meeting, now: datetime) -> Meeting | None:
    """The last business meeting held before this one; those of a series that are still ahead are not."""
    return session.scalar(_earlier(meeting, now).order_by(Meeting.starts_at.desc()).limit(1))


def _earlier(meeting: Meeting, now: datetime) -> Select[Meeting]:
    """The business meetings held before this one."""
    held = (Meeting.starts_at < meeting.starts_at, Meeting.starts_at <= now, Meeting.cancelled_at.is_(None))
    return select(Meeting).where(Meeting.kind == Kind.BUSINESS, *held)


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
