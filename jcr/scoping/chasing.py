"""Chases the returns that have not come (ToR 7.iv): who is reminded on which working day, and at most once a day.

The ladder is that of `chasing_ladder`. What goes to one person on one day goes in one letter, over all cases. A
request that has its return, whichever way it came, is on no list any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from sqlalchemy import ColumnElement, CompoundSelect, func, not_, select, union
from sqlalchemy.orm import Session, aliased, contains_eager, selectinload

from jcr.cases.model import Case, Route, Status
from jcr.cases.rules import (
    TO_THE_BOARD,
    Calendar,
    CalendarEnds,
    Rung,
    add_working_days,
    chasing_ladder,
    chasing_route,
    rung_due,
)
from jcr.cases.service import is_walled_off, sees
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.once_a_day import by_person, is_night
from jcr.correspondence.service import Letterhead, write
from jcr.history.service import record
from jcr.people.model import Person
from jcr.roles import WORKER
from jcr.scoping.chasing_words import facts_of
from jcr.scoping.model import Nudge, Request, RequestLetter, Round, State
from jcr.statements import always, at_most, said
from jcr.wording import local_day

OWING = tuple(state for state in State if state.is_waiting)
AWAITED = (Status.SCOPING, Status.RAPID_REVIEW)  # in which the group can still have a return
# The terms of reference (7.iv) know no return that is let off: what the group did without is told as well
CHASED = (
    *AWAITED, Status.RECOMMENDED, Status.SENT_BACK, Status.NOT_RATIFIED, Status.RATIFIED, Status.DECIDED,
)  # fmt: skip
AHEAD = timedelta(days=14)  # calendar days in which the first rung of the ladder surely lies
LAST_RUNG = timedelta(days=60)  # calendar days after which the last rung has surely been reached
A_PART = 100  # requests looked at in one go
later = aliased(Round)


@dataclass(frozen=True)
class Due:
    """A rung that goes out: for which request, and to which address; empty where the agency has none."""

    request: Request
    rung: Rung
    address: str

    @property
    def kind(self) -> Kind:
        return Kind.SCOPING_ESCALATION if self.rung.what == TO_THE_BOARD else Kind.SCOPING_REMINDER


def due_on(session: Session, day: date, calendar: Calendar, person: Person | None = None) -> Iterator[Due]:
    """What goes out on a day if nothing comes in before; nothing on a day that is not worked. For a person, of the
    cases they may see. Taken in parts: whoever shows only the first does not have all of them looked at."""
    return _due(_owing(session, _last_reached(day, calendar), person), day, calendar)


def tomorrow(
    session: Session, today: date, calendar: Calendar, person: Person | None = None
) -> tuple[date, Iterator[Due]]:
    """The next working day, and what will go out on it besides what goes out today."""
    following = add_working_days(today, 1, calendar)
    last, days = _last_reached(following, calendar), _days_reached(today, following, calendar)
    requests = _owing(session, last, person, days)
    coming = _due(requests, following, calendar)
    if not calendar.is_working_day(today):
        return following, coming
    return following, (due for due in coming if _rung(due.request, today, calendar) != due.rung)


def _due(requests: Iterable[Request], day: date, calendar: Calendar) -> Iterator[Due]:
    if calendar.is_working_day(day):
        rungs = ((request, _rung(request, day, calendar)) for request in requests)
        yield from (Due(request, rung, _address(request, rung)) for request, rung in rungs if rung)


def _last_reached(day: date, calendar: Calendar) -> date:
    """The latest return date of which a rung is reached by a day: what is due later is not chased yet."""
    ahead = (day + timedelta(days=n) for n in range(AHEAD.days, 0, -1))
    reached = (due for due in ahead if any(rung.on <= day for rung in _any_ladder(due, calendar)))
    return next(reached, day)


def _days_reached(today: date, following: date, calendar: Calendar) -> list[date] | None:
    """The return dates of which a rung is reached on the following day; None for any, where none went out today."""
    if not calendar.is_working_day(today):
        return None
    days = (following + timedelta(days=n) for n in range(-LAST_RUNG.days, AHEAD.days + 1))
    return [day for day in days if any(today < rung.on <= following for rung in _any_ladder(day, calendar))]


def _any_ladder(return_by: date, calendar: Calendar) -> Iterator[Rung]:
    """The rungs of a return date, of a case on any route."""
    for route in Route:
        yield from _ladder(return_by, route.value, calendar)


def chase(session: Session, head: Letterhead, now: datetime, calendar: Calendar) -> list[Letter]:
    """Writes today's letters and returns them; again on the same day, only to those who have had none today."""
    if is_night(now):
        return []
    due = (_free_of_conflict(session, one) for one in due_on(session, local_day(now), calendar))
    return [
        _write(session, head, occasion, address, _gravest(going), now, calendar)
        for occasion, address, going in by_person(session, due, now)
    ]


def is_latest_round() -> ColumnElement[bool]:
    """The condition that a case's round is the one that counts, in a query of rounds: no later one follows it."""
    return ~select(later.id).where(later.case_id == Round.case_id, later.number > Round.number).exists()


