"""Paragraphs, headings and lists that know what they are; words go through `plain` or `linked` first."""

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Paragraph

from forms.paper import style
from forms.paper.breaking import broken
from forms.paper.canvas import TaggedCanvas
from forms.paper.fonts import printable, register, width
from forms.paper.structure import Element, attributes

ADDRESS = re.compile(r"(https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")
DOUBLE_NAME = re.compile(r"(?<!\S)[^\W\d_]{2,}(?:-[^\W\d_]{2,})+(?![^\s.,;:)])")
ROOM_AFTER_HEADING = 40
A_FEW = 4  # lines
_MARKED_UP = re.compile("[<&]")
Looks = Mapping[int, ParagraphStyle]


def plain(text: str) -> str:
    """Words of a person as paragraph markup: nothing in them is obeyed, line breaks are kept."""
    return escape(printable(text), quote=False).replace("\n", "<br/>")


def linked(text: str) -> str:
    """As `plain`, with web and e-mail addresses made into links."""
    pieces = ADDRESS.split(text)
    return "".join(_link(piece) if i % 2 else plain(piece) for i, piece in enumerate(pieces))


def _link(address: str) -> str:
    target = address if address.startswith("http") else f"mailto:{address}"
    quoted = escape(printable(target))
    return f'<a href="{quoted}" color="#14405a"><u>{plain(address)}</u></a>'


def strong(text: str) -> str:
    """Words of a person in bold, as paragraph markup."""
    return f"<b>{plain(text)}</b>"


@lru_cache(maxsize=256)
def _set_in(look: ParagraphStyle) -> Any:
    """A piece of text set in a style, from which others are made without ReportLab's parser of markup."""
    return Paragraph("x", look).frags[0]


def _parted_at_hyphens(piece: Any, room: float) -> str:
    """The words of a piece of text, the double names that are wider than the room with a space after the hyphen.

    ReportLab would break them anywhere. The space falls away where the line ends, which it does there.
    """

    def wide(words: str) -> bool:
        return width(words, piece.fontSize, piece.fontName) > room

    def parted(name: re.Match[str]) -> str:
        first, rest = name[0].split("-", 1)
        return f"{first}- {rest}" if wide(name[0]) and not wide(f"{first}-") else name[0]

    return DOUBLE_NAME.sub(parted, piece.text)


class Text(Paragraph):
    """A paragraph of markup with the structure tag of its style; both halves of a split are one element."""

    _element: Element | None = None
    _wrapped_to: float | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        register()
        super().__init__(*args, **options)

    def _setup(self, text: str, look: ParagraphStyle, bullet: Any, frags: Any, cleaner: Any) -> None:
        """Make words without markup ready ourselves: ReportLab parses them as if they had some."""
        words = cleaner(text) if frags is None else ""
        if words and not _MARKED_UP.search(words):
            frags = [_set_in(look).clone(text=words)]
        super()._setup(text, look, bullet, frags, cleaner)

    @property
    def element(self) -> Element:
        """The structure element of this text."""
        if self._element is None:
            self._element = Element(getattr(self.style, "tag", "P"))
        return self._element

    def room(self) -> float:
        """The points it takes on a page, with those below it."""
        return float(self.wrap(style.TEXT_WIDTH, style.TEXT_HEIGHT)[1] + self.getSpaceAfter())

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """The width there is and the height of the lines: a piece kept together is asked twice.

        ReportLab forgets the lines of one that could not be split where it was asked to.
        """
        if self._wrapped_to != availWidth or not hasattr(self, "blPara"):
            self._wrapped_to = availWidth
            for piece in self.frags:
                if "-" in getattr(piece, "text", ""):  # the rest of a split has lines of words
                    piece.text = _parted_at_hyphens(piece, availWidth)
            super().wrap(availWidth, availHeight)
        return availWidth, self.height

    def breakLines(self, width: Any) -> Any:
        """The lines of this text, each as wide as told."""
        if len(self.frags) == 1 and not self.bulletText:
            rooms = width if isinstance(width, list) else [width]
            found = broken(self.frags[0], rooms, self.style.spaceShrinkage)
            if found is not None:
                self.height = self._splitLongWordCount = self._hyphenations = 0
                self._width_max = rooms[0]
                return found
        return super().breakLines(width)

    def split(self, availWidth: float, availHeight: float) -> list["Text"]:
        """The parts that fit above and below a page break."""
        parts: list[Text] = super().split(availWidth, availHeight)
        for part in parts:
            part._element = self.element
        return parts

    def draw(self) -> None:
        """Draw on a tagged canvas."""
        canvas: TaggedCanvas = self.canv
        level = getattr(self.style, "outline", None)
        if level is not None and not self.element.placed:
            canvas.outline(self.getPlainText(), level, self.height)
        with canvas.content(self.element):
            super().draw()


