"""The merged chronology of a case: what the agencies' records say happened, by date."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from forms.paper import style
from forms.paper.document import Furniture
from forms.paper.document import render as on_paper
from forms.paper.tables import table
from forms.paper.text import Text, heading, plain
from jcr.documents.parts import facts, notice

NOTHING = "No agency has sent a chronology yet."
HEADS = ("When", "Agency", "What its records say")


@dataclass(frozen=True)
class Line:
    """One agency's account of an event, or a gap in contact. `when` is in words, `as_written` as recorded."""

    when: str
    ages: str = ""
    agency: str = ""
    event: str = ""
    action: str = ""
    impact: str = ""
    source: str = ""
    as_written: str = ""
    note: str = ""
    is_gap: bool = False


@dataclass(frozen=True)
class Chronology:
    """What the document says. `view` tells whose events are shown and whether with names."""

    organisation: str
    marking: str
    reference: str
    date: str
    view: str
    lines: Sequence[Line]
    agencies: Sequence[str] = ()
    silent: Sequence[str] = ()
    late: Sequence[str] = ()


def render(found: Chronology) -> bytes:
    """The chronology as a PDF/UA-1 file."""
    furniture = Furniture(
        found.organisation, found.marking, found.reference, note=f"Chronology, {found.date}"
    )
    return on_paper(_story(found), f"Merged chronology {found.reference}, {found.date}", furniture)


def _story(found: Chronology) -> list[Flowable]:
    about = {
        "Case": found.reference,
        "View": found.view,
        "Agencies": "\n".join(found.agencies),
        "Returned no chronology": "\n".join(found.silent),
        "Returned after the rapid review had begun": "\n".join(found.late),
    }
    return [
        *heading(1, "Merged chronology"),
        Text(plain(f"As the agencies’ records stood on {found.date}"), style.LEAD),
        *facts(about, "What this chronology shows"),
        *heading(2, "Events"),
        *_events(found.lines),
    ]


def _events(lines: Sequence[Line]) -> list[Flowable]:
    if not lines:
        return notice(NOTHING)
    rows = [[_when(line), line.agency, _what(line)] for line in lines]
    return [table(HEADS, rows, (1.3, 1.3, 4), "Events by date", head_columns=1)]


def _when(line: Line) -> str:
    return "\n".join(filter(None, (line.when, f"Age: {line.ages}" if line.ages else "")))


def _what(line: Line) -> str:
    """The event, then what else was recorded of it, each part named."""
    parts = (
        line.event,
        _named("Action taken", line.action),
        _named("Effect or comment", line.impact),
        _named("Source", line.source),
        line.note,
    )
    return "\n".join(filter(None, parts))


def _named(name: str, text: str) -> str:
    return f"{name}: {text}" if text else ""
