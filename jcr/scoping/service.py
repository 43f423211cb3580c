"""Scoping returns: drafts and answers by link, documents by e-mail, and what the officer does with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from forms import ScopingForm
from jcr.cases.rules import Calendar
from jcr.correspondence.model import Kind
from jcr.correspondence.service import Letterhead
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.outsiders.rules import same_organisation
from jcr.roles import Actor, Role, outsider
from jcr.scoping import signing
from jcr.scoping.another_agency import answers_for, refusal
from jcr.scoping.asking import (
    Asked,
    ask,
    due_when_asked,
    new_link,
    open_round,
    send_link_again,
    write_request,
)
from jcr.scoping.extending import give_date
from jcr.scoping.finding import (
    Line,
    by_letter,
    by_stamp,
    by_token,
    came_back,
    latest_request,
    lines,
    missing,
    own_request,
    round_of,
    visible_to,
)
from jcr.scoping.model import How, Request, Return, State
from jcr.scoping.proposing import Proposal, list_agency, propose_agencies
from jcr.scoping.receipts import write_receipt
from jcr.scoping.rules import Dates, completed_by
from jcr.wording import local_day

__all__ = [
    "Asked",
    "Dates",
    "Line",
    "Proposal",
    "ask",
    "by_letter",
    "by_stamp",
    "by_token",
    "came_back",
    "due_when_asked",
    "latest_request",
    "lines",
    "list_agency",
    "missing",
    "open_round",
    "own_request",
    "propose_agencies",
    "round_of",
    "send_link_again",
    "visible_to",
]

NIL_NAMES = frozenset({"agency_name", "author_name", "author_role", "author_email", "records_searched"})


def hand_on(
    session: Session, head: Letterhead, request: Request, name: str, email: str, why: str, now: datetime
) -> None:
    """The holder of the link passes the form to a colleague: a new link goes there, and the holder's own ends.

    Raises Incomplete for an address at another organisation: that is for the Partnership Team to decide.
    """
    _must_be_waiting(request)
    if not same_organisation(email, request.contact_email):
        raise Incomplete(
            "Enter an e-mail address at your own organisation. To pass the request to another one, write to us."
        )
    if email.strip().lower() == request.contact_email.lower():
        raise Incomplete("This request is with that address already. Enter a colleague’s.")
    giver = outsider(request.contact_name or "The holder of the link")
    request.contact_name, request.contact_email = name.strip(), email.strip()
    token = new_link(session, head, request, now)
    record(
        session,
        request.case.id,
        giver,
        now,
        f"handed the request to {request.agency.name} on to a colleague",
        why,
    )
    write_request(session, head, Kind.SCOPING_LINK, request, token, giver, now)


def answers_so_far(request: Request) -> dict[str, Any]:
    """What the web form starts from: the agency's name and contact, then what was typed."""
    return {"agency_name": request.agency.name, **request.draft}


def save_draft(session: Session, request: Request, answers: Mapping[str, Any]) -> None:
    """Keeps what was typed on the web, right or wrong. Raises NotNow once the return is with us."""
    _must_be_waiting(request)
    request.draft = dict(answers)
    session.flush()


def send_return(
    session: Session, head: Letterhead, request: Request, now: datetime, lead_email: str = ""
) -> Return:
    """The web draft becomes the agency's return. Raises Incomplete when the form is not all there.

    At `lead_email` the safeguarding lead is asked to sign it off; a lead who wrote it, by the code sent to that
    address, has done so by sending it.
    """
    _must_be_waiting(request)
    form = ScopingForm.from_answers(answers_so_far(request), local_day(now))
    if form.problems():
        raise Incomplete("Some answers are missing or need correcting. Go back and check them.")
    if another := refusal(session, request, form.answers()):
        raise Incomplete(another)
    if lead_email and (wrong := signing.refusal(request, lead_email)):
        raise Incomplete(f"{wrong}.")
    author = _author(form.answers(), request)
    found = _take(session, head, request, form.answers(), How.WEB, author, now)
    if lead_email and not found.nil:
        _have_signed_off(session, head, found, lead_email.strip(), author, now)
    return found


def _have_signed_off(
    session: Session, head: Letterhead, found: Return, lead_email: str, author: Actor, now: datetime
) -> None:
    holder, wrote = found.request.contact_email.lower(), str(found.answers.get("author_email") or "").lower()
    if lead_email.lower() == holder == wrote:
        found.lead_email = lead_email
        signing.approve(session, found, str(found.answers.get("author_name") or ""), author, now)
    else:
        signing.ask(session, head, found, lead_email, found.signed_by, author, now)


def nil_return(
    session: Session, head: Letterhead, request: Request, answers: Mapping[str, Any], now: datetime
) -> Return:
    """The agency holds nothing: who looked, and where. Raises Incomplete when that is not told."""
    _must_be_waiting(request)
    given = {**answers_so_far(request), **answers, "agency_involved": "no"}
    form = ScopingForm.from_answers(given, local_day(now))
    if form.problems():
        raise Incomplete("Give your name, role and e-mail address, and say which records were searched.")
    if another := refusal(session, request, form.answers()):
        raise Incomplete(another)
    return _take(session, head, request, form.answers(), How.WEB, _author(form.answers(), request), now)


