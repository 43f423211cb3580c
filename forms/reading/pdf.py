"""A PDF as a layout: the boxes of a fillable form, and the text of each page by where it stands."""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from forms.names import STAMP_FIELD

from . import glyphs
from .layout import Cell, Layout, Line, Numbering, Table, Tagged
from .limits import Refused

MAX_PAGES = 500
MAX_TEXT_PAGES = 60
_LINE_TOLERANCE = 3.0  # points within which two pieces of text stand on one line
_GAP = 1.6  # spaces between two words, in widths of a letter, from which they belong to two columns
_LETTER = 0.5  # the width of a letter, in sizes of its font, where the font does not say


@dataclass(frozen=True)
class Piece:
    """A piece of text on a page: where it begins, how long it is, how large its letters are, in points."""

    x: float
    y: float
    size: float
    text: str

    @property
    def end(self) -> float:
        return self.x + len(self.text) * self.size * _LETTER


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
    pages = [] if ours else [list(_pieces(page)) for page in document.pages[:MAX_TEXT_PAGES]]
    if not any(pages) and not any(one.text for one in tagged):
        raise Refused(
            "it is a picture of a page (a scan), without text. Ask the sender for a Word (.docx) or PDF version"
        )
    return Layout(
        "pdf",
        (*_blocks(pages, numbering), *_remarks(document, numbering)),
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


def _pieces(page: object) -> Iterator[Piece]:
    """Yield the pieces of text of a page, as they are drawn."""
    found: list[Piece] = []

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            scale = abs(tm[3] * cm[3]) or 1.0
            found.append(Piece(x, y, max(size * scale, 1.0), text))

    page.extract_text(visitor_text=visit)  # type: ignore[attr-defined]
    for piece in found:
        for offset, line in enumerate(piece.text.split("\n")):
            if line.strip():
                yield Piece(piece.x, piece.y - offset * piece.size * 1.2, piece.size, glyphs.plain(line))


def _blocks(pages: list[list[Piece]], numbering: Numbering) -> Iterator[Line | Table]:
    """Yield lines, and runs of lines that stand in columns as tables; page furniture is set aside."""
    furniture = _furniture(pages)
    for number, pieces in enumerate(pages, start=1):
        rows: list[tuple[Cell, ...]] = []
        for at, columns in enumerate(_rows(pieces), start=1):
            where = f"page {number}, line {at}"
            whole = " ".join(columns)
            if len(columns) > 1 and _key(whole) not in furniture:
                cells = (
                    Cell((numbering.line(text, f"{where}, column {c}"),)) for c, text in enumerate(columns, 1)
                )
                rows.append(tuple(cells))
                continue
            if rows:
                yield Table(numbering.table(), tuple(rows))
                rows = []
            yield numbering.line(whole, where, aside="header" if _key(whole) in furniture else "")
        if rows:
            yield Table(numbering.table(), tuple(rows))


def _rows(pieces: Iterable[Piece]) -> Iterator[list[str]]:
    """Yield each line of a page from the top, as the texts of its columns."""
    waiting = sorted(pieces, key=lambda piece: (-piece.y, piece.x))
    while waiting:
        level = waiting[0].y
        row = sorted(
            (piece for piece in waiting if abs(piece.y - level) <= _LINE_TOLERANCE), key=lambda piece: piece.x
        )
        waiting = [piece for piece in waiting if abs(piece.y - level) > _LINE_TOLERANCE]
        yield _columns(row)


def _columns(row: list[Piece]) -> list[str]:
    columns = [row[0].text.strip()]
    for before, piece in pairwise(row):
        gap = piece.x - before.end
        if gap > _GAP * piece.size and not before.text.endswith("  "):
            columns.append(piece.text.strip())
        else:
            columns[-1] = (
                f"{columns[-1]} {piece.text.strip()}"
                if gap > 0.1 * piece.size
                else columns[-1] + piece.text.rstrip()
            )
    return [column for column in columns if column]


def _furniture(pages: list[list[Piece]]) -> set[str]:
    """Return the lines that stand on most pages, such as a running title or "Page 3 of 7"."""
    if len(pages) < 2:
        return set()
    counts: Counter[str] = Counter()
    for pieces in pages:
        counts.update({_key(" ".join(columns)) for columns in _rows(pieces)})
    return {key for key, count in counts.items() if key and count >= max(2, len(pages) * 2 // 3)}


def _key(text: str) -> str:
    return "".join("#" if character.isdigit() else character for character in text.casefold().strip())
