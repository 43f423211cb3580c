"""What the office does about a letter that did not go: it sees it, and has it sent again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from forms.fields import EMAIL
from jcr.cases.model import Case, Wall
from jcr.cases.service import sees
from jcr.correspondence import links_sent
from jcr.correspondence.model import Delivery, Kind, Letter
from jcr.correspondence.service import TROUBLED
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.people.model import Person
from jcr.permissions import Permission, allows
from jcr.roles import Actor
from jcr.statements import always, at_most, once_for_each

STATES = {
    Delivery.READY: "Waiting to go",
    Delivery.SENDING: "Going out",
    Delivery.SENT: "Sent",
    Delivery.FAILED: "Not sent",
    Delivery.UNSURE: "May not have gone",
    Delivery.BOUNCED: "Came back",
}


def readable_by(person: Person) -> Select[Letter]:
    """The letters of the cases this person may see; the Partnership Team also those that are of no one case."""
    of_cases = sees(person, Letter.case_id)
    letters = select(Letter).options(joinedload(Letter.case))
    if allows(Permission.SEND_AGAIN, person):
        return letters.where(or_(of_cases, and_(Letter.case_id.is_(None), _tells_of_no_walled_case(person))))
    return letters.where(of_cases)


def _tells_of_no_walled_case(person: Person) -> ColumnElement[bool]:
    """What is written of several cases may name one behind a wall; papers of a meeting are read on its own pages."""
    walled = select(Wall.id).join(Case, Case.id == Wall.case_id).where(Wall.person_id == person.id)
    said = (Letter.subject, Letter.body, Letter.text)
    named = walled.where(or_(*(words.contains(Case.reference) for words in said)))
    papers = walled.where(
        Letter.kind.in_((Kind.AGENDA_SENT, Kind.MINUTES_SENT)), Letter.recipient != person.email
    )
    return ~or_(named.exists(), papers.exists())


def by_id(session: Session, person: Person, letter_id: int) -> Letter | None:
    """The letter with this number, if the person may read it."""
    return session.scalar(readable_by(person).where(Letter.id == letter_id))


def in_trouble(person: Person) -> Select[Letter]:
    """The letters somebody must look at: given up, unsure, or come back; oldest first."""
    return readable_by(person).where(Letter.delivery.in_(always(TROUBLED))).order_by(Letter.written_at)


@once_for_each
def trouble_to_count(person: Person) -> Select[int]:
    """The same, to be counted."""
    return in_trouble(person).with_only_columns(Letter.id)


def troubled(session: Session, person: Person, most: int | None = None) -> Sequence[Letter]:
    """The first so many of them."""
    return session.scalars(_first_in_trouble(person, most)).all()


@once_for_each
def _first_in_trouble(person: Person, most: int | None) -> Select[Letter]:
    return in_trouble(person).limit(at_most(most))


def send_again(session: Session, letter: Letter, recipient: str, actor: Actor, now: datetime) -> None:
    """Puts the letter back into the post, to a corrected address if need be; the words stay, links are new.

    Raises NotNow when it went or is still waiting, Incomplete when the address will not do.
    """
    if letter.delivery not in TROUBLED:
        raise NotNow("This letter went, or is still waiting to go. There is nothing to send again.")
    recipient = recipient.strip()
    if not EMAIL.fullmatch(recipient):
        raise Incomplete("Enter one e-mail address, like name@example.org, and try again.")
    links_sent.put_in_anew(session, letter, recipient, now)
    before, letter.recipient = letter.recipient, recipient
    letter.delivery, letter.attempts, letter.not_before, letter.last_error = Delivery.READY, 0, None, ""
    changed = f"The address was {before} and is now {recipient}." if before != recipient else ""
    record(session, letter.case_id, actor, now, "had a letter sent again", changed, letter=letter.id)
