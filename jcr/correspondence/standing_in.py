"""Copies of letters for whoever stands in for somebody away: told for whom, and never past a conflict of interest."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Wall
from jcr.correspondence.model import Enclosure, Kind, Letter
from jcr.links import new_message_id
from jcr.people import absences
from jcr.people.model import Absence, Person
from jcr.permissions import Permission, allows
from jcr.wording import long_date

# Letters to people with an account that a colleague may deal with, and what that colleague must be allowed
FOR_DEPUTIES = {
    Kind.RATIFICATION_REQUEST: Permission.RATIFY,
    Kind.MEETING_INVITATION: Permission.READ_MEETINGS,
    Kind.MEETING_MOVED: Permission.READ_MEETINGS,
    Kind.MEETING_CANCELLED: Permission.READ_MEETINGS,
    Kind.AGENDA_SENT: Permission.READ_MEETINGS,
    Kind.MINUTES_SENT: Permission.READ_MEETINGS,
    Kind.MAILBOX_ALARM: Permission.SEE_MAIL_CONNECTION,
    Kind.HISTORY_SEAL: Permission.KEEP_PEOPLE,
}


def absence_for(session: Session, letter: Letter, case: Case | None, today: date) -> Absence | None:
    """The absence of the letter's recipient, when their deputy may have a copy."""
    if letter.kind not in FOR_DEPUTIES:
        return None
    away = absences.of_address(session, letter.recipient, today)
    if away is None or not allows(FOR_DEPUTIES[letter.kind], away.deputy, case):
        return None
    return None if _has_conflict(session, away.deputy, case) else away


def copy_for_deputy(session: Session, letter: Letter, away: Absence, domain: str) -> Letter:
    """The same letter to the deputy, who is told for whom; the person away has theirs as well."""
    told = f"For {away.person.name}, who is away until {long_date(away.until)}. You stand in, so you get this copy."
    copy = Letter(
        case_id=letter.case_id, agency_id=letter.agency_id, kind=letter.kind,
        occasion=f"{letter.occasion}:deputy-{away.deputy_id}", message_id=new_message_id(domain),
        recipient=away.deputy.email, subject=f"For a colleague who is away: {letter.subject}",
        body=f"{told}\n\n{letter.body}", heading=letter.heading, text=letter.text,
        addressed=letter.addressed, signed=letter.signed, wording=letter.wording,
        values=dict(letter.values), written_at=letter.written_at, written_by=letter.written_by,
    )  # fmt: skip
    copy.enclosures = [
        Enclosure(file_id=one.file_id, file=one.file, name=one.name) for one in letter.enclosures
    ]
    session.add(copy)
    session.flush()
    return copy


def _has_conflict(session: Session, deputy: Person, case: Case | None) -> bool:
    """On the letter's case; papers of no one case may speak of any, so any conflict keeps them away."""
    walls = select(Wall.id).where(Wall.person_id == deputy.id)
    if case is not None:
        walls = walls.where(Wall.case_id == case.id)
    return session.scalar(walls.limit(1)) is not None
