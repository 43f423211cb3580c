"""The acts on a referral: sent on the web, opened from an e-mailed form, and its reading confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from forms import ReferralForm
from jcr.cases import service as cases
from jcr.cases.model import Case, CaseFile, Source, Status
from jcr.cases.rules import Calendar
from jcr.cases.workflow import perform
from jcr.correspondence.service import Letterhead, acknowledged_lately
from jcr.errors import Incomplete, NotNow
from jcr.files.model import File
from jcr.history.service import record
from jcr.outsiders import service as outsiders
from jcr.people.model import Agency, Person
from jcr.referrals import letters, returning, rules, signing
from jcr.referrals.model import Draft, Referral, SignOffHow
from jcr.referrals.next_steps import Step, after_arriving, after_sending
from jcr.roles import Actor, Role, outsider
from jcr.wording import local_day, sentence

HAD_ONE = "The sender was sent one within a day, and two machines must not answer each other on."
CONTACTS = {
    "referrer_name": "referrer_name",
    "referrer_email": "referrer_email",
    "referrer_agency": "referrer_agency",
    "lead_name": "safeguarding_lead_name",
    "lead_email": "safeguarding_lead_email",
}


@dataclass(frozen=True)
class Attached:
    """A stored file that came with a referral, and what it is in words for the page."""

    name: str
    file: File
    what: str


@dataclass(frozen=True)
class Arrival:
    """The e-mail a referral came in, with its own Message-ID for the reply.

    Not `answerable` is what a machine sent, which another machine must never answer.
    """

    sender: str
    arrived_at: datetime
    message_id: str = ""
    answerable: bool = True
    agency: Agency | None = None
    files: Sequence[Attached] = ()


def visible_to(person: Person) -> Select[Referral]:
    """The referrals of the cases this person may see."""
    mine = cases.visible_to(person).with_only_columns(Case.id)
    return select(Referral).where(Referral.case_id.in_(mine))


def of_case(session: Session, case: Case) -> Referral | None:
    return session.scalar(select(Referral).where(Referral.case_id == case.id))


def attachments(session: Session, case: Case) -> Sequence[CaseFile]:
    """The documents of a case, in the order in which they came."""
    return session.scalars(select(CaseFile).where(CaseFile.case_id == case.id).order_by(CaseFile.id)).all()


def attachment(session: Session, case: Case, id: int) -> CaseFile | None:
    """One document of this case."""
    return session.scalar(select(CaseFile).where(CaseFile.case_id == case.id, CaseFile.id == id))


def send(session: Session, head: Letterhead, calendar: Calendar, draft: Draft, now: datetime) -> Referral:
    """Sends a finished draft: the first time it opens the case, after a return it replaces what was sent.

    The safeguarding lead is asked to sign it off and the referrer gets an acknowledgement. Raises Incomplete
    while anything is missing or wrong, NotNow when it was sent already.
    """
    # Pressing the button twice must not open two cases: the second waits here and is refused.
    session.flush()
    session.refresh(draft, ["case_id", "returned_because"], with_for_update=True)
    if draft.is_with_us:
        raise NotNow("This referral was sent already.")
    form = ReferralForm.from_answers(draft.answers, today=local_day(now))
    if form.problems():
        raise Incomplete("The referral is not complete. Go through the questions listed and send it again.")
    answers = form.answers()
    actor = outsider(answers["referrer_name"])
    referral = (
        _replace(session, draft, answers, actor, now)
        if draft.case
        else _open(session, draft, answers, actor, now)
    )
    _take_files(session, referral.case, [_of_draft(f) for f in draft.files], actor, now)
    draft.sent_at, draft.returned_because = now, ""
    outsiders.belong(session, draft.token_hash, referral.referrer_email, referral.case_id)
    _put_forward(session, head, referral, actor, now)
    if referral.referrer_email:
        steps = after_sending(local_day(now), calendar)
        letters.acknowledge(session, head, referral, referral.referrer_email, steps, actor, now)
    return referral


def _put_forward(session: Session, head: Letterhead, referral: Referral, actor: Actor, now: datetime) -> None:
    """To the safeguarding lead; or straight to triage, where the lead approved it before it was given back."""
    if referral.case.status is Status.RETURNED:
        returning.note_answer(session, referral, "by the link in the letter", now)
    if referral.is_signed_off:
        perform(session, referral.case, "take_up", actor, now)
    else:
        signing.ask(session, head, referral, referral.lead_email, actor, now)


def _open(session: Session, draft: Draft, answers: dict[str, Any], actor: Actor, now: datetime) -> Referral:
    case = cases.open_case(session, Source.WEB, answers, actor, now, local_day(now))
    referral = Referral(
        case_id=case.id, case=case, draft_id=draft.id, form_edition=ReferralForm.edition, earlier=[]
    )
    referral.answers = referral.sent_answers = answers
    _take_contacts(referral, answers)
    session.add(referral)
    draft.case_id, draft.case = case.id, case
    session.flush()
    return referral


def _replace(
    session: Session, draft: Draft, answers: dict[str, Any], actor: Actor, now: datetime
) -> Referral:
    assert draft.case is not None
    referral = of_case(session, draft.case)
    assert referral is not None
    before = {"until": now.isoformat(), "because": referral.returned_because, "answers": referral.best_known}
    referral.earlier = [*referral.earlier, before]
    taken, referral.answers = referral.answers, answers
    if referral.reading is None:
        referral.sent_answers = answers
    referral.returned_at, referral.returned_because = None, ""
    _take_contacts(referral, answers)
    cases.take_facts(session, referral.case, answers, before=taken)
    record(session, referral.case_id, actor, now, "corrected the referral and sent it again")
    return referral


def _take_contacts(referral: Referral, answers: Mapping[str, Any]) -> None:
    """Whom to write to; an answer that is missing leaves what was known before."""
    for column, name in CONTACTS.items():
        given = str(answers.get(name) or "").strip()
        setattr(referral, column, given or getattr(referral, column) or "")


def _of_draft(attached: Any) -> Attached:
    return Attached(attached.name, attached.file, "Attached to the referral")


def _take_files(session: Session, case: Case, files: Sequence[Attached], actor: Actor, now: datetime) -> None:
    """Adds the files to the case; what was there from an earlier sending stays and is not doubled."""
    known = {(one.file_id, one.name) for one in attachments(session, case)}
    for one in files:
        if (one.file.id, one.name) not in known:
            add_file(session, case, one, actor, now)


def add_file(session: Session, case: Case, one: Attached, actor: Actor, now: datetime) -> CaseFile:
    """Puts a stored file with the documents of a case."""
    kept = CaseFile(
        case_id=case.id, file_id=one.file.id, file=one.file, name=one.name, what=one.what,
        added_at=now, added_by=actor.name,
    )  # fmt: skip
    session.add(kept)
    session.flush()
    return kept


def open_from_reading(
    session: Session,
    head: Letterhead,
    calendar: Calendar,
    answers: Mapping[str, Any],
    reading: Mapping[str, Any],
    arrival: Arrival,
    actor: Actor,
    now: datetime,
) -> Referral:
    """Opens a case from an e-mailed form: status *referred*, its reading still to be confirmed by a person.

    `answers` is the reading in the shape of the web form, `reading` all the reader said, kept beside it. The
    sender is sent an acknowledgement.
    """
    arrived_on = local_day(arrival.arrived_at)
    opened_by = _referrer(answers, arrival) if actor.role is Role.SYSTEM else actor
    case = cases.open_case(session, Source.EMAIL, answers, opened_by, now, local_day(now))
    case.received_on = arrived_on
    case.agency = case.agency or arrival.agency
    edition = reading.get("edition")
    referral = Referral(
        case_id=case.id, case=case, sent_answers=dict(answers), reading=dict(reading), earlier=[], answers={},
        form_edition=edition if isinstance(edition, int) else ReferralForm.edition,
    )  # fmt: skip
    _take_contacts(referral, answers)
    if "@" not in referral.referrer_email:
        referral.referrer_email = arrival.sender
    session.add(referral)
    session.flush()
    _take_files(session, case, arrival.files, actor, now)
    if arrival.answerable and "@" in arrival.sender:
        _answer(session, head, referral, arrival, after_arriving(arrived_on, calendar), actor, now)
    return referral


def _answer(
    session: Session,
    head: Letterhead,
    referral: Referral,
    arrival: Arrival,
    steps: Sequence[Step],
    actor: Actor,
    now: datetime,
) -> None:
    """By itself at most one acknowledgement a sender a day; the others are told when their reading is confirmed."""
    if actor.role is Role.SYSTEM and acknowledged_lately(session, arrival.sender, now):
        record(session, referral.case_id, actor, now, "did not acknowledge the referral by itself", HAD_ONE)
        return
    letters.acknowledge(session, head, referral, arrival.sender, steps, actor, now, arrival.message_id)


def _referrer(answers: Mapping[str, Any], arrival: Arrival) -> Actor:
    """Who referred by e-mail, as they call themselves; the sender's address where they do not."""
    agency = str(answers.get("referrer_agency") or "") or (arrival.agency.name if arrival.agency else "")
    name = str(answers.get("referrer_name") or "") or arrival.sender
    return outsider(", ".join(filter(None, (name, agency)))[:200])


