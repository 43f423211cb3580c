"""The dates of meetings (ToR 9): papers with the team and with members, and minutes with members."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from sqlalchemy import Exists, Select, and_, or_, select, union
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.rules import Calendar, CalendarEnds, Due
from jcr.counting import MOST
from jcr.desk.clock import Clock, State
from jcr.meetings.model import Kind, Meeting, Paper, Publication
from jcr.meetings.rules import minutes_by, papers_in_by, papers_out_by
from jcr.meetings.service import visible_to
from jcr.people.model import Person
from jcr.statements import at_most, once_for_each
from jcr.wording import LONDON, local_day

PLANNED = tuple(kind for kind in Kind if kind is not Kind.RAPID_REVIEW)
Rule = Callable[[date, Calendar], Due]
PAPERS_IN, PAPERS_OUT, MINUTES = "Papers to the team", "Agenda and papers to members", "Minutes to members"


def open_clocks(session: Session, person: Person, today: date, calendar: Calendar) -> list[Clock]:
    """What is due or late of the meetings this person may see, the earliest meeting first.

    A rapid review cannot keep to the days for papers; its minutes are due like those of any other meeting.
    """
    found = session.execute(_open(person, today))
    return [clock for row in found for clock in _of(*row, today, calendar)]


@once_for_each
def _open(person: Person, today: date) -> Select[int, Kind, int, datetime, datetime | None, str, bool]:
    """The meetings ahead, and those held whose minutes did not go out."""
    morning = datetime.combine(today, time.min, LONDON)
    ahead = select(Meeting.id).where(Meeting.kind.in_(PLANNED), Meeting.starts_at >= morning)
    begun = and_(Meeting.kind != Kind.RAPID_REVIEW, Meeting.starts_at < morning + timedelta(days=1))
    past = select(Meeting.id).where(or_(begun, Meeting.opened_at.is_not(None)))
    held = past.where(~_sent(Paper.MINUTES))
    return (
        visible_to(person)
        .outerjoin(Case, Case.id == Meeting.case_id)
        .where(Meeting.cancelled_at.is_(None), Meeting.id.in_(union(ahead, held)))
        .with_only_columns(
            Meeting.id,
            Meeting.kind,
            Meeting.number,
            Meeting.starts_at,
            Meeting.opened_at,
            Case.reference,
            _sent(Paper.AGENDA),
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(at_most(MOST + 1))
    )


def _sent(paper: Paper) -> Exists:
    return (
        select(Publication.id)
        .where(Publication.meeting_id == Meeting.id, Publication.paper == paper)
        .exists()
    )


def _of(
    id: int, kind: Kind, number: int, starts_at: datetime, opened_at: datetime | None, reference: str | None,
    agenda_sent: bool, today: date, calendar: Calendar,
) -> Iterator[Clock]:  # fmt: skip
    on = local_day(min(starts_at, opened_at or starts_at))
    for label, rule in _rules(kind, on, agenda_sent, today):
        due = _due(rule, on, calendar)
        if due is None:
            continue
        if label == PAPERS_IN and due.on < today:
            continue  # what comes now is late, and marked so: there is nothing to be done by that day any more
        state = State.LATE if due.on < today else State.DUE
        yield Clock(reference or f"{kind.shown} {number}", label, state, due, page=f"/meetings/{id}")


@lru_cache(maxsize=1024)  # many meetings are on the same few days
def _due(rule: Rule, on: date, calendar: Calendar) -> Due | None:
    """None past the known calendar."""
    try:
        return rule(on, calendar)
    except CalendarEnds:
        return None


def _rules(kind: Kind, on: date, agenda_sent: bool, today: date) -> Iterator[tuple[str, Rule]]:
    if kind is not Kind.RAPID_REVIEW and on >= today:
        yield PAPERS_IN, papers_in_by
        if not agenda_sent:
            yield PAPERS_OUT, papers_out_by
    if on <= today:
        yield MINUTES, minutes_by
