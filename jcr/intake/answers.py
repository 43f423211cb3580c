"""A calendar's answer to an invitation that waits on the pile since nothing proves its sender: a person records it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from jcr.cases.service import by_reference
from jcr.correspondence.service import Letterhead
from jcr.errors import NotNow
from jcr.intake.invited import said_in_mail
from jcr.intake.model import Message, Resolution
from jcr.intake.parting import take_along
from jcr.intake.sorting import must_wait, note, resolve
from jcr.intake.taken_apart import mail_of
from jcr.meetings.by_calendar import Said, answer_by_calendar, place_answered, what_counts
from jcr.meetings.model import Attendance, Reply
from jcr.people.model import Person
from jcr.roles import Actor

SAYS = {Reply.COMING: "comes", Reply.APOLOGIES: "cannot come"}


@dataclass(frozen=True)
class Waiting:
    """Whose answer it is, and what it says."""

    place: Attendance
    said: Said
    sender: str

    @property
    def in_words(self) -> str:
        """What there is to record."""
        assert self.said.reply is not None
        return f"{self.place.person.name} {SAYS[self.said.reply]}: {self.place.meeting.title}"

    @property
    def because(self) -> str:
        """What speaks for it, and what does not."""
        if self.sender != self.said.address:
            return (
                f"the calendar of {self.said.address} says so; it was sent from {self.sender or 'no address'}"
            )
        return f"the calendar of {self.said.address} says so, though nothing proves who sent it"


def waiting_in(
    session: Session, head: Letterhead, person: Person, message: Message, now: datetime
) -> Waiting | None:
    """The answer in a message of the pile, where it could be taken; none to a meeting about a case they may not see."""
    said = said_in_mail(mail_of(message)) if message.details.get("sort") == "calendar" else None
    if said is None:
        return None
    try:
        place = place_answered(session, said)
        what_counts(head, place, said, now)
    except NotNow:
        return None
    case = place.meeting.case
    seen = case is None or by_reference(session, person, case.reference)
    return Waiting(place, said, message.sender) if seen else None


def record_answer(
    session: Session,
    head: Letterhead,
    message: Message,
    found: Waiting,
    why: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Takes the answer on the word of `actor`, and the message off the pile, with the case if the meeting is of one."""
    must_wait(session, message, actor)
    answer_by_calendar(session, head, found.place, found.said, actor, now)
    resolve(message, Resolution.ANSWER, why, actor, now)
    if found.place.meeting.case:
        take_along(session, message, found.place.meeting.case, actor, now)
    note(session, message, actor, now, "recorded what a calendar answered", why)