def save_corrections(
    session: Session,
    referral: Referral,
    answers: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    act: str = "saved corrections to what was read",
) -> None:
    """Keeps the officer's corrections as typed, without accepting them yet; `act` says it for the history."""
    _must_be_read(referral)
    referral.corrections = dict(answers)
    record(session, referral.case_id, actor, now, act)


def confirm(
    session: Session,
    head: Letterhead,
    calendar: Calendar,
    referral: Referral,
    answers: Mapping[str, Any],
    approval: SignOffHow | None,
    why: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Accepts the answers as the facts of the case; what was read stays beside them.

    `approval` says how the safeguarding lead's approval is known; None sends the lead a link to give it.
    Raises Incomplete while an answer cannot be right or an essential one is missing.
    """
    _must_be_read(referral)
    weighed = rules.weigh(answers, local_day(now))
    if weighed.stops:
        raise Incomplete(sentence(weighed.stops[0][1]))
    if approval is SignOffHow.TOLD_OFFICER and not why.strip():
        raise Incomplete("Say how the approval reached you, such as by telephone on Monday.")
    facts = {**ReferralForm.unknown(answers), **ReferralForm(data=answers).answers()}
    _accept(session, referral, facts, actor, now)
    if approval is None:
        record(session, referral.case_id, actor, now, "confirmed what the referral says", why)
        signing.ask(session, head, referral, referral.lead_email, actor, now)
        return
    signing.note_approval(
        referral, referral.lead_name or "the safeguarding lead", approval, local_day(now), now
    )
    perform(session, referral.case, "confirm", actor, now, why, how=approval.value)
    signing.tell_received(session, head, calendar, referral, actor, now)


def _accept(
    session: Session, referral: Referral, answers: dict[str, Any], actor: Actor, now: datetime
) -> None:
    referral.answers = answers
    referral.corrections = None
    referral.confirmed_at, referral.confirmed_by = now, actor.name
    known_agency = referral.case.agency
    _take_contacts(referral, answers)
    cases.take_facts(session, referral.case, answers)
    referral.case.agency = referral.case.agency or known_agency


def _must_be_read(referral: Referral) -> None:
    if referral.case.status is not Status.REFERRED or referral.confirmed_at:
        raise NotNow("What this referral says was confirmed already.")
