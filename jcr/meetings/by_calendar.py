"""What a calendar sends back to an invitation (RFC 5546 section 3.2.3), taken as the answer of whoever was invited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.correspondence.service import Letterhead
from jcr.errors import NotNow
from jcr.meetings.invitations import entry_of
from jcr.meetings.model import Attendance, Meeting, Reply
from jcr.meetings.replying import BY_EMAIL, Answered, answer, must_be_ahead
from jcr.roles import Actor

LARGEST = 200_000  # bytes
ANSWERS = {"ACCEPTED": Reply.COMING, "DECLINED": Reply.APOLOGIES}
UNDECIDED = "The calendar says neither that they come nor that they do not. Ask them."


@dataclass(frozen=True)
class Said:
    """Of which entry, in which of its versions, who answers what; `reply` is None where they are undecided."""

    uid: str
    sequence: int
    address: str
    reply: Reply | None
    comment: str = ""


def said_in(content: bytes) -> Said | None:
    """The answer in a calendar file; nothing where it is no answer or is damaged. Never raises."""
    if len(content) > LARGEST:
        return None
    from icalendar import Calendar  # 3 MB, which few messages need

    try:
        calendar: Any = Calendar.from_ical(content)
        if str(calendar.get("method", "")).upper() != "REPLY":
            return None
        return next(_answers(calendar), None)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None


def _answers(calendar: Any) -> Iterator[Said]:
    for event in calendar.walk("VEVENT"):
        guests = event.get("attendee", [])
        for guest in guests if isinstance(guests, list) else [guests]:
            yield Said(
                str(event["uid"]),
                int(event.get("sequence", 0)),
                str(guest).lower().removeprefix("mailto:").strip(),
                ANSWERS.get(str(guest.params.get("partstat", "")).upper()),
                str(event.get("comment", "")),
            )


def place_answered(session: Session, said: Said) -> Attendance:
    """Whose answer it is. Raises NotNow where the invitation is none of ours, or was not to that address."""
    meeting = session.scalar(select(Meeting).where(Meeting.uid == said.uid.removesuffix("@jcr")))
    if meeting is None:
        raise NotNow("The calendar answers an invitation that is none of ours.")
    for place in meeting.attendances:
        if place.person.email.lower() == said.address:
            return place
    raise NotNow("The calendar answers for somebody who was not invited under this address.")


def what_counts(head: Letterhead, place: Attendance, said: Said, now: datetime) -> Answered:
    """The answer as it may be taken. Raises NotNow once the meeting began, for an answer to it as it stood before it
    was moved, for one that says nothing, and where a deputy was named: a calendar knows of none.
    """
    if said.reply is None:
        raise NotNow(UNDECIDED)
    if said.sequence < entry_of(place.meeting, head).sequence:
        raise NotNow("The calendar answers the invitation as it was before the meeting was moved.")
    if place.expects_deputy:
        raise NotNow("They had named a deputy. Ask whether the deputy is still to come.")
    must_be_ahead(place.meeting, now)
    return Answered(said.reply, note=said.comment, how=BY_EMAIL)


def answer_by_calendar(
    session: Session, head: Letterhead, place: Attendance, said: Said, actor: Actor, now: datetime
) -> None:
    """Takes the answer, which `actor` gives or vouches for. What was declared before stays declared. Raises NotNow
    as `what_counts` does."""
    answer(session, head, place, what_counts(head, place, said, now), actor, now)
