"""What a cross means, which only the whole document tells: "no" where others are ticked, else a tick; boxes typed."""

import re
from collections.abc import Callable
from dataclasses import replace

from .glyphs import CROSSED, EMPTY, TICKED
from .layout import Layout, Line, Row

_TYPED_TICK = re.compile(r"\[\s?[xX✓✔*☒]\s?\]|(?:(?<=\s)|^)\([xX✓✔☒]\)(?=\s*\w)")
_TYPED_BOX = re.compile(r"\[[ _]{1,3}\]|(?:(?<=\s)|^)\( {1,2}\)(?=\s*\w)")


def settled(layout: Layout) -> Layout:
    """Return a layout with each ✗ as a box: ticked beside one left empty, empty beside one ticked.

    Where no other box stands in its line or row, a ✗ is empty when something else in the document is ticked; in a
    cell by itself beside a question it then says no, and stays what it is.
    """
    if not any(CROSSED in line.text for line in layout.lines()):
        return layout
    means = EMPTY if any(TICKED in line.text for line in layout.lines()) else TICKED

    def without_cross(text: str, beside: str) -> str:
        if TICKED not in beside and EMPTY not in beside:
            if (
                means == EMPTY
                and text.strip() == CROSSED
                and beside.partition("\n")[0].rstrip().endswith("?")
            ):
                return text
            return text.replace(CROSSED, means)
        return text.replace(CROSSED, EMPTY if TICKED in beside else TICKED)

    return _changed(layout, without_cross)


def boxes_typed(layout: Layout) -> Layout:
    """Return a layout with boxes that were typed, "[x] Yes [ ] No", as boxes."""
    texts = (*(line.text for line in layout.lines()), *(tag.text for tag in layout.tagged))
    return _changed(layout, _with_boxes) if any("[" in text or "(" in text for text in texts) else layout


def _with_boxes(text: str, _: str) -> str:
    return _TYPED_BOX.sub(EMPTY, _TYPED_TICK.sub(TICKED, text))


def _changed(layout: Layout, change: Callable[[str, str], str]) -> Layout:
    """Return a layout with every line's text changed, by itself and what stands in its line or row."""

    def line(one: Line, beside: str) -> Line:
        text = change(one.text, beside)
        return one if text == one.text else one._replace(text=text)

    def row(one: Row) -> Row:
        beside = "\n".join(cell.text for cell in one)
        return tuple(replace(cell, lines=tuple(line(text, beside) for text in cell.lines)) for cell in one)

    return replace(
        layout,
        blocks=tuple(
            line(block, block.text)
            if isinstance(block, Line)
            else replace(block, rows=tuple(map(row, block.rows)))
            for block in layout.blocks
        ),
        tagged=tuple(tag._replace(text=change(tag.text, tag.text)) for tag in layout.tagged),
    )
