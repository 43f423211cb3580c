"""Chases actions that are due or late: who is asked on which working day, in one e-mail a person a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from jcr.actions.model import Action, ActionNudge, State
from jcr.actions.rules import ladder
from jcr.cases.rules import TO_THE_BOARD, Calendar, CalendarEnds, Rung, rung_due
from jcr.cases.service import is_walled_off
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.once_a_day import by_person, is_night
from jcr.correspondence.service import Letterhead, write
from jcr.correspondence.wording import only
from jcr.history.service import record
from jcr.links import hashed
from jcr.outsiders import service as outsiders
from jcr.outsiders.model import Purpose
from jcr.roles import WORKER
from jcr.wording import count, local_day, long_date

AHEAD = timedelta(days=14)  # calendar days in which the first rung of the ladder surely lies


@dataclass(frozen=True)
class Due:
    """A rung that goes out: for which action, and to which address; empty where none is known."""

    action: Action
    rung: Rung
    address: str


def due_on(session: Session, day: date, calendar: Calendar, answered: Collection[int] = ()) -> list[Due]:
    """What goes out on a day if nothing is done before; nothing on a day that is not worked, and nothing about the
    actions `answered`, whose update waits to be read."""
    if not calendar.is_working_day(day):
        return []
    rungs = (
        (action, _rung(action, day, calendar)) for action in _open(session, day) if action.id not in answered
    )
    return [Due(action, rung, _address(action, rung)) for action, rung in rungs if rung]


def chase(
    session: Session, head: Letterhead, now: datetime, calendar: Calendar, answered: Collection[int] = ()
) -> list[Letter]:
    """Writes today's e-mails; nothing to whoever had one today already, about a scoping return or an action."""
    if is_night(now):
        return []
    due = (
        one
        for one in due_on(session, local_day(now), calendar, answered)
        if not is_walled_off(session, one.action.case_id, one.address)  # asked nothing about such a case
    )
    return [
        _write(session, head, occasion, address, going, now)
        for occasion, address, going in by_person(session, due, now)
    ]


def _open(session: Session, day: date) -> Sequence[Action]:
    found = select(Action).where(Action.state == State.OPEN, Action.due_on <= day + AHEAD)
    return session.scalars(
        found.options(selectinload(Action.nudges)).order_by(Action.due_on, Action.id)
    ).all()


def _rung(action: Action, day: date, calendar: Calendar) -> Rung | None:
    """The highest rung reached by a day, unless it went out already or lay before the last update, or the agreement."""
    try:
        rungs = ladder(action.due_on, calendar)
    except CalendarEnds:
        return None
    return rung_due(
        rungs, day, {nudge.rung for nudge in action.nudges}, local_day(action.progress_at or action.agreed_at)
    )


def _address(action: Action, rung: Rung) -> str:
    contact = action.agency.contact_email if action.agency else ""
    if rung.what == TO_THE_BOARD:
        return action.agency.board_email if action.agency else ""
    return contact if rung.what == "agency_lead" else action.owner_email or contact


def _write(
    session: Session, head: Letterhead, occasion: str, address: str, going: Sequence[Due], now: datetime
) -> Letter:
    only_one = going[0].action if len(going) == 1 else None
    facts = {
        "owed": count(len(going), "action"),
        "actions": "\n\n".join("\n".join(_told(session, head, one, local_day(now), now)) for one in going),
        "only_board": only(all(one.rung.what == TO_THE_BOARD for one in going)),
    }
    letter = write(
        session, head, Kind.ACTION_REMINDER, occasion, address, facts, WORKER, now,
        case=only_one.case if only_one else None, agency=going[0].action.agency,
    )  # fmt: skip
    for one in going:
        _note(session, one, letter, now)
    session.flush()
    return letter


def _told(session: Session, head: Letterhead, one: Due, today: date, now: datetime) -> Iterator[str]:
    """One action in the e-mail, with a link of its own; what is to be done is told behind the link only."""
    action, late = one.action, (today - one.action.due_on).days
    where = f"{action.case.reference}, " if action.case else ""
    passed = f" ({count(late, 'day')} late)" if late > 0 else ""
    yield f"{action.label}, {where}{action.who}"
    yield f"  Due:     {long_date(action.due_on)}{passed}"
    yield f"  Agreed:  {long_date(local_day(action.agreed_at))}, {count(action.age(today), 'day')} ago"
    token = outsiders.make(
        session, Purpose.ACTION, one.address, action.case_id, now, opens=action.link_key, holds=head.links_hold
    )  # fmt: skip
    action.link_key = action.link_key or hashed(token)
    yield f"  Update:  {head.link(f'{Purpose.ACTION.path}{token}')}"


def _note(session: Session, one: Due, letter: Letter, now: datetime) -> None:
    action, rung = one.action, one.rung
    action.nudges.append(
        ActionNudge(
            rung=rung.what, because=rung.because, sent_on=local_day(now), recipient=letter.recipient,
            letter_id=letter.id,
        )
    )  # fmt: skip
    act = f"asked for an update on action {action.label}: wrote to {rung.to}"
    record(session, action.case_id, WORKER, now, act, rung.because, letter=letter.id)
