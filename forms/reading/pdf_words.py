"""What is seen on the pages of a PDF: pieces of lines with their places, and whether a spot bears ink.

PDFium draws what the page shows, forms within forms included, which a flattened copy of a fillable form consists of.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
from PIL.Image import Image

from forms.paper import fonts
from forms.pdf_boxes import LEADING, PADDING
from forms.pdf_widgets import FONT_SIZE

from . import glyphs

MOST_PAGES = 60
_GAP = 9.0  # points between two pieces of one line
_LEVEL = 3.0
_SCALE = 3  # of the picture in which ink is looked for
_DARK, _INKED = 140, 0.04
_INSET = 0.25  # of a tick box, so that its frame is not taken for ink


@dataclass(frozen=True)
class Word:
    """A piece of a line, its page and its edges in points."""

    text: str
    page: int
    left: float
    low: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        return (self.low + self.top) / 2

    @property
    def width(self) -> float:
        return self.right - self.left


class Copy:
    """A PDF as a person sees it."""

    def __init__(self, content: bytes) -> None:
        self.document = pdfium.PdfDocument(content)
        self.words = tuple(
            word
            for number in range(min(len(self.document), MOST_PAGES))
            for word in _words(self.document[number].get_textpage(), number + 1)
        )
        self.pictures: dict[int, Image] = {}

    def is_inked(self, page: int, left: float, low: float, right: float, top: float) -> bool:
        """Say whether something is drawn inside a tick box with these edges."""
        picture = self._picture(page)
        inset, height = (right - left) * _INSET, picture.height / _SCALE
        edges = (left + inset, height - top + inset, right - inset, height - low - inset)
        seen = picture.crop(tuple(round(edge * _SCALE) for edge in edges))  # type: ignore[arg-type]
        shades = seen.histogram()
        return sum(shades[:_DARK]) > _INKED * max(sum(shades), 1)

    def _picture(self, page: int) -> Image:
        if page not in self.pictures:
            self.pictures = {page: self.document[page - 1].render(scale=_SCALE, grayscale=True).to_pil()}
        return self.pictures[page]

    def written(self, words: Sequence[Word], width: float) -> str:
        """Return the words in a box of this width as they were typed: only breaks the box did not make are kept."""
        text, before = "", None
        for line in _lines(words):
            apart = round((before.middle - line.middle) / LEADING) if before else 0
            join = _unbroken(before.text, line.text, width) if before and apart <= 1 else None
            text += ("\n" * max(apart, 1 if before else 0) if join is None else join) + line.text
            before = line
        return text


def _unbroken(line: str, following: str, width: float) -> str | None:
    """Return what the box made into a break: a space where the next line's first word did not fit on this one.

    A word longer than the box was cut where no further letter fitted. None where somebody broke the line.
    """
    fonts.register()
    room, first = width - 2 * PADDING, following.split(" ", 1)[0]
    if " " not in line and fonts.width(line + following[0], FONT_SIZE) > room:
        return ""
    return " " if fonts.width(f"{line} {first}", FONT_SIZE) > room else None


def _lines(words: Sequence[Word]) -> Iterator[Word]:
    """Yield each line of some words from the top, its pieces as they are read."""
    waiting = sorted(words, key=lambda word: -word.middle)
    while waiting:
        row = [word for word in waiting if waiting[0].middle - word.middle <= _LEVEL]
        waiting = waiting[len(row) :]
        row.sort(key=lambda word: word.left)
        text = " ".join(word.text for word in _as_read(row))
        yield Word(text, row[0].page, row[0].left, row[0].low, row[-1].right, row[0].top)


def _as_read(row: Sequence[Word]) -> list[Word]:
    """Return pieces that stand from left to right in the order they are read: those from the right are turned round."""
    made, turned, between = list[Word](), list[Word](), list[Word]()
    for word in row:
        if fonts.RIGHT_TO_LEFT.match(word.text):
            turned += [*between, word]
            between = []
        elif turned and not any(letter.isalpha() for letter in word.text):
            between.append(word)
        else:
            made += [*reversed(turned), *between, word]
            turned, between = [], []
    return [*made, *reversed(turned), *between]


def _words(page: pdfium.PdfTextPage, number: int) -> Iterator[Word]:
    """Yield the pieces of lines of a page in the order they are drawn."""
    word: Word | None = None
    for place in range(page.count_chars()):
        character = page.get_text_range(place, 1) or " "
        if character.isspace() and word and character not in "\r\n":
            word = replace(word, text=f"{word.text} ")
            continue
        letter = Word(character, number, *page.get_charbox(place, loose=True))
        if word and not character.isspace() and _goes_on(word, letter):
            word = _joined(word, letter)
            continue
        if word:
            yield _finished(word)
        word = None if character.isspace() else letter
    if word:
        yield _finished(word)


def _goes_on(word: Word, letter: Word) -> bool:
    """Say whether a letter stands next to a word: before it, too, where PDFium tells Arabic in the order it is read.

    What follows a space and is read in the other direction is a piece by itself.
    """
    if abs(letter.middle - word.middle) > _LEVEL:
        return False
    if unicodedata.combining(letter.text[0]):
        return True
    from_the_right = fonts.RIGHT_TO_LEFT.search(word.text)
    if from_the_right and letter.left <= word.left + _LEVEL:
        return word.left - letter.right <= _GAP
    if word.text.endswith(" ") and (from_the_right or fonts.RIGHT_TO_LEFT.match(letter.text)):
        return False
    return -_LEVEL <= letter.left - word.right <= _GAP


def _joined(word: Word, letter: Word) -> Word:
    top, low = max(word.top, letter.top), min(word.low, letter.low)
    left, right = min(word.left, letter.left), max(word.right, letter.right)
    return Word(word.text + letter.text, word.page, left, low, right, top)


def _finished(word: Word) -> Word:
    return replace(word, text=glyphs.plain(word.text.strip()))
