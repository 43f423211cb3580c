"""The boxes of a fillable PDF: text, choice and tick boxes, and how they stand beside their labels."""

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.lib.utils import simpleSplit
from reportlab.platypus import Flowable

from forms.names import flat
from forms.paper import fonts, style
from forms.paper.text import Text, plain
from forms.pdf_widgets import FONT_SIZE, SEVERAL_LINES, SHUT, choice_field, text_field, tick_field

LEADING = 12.0
PADDING = 4
LINE_HEIGHT = 20
TICK_SIZE = 13
GAP = 10
NO_CHOICE = " "


def wrapped(text: str, width: float) -> list[str]:
    """The lines into which an answer falls in a box of this width; a word longer than a line is cut.

    A line broken between two words keeps the space: so a printed copy tells the break from one that was typed.
    """
    return [line for part in text.split("\n") for line in _broken(part, width - 2 * PADDING)]


def _broken(part: str, room: float) -> Iterator[str]:
    fonts.register()
    words = part.split(" ")
    *lines, last = simpleSplit(" ".join(_cut(words, room)), fonts.BODY, FONT_SIZE, room) or [""]
    yield from (f"{line} " if " " in line or line in words else line for line in lines)
    yield last


def _cut(words: list[str], room: float) -> Iterator[str]:
    """Yield the words, one that is longer than a line in pieces of a line each and what is left."""
    for word in words:
        begun, taken = 0, 0.0
        for place, letter in enumerate(word) if len(word) * FONT_SIZE > room else ():
            taken += (wide := fonts.width(letter, FONT_SIZE))
            if taken > room and place > begun:
                yield word[begun:place]
                begun, taken = place, wide
        yield word[begun:]


class Box(Flowable):
    """A box to write in; `spoken` is what a screen reader says of it."""

    def __init__(self, name: str, spoken: str) -> None:
        super().__init__()
        self.name = flat(name)
        self.spoken = spoken
        self.width = 0.0
        self.height: float = LINE_HEIGHT

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """All the width there is, and the height of the box."""
        self.width = availWidth
        return self.width, self.height

    def looks(self, width: float) -> Any:
        """What decides how the box looks, set to this width, whatever is filled in afterwards."""
        return type(self).__name__, self.name, self.spoken


class TextBox(Box):
    """A box for one line, or for several with a least height; it grows with what is filled in before it is sent."""

    def __init__(self, name: str, spoken: str, value: str = "", lines: int = 1, fixed: bool = False) -> None:
        super().__init__(name, spoken)
        self.value, self.lines, self.fixed = fonts.printable(value), lines, fixed

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """All the width there is; room for the lines asked for or filled in, a page at most."""
        self.width = availWidth
        lines = max(self.lines, len(wrapped(self.value, availWidth)))
        self.height = min(LINE_HEIGHT + (lines - 1) * LEADING, style.TEXT_HEIGHT - 60)
        return self.width, self.height

    def looks(self, width: float) -> Any:
        """A box that grows looks as high as it is."""
        return *super().looks(width), self.fixed, self.wrap(width, 0)[1]

    def draw(self) -> None:
        """Draw the field, empty: what is filled in is written afterwards."""
        flags = (SEVERAL_LINES if self.height > LINE_HEIGHT else 0) | (SHUT if self.fixed else 0)
        text_field(self.canv, self.name, self.spoken, (self.width, self.height), flags)


class ChoiceBox(Box):
    """A list that opens, of the wordings of the options; the first is empty."""

    def __init__(self, name: str, spoken: str, options: Sequence[str]) -> None:
        super().__init__(name, spoken)
        self.options = options

    def looks(self, width: float) -> Any:
        """The options are part of the box."""
        return *super().looks(width), *self.options

    def draw(self) -> None:
        """Draw the field with nothing chosen."""
        size = (self.width, self.height)
        choice_field(self.canv, self.name, self.spoken, size, [NO_CHOICE, *self.options])


class TickBox(Box):
    """A box to tick, with its wording to the right."""

    def __init__(self, name: str, spoken: str, text: str) -> None:
        super().__init__(name, spoken)
        self.wording, self.text = text, Text(plain(text), style.CELL)

    def looks(self, width: float) -> Any:
        """The wording stands beside the box."""
        return *super().looks(width), self.wording

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """The height of the wording, or of the box where that is more."""
        self.width = availWidth
        _, height = self.text.wrap(availWidth - TICK_SIZE - 7, availHeight)
        self.height = max(height, TICK_SIZE) + 4
        return self.width, self.height

    def draw(self) -> None:
        """Draw the box, empty, then its wording."""
        top = self.height - TICK_SIZE - 1
        tick_field(self.canv, self.name, self.spoken, TICK_SIZE, top)
        self.text.drawOn(self.canv, TICK_SIZE + 7, self.height - self.text.height - 1)


class Beside(Flowable):
    """Columns side by side, each read to its end before the next; shares are of the width.

    They begin at the same height, or with `level` end at the same: labels of one and two lines then
    have their boxes in one line.
    """

    def __init__(
        self, columns: Sequence[tuple[float, list[Flowable]]], after: float = 7, level: bool = False
    ) -> None:
        super().__init__()
        self.columns, self.level = columns, level
        self.spaceAfter = after

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """All the width there is, and the height of the highest column."""
        self.width = availWidth
        self.heights = [
            sum(piece.wrap(width, availHeight)[1] for piece in column)
            for width, (_, column) in zip(self.widths(), self.columns, strict=True)
        ]
        self.height = max(self.heights)
        return self.width, self.height

    def widths(self) -> list[float]:
        """The width of each column, a gap between them."""
        room = self.width - GAP * (len(self.columns) - 1)
        return [share * room for share, _ in self.columns]

    def draw(self) -> None:
        """Draw column after column."""
        x = 0.0
        for width, height, (_, column) in zip(self.widths(), self.heights, self.columns, strict=True):
            y = height if self.level else self.height
            for piece in column:
                y -= piece.height
                piece.drawOn(self.canv, x, y)
            x += width + GAP
