"""Asks the agencies: a round, a request for each, and the letter with form and link that carries it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms import ScopingForm, Stamp
from forms.media import written
from jcr.cases.model import Case, Route
from jcr.cases.rules import Calendar, england
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Enclosed, Letterhead, write
from jcr.correspondence.wording import only
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.links import hashed
from jcr.outsiders import service as outsiders
from jcr.outsiders.model import Purpose
from jcr.people.model import Agency
from jcr.roles import Actor
from jcr.scoping.extending import give_date
from jcr.scoping.known import known
from jcr.scoping.model import Request, RequestLetter, Round, State
from jcr.scoping.questions import open_questions
from jcr.scoping.rules import Dates, completed_by, faults, sentences
from jcr.wording import local_day, long_date

STAMP_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is taken for another when copied from paper
STAMP_LENGTH = 12


@dataclass(frozen=True)
class Asked:
    """An agency to ask, and who there gets the request."""

    agency: Agency
    contact_name: str
    contact_email: str
    because: str = ""


def open_round(
    session: Session,
    head: Letterhead,
    case: Case,
    asked: Sequence[Asked],
    dates: Dates,
    answers: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    calendar: Calendar | None = None,
) -> Round:
    """A new round with a request and a letter for each agency.

    Raises Incomplete with every fault in one text: dates, no agency, an agency without an address.
    """
    check(asked, dates, now, calendar or england())
    number = session.scalar(select(func.count(Round.id)).where(Round.case_id == case.id)) or 0
    round = Round(
        case=case,
        number=number + 1,
        opened_at=now,
        return_by=dates.return_by,
        meeting_at=dates.meeting_at,
        meeting_place=dates.place.strip(),
        period_from=dates.period_from,
        period_to=dates.period_to,
    )
    session.add(round)
    session.flush()
    for one in asked:
        ask(session, head, round, one, answers, actor, now)
    return round


def check(asked: Sequence[Asked], dates: Dates, now: datetime, calendar: Calendar) -> None:
    """Refuses what cannot go out, naming everything that is wrong at once."""
    wrong = faults(dates, local_day(now), calendar)
    if not asked:
        wrong.append(("agencies", "Choose at least one agency to ask"))
    wrong += [
        ("agencies", f"Enter an e-mail address for {one.agency.name}")
        for one in asked
        if "@" not in one.contact_email
    ]
    if wrong:
        raise Incomplete(sentences(wrong))


def ask(
    session: Session,
    head: Letterhead,
    round: Round,
    asked: Asked,
    answers: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    calendar: Calendar | None = None,
) -> Request:
    """One agency's request and its letter. Raises NotNow when the agency was asked in this round already.

    With `calendar`, one that is asked when the return date leaves it no time gets a date of its own.
    """
    if any(request.agency_id == asked.agency.id for request in round.requests):
        raise NotNow(f"{asked.agency.name} has been asked already. Send the link again instead.")
    token = outsiders.make(
        session, Purpose.SCOPING, asked.contact_email, round.case_id, now, holds=head.links_hold
    )
    request = Request(
        round=round,
        agency=asked.agency,
        contact_name=asked.contact_name.strip(),
        contact_email=asked.contact_email.strip(),
        because=asked.because,
        token_hash=hashed(token),
        stamp=new_stamp(),
        known={
            **known(round.case, asked.agency, dates_of(round), answers, head.contact, local_day(now)),
            **_still_asked(session, round.case, answers, now),
        },
    )
    session.add(request)
    due = due_when_asked(round, local_day(now), calendar) if calendar else round.return_by
    if due != round.return_by:
        give_date(request, due, local_day(now))
    session.flush()
    record(session, round.case_id, actor, now, f"asked {asked.agency.name} for scoping", asked.because)
    write_request(session, head, Kind.SCOPING_REQUEST, request, token, actor, now)
    return request


def due_when_asked(round: Round, today: date, calendar: Calendar) -> date:
    """When the return of an agency asked today is due."""
    return completed_by(round.return_by, local_day(round.meeting_at), today, calendar)


def _still_asked(session: Session, case: Case, answers: Mapping[str, Any], now: datetime) -> dict[str, str]:
    questions = open_questions(session, case, local_day(now), answers)
    return {"other_information": questions} if questions else {}


def send_link_again(
    session: Session, head: Letterhead, request: Request, name: str, email: str, actor: Actor, now: datetime
) -> None:
    """Writes to the agency once more with a new link; the old link stops working, the typed draft stays."""
    if request.state is State.ACCEPTED:
        raise NotNow("This return has been accepted, so nothing more is asked of the agency.")
    request.contact_name, request.contact_email = name.strip(), email.strip()
    token = new_link(session, head, request, now)
    record(session, request.round.case_id, actor, now, f"sent {request.agency.name} its link again")
    write_request(session, head, Kind.SCOPING_LINK, request, token, actor, now)


def new_link(session: Session, head: Letterhead, request: Request, now: datetime) -> str:
    """The token of a link for who is the contact now; all earlier links to this request end."""
    about = Purpose.SCOPING, request.contact_email, request.round.case_id
    return outsiders.replace(session, *about, request.token_hash, now, head.links_hold)


def write_request(
    session: Session,
    head: Letterhead,
    kind: Kind,
    request: Request,
    token: str,
    actor: Actor,
    now: datetime,
) -> Letter:
    """A letter with the link and the form, filled in with what is known."""
    request.links_sent += 1
    letter = write(
        session,
        head,
        kind,
        f"scoping-{request.id}-{request.links_sent}",
        request.contact_email,
        _facts(head, request, token, actor, now),
        actor,
        now,
        case=request.case,
        agency=request.agency,
        enclosed=[Enclosed(form_name(request, "docx"), blank_form(request, head))],
        recipient_lines=[request.contact_name or "The safeguarding lead", request.agency.name],
        signature_lines=head.for_the_chair,
    )
    session.add(RequestLetter(request_id=request.id, letter_id=letter.id))
    return letter


def _facts(head: Letterhead, request: Request, token: str, actor: Actor, now: datetime) -> dict[str, Any]:
    round, routes = request.round, request.case.route_names
    return {
        "agency": request.agency.name,
        "contact_name": request.contact_name or "colleague",
        "link": head.link(f"{Purpose.SCOPING.path}{token}"),
        "return_by": request.return_by,
        "meeting_at": round.meeting_at,
        "place": round.meeting_place,
        "period": _period(round),
        "only_child": only(Route.CHILD in routes),
        "only_adult": only(Route.ADULT in routes),
        "only_domestic": only(Route.DOMESTIC in routes),
        "only_other": only(not routes),
        "only_ahead": only(not round.has_begun),
        "only_questions": only("other_information" in request.known),
        "officer": actor.name,
    }


def _period(round: Round) -> str:
    """What the agency is asked to search, as the letter says it."""
    if round.period_from is None:
        return "all records of your agency’s involvement"
    until = long_date(round.period_to) if round.period_to else "today"
    return f"from {long_date(round.period_from)} to {until}"


def blank_form(request: Request, head: Letterhead) -> bytes:
    """The Word form as it goes to the agency, stamped so that it is known again when it comes back."""
    return written(ScopingForm, "docx", request.known, stamp_of(request), head.partnership)


def stamp_of(request: Request) -> Stamp:
    return Stamp(
        kind=ScopingForm.kind,
        edition=ScopingForm.edition,
        reference=request.case.reference,
        agency=request.agency.code,
        token=request.stamp,
    )


def form_name(request: Request, ending: str) -> str:
    """A file name with reference and agency, no person's name."""
    return f"{request.case.reference}-scoping-{request.agency.code}.{ending}"


def new_stamp() -> str:
    return "".join(secrets.choice(STAMP_LETTERS) for _ in range(STAMP_LENGTH))


def dates_of(round: Round) -> Dates:
    return Dates(round.return_by, round.meeting_at, round.meeting_place, round.period_from, round.period_to)
