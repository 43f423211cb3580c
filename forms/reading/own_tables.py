"""Row tables of our own Word form saved as PDF: told by our own heads, read as the controls they were printed from."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from forms import Form
from forms.fields import Rows
from forms.form import definition, once_for_each
from forms.names import PROMPTS
from forms.word_pages import columns

from .labels import plain
from .layout import PRINTED_COPY, Cell, Layout, Line, Row, Table, Tagged


@dataclass
class PrintedRows:
    """What was read from the row tables of a printed copy, and the layout without them."""

    layout: Layout
    tagged: list[Tagged] = field(default_factory=list)
    printed: list[Line] = field(default_factory=list)  # heads, and prompts left standing


class Group(NamedTuple):
    """A group of rows by its canonical name, and those of its columns."""

    name: str
    columns: tuple[str, ...]


def taken_out(layout: Layout, form: type[Form]) -> PrintedRows:
    """Return the answers in our own row tables under the names their controls had, row after row."""
    made = PrintedRows(layout)
    met: dict[str, int] = {}
    left = []
    for block in layout.blocks:
        group = group_of(block, form)
        if group is None or isinstance(block, Line):
            left.append(block)
            continue
        made.printed += [line for cell in block.rows[0] for line in cell.lines]
        for row in block.rows[1:]:
            _take(made, row, group, met)
    made.layout = replace(layout, blocks=tuple(left))
    return made


def group_of(block: Line | Table, form: type[Form]) -> Group | None:
    """Return the group whose heads a table has, each row as many cells, or None."""
    if isinstance(block, Line) or not block.rows:
        return None
    heads = tuple(plain(cell.text) for cell in block.rows[0])
    even = all(len(row) == len(heads) for row in block.rows)
    return _groups(form).get(heads) if even else None


@once_for_each
def _groups(form: type[Form]) -> dict[tuple[str, ...], Group]:
    """Return the heads of each group that a document shows as a table -> the group."""
    return {
        tuple(plain(column.label.text) for column in columns(group)): Group(
            group.short_name,
            tuple(column.short_name for column in columns(group)),
        )
        for group in definition(form).questions
        if isinstance(group, Rows) and group.layout == "table"
    }


def _take(made: PrintedRows, row: Row, group: Group, met: dict[str, int]) -> None:
    """Take one row: its answers by name; what is only a prompt left standing is print."""
    number, before = met.get(group.name, 0), len(made.tagged)
    for column, cell in zip(group.columns, row, strict=True):
        lines = [line for line in cell.lines if line.text.strip() not in PROMPTS]
        made.printed += [line for line in cell.lines if line not in lines]
        if text := "\n".join(line.text for line in lines).strip():
            made.tagged.append(_named(f"{group.name}.{number}.{column}", text, cell))
    met[group.name] = number + (len(made.tagged) > before)


def _named(name: str, text: str, cell: Cell) -> Tagged:
    numbers = tuple(line.number for line in cell.lines)
    return Tagged(name, text, cell.lines[0].where, PRINTED_COPY, numbers)
