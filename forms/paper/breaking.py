"""Where the lines of plain words end: what ReportLab does for them too, without all it does for other paragraphs."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from reportlab.pdfbase.pdfmetrics import getAscentDescent, stringWidth
from reportlab.platypus.paragraph import split, strip

SOFT_HYPHEN = "\u00ad"
OTHERWISE = ("words", "cbDefn", "backColor")  # of pieces that ReportLab has to see to
Line = tuple[float, list[str]]  # the room left over at its end, and its words

width_of = lru_cache(maxsize=8192)(stringWidth)  # the same words come again and again


def broken(piece: Any, rooms: Sequence[float], shrinking: float) -> Any | None:
    """The piece of text with its lines, each as wide as the rooms say; None where ReportLab has to see to it.

    A space may shrink by so much of its width to let one more word onto a line.
    """
    if any(hasattr(piece, name) for name in OTHERWISE) or len(set(rooms)) != 1 or SOFT_HYPHEN in piece.text:
        return None
    words = split(strip(piece.text))
    font, size = piece.fontName, piece.fontSize
    lines = (
        _lines(words, lambda word: float(width_of(word, font, size)), rooms[0], shrinking) if words else None
    )
    if lines is None:
        return None
    ascent, descent = getAscentDescent(font, size)
    return piece.clone(kind=0, lines=lines, ascent=ascent, descent=descent, fontSize=size)


def _lines(
    words: list[str], width: Callable[[str], float], room: float, shrinking: float
) -> list[Line] | None:
    """As many words on each line as it takes; None when a word is wider than that."""
    space = width(" ")
    lines: list[Line] = []
    line: list[str] = []
    used = -space
    for word in words:
        wide = width(word)
        if wide > room:
            return None
        if line and used + space + wide > room + shrinking * space * len(line):
            lines.append((room - used, line))
            line, used = [word], wide
        else:
            line.append(word)
            used = used + space + wide  # in this order, to the last digit as ReportLab has it
    return [*lines, (room - used, line)]
