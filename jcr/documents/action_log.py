"""The action log: every open action with owner, due date and age, the one due first on top."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from forms.paper import style
from forms.paper.document import Furniture
from forms.paper.document import render as on_paper
from forms.paper.tables import table
from forms.paper.text import Text, heading, plain, prose
from jcr.counting import in_words

NOTHING = "No action is open."
HEADS = ("No.", "Action", "Owner", "Due", "Age")


@dataclass(frozen=True)
class Line:
    """One action. The case is its reference, `agreed_at` the item it comes from; dates and age are in words."""

    id: str
    case: str
    action: str
    expected: str
    update: str
    owner: str
    agreed_at: str
    due: str
    late: bool
    age: str


@dataclass(frozen=True)
class ActionLog:
    """What the log says, as it stood on a day."""

    organisation: str
    marking: str
    date: str
    lines: Sequence[Line]


def how_many(are_open: int, late: int) -> str:
    """How many actions are open and how many of them late, in a sentence."""
    return f"{in_words(are_open)} open, {in_words(late)} of them late."


def render(log: ActionLog) -> bytes:
    """The log as a PDF/UA-1 file."""
    furniture = Furniture(log.organisation, log.marking, note=f"Action log, {log.date}")
    return on_paper(_story(log), f"Action log, {log.date}", furniture)


def _story(log: ActionLog) -> list[Flowable]:
    told = how_many(len(log.lines), sum(line.late for line in log.lines)) if log.lines else NOTHING
    return [
        *heading(1, "Action log"),
        Text(plain(f"As it stood on {log.date}"), style.LEAD),
        *prose(told),
        *_actions(log.lines),
    ]


def _actions(lines: Sequence[Line]) -> list[Flowable]:
    if not lines:
        return []
    rows = [[line.id, _what(line), line.owner, _when(line), line.age] for line in lines]
    summary = "Open actions, the one due first on top"
    return [table(HEADS, rows, (0.95, 3.55, 2.15, 1.35, 1.2), summary, head_columns=1)]


def _what(line: Line) -> str:
    expected = f"Expected: {line.expected}" if line.expected else ""
    source = f"Agreed: {line.agreed_at}" if line.agreed_at else ""
    case = f"Case: {line.case}" if line.case else ""
    return _lines(line.action, case, expected, line.update, source)


def _when(line: Line) -> str:
    return _lines(line.due, "Late" if line.late else "")


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))
