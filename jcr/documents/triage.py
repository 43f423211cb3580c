"""The record of triage: the way a referral took through the flowchart, as a picture and answer by answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from forms.paper import style
from forms.paper.document import Furniture
from forms.paper.document import render as on_paper
from forms.paper.tables import Figure, table
from forms.paper.text import Text, heading, plain
from jcr.documents.drawing import Drawing, Picture
from jcr.documents.parts import facts, notice

HEADS = ("Question", "Answer", "Reason", "By")
NOTHING = "No question has been answered yet."


@dataclass(frozen=True)
class Answered:
    """One answer in words. `paragraph` is what the question rests on, `by` who answered and when."""

    question: str
    paragraph: str
    answer: str
    why: str
    by: str


@dataclass(frozen=True)
class Triage:
    """What the record says. `leads_to` is where the answers lead, in a sentence; `version` that of the flowchart."""

    organisation: str
    marking: str
    reference: str
    date: str
    version: str
    leads_to: str
    picture: Picture
    answers: Sequence[Answered]


def render(record: Triage) -> bytes:
    """The record as a PDF/UA-1 file."""
    furniture = Furniture(
        record.organisation, record.marking, record.reference, note=f"Triage, {record.date}"
    )
    return on_paper(_story(record), f"Record of triage {record.reference}, {record.date}", furniture)


def _story(record: Triage) -> list[Flowable]:
    about = {"Case": record.reference, "Flowchart": f"Version {record.version}", "Leads to": record.leads_to}
    told = f"The scoping decision flowchart with the way taken. {record.leads_to} Each answer is in the table below."
    return [
        *heading(1, "Record of triage"),
        Text(plain(f"As it stood on {record.date}"), style.LEAD),
        *facts(about, "What this record is about"),
        *heading(2, "The way taken"),
        Figure(Drawing(record.picture), told),
        *heading(2, "The answers"),
        *_answers(record.answers),
    ]


def _answers(answers: Sequence[Answered]) -> list[Flowable]:
    if not answers:
        return notice(NOTHING)
    rows = [[f"{one.question}\n{one.paragraph}", one.answer, one.why, one.by] for one in answers]
    return [table(HEADS, rows, (2.4, 0.9, 2.4, 1.5), "Each question with its answer", head_columns=1)]
