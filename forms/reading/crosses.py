"""What a cross means, which only the whole document tells: "no" where others are ticked, else a tick."""

from dataclasses import replace

from .glyphs import CROSSED, EMPTY, TICKED
from .layout import Cell, Layout, Line, Row, Table


def settled(layout: Layout) -> Layout:
    """Return a layout with each ✗ as an empty box where something else is ticked, and as a ticked box where not."""
    if not any(CROSSED in line.text for line in layout.lines()):
        return layout
    means = EMPTY if any(TICKED in line.text for line in layout.lines()) else TICKED
    return replace(
        layout,
        blocks=tuple(
            _line(block, means) if isinstance(block, Line) else _table(block, means)
            for block in layout.blocks
        ),
        tagged=tuple(tag._replace(text=tag.text.replace(CROSSED, means)) for tag in layout.tagged),
    )


def _table(table: Table, means: str) -> Table:
    return replace(table, rows=tuple(_row(row, means) for row in table.rows))


def _row(row: Row, means: str) -> Row:
    return tuple(_cell(cell, means) for cell in row)


def _cell(cell: Cell, means: str) -> Cell:
    return replace(cell, lines=tuple(_line(line, means) for line in cell.lines))


def _line(line: Line, means: str) -> Line:
    return line._replace(text=line.text.replace(CROSSED, means)) if CROSSED in line.text else line
