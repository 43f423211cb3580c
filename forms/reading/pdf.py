"""A PDF as a layout: the boxes of a fillable form, and the text of each page by where it stands."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

from forms import FORMS
from forms.names import STAMP_FIELD, stamp_in

from .layout import Layout, Line, Numbering, Table, Tagged
from .limits import Refused
from .pdf_fields import MAX_PAGES, Box, Marks, marks, unlocked
from .pdf_pages import Page, blocks
from .pdf_pieces import Piece, pieces_and_rules

if TYPE_CHECKING:
    from . import pdf_printed

MAX_TEXT_PAGES = 60
_LEFT_EMPTY = "____"
_SIZE = 10.0  # points: of what is written in a box


class _Bytes(io.BytesIO):
    """The bytes of a PDF to be read. Where pypdf asks for their number by way of a buffer, they are not all copied."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._content = content

    def getbuffer(self) -> memoryview:
        return memoryview(self._content)


def read(content: bytes) -> Layout:
    """Return the layout of a PDF; raises Refused when it is locked, too long, damaged or only a picture."""
    found = marks(content)
    if found and any(box.name == STAMP_FIELD for box in found.boxes):
        return _ours(found)
    try:
        if found and (known := _as_it_says(content, found)):
            return known
        document = PdfReader(_Bytes(unlocked(content) if found is None or found.is_locked else content))
        if document.is_encrypted:
            raise Refused("the file is damaged")
        if len(document.pages) > MAX_PAGES:
            raise Refused(f"it has more than {MAX_PAGES} pages")
        layout = _theirs(document, found or Marks())
        return _printed_copy(content, layout, document) or layout
    except LimitReachedError as error:
        raise Refused("it is too large when unpacked") from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("the file is damaged") from error


def _ours(found: Marks) -> Layout:
    """Return the layout of our own fillable form: its pages print only what we printed, so only its boxes count."""
    remarks = _remarks(found, Numbering())
    return _layout(remarks, tuple(_tagged(found.boxes)), found, ())


def _as_it_says(content: bytes, found: Marks) -> Layout | None:
    """Return the layout of a copy that says of itself which form of ours it is, as one that was flattened does.

    To ask its pages takes three times as long.
    """
    stamp = stamp_in(f"{found.subject} {found.keywords}")
    if stamp is None or stamp.kind not in FORMS or not stamp.identifier or found.is_locked:
        return None
    from . import pdf_printed

    return pdf_printed.read(pdf_printed.Copy(content), stamp)


def _printed_copy(content: bytes, layout: Layout, document: PdfReader) -> Layout | None:
    """Return the layout of a printed or flattened copy of our own PDF or Word form, None when it is none."""
    stamps = [stamp for line in layout.lines() if (stamp := stamp_in(line.text)) and stamp.kind in FORMS]
    stamp = max(stamps, key=lambda stamp: len(stamp.identifier), default=None)
    if stamp is None:
        return None
    from . import pdf_printed  # what makes PDFs is loaded once a copy of one comes, which is seldom

    copy = pdf_printed.Copy(content)
    return pdf_printed.read(copy, stamp) or replace(layout, blocks=_of_word_form(copy, document))


def _of_word_form(copy: "pdf_printed.Copy", document: PdfReader) -> tuple[Line | Table, ...]:
    """Return the blocks of our Word form as its pages show them: letters of other scripts and blank lines in place."""
    pages = [
        Page([word.as_piece() for word in copy.words if word.page == number], pieces_and_rules(page)[1])
        for number, page in enumerate(document.pages[:MAX_TEXT_PAGES], start=1)
    ]
    return tuple(blocks(pages, Numbering(), ours=True))


def _theirs(document: PdfReader, found: Marks) -> Layout:
    numbering = Numbering()
    pages = list(_pages(document, found.boxes))
    if not any(page.pieces for page in pages):
        raise Refused("it is a picture of a page (a scan), without text")
    notes = (f"Only the first {MAX_TEXT_PAGES} pages were read as text.",)
    lines = (*blocks(pages, numbering), *_remarks(found, numbering))
    return _layout(lines, (), found, notes if len(document.pages) > MAX_TEXT_PAGES else ())


def _remarks(found: Marks, numbering: Numbering) -> tuple[Line, ...]:
    """Return what somebody wrote onto the pages outside the boxes."""
    return tuple(numbering.line(one.text, f"page {one.page}", aside="remark") for one in found.remarks)


def _layout(
    lines: tuple[Line | Table, ...], tagged: tuple[Tagged, ...], found: Marks, notes: tuple[str, ...]
) -> Layout:
    if found.has_script:
        notes += ("The PDF contains a script, which was not run.",)
    return Layout("pdf", lines, tagged, found.keywords, found.subject, found.title, notes)


def _pages(document: PdfReader, boxes: Iterable[Box]) -> Iterator[Page]:
    """Yield the pages as text and rules; a box without a page stands after the last."""
    for number, page in enumerate(document.pages[:MAX_TEXT_PAGES], start=1):
        pieces, rules = pieces_and_rules(page)
        yield Page([*pieces, *_written(boxes, number, pieces)], rules)
    if nowhere := list(_written(boxes, 0)):
        yield Page(nowhere, [])


def _tagged(boxes: Iterable[Box]) -> Iterator[Tagged]:
    """Yield the answer in each box of our form, once for each name."""
    met: set[str] = set()
    for box in boxes:
        if box.name not in met:
            met.add(box.name)
            yield Tagged(box.name, box.text, f"box {box.name}", "box")


def _written(boxes: Iterable[Box], page: int, printed: Sequence[Piece] = ()) -> Iterator[Piece]:
    """Yield what stands in the boxes of a page of somebody else's form as text in its place.

    It stands level with the label printed before its box; a box left empty beside its label is a line to write on.
    """
    for box in boxes:
        if box.page != page:
            continue
        level = None if box.is_tick else _level(box, printed)
        if level is not None:
            text = " ⏎ ".join(line for line in box.text.split("\n") if line.strip()) or _LEFT_EMPTY
            yield Piece(box.left + 1, level, _SIZE, text, stop=box.right)
            continue
        lines = box.text.split("\n")
        size = 8.0 if box.is_tick else _SIZE
        down = (box.top - box.bottom) / (len(lines) + 1)
        for at, text in enumerate(lines):
            y = box.bottom + 3 if len(lines) == 1 and down < size * 2 else box.top - down * (at + 1)
            if text.strip():
                yield Piece(box.left + 1, y, size, text)


def _level(box: Box, printed: Sequence[Piece]) -> float | None:
    """Return how high the label stands that is printed before a box, or None when there is none beside it."""
    beside = [piece for piece in printed if piece.x < box.left and box.bottom - 2 <= piece.y <= box.top]
    nearest = max(beside, key=lambda piece: (piece.x, piece.y), default=None)
    return nearest.y if nearest and nearest.end < box.left + 2 else None