class ListItem(Text):
    """One item of a list: the bullet or number is its label, the text its body. `nearby` says whether it is the first
    of its list, the second or the last."""

    allowWidows = 0
    nearby: tuple[bool, bool, bool] = (False, False, False)
    _list: Element
    _label: Element

    def split(self, availWidth: float, availHeight: float) -> list["Text"]:
        """The parts that fit above and below a page break; only the first has the label."""
        parts = super().split(availWidth, availHeight)
        for part in parts:
            part._list, part._label = self._list, self._label  # type: ignore[attr-defined]
        return parts

    def draw(self) -> None:
        """Draw label and body on a tagged canvas."""
        with self.canv.content(self.element, label=self._label if self.bulletText else None):
            Paragraph.draw(self)


def listing(items: list[str], look: ParagraphStyle = style.BULLET, numbered: bool = False) -> list[Flowable]:
    """A bulleted or numbered list of markup; below it as much room as below a paragraph."""
    whole = Element("L", properties=attributes("List", ListNumbering="Decimal" if numbered else "Disc"))
    listed = [
        _list_item(text, look, f"{number}." if numbered else "\u2022", whole)
        for number, text in enumerate(items, start=1)
    ]
    for number, item in enumerate(listed):
        item.nearby = (number == 0, number == 1, item is listed[-1])
    if listed and look is style.BULLET:
        listed[-1].spaceAfter = style.TEXT.spaceAfter
    return [*listed]


def stays_with(above: Flowable, below: Flowable) -> bool:
    """Whether no page ends between the two: words that lead to a list and its first item, its first two items and its
    last two. What is longer than a few lines may be parted itself, so that it never stands alone."""
    if (
        not (isinstance(above, Text) and isinstance(below, ListItem))
        or above.room() > A_FEW * above.style.leading
    ):
        return False
    first, second, last = below.nearby
    if isinstance(above, ListItem) and not first:
        return second or last
    return first and above.getPlainText().rstrip().endswith(":")


def _list_item(text: str, look: ParagraphStyle, bullet: str, whole: Element) -> ListItem:
    item = ListItem(text, look, bulletText=bullet)
    element = Element("LI", parent=whole)
    item._list, item._label = whole, Element("Lbl", parent=element)
    item._element = Element("LBody", parent=element)
    return item


def heading(level: int, text: str, looks: Looks = style.HEADINGS) -> list[Flowable]:
    """A heading of level 1 to 4 in plain words, which goes to the next page when nothing fits below it."""
    look = looks[level]
    room = look.spaceBefore + look.leading + ROOM_AFTER_HEADING
    return [CondPageBreak(room), Text(plain(text), look)]


def lines(texts: Any, look: ParagraphStyle = style.TEXT) -> Text:
    """One paragraph of several lines, each linked where it holds an address; its last never begins a page alone."""
    made = Text("<br/>".join(linked(text) for text in texts), look)
    made.allowWidows = 0
    return made


def verbatim(text: str, look: ParagraphStyle = style.TEXT) -> list[Flowable]:
    """Stored text exactly as typed: blank lines part paragraphs, and no marks mean anything."""
    return [lines(block.split("\n"), look) for block in _blocks(text)]


def prose(
    text: str, look: ParagraphStyle = style.TEXT, level: int = 2, headings: Looks = style.HEADINGS
) -> list[Flowable]:
    """Stored text word for word: blank lines part paragraphs, "## " heads a section, "- " starts a bullet.

    A paragraph may mix lines of all three sorts. Headings get the level given, and its look.
    """
    story: list[Flowable] = []
    for block in _blocks(text):
        for (sort, _), run in groupby(enumerate(block.split("\n")), lambda line: _sort(*line)):
            words = [line for _, line in run]
            story += (
                heading(level, words[0][3:].strip(), headings)
                if sort == "head"
                else _words(sort, words, look)
            )
    return story


def _blocks(text: str) -> list[str]:
    return re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip())


def _sort(number: int, line: str) -> tuple[str, int]:
    """The sort of a line, with a number that keeps headings apart from each other."""
    if line.startswith("## ") and line[3:].strip():
        return "head", number
    return ("bullet" if line.startswith("- ") else "text"), 0


def _words(sort: str, run: list[str], look: ParagraphStyle) -> list[Flowable]:
    if sort == "bullet":
        bullet = style.BULLET if look is style.TEXT else style.CELL_BULLET
        return listing([linked(line[2:]) for line in run], bullet)
    return [lines(run, look)] if any(line.strip() for line in run) else []