def _owing(
    session: Session, last: date, person: Person | None = None, due_on: Sequence[date] | None = None
) -> Iterator[Request]:
    """The requests whose agency owes something by the last day: a return that was sent back is owed like one that
    never came. Those that the last rung went out for are left out: nothing follows."""
    due = func.coalesce(Request.own_return_by, Round.return_by)
    ended = select(Nudge.id).where(
        Nudge.request_id == Request.id, Nudge.rung == TO_THE_BOARD, Nudge.return_by == due
    )
    owing = (
        select(Request)
        .join(Round, Round.id == Request.round_id)
        .join(Case, Case.id == Round.case_id)
        .where(Request.state.in_(always(OWING)), Case.status.in_(always(CHASED)), is_latest_round())
        .where(due <= last, Request.id.in_(_due_by(last)), not_(ended.exists()))
        .options(contains_eager(Request.round).contains_eager(Round.case), selectinload(Request.nudges))
        .order_by(due, Request.id)
    )
    owing = owing if person is None else owing.where(sees(person, Round.case_id))
    owing = owing if due_on is None else owing.where(due.in_(due_on))
    start = 0
    while part := session.scalars(owing.limit(at_most(A_PART)).offset(start)).all():
        yield from part
        start += A_PART


def _due_by(last: date) -> CompoundSelect[int]:
    """The requests with a return date, of their round or their own, up to a day: looked up by either's index."""
    of_round = (
        select(Request.id).join(Round, Round.id == Request.round_id).where(Round.return_by <= said(last))
    )
    own = select(Request.id).where(Request.own_return_by <= said(last))
    return union(of_round, own)


def _rung(request: Request, day: date, calendar: Calendar) -> Rung | None:
    """The highest rung reached by a day, unless it or a higher one went out already, or the rapid review no longer
    waits for the return. None past the known calendar."""
    route = chasing_route(request.case.route_names)
    gone = {nudge.rung for nudge in request.nudges if nudge.return_by == request.return_by}
    rung = rung_due(_ladder(request.return_by, route, calendar), day, gone, request.return_by_since)
    return rung if rung and _goes_out(request, rung) else None


def _goes_out(request: Request, rung: Rung) -> bool:
    """Once the rapid review has begun, nobody is reminded of a return that was to be there for it; the board member is
    told of one that was late by then (ToR 7.iv). A return date that was given since is chased like any other."""
    if not request.round.has_begun:
        return True
    met_on = local_day(request.round.meets_at)
    was_late = rung.what == TO_THE_BOARD and request.return_by < met_on
    return was_late or request.return_by_since >= met_on


@lru_cache(maxsize=512)  # many returns are due on the same few days
def _ladder(return_by: date, route: str, calendar: Calendar) -> tuple[Rung, ...]:
    """The rungs in the order of their days. None past the known calendar."""
    try:
        return tuple(sorted(chasing_ladder(return_by, route, calendar), key=lambda rung: rung.on))
    except CalendarEnds:
        return ()


def _address(request: Request, rung: Rung) -> str:
    if rung.what == TO_THE_BOARD:
        return request.agency.board_email
    if rung.what == "agency_lead":
        return request.agency.contact_email or request.contact_email
    return request.contact_email


def _free_of_conflict(session: Session, due: Due) -> Due:
    """To the agency's own contact instead of somebody who declared a conflict on the case; to nobody, if both did."""
    if not is_walled_off(session, due.request.round.case_id, due.address):
        return due
    contact = due.request.agency.contact_email
    return replace(due, address="" if is_walled_off(session, due.request.round.case_id, contact) else contact)


def _gravest(going: list[Due]) -> list[Due]:
    """Where both kinds are due to one person, the graver goes first."""
    return [one for one in going if one.kind is Kind.SCOPING_ESCALATION] or going


def _write(
    session: Session,
    head: Letterhead,
    occasion: str,
    address: str,
    going: Sequence[Due],
    now: datetime,
    calendar: Calendar,
) -> Letter:
    today, only = local_day(now), going[0].request if len(going) == 1 else None
    facts = facts_of(going[0].kind, [due.request for due in going], now, calendar)
    letter = write(
        session,
        head,
        going[0].kind,
        occasion,
        address,
        facts,
        WORKER,
        now,
        case=only.case if only else None,
        recipient_lines=sorted({due.request.agency.name for due in going}),
        signature_lines=head.for_the_chair,
    )
    if only:
        session.add(RequestLetter(request_id=only.id, letter_id=letter.id))
    for due in going:
        _note(session, due, letter, today, now)
    session.flush()
    return letter


def _note(session: Session, due: Due, letter: Letter, today: date, now: datetime) -> None:
    request, rung = due.request, due.rung
    nudge = Nudge(
        rung=rung.what,
        return_by=request.return_by,
        because=rung.because,
        sent_on=today,
        recipient=letter.recipient,
        letter_id=letter.id,
    )
    request.nudges.append(nudge)
    act = f"chased the return of {request.agency.name}: wrote to {rung.to}"
    record(session, request.round.case_id, WORKER, now, act, rung.because, letter=letter.id)
