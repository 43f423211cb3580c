"""A PDF as a layout: the boxes of a fillable form, and the text of each page by where it stands."""

import io
from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from forms.names import STAMP_FIELD

from . import glyphs
from .layout import Layout, Line, Numbering, Tagged
from .limits import Refused
from .pdf_pages import Page, blocks
from .pdf_pieces import pieces_and_rules

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
        return _layout(document)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("the file is damaged") from error


def _layout(document: PdfReader) -> Layout:
    tagged = tuple(_boxes(document))
    numbering = Numbering()
    information: Mapping[str, Any] = document.metadata or {}
    ours = any(one.name == STAMP_FIELD for one in tagged)  # then the pages print only what we printed
    pages = [] if ours else [Page(*pieces_and_rules(page)) for page in document.pages[:MAX_TEXT_PAGES]]
    if not any(page.pieces for page in pages) and not any(one.text for one in tagged):
        raise Refused(
            "it is a picture of a page (a scan), without text. Ask the sender for a Word (.docx) or PDF version"
        )
    return Layout(
        "pdf",
        (*blocks(pages, numbering), *_remarks(document, numbering)),
        tagged,
        identifier=str(information.get("/Keywords") or ""),
        subject=str(information.get("/Subject") or ""),
        title=str(information.get("/Title") or ""),
        notes=tuple(_notes(document)),
    )


def _notes(document: PdfReader) -> Iterator[str]:
    if len(document.pages) > MAX_TEXT_PAGES:
        yield f"Only the first {MAX_TEXT_PAGES} pages were read as text."
    root: Any = document.trailer["/Root"]
    if "/OpenAction" in root or "/JavaScript" in root.get("/Names", {}):
        yield "The PDF contains a script, which was not run."


def _boxes(document: PdfReader) -> Iterator[Tagged]:
    """Yield the answer in each box of a fillable form; a tick box as ☒ or ☐."""
    for name, box in (document.get_fields() or {}).items():
        value = box.get("/V")
        if isinstance(value, list):  # some programs hand back a choice as a list of one
            value = value[0] if value else ""
        if box.get("/FT") == "/Btn":
            text = glyphs.EMPTY if value in (None, "/Off", "") else glyphs.TICKED
        else:
            text = str(value or "")
        text = glyphs.plain(text.replace("\r\n", "\n").replace("\r", "\n"))
        yield Tagged(str(name), text.rstrip() if text.strip() else "", f"box {name}", "box")


def _remarks(document: PdfReader, numbering: Numbering) -> Iterator[Line]:
    """Yield what somebody wrote onto the pages outside the boxes: text boxes and notes of a PDF program."""
    for number, page in enumerate(document.pages, start=1):
        for reference in page.get("/Annots") or ():
            remark = reference.get_object()
            if remark.get("/Subtype") in ("/FreeText", "/Text") and remark.get("/Contents"):
                yield numbering.line(glyphs.plain(str(remark["/Contents"])), f"page {number}", aside="remark")
