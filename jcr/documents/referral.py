"""A copy of a form as it was answered, such as a referral or a scoping return, for the person who sent it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reportlab.platypus import Flowable

from forms.paper import style
from forms.paper.document import Furniture
from forms.paper.document import render as on_paper
from forms.paper.tables import Cell, table
from forms.paper.text import Text, heading, plain, prose, verbatim
from forms.shown import Line, Section, Table
from jcr.documents.parts import facts

LONG_ANSWER = 240  # characters; longer ones are read better over the full width
MANY_LINES = 6
UNANSWERED = "Nothing was answered in this part."


@dataclass(frozen=True)
class FormCopy:
    """What the copy says: the facts of its arrival, in words, and the sections as the pages show them."""

    organisation: str
    marking: str
    reference: str
    title: str
    facts: dict[str, str]
    sections: Sequence[Section]
    contact_lines: tuple[str, ...] = ()


def render(copy: FormCopy) -> bytes:
    """The copy as a PDF/UA-1 file."""
    title = " ".join(part for part in (copy.title, copy.reference) if part)
    return on_paper(
        _story(copy), title, Furniture(copy.organisation, copy.marking, copy.reference, note="Copy")
    )


def _story(copy: FormCopy) -> list[Flowable]:
    known = {**copy.facts, "Contact": "\n".join(copy.contact_lines)}
    story = [*heading(1, copy.title), *facts(known, "Reference and dates of this form")]
    for section in copy.sections:
        story += heading(2, section.title)
        story += _section(section) or prose(UNANSWERED)
    return story


def _section(section: Section) -> list[Flowable]:
    story = _answers(section.lines, section.title, level=3)
    for group in section.tables:
        story += [*heading(3, group.label), *_group(group)]
    for _, title, lines in section.blocks:
        story += [*heading(3, title), *_answers(lines, title, level=4)]
    return story


def _answers(lines: Sequence[Line], title: str, level: int) -> list[Flowable]:
    """Short answers in a table beside their questions, long ones below them over the full width."""
    story: list[Flowable] = []
    for long, run in groupby(lines, _is_long):
        if long:
            for line in run:
                story += [*heading(level, line.label), *verbatim(line.text)]
        else:
            rows: list[list[Cell]] = [[line.label, _answer(line)] for line in run]
            story.append(table((), rows, (1, 1.6), f"Questions and answers: {title}", head_columns=1))
    return story


def _is_long(line: Line) -> bool:
    return len(line.text) > LONG_ANSWER or line.text.count("\n") >= MANY_LINES


def _answer(line: Line) -> Cell:
    return line.text if line.answered else [Text(plain(line.text), style.CELL_MUTED)]


def _group(group: Table) -> list[Flowable]:
    if not group.rows:
        return prose(UNANSWERED)
    return [table(group.heads, group.rows, _widths(group), group.label)]


def _widths(group: Table) -> list[float]:
    """Shares for the columns by what is in them, none so narrow that words break."""
    columns = zip(group.heads, *group.rows, strict=True)
    return [8 + min(40.0, max(len(head) * 1.2, *map(len, cells))) for head, *cells in columns]
