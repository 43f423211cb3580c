"""A message that is a calendar's answer to an invitation of ours: taken as the answer, or left to a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.correspondence.service import Letterhead
from jcr.errors import NotNow
from jcr.meetings.by_calendar import Said, answer_by_calendar, place_answered, said_in
from mail_intake.matching import Intake
from mail_intake.message import Message as Mail

TAKEN = "a calendar answers our invitation, and the answer stands with the meeting"
ANOTHERS = "The calendar answers for another address than the one it came from."
UNPROVEN = (
    "A calendar answers our invitation, but nothing proves who sent it. Record the answer if it is right."
)


def answer_in(intake: Intake) -> Said | None:
    """What the calendar in a message says, where the message is a calendar's answer."""
    return said_in_mail(intake.message) if intake.screening.sort == "calendar" else None


def said_in_mail(mail: Mail) -> Said | None:
    """The first answer among the calendars that came with a message."""
    calendars = (one.content for one in mail.files if one.type == "text/calendar")
    return next(filter(None, map(said_in, calendars)), None)


def take(session: Session, head: Letterhead, intake: Intake, said: Said, now: datetime) -> Case | None:
    """Takes the answer, and returns the case of the meeting. Raises NotNow for what only a person can judge."""
    if said.address != intake.message.sender:
        raise NotNow(ANOTHERS)
    place = place_answered(session, said)
    if intake.authentic != "pass":
        raise NotNow(UNPROVEN)
    answer_by_calendar(session, head, place, said, place.person.as_actor(), now)
    return place.meeting.case
