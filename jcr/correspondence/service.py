"""Writes letters inside the act that causes them, and keeps what becomes of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, lazyload, load_only

from jcr.cases.model import Case, Status
from jcr.cases.workflow import perform
from jcr.correspondence import standing_in, wording
from jcr.correspondence.contacts import next_contacts
from jcr.correspondence.model import Delivery, Enclosure, Kind, Letter
from jcr.db import one_at_a_time
from jcr.documents.letter import Letter as Sheet
from jcr.documents.letter import render
from jcr.errors import Incomplete, NotNow
from jcr.files import service as files
from jcr.history.service import record
from jcr.links import new_message_id
from jcr.outsiders.service import LINK_HOLDS
from jcr.people.model import Agency
from jcr.roles import WORKER, Actor
from jcr.settings import Settings
from jcr.wording import local_day, long_date

TROUBLED = (Delivery.FAILED, Delivery.UNSURE, Delivery.BOUNCED)
ANSWERS_APART = timedelta(days=1)
OF_CASE = (
    select(Letter)
    .where(Letter.case_id == bindparam("case_id"))
    .order_by(Letter.id.desc())
    .options(
        load_only(Letter.kind, Letter.recipient, Letter.delivery, Letter.written_at, Letter.sent_at),
        lazyload(Letter.enclosures),
    )
)


@dataclass(frozen=True)
class Letterhead:
    """Who a letter is from, as the operator set it."""

    partnership: str
    contact: str
    marking: str
    address: str
    base_url: str
    links_hold: timedelta = LINK_HOLDS

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    @property
    def for_the_chair(self) -> tuple[str, ...]:
        """How a letter is signed that the office writes for the chair."""
        return self.signed("On behalf of the Chair", "Joint Case Review sub group")

    def signed(self, *who: str) -> tuple[str, ...]:
        """How a letter ends: its closing, these lines about who wrote it, and the partnership."""
        return "Yours sincerely", *who, self.partnership

    def link(self, path: str) -> str:
        return f"{self.base_url}{path}"


def letterhead(settings: Settings) -> Letterhead:
    """The letterhead that the settings describe."""
    return Letterhead(
        partnership=settings.partnership,
        contact=settings.office_contact,
        marking=settings.marking,
        address=settings.mail_address,
        base_url=settings.base_url,
        links_hold=timedelta(days=settings.link_days),
    )


@dataclass(frozen=True)
class Enclosed:
    """A file to go with a letter. The name carries the reference at most, never a person's name."""

    name: str
    content: bytes


def write(
    session: Session,
    head: Letterhead,
    kind: Kind,
    occasion: str,
    recipient: str,
    facts: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    *,
    case: Case | None = None,
    agency: Agency | None = None,
    enclosed: Sequence[Enclosed] = (),
    in_reply_to: str = "",
    recipient_lines: Sequence[str] = (),
    signature_lines: Sequence[str] = (),
) -> Letter:
    """Stores a letter to be posted after the commit; a formal one is also drawn as a PDF and enclosed.

    `occasion` is unique: writing twice for one occasion raises NotNow. Raises Incomplete when a fact is missing or
    there is nobody to write to.
    """
    if "@" not in recipient:
        raise Incomplete("There is no e-mail address to write to. Add one and try again.")
    if session.scalar(select(Letter.id).where(Letter.occasion == occasion)):
        raise NotNow("This letter was written already.")
    reference = case.reference if case else ""
    letter = Letter(
        case_id=case.id if case else None,
        agency_id=agency.id if agency else None,
        kind=kind,
        occasion=occasion,
        message_id=new_message_id(head.domain),
        in_reply_to=in_reply_to,
        recipient=recipient.strip(),
        written_at=now,
        written_by=actor.name,
    )
    _put_into_words(session, letter, known_to(head, reference, now, facts))
    session.add(letter)
    sheets = list(enclosed)
    if letter.text:
        letter.addressed, letter.signed = list(recipient_lines), list(signature_lines)
        pdf = _draw(letter, head, reference, now)
        sheets.insert(0, Enclosed(_file_name(kind, reference), pdf))
    _enclose(session, letter, sheets, now)
    session.flush()
    record(session, letter.case_id, actor, now, f"wrote the {kind.shown}", letter=letter.id)
    if away := standing_in.absence_for(session, letter, case, local_day(now)):
        standing_in.copy_for_deputy(session, letter, away, head.domain)
    return letter


