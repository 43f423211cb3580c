"""What people do to our Word form besides typing into its boxes: rows copied or added, words and ticks beside a box."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from forms import Form
from forms.fields import Choices, Rows, Text
from forms.form import definition
from forms.names import PROMPTS, path, unflat
from forms.question import Question

from .bookmarks import whole
from .glyphs import EMPTY, TICKED
from .layout import Cell, Layout, Row, Table, Tagged
from .own_tables import Counted, Group, group_of

_TICKS = frozenset({TICKED, "x", "y", "yes", "√", "v", "*"})
_IN_A_ROW = 3  # parts of the path of an answer in a row
_ADDED = "row"


def as_meant(layout: Layout, form: type[Form]) -> Layout:
    """Return the layout of a Word form of ours, each named answer as the person who filled it in meant it.

    A row that was copied is a further row, and so is one added without boxes; what stands beside a box in its cell
    belongs to the answer, and an x typed to an option ticks it.
    """
    cells = {cell.lines[0].where: cell for cell in _cells(layout) if cell.lines}
    questions = {question.short_name: question for question in definition(form).questions}
    alone = _standing_alone(layout.tagged)
    named = [_with_what_is_beside(one, cells, questions, alone) for one in layout.tagged]
    named = [*_in_rows(layout, form, named)]
    return replace(layout, tagged=tuple(named))


def _cells(layout: Layout) -> Iterator[Cell]:
    tables = (block for block in layout.blocks if isinstance(block, Table))
    return (cell for table in tables for row in table.rows for cell in row)


def _standing_alone(named: Sequence[Tagged]) -> frozenset[str]:
    """Return the places where one named answer stands and no other."""
    standing = Counter(one.where for one in named)
    return frozenset(place for place, count in standing.items() if count == 1)


def _with_what_is_beside(
    one: Tagged, cells: dict[str, Cell], questions: dict[str, Question], alone: frozenset[str]
) -> Tagged:
    cell = cells.get(one.where)
    if cell is None or cell.text in (one.text, *PROMPTS):
        return one
    parts = _parts(one, questions)
    question = questions.get(parts[0])
    if isinstance(question, Rows):
        question = next((q for q in question.entries[0].questions if q.short_name == parts[-1]), None)
    if isinstance(question, Choices):
        return _ticked(one, cell, question.options.get(parts[-1], ""))
    if one.where not in alone or not (isinstance(question, Text) or not one.text):
        return one
    text = "\n".join(line.text for line in cell.lines if line.text.strip() not in PROMPTS).strip()
    if text == one.text or one.text not in text:
        return one
    return one._replace(text=text, lines=cell.numbers)


def _parts(one: Tagged, questions: dict[str, Question]) -> list[str]:
    name = unflat(one.name)
    return (whole(name, questions) if one.how == "bookmark" else name).split(".")


def _ticked(one: Tagged, cell: Cell, option: str) -> Tagged:
    """Return the answer of a tick box: ticked also where somebody typed a sign into it or beside it."""
    if not option or one.text == TICKED:
        return one
    for line in cell.lines:
        sign = line.text.strip().removesuffix(option)
        if sign != line.text.strip() and sign.replace(EMPTY, "").strip(" \t[]().:").casefold() in _TICKS:
            return one._replace(text=TICKED, lines=(line.number,), label=line.text)
    return one


def _in_rows(layout: Layout, form: type[Form], named: Sequence[Tagged]) -> Iterator[Tagged]:
    """Yield the named answers with their rows counted anew, and those of rows without boxes."""
    places = {one.where for one in named}
    moved: dict[str, tuple[str, int]] = {}
    added: list[Tagged] = []
    for block in layout.blocks:
        group = group_of(block, form)
        if group is not None and isinstance(block, Table):
            for number, row in enumerate(block.rows[1:]):
                moved |= {cell.lines[0].where: (group.name, number) for cell in row if cell.lines}
                added += _answers_of(row, group, number, places)
    counted = Counted()
    for one in named:
        place = moved.get(one.where)
        parts = unflat(one.name).split(".")
        if place and parts[0] == place[0] and len(parts) == _IN_A_ROW:
            yield one._replace(name=path(place[0], place[1], parts[2]))
        else:
            yield one._replace(name=counted.name(parts)) if len(parts) == _IN_A_ROW else one
    yield from added


def _answers_of(row: Row, group: Group, number: int, places: set[str]) -> Iterator[Tagged]:
    """Yield what is written in the cells of a row which no named answer stands in."""
    for question, cell in zip(group.questions, row, strict=True):
        if cell.text and cell.text not in PROMPTS and cell.lines[0].where not in places:
            yield Tagged(
                path(group.name, number, question.short_name),
                cell.text,
                cell.lines[0].where,
                _ADDED,
                cell.numbers,
            )
