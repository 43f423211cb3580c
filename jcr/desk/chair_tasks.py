"""What waits for the chair's word: late papers, minutes to approve, letters about missed meetings."""

from __future__ import annotations

from datetime import date as day
from datetime import datetime, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from jcr.cases.service import sees
from jcr.desk.task import Task
from jcr.meetings import attendance_letters
from jcr.meetings import service as meetings
from jcr.meetings.model import Attendance, Kind, Meeting, Presence
from jcr.meetings.paper_model import MeetingPaper
from jcr.people.model import Person
from jcr.permissions import Permission, allows
from jcr.wording import LONDON

LOOKED_BACK = timedelta(days=730)  # older ones stand on the page of these letters


def of_the_chair(session: Session, person: Person, today: day) -> list[Task]:
    """Late papers before their meeting, minutes after it, and each letter the attendance rule asks for."""
    evening = datetime.combine(today + timedelta(days=1), time.min, LONDON)
    return [
        *_late_papers(session, person, evening),
        *_minutes(session, person, evening),
        *_letters(session, person, evening),
    ]


def _late_papers(session: Session, person: Person, evening: datetime) -> list[Task]:
    """Each late paper that members do not get before a chair gives leave (ToR 9)."""
    if not allows(Permission.GIVE_LEAVE, person):
        return []
    seen = meetings.visible_to(person).with_only_columns(Meeting.id).where(Meeting.cancelled_at.is_(None))
    ahead = seen.where(Meeting.kind != Kind.RAPID_REVIEW, Meeting.starts_at >= evening - timedelta(days=1))
    asked = (
        select(MeetingPaper.meeting_id)
        .where(MeetingPaper.late, MeetingPaper.leave_at.is_(None), MeetingPaper.accepted_at.is_not(None))
        .where(MeetingPaper.meeting_id.in_(ahead))
        .where(or_(MeetingPaper.case_id.is_(None), sees(person, MeetingPaper.case_id)))
        .order_by(MeetingPaper.id)
    )
    note = "It came later than seven working days before the meeting (ToR 9)."
    return [
        Task("", "", "Say whether a late paper may go to members", f"/meetings/{meeting}#papers", note)
        for meeting in session.scalars(asked)
    ]


def _minutes(session: Session, person: Person, evening: datetime) -> list[Task]:
    """The minutes of each meeting before today at which attendance was recorded, until a chair approves them."""
    if not allows(Permission.APPROVE_MINUTES, person):
        return []
    here = Attendance.state.in_([Presence.PRESENT, Presence.DEPUTY])
    attended = select(Attendance.id).where(Attendance.meeting_id == Meeting.id, here)
    drafts = (
        meetings.visible_to(person)
        .where(Meeting.cancelled_at.is_(None), Meeting.minutes_approved_at.is_(None), attended.exists())
        .where(Meeting.starts_at < evening - timedelta(days=1), Meeting.starts_at > evening - LOOKED_BACK)
        .with_only_columns(Meeting.id, Meeting.title)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    note = "A draft until the chair approves them; members have them within ten working days (ToR 9)."
    return [
        Task("", "", f"Approve the minutes: {title}", f"/meetings/{id}/minutes", note)
        for id, title in session.execute(drafts)
    ]


def _letters(session: Session, person: Person, evening: datetime) -> list[Task]:
    """One task for each letter about missed meetings, for whoever may send it (ToR 6)."""
    if not allows(Permission.SEND_ATTENDANCE_LETTERS, person):
        return []
    found = attendance_letters.owed(session, evening, since=evening - LOOKED_BACK)
    return [
        Task(
            "",
            "",
            f"Say whether a letter goes to {one.person.name} about missed meetings",
            f"/meetings/attendance/{one.missed.id}",
            f"{'Second letter, to the board chair' if one.is_second else 'First letter'}: "
            "two of three meetings missed without a deputy (ToR 6).",
        )
        for one in found
        if allows(Permission.SEND_ATTENDANCE_LETTERS, person, one)
    ]
