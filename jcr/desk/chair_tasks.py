"""What waits for the chair's word: letters about missed meetings."""

from __future__ import annotations

from datetime import date as day
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from jcr.desk.task import Task
from jcr.meetings import attendance_letters
from jcr.people.model import Person
from jcr.permissions import Permission, allows
from jcr.wording import LONDON

LOOKED_BACK = timedelta(days=730)  # older ones stand on the page of these letters


def of_the_chair(session: Session, person: Person, today: day) -> list[Task]:
    """One task for each letter the attendance rule asks for, for whoever may send it (ToR 6)."""
    if not allows(Permission.SEND_ATTENDANCE_LETTERS, person):
        return []
    evening = datetime.combine(today + timedelta(days=1), time.min, LONDON)
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
