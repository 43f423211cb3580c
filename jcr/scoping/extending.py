"""More time for a return: the agency asks on its page, the office answers with a reason, the old date stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy.orm import Session

from jcr.cases.rules import Calendar
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead, write
from jcr.correspondence.wording import only
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.roles import Actor, outsider
from jcr.scoping.model import Extension, Request, RequestLetter
from jcr.scoping.rules import day_faults, sentences
from jcr.wording import local_day, long_date

GIVEN, NOT_GIVEN = "a later return date for scoping", "the return date for scoping stands"


def date_faults(
    name: str, request: Request, until: date, today: date, calendar: Calendar
) -> Iterator[tuple[str, str]]:
    """What is wrong with a later return date: (name of the answer, sentence saying what to do)."""
    wrong = list(day_faults(name, "The new return date", until, today, calendar))
    yield from wrong
    meeting_on = local_day(request.round.meeting_at)
    if not wrong and until <= request.return_by:
        yield name, f"The new return date must be after the present one, {long_date(request.return_by)}"
    if not wrong and until >= meeting_on:
        yield (
            name,
            f"The rapid review meets on {long_date(meeting_on)}: give a day before it, and send by then what there is",
        )


def ask_for_more_time(
    session: Session, request: Request, who: str, until: date, why: str, now: datetime, calendar: Calendar
) -> Extension:
    """The agency's question. Until it is answered the return date stands and reminders go on."""
    if not request.state.is_waiting:
        raise NotNow("Your agency’s return is with the Partnership Team, so no more time is needed.")
    if request.extension_asked:
        raise NotNow("You have asked for more time already. The Partnership Team has yet to answer.")
    _must_be_whole(request, who, until, why, now, calendar)
    asked = Extension(asked_at=now, asked_by=who.strip(), until=until, why=why.strip(), was=request.return_by)
    request.extensions.append(asked)
    session.flush()
    act = f"asked for more time for the return of {request.agency.name}, until {long_date(until)}"
    record(session, request.round.case_id, outsider(f"{who.strip()}, {request.agency.name}"), now, act, why)
    return asked


def grant(
    session: Session,
    head: Letterhead,
    asked: Extension,
    until: date,
    why: str,
    actor: Actor,
    now: datetime,
    calendar: Calendar,
) -> Letter:
    """A later return date for this agency alone; reminders are counted from it. The agency is written to."""
    request = asked.request
    _must_be_unanswered(asked)
    _must_be_whole(request, actor.name, until, why, now, calendar)
    asked.granted_until = until
    give_date(request, until, local_day(now))
    act = f"gave {request.agency.name} until {long_date(until)} for its return, instead of {long_date(asked.was)}"
    return _answer(session, head, asked, why, act, actor, now)


def refuse(
    session: Session, head: Letterhead, asked: Extension, why: str, actor: Actor, now: datetime
) -> Letter:
    """The return date stands. The agency is written to with the reason."""
    _must_be_unanswered(asked)
    if not why.strip():
        raise Incomplete("Give the reason: the agency is told it, and it is part of the record.")
    act = f"did not give {asked.request.agency.name} more time: {long_date(asked.request.return_by)} stands"
    return _answer(session, head, asked, why, act, actor, now)


def give_date(request: Request, until: date, today: date) -> None:
    """Gives this agency a return date of its own from today on."""
    request.own_return_by, request.own_return_since = until, today
    request.known = {**request.known, "return_deadline": until.isoformat()}


def _must_be_unanswered(asked: Extension) -> None:
    if asked.answered_at:
        raise NotNow(f"{asked.answered_by} has answered this already: {asked.answer}")
    if not asked.request.state.is_waiting:
        raise NotNow("The return has come in the meantime, so no more time is needed.")


def _must_be_whole(
    request: Request, who: str, until: date, why: str, now: datetime, calendar: Calendar
) -> None:
    wrong = list(date_faults("until", request, until, local_day(now), calendar))
    if not who.strip():
        wrong.append(("who", "Say who asks"))
    if not why.strip():
        wrong.append(("why", "Give the reason: it is part of the record"))
    if wrong:
        raise Incomplete(sentences(wrong))


def _answer(
    session: Session, head: Letterhead, asked: Extension, why: str, act: str, actor: Actor, now: datetime
) -> Letter:
    asked.answered_at, asked.answered_by, asked.answer = now, actor.name, why.strip()
    request = asked.request
    record(session, request.round.case_id, actor, now, act, why)
    facts = {
        "contact_name": request.contact_name or "colleague",
        "agency": request.agency.name,
        "answer": GIVEN if asked.granted_until else NOT_GIVEN,
        "only_given": only(asked.granted_until is not None),
        "only_not_given": only(asked.granted_until is None),
        "return_by": request.return_by,
        "was": asked.was,
        "meeting_at": request.round.meeting_at,
        "officer": actor.name,
    }
    letter = write(
        session, head, Kind.SCOPING_EXTENSION, f"scoping-extension-{asked.id}", request.contact_email, facts,
        actor, now, case=request.case, agency=request.agency,
    )  # fmt: skip
    session.add(RequestLetter(request_id=request.id, letter_id=letter.id))
    session.flush()
    return letter
