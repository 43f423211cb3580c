"""The action log as its reader may see it: on paper and as the rows of a sheet, on record when it is taken out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from jcr.actions.model import Action
from jcr.documents.action_log import Line
from jcr.history.service import record
from jcr.meetings.actions_seen import open_to
from jcr.meetings.minuting import sources
from jcr.meetings.model import Item
from jcr.meetings.standing import RECOMMENDATION
from jcr.people.model import Person
from jcr.wording import count, local_day, long_date, short_date

COLUMNS = (
    ("Action", 10),
    ("Case", 16),
    ("What is to be done", 60),
    ("What should be different then", 40),
    ("Last update", 40),
    ("Who", 36),
    ("Agreed at", 36),
    ("Due", 14),
    ("Late", 8),
    ("Age", 12),
)


def take_out(session: Session, person: Person, as_what: str, now: datetime) -> list[Line]:
    """Every open action this person may see, the one due first on top; the history notes that they took it out."""
    actions = open_to(session, person)
    agreed, today = sources(session, actions), local_day(now)
    act = f"took out the action log, {count(len(actions), 'action')}, as {as_what}"
    record(session, None, person.as_actor(), now, act)
    return [_line(action, agreed.get(action.id), today) for action in actions]


def cells(lines: Sequence[Line]) -> list[tuple[str, ...]]:
    """The lines as rows under `COLUMNS`."""
    return [
        (one.id, one.case, one.action, one.expected, one.update, one.owner, one.agreed_at, one.due,
         "Late" if one.late else "", one.age)
        for one in lines
    ]  # fmt: skip


def _line(action: Action, source: Item | None, today: date) -> Line:
    return Line(
        id=action.label,
        case=action.case.reference if action.case else "",
        action=action.task,
        expected=action.expected,
        update=_update(action),
        owner=action.who,
        agreed_at=_source(source) if source else "",
        due=short_date(action.due_on),
        late=action.due_on < today,
        age=count(action.age(today), "day"),
    )


def _update(action: Action) -> str:
    if not (action.progress and action.progress_at):
        return ""
    return f"Update of {long_date(local_day(action.progress_at))}: {action.progress}"


def _source(item: Item) -> str:
    which = "Recommendation" if item.key == RECOMMENDATION else f"Item {item.position}"
    return f"{which}, {item.meeting.title}"
