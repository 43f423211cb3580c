"""What somebody invited answers before the meeting: whether they come, who comes for them, what they declare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from jcr.cases.service import is_walled_off
from jcr.correspondence.model import Kind as LetterKind
from jcr.correspondence.service import Letterhead
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.meetings.invitations import free_deputy, tell_deputy
from jcr.meetings.model import Attendance, Meeting, Presence, Reply
from jcr.meetings.room import declaration_of, declare, note_attendance
from jcr.outsiders.rules import same_organisation
from jcr.people.service import agency_of_address
from jcr.roles import Actor

BEFOREHAND = "Declared before the meeting."
BY_LINK, SIGNED_IN, BY_EMAIL = "by the link", "signed in", "by e-mail"
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
    """An answer but for what they declare about cases, and `how` it came. `interest` is what else they declare at a
    meeting about no one case; empty, they have nothing to declare, and None, that was not asked."""

    reply: Reply
    deputy: Deputy | None = None
    interest: str | None = None
    note: str = ""
    how: str = ""


def answer(
    session: Session, head: Letterhead, place: Attendance, answered: Answered, actor: Actor, now: datetime
) -> None:
    """Takes the answer of somebody invited; a later one takes the place of an earlier one, which history keeps.

    A deputy with an address is invited too; one named before is told that they need not come. Raises NotNow once the
    meeting began or is cancelled, Incomplete for a deputy without a name or a reason that is needed, or to whom no link
    may go.
    """
    meeting = place.meeting
    must_be_ahead(meeting, now)
    deputy = answered.deputy if answered.reply is Reply.DEPUTY else None
    if answered.reply is Reply.DEPUTY and not (deputy and deputy.name.strip()):
        raise Incomplete("Enter the name of the deputy.")
    if deputy and place.needs_reason_for_deputy and not deputy.why.strip():
        raise Incomplete("Say in which exceptional circumstances a deputy comes to this panel.")
    address = deputy.email.strip().lower() if deputy else ""
    if address:
        _must_be_able_to_come(session, place, address)
    is_another = address not in ("", place.deputy_email.lower())
    if place.deputy_email and place.deputy_email.lower() != address:
        free_deputy(session, head, place, actor, now)
    _keep(session, place, answered, deputy, now)
    place.replied_how = answered.how
    record(
        session, meeting.case_id, actor, now, f"{DONE[answered.reply]}: {meeting.title}", answered.note.strip(),
        meeting=meeting.id, person=place.person_id, deputy=place.deputy_name or None,
        declares=bool((answered.interest or "").strip()),
    )  # fmt: skip
    if is_another:
        tell_deputy(session, head, LetterKind.MEETING_INVITATION, place, {}, actor, now)
    declare_otherwise(session, place, answered.interest, actor, now)


def _must_be_able_to_come(session: Session, place: Attendance, address: str) -> None:
    """Raises Incomplete for a deputy who is invited already, is unknown to the partnership, or has a conflict."""
    if address in {one.person.email.lower() for one in place.meeting.attendances}:
        raise Incomplete("Your deputy is invited already. Name somebody who is not.")
    if not (same_organisation(address, place.person.email) or agency_of_address(session, address)):
        raise Incomplete(
            "The invitation goes to your deputy, so enter their address at an agency that works with us. "
            "Ring the Partnership Team if they have none."
        )
    if is_walled_off(session, place.meeting.case_id, address):
        raise Incomplete("This person cannot be your deputy at this meeting. Name somebody else.")


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
        place.reply_note = place.replied_how = ""
        place.deputy_name = place.deputy_post = place.deputy_email = ""
        place.interests[:] = [one for one in place.interests if not one.of_deputy]
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


def declare_otherwise(
    session: Session,
    place: Attendance,
    interest: str | None,
    actor: Actor,
    now: datetime,
    *,
    of_deputy: bool = False,
) -> None:
    """Writes down an interest in no one case; having none is written down only where one had been declared, and None
    says that it was not asked."""
    if interest is None:
        return
    what, before = interest.strip(), declaration_of(place.meeting, place.person, of_deputy)
    stands = before is not None and before.conflicted
    if what and not (before and stands and before.what == what):
        declare(session, place.meeting, place.person, True, what, BEFOREHAND, actor, now, of_deputy=of_deputy)
    elif not what and before and stands:
        declare(
            session, place.meeting, place.person, False, before.what, "Taken back.", actor, now, of_deputy=of_deputy
        )  # fmt: skip
