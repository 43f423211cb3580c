"""Where the words on the page of a PDF end: the pen followed by the widths its fonts give their letters."""

from collections.abc import Mapping, Sequence
from typing import Any

ANEW = {b"BT", b"Td", b"TD", b"Tm", b"T*", b"cm", b"Q"}
_SHOWN = {b"Tj", b"TJ", b"'", b'"'}
_WRONG = (IndexError, TypeError, ValueError, KeyError, AttributeError)
_COMMON = 550.0  # thousandths of its size: the mean width of the letters of Helvetica
_LEAST, _MOST = 0.8, 1.35
_HAIR, _ENOUGH = 50, 8

Widths = Mapping[int, float]


class Pen:
    """Follows the writing of a page; `end` is where the last words ended, None where their font does not tell."""

    def __init__(self, fonts: Mapping[str, Any]) -> None:
        self.fonts = fonts
        self.font: object = None
        self.size = self.spacing = self.word_spacing = self.gone = 0.0
        self.stretch = 1.0
        self.end: float | None = None
        self.known: dict[int, tuple[Widths, int] | None] = {}

    def take(
        self, operator: bytes, operands: Sequence[Any], cm: Sequence[float], tm: Sequence[float]
    ) -> None:
        """Take the next step of the writing; a step that is written wrongly leaves the end unknown."""
        try:
            self._take(operator, operands, cm, tm)
        except _WRONG:
            self.end = None

    def _take(
        self, operator: bytes, operands: Sequence[Any], cm: Sequence[float], tm: Sequence[float]
    ) -> None:
        if operator in ANEW:
            self.gone = 0.0
        elif operator in _SHOWN:
            self._show(operands[-1], cm, tm)
        elif operator == b"Tf":
            font = self.fonts.get(operands[0])
            self.font = font.get_object() if font is not None else None
            self.size = float(operands[1])
        elif operator == b"Tc":
            self.spacing = float(operands[0])
        elif operator == b"Tw":
            self.word_spacing = float(operands[0])
        elif operator == b"Tz":
            self.stretch = float(operands[0]) / 100

    def _show(self, shown: Any, cm: Sequence[float], tm: Sequence[float]) -> None:
        """Move over what is shown: a text, or texts with the steps to go back between them."""
        parts = shown if isinstance(shown, list) else [shown]
        for part in parts:
            if isinstance(part, int | float):
                self.gone -= part / 1000 * self.size * self.stretch
                continue
            width = self._width(part)
            if width is None:
                self.end = None
                return
            self.gone += width
        self.end = (tm[4] + self.gone * tm[0]) * cm[0] + tm[5] * cm[2] + cm[4]

    def _width(self, text: object) -> float | None:
        """Return how far the pen moves over a text, in its own space; None when the font does not tell."""
        known = self._widths(self.font)
        if not isinstance(text, bytes) or known is None:
            return None
        each, size = known
        codes = (
            text if size == 1 else [high << 8 | low for high, low in zip(text[::2], text[1::2], strict=False)]
        )
        wide = sum(each.get(code, each[-1]) for code in codes) / 1000 * self.size
        spaces = text.count(b" ") * self.word_spacing if size == 1 and self.word_spacing else 0.0
        return (wide + len(codes) * self.spacing + spaces) * self.stretch

    @property
    def measures(self) -> bool:
        """Whether the font in use tells how wide its letters are."""
        return self._widths(self.font) is not None

    def breadth(self, font: object) -> float:
        """Return how broad the letters of a font are, beside those of a common typeface."""
        given = self._widths(font)
        known = [width for code, width in given[0].items() if code >= 0 and width > _HAIR] if given else []
        return min(max(sum(known) / len(known) / _COMMON, _LEAST), _MOST) if len(known) > _ENOUGH else 1.0

    def _widths(self, font: object) -> tuple[Widths, int] | None:
        if id(font) not in self.known:
            try:
                self.known[id(font)] = widths(font)
            except _WRONG:
                self.known[id(font)] = None
        return self.known[id(font)]


def widths(font: object) -> tuple[Widths, int] | None:
    """Return the width of each code of a font, under -1 that of all others, and how many bytes make a code."""
    if not isinstance(font, Mapping):
        return None
    if font.get("/Subtype") == "/Type0":
        return _of_two_bytes(font)
    if "/Widths" not in font or font.get("/Subtype") == "/Type3":
        return None
    first = int(font.get("/FirstChar", 0))
    return {-1: 0.0} | {first + at: float(width) for at, width in enumerate(font["/Widths"])}, 1


def _of_two_bytes(font: Mapping[str, Any]) -> tuple[Widths, int] | None:
    if font.get("/Encoding") != "/Identity-H":
        return None
    below = font["/DescendantFonts"][0].get_object()
    found: dict[int, float] = {-1: float(below.get("/DW", 1000))}
    given = list(below.get("/W", ()))
    while len(given) > 1:
        first, then = int(given[0]), given[1].get_object() if hasattr(given[1], "get_object") else given[1]
        if isinstance(then, list):
            found |= {first + at: float(width) for at, width in enumerate(then)}
            del given[:2]
        else:
            found |= dict.fromkeys(range(first, min(int(then), first + 65535) + 1), float(given[2]))
            del given[:3]
    return found, 2
