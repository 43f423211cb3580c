"""What is seen on the pages of a PDF: pieces of lines with their places, and whether a spot bears ink.

PDFium draws what the page shows, forms within forms included, which a flattened copy of a fillable form consists of.
"""

import ctypes
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL.Image import Image

from forms.paper import fonts
from forms.pdf_boxes import LEADING, PADDING
from forms.pdf_widgets import FONT_SIZE

from . import glyphs
from .pdf_pieces import Piece

MOST_PAGES = 60
_NARROWER = 0.5  # than the box: who writes less than this before a space ended the line by hand
_GAP = 9.0  # points between two pieces of one line
_LAM = "\N{ARABIC LETTER LAM}"  # the first of two letters that are drawn as one
_SPACE = 1.2  # points: the least between two words
_LEVEL = 3.0
_SCALE = 3  # of the picture in which ink is looked for
_DARK, _INKED = 140, 0.04
_INSET = 0.25  # of a tick box, so that its frame is not taken for ink


@dataclass(frozen=True)
class Word:
    """A piece of a line, its page and its edges in points.

    `drawing` is the number of the page's picture it stands in, as each box of a flattened form is one; 0 for none.
    `runs_on` when a space was written behind it: whoever filled in the box did not end the line there.
    `base` is how high the line stands it is written on, `size` how large its letters are set.
    """

    text: str
    page: int
    left: float
    low: float
    right: float
    top: float
    drawing: int = 0
    runs_on: bool = False
    base: float = 0.0
    size: float = 0.0

    @property
    def middle(self) -> float:
        return (self.low + self.top) / 2

    @property
    def width(self) -> float:
        return self.right - self.left

    def as_piece(self) -> Piece:
        """Return the word as a piece of the page, to be read by its lines and cells."""
        return Piece(self.left, self.base, self.size, self.text, self.runs_on, stop=self.right)


