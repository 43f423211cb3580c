"""Whom to write to next when a letter came back: somebody else at the agency that should have had it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.correspondence.model import Delivery, Kind, Letter
from jcr.people.model import Agency, Person
from jcr.people.service import agency_of_address
from jcr.roles import Role

TO_AN_AGENCY = (
    Kind.SCOPING_REQUEST,
    Kind.SCOPING_LINK,
    Kind.SCOPING_SENT_BACK,
    Kind.OUTCOME_NOTICE,
    Kind.SCOPING_EXTENSION,
)

TO_THE_REFERRER = (
    Kind.ACKNOWLEDGEMENT, Kind.REFERRAL_RECEIVED, Kind.REFERRAL_RETURNED, Kind.REFERRAL_REDIRECTED,
    Kind.DECLINED, Kind.DECISION_WAITS, Kind.DECISION, Kind.RECONSIDERATION_RECEIVED, Kind.RECONSIDERATION,
)  # fmt: skip


@dataclass(frozen=True)
class Contact:
    """Somebody to write to instead, and why they may be written to."""

    name: str
    email: str
    because: str

    def __str__(self) -> str:
        return f"{self.name}, {self.email}" if self.name else self.email


def next_contacts(session: Session, letter: Letter) -> Sequence[Contact]:
    """Who else at the agency could have the letter, the nearest first; nobody whose address failed before."""
    agency = letter.agency or agency_of_address(session, letter.recipient)
    if agency is None and letter.kind in TO_THE_REFERRER and letter.case:
        agency = letter.case.agency
    if agency is None:
        return ()
    failed = _failed(session, letter)
    found = {one.email.lower(): one for one in reversed([*_of(session, agency, letter.kind)])}
    return [found[address] for address in reversed(found) if address not in failed]


def _of(session: Session, agency: Agency, kind: Kind) -> Iterator[Contact]:
    if agency.contact_email:
        yield Contact(agency.contact_name, agency.contact_email, f"the safeguarding contact of {agency.name}")
    accounts = select(Person).where(
        Person.agency_id == agency.id, Person.role == Role.AGENCY_CONTACT, Person.active
    )
    for person in session.scalars(accounts.order_by(Person.name)):
        yield Contact(person.name, person.email, person.post or f"answers for {agency.name}")
    if kind in TO_AN_AGENCY and agency.board_email:
        yield Contact("", agency.board_email, f"the board member of {agency.name} (terms of reference, 7.iv)")


def _failed(session: Session, letter: Letter) -> set[str]:
    back = select(Letter.recipient).where(Letter.delivery == Delivery.BOUNCED)
    return {letter.recipient.lower(), *(address.lower() for address in session.scalars(back))}
