"""What is done with a message once it is understood: a case, a return, a reply, a bounce, or the pile."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from jcr.cases.model import Case
from jcr.cases.rules import Calendar
from jcr.correspondence.model import Delivery, Letter
from jcr.correspondence.service import Letterhead, by_message_id, came_back
from jcr.errors import NotNow, Refused
from jcr.files import service as files
from jcr.history.service import record
from jcr.intake import invited
from jcr.intake.model import Message, Outcome
from jcr.intake.storable import storable
from jcr.people.service import agency_of_address
from jcr.referrals import service as referrals
from jcr.referrals.drafts import safe_name
from jcr.roles import Actor
from jcr.scoping import service as scoping
from jcr.scoping.model import Request
from jcr.submissions import service as submissions
from jcr.submissions.model import Submission
from jcr.submissions.placing import Place, place_of
from mail_intake.bounces import Bounce
from mail_intake.documents import ReadForm
from mail_intake.matching import Intake
from mail_intake.message import Message as Mail
from mail_intake.screening import screen

CAME_BY_MAIL = "From an e-mail"
NOTHING_NAMED = "it reports on a letter, but on none of ours"


@dataclass(frozen=True)
class Office:
    """What intake needs besides the message: whose letters go out, which days are worked, whose word counts.

    `receiving_servers` vouch for senders: their names in lower case, as in Authentication-Results.
    """

    head: Letterhead
    calendar: Calendar
    receiving_servers: frozenset[str] = frozenset()

    @property
    def own_addresses(self) -> frozenset[str]:
        return frozenset({self.head.address.lower()})


def act_on(
    session: Session, office: Office, message: Message, intake: Intake, actor: Actor, now: datetime
) -> None:
    """Acts on a verdict. What an act refuses waits on the pile with its sentence; nothing is half done."""
    name(message, intake.message)
    describe(message, intake)
    said = invited.answer_in(intake)
    if intake.waits and not said:
        put_on_pile(message, Outcome(intake.outcome), intake.because)
        return
    try:
        with session.begin_nested():
            if said:
                case = invited.take(session, office.head, intake, said, now)
                _settle(message, Outcome.REPLY, (invited.TAKEN, *intake.because), case)
            else:
                _act(session, office, message, intake, actor, now)
    except Refused as why:
        put_on_pile(message, Outcome.TO_SORT, (str(why), *intake.because))
        _suggest(message, intake)


def _suggest(message: Message, intake: Intake) -> None:
    """Where the clues led is still the best guess, though the act was refused."""
    if intake.target and not message.details["suggestions"]:
        clue = {"case": intake.target.case, "request": intake.target.request, "because": intake.because[-1]}
        message.details = {**message.details, "suggestions": [storable(clue)]}


def name(message: Message, mail: Mail) -> None:
    """Notes in the ledger what the message says of itself."""
    message.message_id = storable(mail.message_id)
    message.sender, message.sender_name = storable(mail.sender), storable(mail.sender_name)
    message.subject = storable(mail.subject)


def describe(message: Message, intake: Intake) -> None:
    """Notes what was understood, whatever is done about it."""
    message.readings = [as_read(form) for form in intake.forms]
    flag_modified(message, "readings")  # though it be empty: one statement writes all rows that change alike
    message.details = storable(_details(intake))


def _details(intake: Intake) -> dict[str, Any]:
    return {
        "authentic": intake.authentic,
        "sort": intake.screening.sort,
        "warnings": list(intake.warnings),
        "notes": list(intake.message.notes),
        "suggestions": [
            {"case": clue.target.case, "request": clue.target.request, "because": clue.because}
            for clue in intake.suggestions
        ],
    }


def as_read(form: ReadForm) -> dict[str, Any]:
    """A document of the message with what the reader made of it, as kept in the ledger."""
    reading: Any = form.reading  # the reader gives more than intake decides by
    return storable({"path": form.path, "reading": reading.as_json(), "answers": reading.answers()})  # type: ignore[no-any-return]


def _act(
    session: Session, office: Office, message: Message, intake: Intake, actor: Actor, now: datetime
) -> None:
    match intake.outcome:
        case "referral":
            _referral(session, office, message, intake, actor, now)
        case "scoping_return":
            _scoping_return(session, office, message, intake, actor, now)
        case "submission":
            _submission(session, message, intake, actor, now)
        case "reply":
            _reply(session, message, intake, actor, now)
        case "bounce":
            _bounce(session, message, intake, actor, now)
        case "auto_reply":
            _settle(message, Outcome.AUTO_REPLY, intake.because, _case(session, intake))


def put_on_pile(message: Message, outcome: Outcome, because: Sequence[str]) -> None:
    """The message waits for a person, with the reasons."""
    message.outcome, message.waiting = outcome, True
    message.because = _plain(because)


def _plain(because: Sequence[str]) -> list[str]:
    """The reasons once each, in words for the page."""
    words = (reason.replace("body.txt", "the message itself") for reason in because)
    return storable(list(dict.fromkeys(words)))  # type: ignore[no-any-return]


def _settle(message: Message, outcome: Outcome, because: Sequence[str], case: Case | None) -> None:
    message.outcome, message.waiting = outcome, False
    message.because = _plain(because)
    message.case_id, message.case = (case.id, case) if case else (None, None)


def _referral(
    session: Session, office: Office, message: Message, intake: Intake, actor: Actor, now: datetime
) -> None:
    form = next(form for form in intake.forms if form.ours)
    message.form_print = print_of(form, intake.message)
    before = _filed_before(session, message)
    if before is None:
        case = open_referral(session, office, message, intake.message, as_read(form), actor, now)
        _settle(message, Outcome.REFERRAL, intake.because, case)
    elif before.message_id and before.message_id == message.message_id:
        _settle(message, Outcome.REPEATED, _as_before(before), before.case)
        message.same_as_id = before.id
    else:
        put_on_pile(message, Outcome.TO_SORT, (*_as_before(before, "the same form came"), *intake.because))


def _filed_before(session: Session, message: Message) -> Message | None:
    """An earlier message that opened a case by the same form."""
    same = select(Message).where(
        Message.form_print == message.form_print, Message.id != message.id, Message.case_id.is_not(None)
    )
    return session.scalar(same.order_by(Message.id))


def _as_before(before: Message, what: str = "the same message came") -> tuple[str, ...]:
    where = f" and opened {before.case.reference}" if before.case else ""
    return (f"{what} before (number {before.id}){where}",)


def print_of(form: ReadForm, mail: Mail) -> str:
    """A fingerprint of the form itself: of the document, or of the words it was typed in."""
    document = next((a for a in mail.attachments if a.path == form.path), None)
    content = document.content if document else mail.text.encode("utf-8", "replace")
    return hashlib.sha256(content).hexdigest()


def open_referral(
    session: Session,
    office: Office,
    message: Message,
    mail: Mail,
    read: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    arrived_at: datetime | None = None,
) -> Case:
    """Opens a case from what was read, with the message and its files; the sender gets an acknowledgement.

    `arrived_at` is when the matter first reached the office, if that was before this message.
    """
    arrival = referrals.Arrival(
        sender=message.sender,
        arrived_at=arrived_at or message.arrived_at,
        message_id=f"<{message.message_id}>" if message.message_id else "",
        answerable=not screen(mail).automatic,
        agency=agency_of_address(session, message.sender),
        files=enclosures(session, message, mail, now),
    )
    found = referrals.open_from_reading(
        session, office.head, office.calendar, read["answers"], read["reading"], arrival, actor, now
    )
    return found.case


def enclosures(session: Session, message: Message, mail: Mail, now: datetime) -> list[referrals.Attached]:
    """The message as it came, and every file it carried, kept for the case; of a split message only its part."""
    whole = [referrals.Attached("message.eml", message.file, "The e-mail as it came")]
    kept = [] if message.part_of_id else whole
    for attachment in mail.files:
        if attachment.content:
            stored = files.keep(session, attachment.content, now)
            kept.append(referrals.Attached(safe_name(attachment.name), stored, CAME_BY_MAIL))
    return kept


def keep_with_case(
    session: Session, case: Case, message: Message, mail: Mail, actor: Actor, now: datetime
) -> None:
    """Puts the message and its files with the documents of a case."""
    for one in enclosures(session, message, mail, now):
        referrals.add_file(session, case, one, actor, now)


def _scoping_return(
    session: Session, office: Office, message: Message, intake: Intake, actor: Actor, now: datetime
) -> None:
    assert intake.target is not None
    request = scoping.by_stamp(session, intake.target.request)
    if request is None:
        raise NotNow("The scoping request it answers is no longer there.")
    form = next(form for form in intake.forms if form.ours)
    message.form_print = print_of(form, intake.message)
    land(session, office, message, intake.message, request, as_read(form), actor, now)
    _settle(message, Outcome.SCOPING_RETURN, intake.because, request.case)


def land(
    session: Session,
    office: Office,
    message: Message,
    mail: Mail,
    request: Request,
    read: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    arrived_at: datetime | None = None,
) -> None:
    """Puts a returned document on the scoping request it answers; the sender gets a receipt."""
    facts = {
        "sender": message.sender,
        "message_id": f"<{message.message_id}>" if message.message_id else "",
        "arrived_at": arrived_at or message.arrived_at,
    }
    scoping.take_return_from_document(
        session, request, read["reading"], read["answers"], facts, actor, now, office.head
    )
    keep_with_case(session, request.case, message, mail, actor, now)
    message.request_id = request.id


def _submission(session: Session, message: Message, intake: Intake, actor: Actor, now: datetime) -> None:
    form = next(form for form in intake.forms if form.ours)
    message.form_print = print_of(form, intake.message)
    before = _submitted_before(session, message)
    if before is not None:
        again = (f"the same form came before (number {before.id})",)
        put_on_pile(message, Outcome.TO_SORT, (*again, *intake.because))
        return
    read, sender = as_read(form), agency_of_address(session, message.sender)
    place = place_of(session, form.reading.kind, read["answers"], _case(session, intake), sender)
    take_submission(session, message, intake.message, read, place, actor, now)
    _settle(message, Outcome.SUBMISSION, intake.because, place.case)


def _submitted_before(session: Session, message: Message) -> Message | None:
    same = select(Message).where(
        Message.form_print == message.form_print, Message.id != message.id, Message.submission_id.is_not(None)
    )
    return session.scalar(same.order_by(Message.id))


def take_submission(
    session: Session,
    message: Message,
    mail: Mail,
    read: Mapping[str, Any],
    place: Place,
    actor: Actor,
    now: datetime,
) -> Submission:
    """Takes in a form for the group in its place, and keeps its files with the case it is about."""
    kind = read["reading"]["kind"]
    found = submissions.take(session, kind, place, read, message.sender, message.arrived_at, actor, now)
    if place.case:
        keep_with_case(session, place.case, message, mail, actor, now)
    message.submission_id = found.id
    return found


def _reply(session: Session, message: Message, intake: Intake, actor: Actor, now: datetime) -> None:
    case = _case(session, intake)
    if case is None:
        raise NotNow("The case it answers is no longer there.")
    keep_with_case(session, case, message, intake.message, actor, now)
    record(session, case.id, actor, now, "filed a reply that came by e-mail", message=message.id)
    _settle(message, Outcome.REPLY, intake.because, case)


def _case(session: Session, intake: Intake) -> Case | None:
    if intake.target is None:
        return None
    return session.scalar(select(Case).where(Case.reference == intake.target.case))


def _bounce(session: Session, message: Message, intake: Intake, actor: Actor, now: datetime) -> None:
    report = intake.screening.bounce
    ours = by_message_id(session, [f"<{one}>" for one in report.letters]) if report else ()
    if not ours:
        put_on_pile(message, Outcome.BOUNCE, (*intake.because, NOTHING_NAMED))
        return
    for letter in ours:
        if report and report.failed and letter.delivery is not Delivery.BOUNCED:
            note_on_letter(session, letter, report, message, actor, now)
    _settle(message, Outcome.BOUNCE, intake.because, ours[0].case)


def note_on_letter(
    session: Session, letter: Letter, report: Bounce, message: Message, actor: Actor, now: datetime
) -> None:
    """Nobody got the letter, as a delivery report says."""
    status = f" ({report.status})" if report.status else ""
    why = f"The letter came back: it could not be delivered to {letter.recipient}{status}."
    came_back(session, letter, why, actor, now, message=message.id, status=report.status)
