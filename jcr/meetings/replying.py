"""What somebody invited answers before the meeting: whether they come, who comes for them, what they declare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from jcr.correspondence.model import Kind as LetterKind
from jcr.correspondence.service import Letterhead
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.meetings.invitations import tell_deputy
from jcr.meetings.model import Attendance, Meeting, Presence, Reply
from jcr.meetings.room import declaration_of, declare, note_attendance
from jcr.roles import Actor

BEFOREHAND = "Declared before the meeting."
DONE = {
    Reply.COMING: "answered that they come",
    Reply.DEPUTY: "answered that a deputy comes for them",
    Reply.APOLOGIES: "sent apologies",
}


@dataclass(frozen=True)
class Deputy:
    """Who comes for a member; to a review panel, in which exceptional circumstances (ToR 8)."""

    name: str
    post: str = ""
    email: str = ""
    why: str = ""


@dataclass(frozen=True)
class Answered:
    """A whole answer. `interest` is what they declare; empty, they have nothing to declare."""

    reply: Reply
    deputy: Deputy | None = None
    interest: str = ""
    note: str = ""


def answer(
    session: Session, head: Letterhead, place: Attendance, answered: Answered, actor: Actor, now: datetime
) -> None:
    """Takes the answer of somebody invited; a later one takes the place of an earlier one, which history keeps.

    A deputy with an address is invited too. A conflict in the case of the meeting puts up the wall at once. Raises
    NotNow once the meeting began or is cancelled, Incomplete for a deputy without a name or a reason that is needed.
    """
    meeting = place.meeting
    must_be_ahead(meeting, now)
    deputy = answered.deputy if answered.reply is Reply.DEPUTY else None
    if answered.reply is Reply.DEPUTY and not (deputy and deputy.name.strip()):
        raise Incomplete("Enter the name of the deputy.")
    if deputy and place.needs_reason_for_deputy and not deputy.why.strip():
        raise Incomplete("Say in which exceptional circumstances a deputy comes to this panel.")
    is_another = deputy is not None and deputy.email.strip().lower() not in ("", place.deputy_email.lower())
    _keep(session, place, answered, deputy, now)
    record(
        session, meeting.case_id, actor, now, f"{DONE[answered.reply]}: {meeting.title}", answered.note.strip(),
        meeting=meeting.id, person=place.person_id, deputy=place.deputy_name or None,
        declares=bool(answered.interest.strip()),
    )  # fmt: skip
    if is_another:
        tell_deputy(session, head, LetterKind.MEETING_INVITATION, place, {}, actor, now)
    _declare(session, place, answered.interest.strip(), actor, now)


def must_be_ahead(meeting: Meeting, now: datetime) -> None:
    """Raises NotNow for a meeting that nobody can answer any more."""
    if meeting.cancelled_at:
        raise NotNow("This meeting is cancelled, so there is nothing to answer.")
    if not meeting.is_ahead(now):
        raise NotNow("This meeting has begun. Ring the Partnership Team if you cannot be there.")


def ask_again(meeting: Meeting) -> None:
    """After a meeting was moved to another time what was answered for the one before does not count."""
    for place in meeting.attendances:
        place.reply = place.replied_at = None
        place.reply_note = place.deputy_name = place.deputy_post = place.deputy_email = ""
        if place.state is Presence.APOLOGIES:
            place.state = Presence.INVITED


def _keep(
    session: Session, place: Attendance, answered: Answered, deputy: Deputy | None, now: datetime
) -> None:
    state = Presence.APOLOGIES if answered.reply is Reply.APOLOGIES else Presence.INVITED
    place.reply, place.replied_at, place.reply_note = answered.reply, now, answered.note.strip()
    note_attendance(session, place.meeting, place.person, state, deputy.name if deputy else "")
    place.deputy_post = deputy.post.strip() if deputy else ""
    place.deputy_email = deputy.email.strip() if deputy else ""
    place.deputy_why = deputy.why.strip() if deputy and place.needs_reason_for_deputy else ""


def _declare(session: Session, place: Attendance, interest: str, actor: Actor, now: datetime) -> None:
    """Writes down an interest; having none is written down only where one had been declared."""
    before = declaration_of(place.meeting, place.person)
    if interest and not (before and before.conflicted and before.what == interest):
        declare(session, place.meeting, place.person, True, interest, BEFOREHAND, actor, now)
    elif not interest and before and before.conflicted:
        declare(session, place.meeting, place.person, False, before.what, "Taken back.", actor, now)
