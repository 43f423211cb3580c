"""A substitute chair asked of the boards where neither chair nor vice chair can take the chair (ToR 5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from jcr.correspondence.model import Kind as LetterKind
from jcr.correspondence.model import Letter
from jcr.correspondence.service import Letterhead, write
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.meetings.attendance_letters import BoardChair, board_chairs
from jcr.meetings.calling import invite
from jcr.meetings.chairs_model import Substitute
from jcr.meetings.model import Meeting
from jcr.meetings.room import is_conflicted, must_be_open, who_should_chair
from jcr.people.model import Person
from jcr.people.service import group_members
from jcr.roles import CHAIRS, Actor


def ask_boards(
    session: Session, head: Letterhead, meeting: Meeting, actor: Actor, now: datetime
) -> list[Letter]:
    """A letter to everybody who chairs a board or partnership, once. Raises NotNow while somebody else can chair."""
    must_be_open(meeting)
    chairing = who_should_chair(meeting)
    if chairing.who != "substitute":
        raise NotNow(f"No substitute is needed. {chairing.because}")
    if meeting.substitute:
        raise NotNow("The boards were asked already. Record their answer.")
    asked = _once_each(board_chairs(session, now))
    if not asked:
        raise Incomplete("Nobody is on record as chair of a board or partnership. Appoint one first.")
    meeting.substitute = Substitute(why=chairing.because, asked_at=now, asked_by=actor.name)
    session.flush()
    act = f"asked the boards for a substitute chair of {meeting.title}"
    record(session, meeting.case_id, actor, now, act, chairing.because, meeting=meeting.id)
    known = {"meeting": meeting.title, "meeting_at": meeting.starts_at, "place": meeting.place}
    return [
        write(
            session, head, LetterKind.SUBSTITUTE_CHAIR, f"substitute-{meeting.id}-{one.person.id}", one.person.email,
            known | {"board_chair": one.person.name, "because": chairing.because, "officer": actor.name},
            actor, now, case=meeting.case, recipient_lines=[one.person.name, one.name],
            signature_lines=head.signed(actor.name, "Partnership Team"),
        )
        for one in asked
    ]  # fmt: skip


def record_answer(
    session: Session, meeting: Meeting, person: Person, answered_by: str, actor: Actor, now: datetime
) -> None:
    """The boards named somebody, who is invited and may chair. Raises Incomplete or NotNow when they may not."""
    must_be_open(meeting)
    asked = meeting.substitute
    if asked is None:
        raise NotNow("The boards have not been asked yet.")
    if not answered_by.strip():
        raise Incomplete("Say who answered for the boards.")
    if person.role in CHAIRS or is_conflicted(meeting, person):
        raise NotNow(
            f"{person.name} cannot take the chair of this meeting. Ask the boards for somebody else."
        )
    if all(place.person_id != person.id for place in meeting.attendances):
        invite(session, meeting, person, actor, now)
    asked.person, asked.answered_by, asked.answered_at = person, answered_by.strip(), now
    session.flush()
    act = f"recorded {person.name} as substitute chair of {meeting.title}"
    record(session, meeting.case_id, actor, now, act, f"Named by {asked.answered_by}.", meeting=meeting.id)


def candidates(session: Session, meeting: Meeting) -> list[Person]:
    """Members whom the boards may name: neither chair, and without a conflict in the case."""
    members = group_members(session)
    return [one for one in members if one.role not in CHAIRS and not is_conflicted(meeting, one)]


def _once_each(found: Sequence[BoardChair]) -> list[BoardChair]:
    return list({one.person.id: one for one in found}.values())
