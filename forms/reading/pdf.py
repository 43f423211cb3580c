"""A PDF as a layout: the boxes of a fillable form, and the text of each page by where it stands."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from forms.names import STAMP_FIELD

from .layout import Layout, Numbering, Tagged
from .limits import Refused
from .pdf_fields import Box, Remark, boxes_and_remarks
from .pdf_pages import Page, blocks
from .pdf_pieces import Piece, pieces_and_rules

MAX_PAGES = 500
MAX_TEXT_PAGES = 60


def read(content: bytes) -> Layout:
    """Return the layout of a PDF; raises Refused when it is locked, too long, damaged or only a picture."""
    try:
        document = PdfReader(io.BytesIO(content))
        if document.is_encrypted and not document.decrypt(""):
            raise Refused("it is protected with a password")
        if len(document.pages) > MAX_PAGES:
            raise Refused(f"it has more than {MAX_PAGES} pages")
        return _layout(document, content)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("the file is damaged") from error


def _layout(document: PdfReader, content: bytes) -> Layout:
    boxes, remarks = _marks(document, content)
    numbering = Numbering()
    information: Mapping[str, Any] = document.metadata or {}
    ours = any(box.name == STAMP_FIELD for box in boxes)  # then the pages print only what we printed
    pages = [] if ours else list(_pages(document, boxes))
    if not any(page.pieces for page in pages) and not any(box.text for box in boxes):
        raise Refused(
            "it is a picture of a page (a scan), without text. Ask the sender for a Word (.docx) or PDF version"
        )
    lines = blocks(pages, numbering)
    lines += [numbering.line(one.text, f"page {one.page}", aside="remark") for one in remarks]
    return Layout(
        "pdf",
        tuple(lines),
        tuple(_tagged(boxes)) if ours else (),
        identifier=str(information.get("/Keywords") or ""),
        subject=str(information.get("/Subject") or ""),
        title=str(information.get("/Title") or ""),
        notes=tuple(_notes(document)),
    )


def _pages(document: PdfReader, boxes: Sequence[Box]) -> Iterator[Page]:
    """Yield the pages as text and rules; a box without a page stands after the last."""
    for number, page in enumerate(document.pages[:MAX_TEXT_PAGES], start=1):
        pieces, rules = pieces_and_rules(page)
        yield Page([*pieces, *_written(boxes, number)], rules)
    if nowhere := list(_written(boxes, 0)):
        yield Page(nowhere, [])


def _notes(document: PdfReader) -> Iterator[str]:
    if len(document.pages) > MAX_TEXT_PAGES:
        yield f"Only the first {MAX_TEXT_PAGES} pages were read as text."
    root: Any = document.trailer["/Root"]
    if "/OpenAction" in root or "/JavaScript" in root.get("/Names", {}):
        yield "The PDF contains a script, which was not run."


def _marks(document: PdfReader, content: bytes) -> tuple[list[Box], list[Remark]]:
    """Return the boxes and remarks of a document that has any."""
    root: Any = document.trailer["/Root"]
    if "/AcroForm" in root or any("/Annots" in page for page in document.pages):
        return boxes_and_remarks(content)
    return [], []


def _tagged(boxes: Iterable[Box]) -> Iterator[Tagged]:
    """Yield the answer in each box of our form, once for each name."""
    met: set[str] = set()
    for box in boxes:
        if box.name not in met:
            met.add(box.name)
            yield Tagged(box.name, box.text, f"box {box.name}", "box")


def _written(boxes: Iterable[Box], page: int) -> Iterator[Piece]:
    """Yield what stands in the boxes of a page of somebody else's form as text in its place."""
    for box in boxes:
        lines = box.text.split("\n") if box.page == page else []
        for at, text in enumerate(lines):
            size = 8.0 if box.is_tick else 10.0
            down = (box.top - box.bottom) / (len(lines) + 1)
            y = box.bottom + 3 if len(lines) == 1 and down < size * 2 else box.top - down * (at + 1)
            if text.strip():
                yield Piece(box.left + 1, y, size, text)
