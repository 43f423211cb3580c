"""A picture of boxes and arrows: what stands where, and how it is drawn on paper. A page draws the same as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from textwrap import wrap
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from forms.paper import fonts

LINE = 18  # between two lines of words, in units of the picture
INK, TAKEN, FAINT, PALE = HexColor("#0b0c0c"), HexColor("#1b3a4b"), HexColor("#505a5f"), HexColor("#eef3f6")
WORDS, SMALL_WORDS, INSET = 15, 14, 14
MOST_LETTERS = 46  # of a line: more are not read well
TIP = 9
MOST_HIGH = 620  # points, of a page with its heading
LEAST_OF_FULL = 0.7  # so that the words stay readable


@dataclass(frozen=True)
class Box:
    """A question or an outcome: its corner, its size, and its words line by line."""

    left: int
    top: int
    width: int
    height: int
    words: tuple[str, ...]
    passed: bool
    is_outcome: bool = False

    @property
    def lines(self) -> Iterator[tuple[int, str]]:
        """Each line of words with the height of its foot."""
        first = self.top + (self.height - LINE * len(self.words)) // 2 + LINE - 5
        return ((first + LINE * number, line) for number, line in enumerate(self.words))


@dataclass(frozen=True)
class Arrow:
    """From a box to a box by way of corners, with the answers it stands for written beside it."""

    points: tuple[tuple[int, int], ...]
    said: str
    said_at: tuple[int, int]
    passed: bool

    @property
    def corners(self) -> str:
        """The corners as SVG writes them."""
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True)
class Picture:
    """All there is to draw, and its size."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@lru_cache(maxsize=512)  # the same questions come again and again
def in_lines(text: str, width: int) -> tuple[str, ...]:
    """The text in lines that fit into a box so wide; a word that is wider than the box is parted."""
    room = width - 2 * INSET
    broken = (tuple(wrap(text, letters)) for letters in range(MOST_LETTERS, 0, -1))
    return next(lines for lines in broken if all(fonts.width(line, WORDS) <= room for line in lines))


class Drawing(Flowable):  # type: ignore[misc]  # ReportLab is not typed
    """A picture as wide as the page allows; a Figure of forms.paper.tables tells in words what it shows."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self.picture = picture

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """As large as a page takes, but never larger than life; a little smaller where it then fits on this page."""
        self.scale = min(availWidth / self.picture.width, MOST_HIGH / self.picture.height, 1)
        left_over = availHeight / self.picture.height
        if LEAST_OF_FULL * self.scale < left_over < self.scale:
            self.scale = left_over
        self.width, self.height = self.picture.width * self.scale, self.picture.height * self.scale
        return self.width, self.height

    def draw(self) -> None:
        """Draw it, counting downwards from its top as the picture does."""
        self.canv.translate(0, self.height)
        self.canv.scale(self.scale, -self.scale)
        for arrow in self.picture.arrows:
            self._arrow(arrow)
        for box in self.picture.boxes:
            self._box(box)

    def _arrow(self, arrow: Arrow) -> None:
        colour = TAKEN if arrow.passed else FAINT
        self._pen(colour, 3 if arrow.passed else 1)
        self.canv.setFillColor(colour)
        self.canv.lines([(*start, *end) for start, end in pairwise(arrow.points)])
        (before_x, before_y), (x, y) = arrow.points[-2:]
        along_x, along_y = _sign(x - before_x), _sign(y - before_y)
        tip = self.canv.beginPath()
        tip.moveTo(x, y)
        for side in (1, -1):
            tip.lineTo(
                x - TIP * along_x + side * TIP / 2 * along_y, y - TIP * along_y + side * TIP / 2 * along_x
            )
        tip.close()
        self.canv.drawPath(tip, stroke=0, fill=1)
        self._words(arrow.said, *arrow.said_at, SMALL_WORDS, bold=arrow.passed)

    def _box(self, box: Box) -> None:
        self._pen(TAKEN if box.passed else FAINT, 3 if box.passed else 1)
        self.canv.setFillColor(PALE if box.passed else HexColor("#ffffff"))
        round = box.height / 2 if box.is_outcome else 2
        self.canv.roundRect(box.left, box.top, box.width, box.height, round, fill=1)
        for foot, line in box.lines:
            if box.is_outcome:
                width = fonts.width(line, WORDS, fonts.BOLD)
                self._words(line, box.left + (box.width - width) / 2, foot, WORDS, bold=True)
            else:
                self._words(line, box.left + INSET, foot, WORDS)

    def _pen(self, colour: Any, width: float) -> None:
        self.canv.setStrokeColor(colour)
        self.canv.setLineWidth(width)

    def _words(self, text: str, x: float, y: float, size: float, bold: bool = False) -> None:
        self.canv.saveState()
        self.canv.translate(x, y)
        self.canv.scale(1, -1)  # the picture counts downwards, the page upwards
        self.canv.setFillColor(INK)
        self.canv.setFont(fonts.BOLD if bold else fonts.BODY, size)
        self.canv.drawString(0, 0, text)
        self.canv.restoreState()


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)
