"""The open dates of many cases: looked up as stored, and counted afresh for a case changed since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.rules import Calendar, Due
from jcr.counting import counted_each
from jcr.db import those
from jcr.desk.clocks import Clock, State
from jcr.desk.keeping import batches, changed, open_clocks_of
from jcr.desk.model import Deadline


def open_clocks(
    session: Session, cases: Select[Case], today: date, calendar: Calendar, most: int | None = None
) -> list[Clock]:
    """The dates due or late on these cases, the earliest first."""
    found = [*stored(session, cases, today, most), *afresh(session, cases, today, calendar)]
    return sorted(found, key=lambda clock: clock.on or date.max)[:most]


def stored(
    session: Session,
    cases: Select[Case],
    today: date,
    most: int | None,
    only: ColumnElement[bool] | None = None,
) -> list[Clock]:
    """The first stored dates of those of the cases that did not change since; `only` such that it holds for them."""
    found = _stored(cases) if only is None else _stored(cases).where(only)
    rows = session.execute(found.limit(most))
    return [_clock(reference, row, today) for reference, row in rows]


def afresh(session: Session, cases: Select[Case], today: date, calendar: Calendar) -> list[Clock]:
    """The open dates of those of the cases that changed since theirs were stored."""
    ids = session.scalars(changed().distinct()).all()
    return [clock for batch in batches(ids) for clock in _of(session, cases, batch, today, calendar)]


def count_stored(session: Session, cases: Select[Case], today: date, last: date) -> list[int]:
    """How many stored dates lie before today, from today to the last day, and in all; none counted past enough."""
    found = _stored(cases).with_only_columns(Deadline.id)
    late, due = found.where(Deadline.on < today), found.where(Deadline.on >= today, Deadline.on <= last)
    return counted_each(session, late, due, found)


def _of(
    session: Session, cases: Select[Case], ids: list[int], today: date, calendar: Calendar
) -> Iterator[Clock]:
    yield from open_clocks_of(session, cases.where(Case.id.in_(those(ids))), today, calendar)


def _stored(cases: Select[Case]) -> Select[str, Deadline]:
    return (
        cases.join(Deadline, Deadline.case_id == Case.id)
        .where(Deadline.case_id.not_in(changed()))
        .with_only_columns(Case.reference, Deadline)
        .order_by(Deadline.on, Deadline.id)
    )


def _clock(reference: str, row: Deadline, today: date) -> Clock:
    due = Due(row.on, row.authority, row.because, row.source, row.start, row.working_days, row.warning)
    return Clock(reference, row.label, State.LATE if row.on < today else State.DUE, due, was=row.was)