class Copy:
    """A PDF as a person sees it."""

    def __init__(self, content: bytes) -> None:
        self.document = pdfium.PdfDocument(content)
        self.words = tuple(
            word
            for number in range(min(len(self.document), MOST_PAGES))
            for word in _words(self.document[number], number + 1)
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

    def keeps_spaces(self, boxes: Sequence[tuple[Sequence[Word], float]]) -> bool:
        """Say whether lines that boxes of these words and widths broke mostly end with the space they broke at."""
        full = [
            line.runs_on
            for words, width in boxes
            for line, following in pairwise(_lines(words))
            if not _fits(line, following, width)
        ]
        return 2 * sum(full) > len(full)

    def written(self, words: Sequence[Word], width: float, keeps_spaces: bool) -> str:
        """Return the words in a box of this width as they were typed: only breaks the box did not make are kept."""
        text, before = "", None
        lines = list(_lines(words))
        keeps_spaces = keeps_spaces or any(line.runs_on for line in lines[:-1])
        for line in lines:
            apart = round((before.middle - line.middle) / LEADING) if before else 0
            join = _unbroken(before, line, width, keeps_spaces) if before and apart <= 1 else None
            text += ("\n" * max(apart, 1 if before else 0) if join is None else join) + line.text
            before = line
        return text


def _unbroken(line: Word, following: Word, width: float, keeps_spaces: bool) -> str | None:
    """Return what the box made into a break: a space where the next line's first word did not fit on this one.

    A word longer than the box was cut where no further letter fitted. None where somebody broke the line.
    """
    if " " not in line.text and not _fits(line, following, width, following.text[0]):
        return ""
    if keeps_spaces:
        return " " if line.runs_on and not _fits(line, following, width * _NARROWER) else None
    return None if _fits(line, following, width) else " "


def _fits(line: Word, following: Word, width: float, letters: str = "") -> bool:
    """Say whether the first letters of the following line, by default its first word, had room on this one.

    They are as broad, beside the rest of their line, as in the house typeface.
    """
    fonts.register()
    first = letters or f" {following.text.split(' ', 1)[0]}"
    whole = fonts.width(following.text, FONT_SIZE)
    broad = following.width * fonts.width(first, FONT_SIZE) / whole if whole else following.width
    return line.width + broad <= width - 2 * PADDING


def _lines(words: Sequence[Word]) -> Iterator[Word]:
    """Yield each line of some words from the top, its pieces as they are read."""
    waiting = sorted(words, key=lambda word: -word.middle)
    while waiting:
        row = [word for word in waiting if waiting[0].middle - word.middle <= _LEVEL]
        waiting = waiting[len(row) :]
        runs_on = row[-1].runs_on
        row.sort(key=lambda word: word.left)
        text = " ".join(word.text for word in row)
        yield Word(text, row[0].page, row[0].left, row[0].low, row[-1].right, row[0].top, runs_on=runs_on)


def _words(page: pdfium.PdfPage, number: int) -> Iterator[Word]:
    """Yield the pieces of lines of a page in the order they are drawn."""
    word: Word | None = None
    for letter in _letters(page, number):
        if letter.text.isspace():
            if word and letter.text != "\n":
                word = replace(word, text=word.text + letter.text)
        elif word and _goes_on(word, letter):
            word = _joined(word, letter)
        else:
            if word:
                yield _finished(word)
            word = letter
    if word:
        yield _finished(word)


def _letters(page: pdfium.PdfPage, number: int) -> Iterator[Word]:
    """Yield what is written on a page letter by letter, each line from the left, a space that was written as \\xa0."""
    text, drawings = page.get_textpage(), _drawings(page)
    letters = list[Word]()
    for place in range(text.count_chars()):
        if 0xDC00 <= (code := raw.FPDFText_GetUnicode(text, place)) < 0xE000:
            continue  # the second half of the letter before
        letter = text.get_text_range(place, 2 if 0xD800 <= code < 0xDC00 else 1) or " "
        if letter.isspace():
            letter = "\n" if letter in "\r\n" else " " if raw.FPDFText_IsGenerated(text, place) else "\xa0"
        drawing = drawings.get(_address(raw.FPDFText_GetTextObject(text, place)), 0) if drawings else 0
        left, low, right, top = text.get_charbox(place, loose=True)
        base, size = _set(text, place)
        letters.append(Word(letter, number, left, low, right, top, drawing, base=base, size=size))
    return chain.from_iterable(map(_from_the_left, _rows(letters)))


def _set(text: pdfium.PdfTextPage, place: int) -> tuple[float, float]:
    """Return how high the line stands that a letter is written on, and how large it is set."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, place, matrix)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, place, x, y)
    return y.value, raw.FPDFText_GetFontSize(text, place) * abs(matrix.d)


def _rows(letters: Iterable[Word]) -> Iterator[list[Word]]:
    """Yield letters that are drawn one after the other on a line."""
    row = list[Word]()
    for letter in letters:
        level = row and row[0].drawing == letter.drawing and abs(row[0].middle - letter.middle) <= _LEVEL
        if row and not level and letter.width:
            yield row
            row = []
        row.append(letter)
    yield row


def _from_the_left(row: list[Word]) -> list[Word]:
    """Return the letters of a line from left to right where they are told in another order, without what PDFium added.

    It puts words into the order they are read in, and some programs draw the letters of another script last.
    Letters drawn as one, and a mark with its letter, stay together. Brackets open to the left of what they hold.
    """
    from_the_right = fonts.RIGHT_TO_LEFT.search("".join(letter.text for letter in row))
    backwards = any(letter.left < before.left - _LEVEL for before, letter in pairwise(row) if letter.width)
    if not from_the_right and not backwards:
        return row
    drawn = list[Word]()
    for letter in row:
        if letter.text.isspace() and not letter.width:
            continue
        if drawn and (letter.left == drawn[-1].left or unicodedata.combining(letter.text)):
            together = drawn[-1].text + letter.text
            turned = from_the_right and not together.endswith(_LAM)
            drawn[-1] = replace(drawn[-1], text=together[::-1] if turned else together)
        else:
            drawn.append(letter)
    drawn.sort(key=lambda letter: letter.left)
    brackets = [at for at, letter in enumerate(drawn) if letter.text in ("(", ")")] if from_the_right else []
    for count, at in enumerate(brackets):
        drawn[at] = replace(drawn[at], text=")" if count % 2 else "(")
    spaces = (
        replace(letter, text=" ", left=before.right)
        for before, letter in pairwise(drawn)
        if letter.left - before.right > _SPACE and not (before.text.isspace() or letter.text.isspace())
    )
    return sorted([*drawn, *spaces], key=lambda letter: letter.left)


def _drawings(page: pdfium.PdfPage) -> Mapping[int, int]:
    """Return where the text on a page lies in memory -> the number of the picture that holds it."""
    held = [one for one in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]) if one.container]
    numbers: dict[int, int] = {}
    return {
        _address(one.raw): numbers.setdefault(_address(one.container.raw), len(numbers) + 1) for one in held
    }


def _address(thing: Any) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0


def _goes_on(word: Word, letter: Word) -> bool:
    """Say whether a letter stands next to a word."""
    if abs(letter.middle - word.middle) > _LEVEL or letter.drawing != word.drawing:
        return False
    return unicodedata.combining(letter.text[0]) > 0 or -_LEVEL <= letter.left - word.right <= _GAP


def _joined(word: Word, letter: Word) -> Word:
    top, low = max(word.top, letter.top), min(word.low, letter.low)
    left, right = min(word.left, letter.left), max(word.right, letter.right)
    text = word.text + letter.text
    return replace(word, text=text, left=left, low=low, right=right, top=top)


def _finished(word: Word) -> Word:
    text = glyphs.plain(fonts.as_read(word.text.replace("\xa0", " ")).strip())
    return replace(word, text=text, runs_on=word.text.endswith("\xa0"))
