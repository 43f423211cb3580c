"""The open dates of many cases: looked up as stored, and counted afresh for a case changed since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.rules import Calendar, Due
from jcr.cases.service import sees, visible_to
from jcr.desk.clocks import Clock, State
from jcr.desk.keeping import batches, changed, is_stored, open_clocks_of
from jcr.desk.model import Deadline
from jcr.dialects import those
from jcr.people.model import Person
from jcr.statements import at_most, once_for_each, said


def open_clocks(session: Session, today: date, calendar: Calendar) -> list[Clock]:
    """The dates due or late on all cases, the earliest first."""
    found = [*stored(session, None, today, None), *afresh(session, None, today, calendar)]
    return sorted(found, key=lambda clock: clock.on or date.max)


def stored(
    session: Session,
    person: Person | None,
    today: date,
    most: int | None,
    only: ColumnElement[bool] | None = None,
) -> list[Clock]:
    """The first stored dates of those of the cases that did not change since; `only` such that it holds for them."""
    found = _first(person, most) if person and only is None else _in_order(person).limit(at_most(most))
    rows = session.execute(found if only is None else found.where(only))
    return [_clock(reference, row, today) for reference, row in rows]


def afresh(session: Session, person: Person | None, today: date, calendar: Calendar) -> list[Clock]:
    """The open dates of those of the cases that changed since theirs were stored."""
    ids = session.scalars(changed()).all()
    cases = visible_to(person) if person else select(Case)
    return [clock for batch in batches(ids) for clock in _of(session, cases, batch, today, calendar)]


@once_for_each
def stored_to_count(person: Person, today: date, last: date) -> list[Select[int]]:
    """The stored dates before today, those from today to the last day, and all of them, to be counted."""
    found = _stored(person).with_only_columns(Deadline.id)
    late = found.where(Deadline.on < said(today))
    soon = found.where(Deadline.on >= said(today), Deadline.on <= said(last))
    return [late, soon, found]


def _of(
    session: Session, cases: Select[Case], ids: list[int], today: date, calendar: Calendar
) -> Iterator[Clock]:
    yield from open_clocks_of(session, cases.where(Case.id.in_(those(ids))), today, calendar)


def _stored(person: Person | None) -> Select[Deadline]:
    seen = sees(person, Deadline.case_id) if person else true()
    return select(Deadline).where(seen, is_stored(Deadline.case_id))


def _in_order(person: Person | None) -> Select[str, Deadline]:
    found = _stored(person).join(Case, Case.id == Deadline.case_id)
    return found.with_only_columns(Case.reference, Deadline).order_by(Deadline.on, Deadline.id)


@once_for_each
def _first(person: Person, most: int | None) -> Select[str, Deadline]:
    return _in_order(person).limit(at_most(most))


def _clock(reference: str, row: Deadline, today: date) -> Clock:
    due = Due(row.on, row.authority, row.because, row.source, row.start, row.working_days, row.warning)
    return Clock(reference, row.label, State.LATE if row.on < today else State.DUE, due, was=row.was)
