"""A delivery report on the pile that names no letter of ours: which one it may be about, and that it came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.correspondence.delivery import readable_by
from jcr.correspondence.model import Delivery, Letter
from jcr.intake import service as intake
from jcr.intake.filing import note_on_letter
from jcr.intake.model import Message, Outcome
from jcr.intake.taken_apart import mail_of
from jcr.people.model import Person
from jcr.roles import Actor
from jcr.wording import local_day, long_date
from mail_intake.bounces import Bounce
from mail_intake.screening import screen

UNDER_WAY = timedelta(days=14)  # mail systems give up after five days or less, and some are slow to say so
MOST_ADDRESSES = 20


@dataclass(frozen=True)
class Returned:
    """A letter that a report may be about, and what speaks for it."""

    letter: Letter
    case: Case
    report: Bounce
    because: str

    @property
    def in_words(self) -> str:
        """What there is to note."""
        return f"the {self.letter.kind.shown} of {self.case.reference} to {self.letter.recipient} came back"


def may_be_about(session: Session, person: Person, message: Message) -> Sequence[Returned]:
    """Letters of cases they see that went to an address the report names: first those whose subject it repeats."""
    mail = mail_of(message) if message.outcome is Outcome.BOUNCE else None
    report = screen(mail).bounce if mail else None
    if mail is None or report is None or not report.failed:
        return ()
    went = readable_by(person).where(
        Letter.delivery == Delivery.SENT,
        func.lower(Letter.recipient).in_(report.recipients[:MOST_ADDRESSES]),
        Letter.sent_at.between(message.arrived_at - UNDER_WAY, message.arrived_at),
    )
    said = f"{mail.subject}\n{mail.text}"
    found = [
        Returned(letter, letter.case, report, _because(letter, said))
        for letter in session.scalars(went.order_by(Letter.sent_at.desc()))
        if letter.case
    ]
    return sorted(found, key=lambda one: one.letter.subject not in said)


def _because(letter: Letter, said: str) -> str:
    assert letter.sent_at is not None
    went = f"the report names {letter.recipient}, to whom it went on {long_date(local_day(letter.sent_at))}"
    return f"{went}, and repeats its subject" if letter.subject in said else went


def note_returned(
    session: Session, message: Message, found: Returned, why: str, actor: Actor, now: datetime
) -> None:
    """On the word of `actor` the letter came back, and the report goes to its case."""
    intake.file_to_case(session, message, found.case, why, actor, now)
    note_on_letter(session, found.letter, found.report, message, actor, now)