def take_return_from_document(
    session: Session,
    request: Request,
    reading: Mapping[str, Any],
    answers: Mapping[str, Any],
    message: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    head: Letterhead | None = None,
) -> Return:
    """A return that came as a document; whatever it lacks is noted for the officer and refused to nobody.

    `reading` is kept whole. `message` may tell `sender`, `message_id` and `arrived_at`; with `head` the
    sender gets a receipt. A document for a return already accepted is kept too, and is there to be read.
    """
    form = ScopingForm.from_answers(answers, local_day(now))
    found = Return(
        answers={**ScopingForm.unknown(answers), **form.typed()},
        nil=is_nil(answers),
        how=How.EMAIL,
        received_at=message.get("arrived_at") or now,
        signed_by=str(answers.get("safeguarding_lead_name") or ""),
        reading=dict(reading),
        web_draft=_typed_beside(request, form.typed()),
        note=_lacking(session, request, form),
    )
    _land(session, request, found, actor, now)
    if head:
        address = str(message.get("sender") or request.contact_email)
        write_receipt(session, head, request, address, actor, now, str(message.get("message_id") or ""))
    return found


def _typed_beside(request: Request, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed on the web and stands neither in the document nor in the return that was sent back."""
    before = request.latest.answers if request.latest else {}
    return {
        name: value
        for name, value in request.draft.items()
        if value and name != "agency_name" and value not in (answers.get(name), before.get(name))
    }


def correct_return(
    session: Session,
    request: Request,
    answers: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    act: str = "corrected what was read from the return",
) -> None:
    """The officer's corrections to a return that came as a document; its reading is kept as it was."""
    _must_be_returned(request)
    found = request.latest
    if found is None or found.reading is None:
        raise NotNow("This return was not read from a document, so only the agency can change it.")
    form = ScopingForm.from_answers(answers, local_day(now))
    found.answers, found.nil = dict(answers), is_nil(answers)
    found.note = _lacking(session, request, form)
    record(session, request.round.case_id, actor, now, f"{act} of {request.agency.name}")


def _lacking(session: Session, request: Request, form: ScopingForm) -> str:
    """What an officer has to see to in a document, a line each: its faults, and that it answers for another agency."""
    another = answers_for(session, request, form.typed())
    told = [f"It answers for {another.name}, which is asked by itself. Send it back."] if another else []
    return "\n".join([*told, *(sentence for _, sentence in form.problems())])


def is_nil(answers: Mapping[str, Any]) -> bool:
    """Whether the answers say that the agency was not involved."""
    return answers.get("agency_involved") == "no"


def accept_return(session: Session, request: Request, actor: Actor, now: datetime) -> None:
    """The officer has read the return and it will do (ToR 9)."""
    _must_be_returned(request)
    request.state, request.missing = State.ACCEPTED, ""
    record(session, request.round.case_id, actor, now, f"accepted the return of {request.agency.name}")


def send_back(
    session: Session,
    head: Letterhead,
    calendar: Calendar,
    request: Request,
    missing: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Back to the agency with what is missing, a new link, all its answers and the day it is due by. Where a document
    left a question open, what was typed on the web stands there."""
    _must_be_returned(request)
    if not missing.strip():
        raise Incomplete("Say what is missing, so that the agency knows what to add.")
    request.state, request.missing = State.SENT_BACK, missing.strip()
    if latest := request.latest:
        request.draft = latest.web_draft | {name: value for name, value in latest.answers.items() if value}
    today, meeting_on = local_day(now), local_day(request.round.meeting_at)
    give_date(request, completed_by(request.return_by, meeting_on, today, calendar), today)
    token = new_link(session, head, request, now)
    record(
        session, request.round.case_id, actor, now, f"sent back the return of {request.agency.name}", missing
    )
    write_request(session, head, Kind.SCOPING_SENT_BACK, request, token, actor, now)


def _must_be_waiting(request: Request) -> None:
    if not request.state.is_waiting:
        raise NotNow(
            "Your agency’s return is with the Partnership Team. To change it, ask them to send it back."
        )


def _must_be_returned(request: Request) -> None:
    if request.state is not State.RETURNED:
        raise NotNow(f"There is no return to read: this request is at “{request.state.shown}”.")


def _author(answers: Mapping[str, Any], request: Request) -> Actor:
    return outsider(f"{answers.get('author_name') or 'Somebody'}, {request.agency.name}")


def _take(
    session: Session,
    head: Letterhead,
    request: Request,
    answers: dict[str, Any],
    how: How,
    actor: Actor,
    now: datetime,
) -> Return:
    signed = str(answers.get("safeguarding_lead_name") or answers.get("author_name") or "")
    found = Return(answers=answers, nil=is_nil(answers), how=how, received_at=now, signed_by=signed)
    _land(session, request, found, actor, now)
    write_receipt(session, head, request, str(answers.get("author_email") or ""), actor, now)
    return found


def _land(session: Session, request: Request, found: Return, actor: Actor, now: datetime) -> None:
    was = request.state
    request.returns.append(found)
    request.state, request.missing = State.RETURNED, ""
    if asked := request.extension_asked:
        asked.answered_at, asked.answered_by, asked.answer = (
            now,
            actor.name,
            "The return came in the meantime.",
        )
    session.flush()
    what = "a nil return" if found.nil else "a scoping return"
    again = "; an earlier one had been accepted" if was is State.ACCEPTED else ""
    if actor.role is Role.SYSTEM:  # the worker only carried it in
        actor, whose = outsider(request.agency.name), ""
    else:
        whose = f" for {request.agency.name}"
    record(session, request.round.case_id, actor, now, f"sent {what}{whose} {found.how.shown}{again}")
