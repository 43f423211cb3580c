"""What a cross means, which only the whole document tells: "no" where others are ticked, else a tick; boxes typed."""

import re
from collections.abc import Callable
from dataclasses import replace

from .glyphs import CROSSED, EMPTY, TICKED
from .layout import Layout, Line, Row

_TYPED_TICK = re.compile(r"\[\s?[xX✓✔*☒]\s?\]|(?:(?<=\s)|^)\([xX✓✔☒]\)(?=\s*\w)")
_TYPED_BOX = re.compile(r"\[[ _]{1,3}\]|(?:(?<=\s)|^)\( {1,2}\)(?=\s*\w)")


def settled(layout: Layout) -> Layout:
    """Return a layout with each ✗ as an empty box where something else is ticked, and as a ticked box where not."""
    if not any(CROSSED in line.text for line in layout.lines()):
        return layout
    means = EMPTY if any(TICKED in line.text for line in layout.lines()) else TICKED
    return _changed(layout, lambda text: text.replace(CROSSED, means))


def boxes_typed(layout: Layout) -> Layout:
    """Return a layout with boxes that were typed, "[x] Yes [ ] No", as boxes."""
    return _changed(layout, lambda text: _TYPED_BOX.sub(EMPTY, _TYPED_TICK.sub(TICKED, text)))


def _changed(layout: Layout, change: Callable[[str], str]) -> Layout:
    """Return a layout with every line's text changed."""

    def line(one: Line) -> Line:
        text = change(one.text)
        return one if text == one.text else one._replace(text=text)

    def row(one: Row) -> Row:
        return tuple(replace(cell, lines=tuple(map(line, cell.lines))) for cell in one)

    return replace(
        layout,
        blocks=tuple(
            line(block) if isinstance(block, Line) else replace(block, rows=tuple(map(row, block.rows)))
            for block in layout.blocks
        ),
        tagged=tuple(tag._replace(text=change(tag.text)) for tag in layout.tagged),
    )
