"""The report to a board or partnership: each outcome it has not been told of yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from forms.paper import style
from forms.paper.document import Furniture
from forms.paper.document import render as on_paper
from forms.paper.text import Text, heading, plain, prose
from jcr.documents.parts import Action, actions, contact, facts, section

NOTHING = "There is no outcome that the board has not been told of."


@dataclass(frozen=True)
class Outcome:
    """What came of one case: subjects by initials, dates in words, reasons as they were ratified."""

    reference: str
    subjects: str
    referred: str
    met: str
    recommendation: str
    decided_by: Sequence[str]
    reasons: str
    learning: str
    agreed: Sequence[Action]


@dataclass(frozen=True)
class BoardReport:
    """What the report says, as it stood on a day."""

    organisation: str
    marking: str
    board: str
    date: str
    outcomes: Sequence[Outcome]
    contact_lines: Sequence[str] = ()


def render(report: BoardReport) -> bytes:
    """The report as a PDF/UA-1 file."""
    title = f"Outcomes of rapid reviews, report to the {report.board}, {report.date}"
    furniture = Furniture(report.organisation, report.marking, note=f"Report, {report.date}")
    return on_paper(_story(report), title, furniture)


def _story(report: BoardReport) -> list[Flowable]:
    story = [
        *heading(1, "Outcomes of rapid reviews"),
        Text(plain(f"Report to the {report.board}, {report.date}"), style.LEAD),
    ]
    if not report.outcomes:
        return [*story, *prose(NOTHING), *contact(report.contact_lines)]
    told = [flowable for one in report.outcomes for flowable in _outcome(one)]
    return [*story, *told, *contact(report.contact_lines)]


def _outcome(one: Outcome) -> list[Flowable]:
    named = {
        "Decision": one.recommendation,
        "Ratified by": "\n".join(one.decided_by),
        "Subjects": one.subjects,
        "Referral received": one.referred,
        "Rapid review": one.met,
    }
    return [
        *heading(2, one.reference),
        *facts(named, f"The decision on {one.reference}"),
        *section("Reasons", one.reasons, level=3),
        *section("Immediate learning", one.learning, level=3),
        *heading(3, "Actions"),
        *actions(one.agreed, f"Actions agreed on {one.reference}"),
    ]
