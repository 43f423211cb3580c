"""The pieces of text and the ruled lines of one page of a PDF, each by where it stands."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from . import glyphs, pdf_gaps
from .pdf_pen import Pen

_NARROW = re.compile(r"[ijlI.,:;'’|!()\[\]/ ft]")
_WIDE = re.compile(r"[mwMW@%—…]")
_CAPITAL = re.compile(r"[A-Z0-9&]")
_BOLD = re.compile(r"bold|black|heavy|demi", re.I)
_BULLET = "\x7f"  # as WinAnsiEncoding of the standard fonts has it
_STROKES = {b"S", b"s", b"B", b"B*", b"b", b"b*"}
_FILLS = {b"f", b"F", b"f*"}
_LEAST_BOX, _MOST_BOX = 5.0, 17.0  # points: a tick box that is drawn is a square of about this size
_THIN = 3.0  # points: a filled rectangle no thicker is a ruled line
_STRAIGHT = 1.0
_SHORTEST = 5.0
MOST_RULES = 20_000


@dataclass(frozen=True)
class Piece:
    """A piece of text on a page: where it begins, how large its letters are, in points.

    `runs_on` when the writer's line ended with a space: the page broke it, the sentence goes on.
    """

    x: float
    y: float
    size: float
    text: str
    runs_on: bool = False
    broad: float = 1.0  # how broad its letters are, beside those of a common typeface
    bold: bool = False
    stop: float | None = None  # where it ends, when its font tells how wide its letters are

    @cached_property
    def end(self) -> float:
        """Where the piece ends, or about where."""
        return self.x + width_of(self.text) * self.size * self.broad if self.stop is None else self.stop


@dataclass(frozen=True)
class Rule:
    """A straight line of a page, across or down, from its lower or left end to the other."""

    x: float
    y: float
    to_x: float
    to_y: float

    @property
    def across(self) -> bool:
        return self.to_y - self.y <= _STRAIGHT


def width_of(text: str) -> float:
    """Return about how wide a text is, in sizes of its letters."""
    narrow, wide, capital = (len(kind.findall(text)) for kind in (_NARROW, _WIDE, _CAPITAL))
    return narrow * 0.29 + wide * 0.85 + capital * 0.6 + (len(text) - narrow - wide - capital) * 0.52


def pieces_and_rules(page: Any) -> tuple[list[Piece], list[Rule]]:
    """Return the text and the ruled lines of a page, as they are drawn."""
    found: list[Piece] = []
    drawing = _Drawing()
    fonts = _fonts(page)
    pdf_gaps.part(page, fonts)
    pen = Pen(fonts)
    looks: dict[int, tuple[float, bool]] = {}

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip():
            x, y = _placed(cm, tm[4], tm[5])
            scale = abs(tm[3] * cm[3]) or 1.0
            if id(font) not in looks:
                looks[id(font)] = (pen.breadth(font), _is_bold(font))
            broad, bold = looks[id(font)]
            stop = pen.end if font is pen.font and pen.end is not None and pen.end > x else None
            found.append(Piece(x, y, max(size * scale, 1.0), text, broad=broad, bold=bold, stop=stop))

    def follow(operator: bytes, operands: Sequence[Any], cm: Sequence[float], tm: Sequence[float]) -> None:
        pen.take(operator, operands, cm, tm)
        drawing.take(operator, operands, cm, tm)

    page.extract_text(visitor_text=visit, visitor_operand_before=follow)
    return [*(line for piece in found for line in _lines(piece)), *drawing.ticks()], drawing.rules


def _lines(piece: Piece) -> Iterator[Piece]:
    lines = piece.text.rstrip("\n").split("\n")
    for offset, line in enumerate(lines):
        if line.strip():
            down = piece.y - offset * piece.size * 1.2
            stop = piece.stop if len(lines) == 1 else None
            text, runs_on = glyphs.plain(line.replace(_BULLET, "•")), line[-1:].isspace()
            yield replace(piece, y=down, text=text, runs_on=runs_on, stop=stop)


def _fonts(page: Any) -> Mapping[str, Any]:
    """Return the fonts of a page by the names it gives them."""
    resources = page.get("/Resources")
    fonts = resources.get_object().get("/Font") if resources is not None else None
    return fonts.get_object() if fonts is not None else {}


def _is_bold(font: Any) -> bool:
    """Say whether a font calls itself bold, as headings and labels are set."""
    return isinstance(font, Mapping) and bool(_BOLD.search(str(font.get("/BaseFont", ""))))


def _placed(cm: Sequence[float], x: float, y: float) -> tuple[float, float]:
    return x * cm[0] + y * cm[2] + cm[4], x * cm[1] + y * cm[3] + cm[5]


def _is_tick_box(width: float, height: float) -> bool:
    return (
        abs(width - height) <= _THIN and _LEAST_BOX <= min(width, height) <= max(width, height) <= _MOST_BOX
    )


class _Drawing:
    """Follows the drawing of a page and keeps the straight lines that are really painted."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.squares: list[tuple[float, float, float, float]] = []
        self.slants: list[tuple[float, float]] = []
        self.path: list[tuple[tuple[float, float], tuple[float, float]]] = []
        self.boxes: list[tuple[float, float, float, float]] = []
        self.at: tuple[float, float] | None = None
        self.start: tuple[float, float] | None = None

    def take(self, operator: bytes, operands: Sequence[Any], cm: Sequence[float], tm: object) -> None:
        """Take the next step of the drawing."""
        if operator == b"m":
            self.at = self.start = _placed(cm, float(operands[0]), float(operands[1]))
        elif operator == b"l" and self.at:
            here = _placed(cm, float(operands[0]), float(operands[1]))
            self.path.append((self.at, here))
            self.at = here
        elif operator == b"h" and self.at and self.start:
            self.path.append((self.at, self.start))
        elif operator == b"re":
            x, y, width, height = map(float, operands)
            self.boxes.append((*_placed(cm, x, y), *_placed(cm, x + width, y + height)))
        elif operator in _STROKES or operator in _FILLS or operator == b"n":
            self._paint(operator)

    def ticks(self) -> Iterator[Piece]:
        """Yield each small square that is drawn as a box, ticked when something is drawn across it."""
        for x, y, to_x, to_y in self.squares[:MOST_RULES]:
            crossed = any(x <= at_x <= to_x and y <= at_y <= to_y for at_x, at_y in self.slants)
            yield Piece(x, y + 1, to_y - y, glyphs.TICKED if crossed else glyphs.EMPTY)

    def _paint(self, operator: bytes) -> None:
        """Keep what the path draws; a path that only clips draws nothing."""
        if operator in _STROKES:
            for begin, end in self.path:
                self._rule(*begin, *end)
        if operator != b"n":
            for box in self.boxes:
                self._box(box, stroked=operator in _STROKES)
        self.path, self.boxes, self.at = [], [], None

    def _box(self, box: tuple[float, float, float, float], stroked: bool) -> None:
        x, y, to_x, to_y = box
        if abs(to_x - x) <= _THIN or abs(to_y - y) <= _THIN:
            flat = abs(to_y - y) <= abs(to_x - x)
            self._rule(x, y, *((to_x, y) if flat else (x, to_y)))
        elif stroked and _is_tick_box(abs(to_x - x), abs(to_y - y)):
            self.squares.append((min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)))
        elif stroked:
            for line in ((x, y, to_x, y), (x, to_y, to_x, to_y), (x, y, x, to_y), (to_x, y, to_x, to_y)):
                self._rule(*line)

    def _rule(self, x: float, y: float, to_x: float, to_y: float) -> None:
        x, to_x, y, to_y = min(x, to_x), max(x, to_x), min(y, to_y), max(y, to_y)
        straight = min(to_x - x, to_y - y) <= _STRAIGHT and max(to_x - x, to_y - y) >= _SHORTEST
        if straight and len(self.rules) < MOST_RULES:
            self.rules.append(Rule(x, y, to_x, to_y))
        elif not straight and max(to_x - x, to_y - y) <= _MOST_BOX and len(self.slants) < MOST_RULES:
            self.slants.append(((x + to_x) / 2, (y + to_y) / 2))