def known_to(head: Letterhead, reference: str, now: datetime, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a letter with those that every letter may use."""
    common = {"partnership": head.partnership, "contact": head.contact}
    return {"head": head, "reference": reference, "today": local_day(now), **common, **facts}


def _put_into_words(session: Session, letter: Letter, known: Mapping[str, Any]) -> None:
    made = wording.written(session, letter.kind, known)
    letter.subject, letter.body, letter.heading, letter.text = (
        made.subject,
        made.body,
        made.heading,
        made.text,
    )
    letter.wording, letter.values = made.version, dict(made.values)


def _enclose(session: Session, letter: Letter, sheets: Sequence[Enclosed], now: datetime) -> None:
    for sheet in sheets:
        file = files.keep(session, sheet.content, now)
        letter.enclosures.append(Enclosure(file_id=file.id, file=file, name=sheet.name))


def _draw(letter: Letter, head: Letterhead, reference: str, now: datetime) -> bytes:
    return render(
        Sheet(
            organisation=head.partnership,
            marking=head.marking,
            reference=reference,
            their_reference="",
            date=long_date(local_day(now)),
            recipient_lines=tuple(letter.addressed),
            heading=letter.heading,
            body=letter.text,
            signature_lines=tuple(letter.signed),
            contact_lines=(head.contact,),
        )
    )


def _file_name(kind: Kind, reference: str) -> str:
    return f"{reference or 'JCR'}-{kind.value.replace('_', '-')}.pdf"


def came_back(
    session: Session, letter: Letter, why: str, actor: Actor, now: datetime, **details: Any
) -> None:
    """Nobody got the letter. What it settled is open again: a case whose referrer was not told is not decided."""
    letter.delivery, letter.sent_at = Delivery.BOUNCED, None
    others = next_contacts(session, letter)
    then = f"Write next to {others[0]}." if others else "Nobody else at this agency is on record."
    letter.last_error = f"{why[:300].rstrip('. ')}. {then}"
    record(
        session, letter.case_id, actor, now, f"found that the {letter.kind.shown} came back undelivered",
        f"It could not be delivered. {then}", letter=letter.id, **details,
    )  # fmt: skip
    if letter.kind is Kind.DECISION and letter.case and letter.case.status is Status.DECIDED:
        perform(session, letter.case, "untold", WORKER, now)


def acknowledged_lately(session: Session, recipient: str, now: datetime) -> bool:
    """Whether this address has had an acknowledgement within a day: two machines must not answer each other on.

    Who asks is the only one to answer it, until the transaction ends.
    """
    one_at_a_time(session, f"acknowledging {recipient.strip().lower()}")
    had = select(Letter.id).where(
        Letter.kind == Kind.ACKNOWLEDGEMENT,
        func.lower(Letter.recipient) == recipient.strip().lower(),
        Letter.written_at > now - ANSWERS_APART,
    )
    return session.scalar(had.limit(1)) is not None


def of_case(session: Session, case_id: int) -> Sequence[Letter]:
    """The letters of a case, the last first, as a list names them: words and enclosures are fetched when asked for."""
    return session.scalars(OF_CASE, {"case_id": case_id}).all()


def by_message_id(session: Session, message_ids: Sequence[str]) -> Sequence[Letter]:
    """Our letters among these Message-IDs, for matching replies and bounces."""
    return session.scalars(select(Letter).where(Letter.message_id.in_(message_ids))).all()
