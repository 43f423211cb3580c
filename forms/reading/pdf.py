"""A PDF as a layout: the boxes of a fillable form, and the text of each page by where it stands."""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
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
_EDGE = 4.0  # points within which two columns begin at the same place
_LEADING = 1.45  # sizes of a letter between two lines of one cell
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


@dataclass(frozen=True)
class Strip:
    """One line of a page: its height, its letters' size, and its columns as where they begin -> text."""

    y: float
    size: float
    columns: tuple[tuple[float, str], ...]

    @property
    def text(self) -> str:
        return " ".join(text for _, text in self.columns)


def _blocks(pages: list[list[Piece]], numbering: Numbering) -> Iterator[Line | Table]:
    """Yield lines, and runs of lines that stand in columns as tables; page furniture is set aside."""
    furniture = _furniture(pages)
    for number, pieces in enumerate(pages, start=1):
        grid = _Grid(numbering, f"page {number}")
        for strip in _strips(pieces):
            aside = "header" if _key(strip.text) in furniture else ""
            if not aside and grid.take(strip):
                continue
            yield from grid.table()
            yield numbering.line(strip.text, f"page {number}", aside=aside)
        yield from grid.table()


class _Grid:
    """A table growing line by line: a line close below, under the same columns, goes on with their cells."""

    def __init__(self, numbering: Numbering, where: str) -> None:
        self.numbering, self.where = numbering, where
        self.rows: list[list[list[Line]]] = []
        self.edges: list[float] = []
        self.last: Strip | None = None

    def take(self, strip: Strip) -> bool:
        """Take a line into the table; False when it belongs to none."""
        places = [self._place(x) for x, _ in strip.columns]
        fits = self.last is not None and None not in places
        goes_on = fits and self.last is not None and self.last.y - strip.y <= _LEADING * strip.size
        if len(strip.columns) < 2 and not goes_on:
            return False
        if not fits:
            self.edges = [x for x, _ in strip.columns]
            places = list(range(len(self.edges)))
        if not goes_on:
            self.rows.append([[] for _ in self.edges])
        for place, (_, text) in zip(places, strip.columns, strict=True):
            line = self.numbering.line(text, f"{self.where}, row {len(self.rows)}, column {(place or 0) + 1}")
            self.rows[-1][place or 0].append(line)
        self.last = strip
        return True

    def _place(self, x: float) -> int | None:
        return next((at for at, edge in enumerate(self.edges) if abs(edge - x) <= _EDGE), None)

    def table(self) -> Iterator[Table]:
        """Yield the table that has grown, if any, and begin anew."""
        if self.rows:
            rows = tuple(tuple(Cell((_joined(cell),) if cell else ()) for cell in row) for row in self.rows)
            yield Table(self.numbering.table(), rows)
        self.rows, self.edges, self.last = [], [], None


def _joined(lines: list[Line]) -> Line:
    """Return the lines of one cell as one line: where a line ended was the page's doing, not the writer's."""
    return replace(lines[0], text=" ".join(line.text for line in lines))


def _strips(pieces: Iterable[Piece]) -> Iterator[Strip]:
    """Yield each line of a page from the top."""
    waiting = sorted(pieces, key=lambda piece: (-piece.y, piece.x))
    while waiting:
        level, size = waiting[0].y, waiting[0].size
        row = sorted(
            (piece for piece in waiting if abs(piece.y - level) <= _LINE_TOLERANCE), key=lambda piece: piece.x
        )
        waiting = [piece for piece in waiting if abs(piece.y - level) > _LINE_TOLERANCE]
        columns = tuple((x, text) for x, text in _columns(row) if text)
        if columns:
            yield Strip(level, size, columns)


def _columns(row: list[Piece]) -> list[tuple[float, str]]:
    """Part one line into columns where the gap is wider than between words."""
    columns = [(row[0].x, row[0].text.strip())]
    for before, piece in pairwise(row):
        gap = piece.x - before.end
        if gap > _GAP * piece.size:
            columns.append((piece.x, piece.text.strip()))
            continue
        x, text = columns[-1]
        between = " " if gap > 0.1 * piece.size or before.text.endswith(" ") else ""
        columns[-1] = (x, f"{text}{between}{piece.text.strip()}")
    return columns


def _furniture(pages: list[list[Piece]]) -> set[str]:
    """Return the lines that stand on most pages, such as a running title or "Page 3 of 7"."""
    if len(pages) < 2:
        return set()
    counts: Counter[str] = Counter()
    for pieces in pages:
        strips = list(_strips(pieces))
        counts.update({_key(strip.text) for strip in (*strips[:2], *strips[-2:])})
    return {key for key, count in counts.items() if key and count >= max(2, len(pages) * 2 // 3)}


def _key(text: str) -> str:
    return "".join("#" if character.isdigit() else character for character in text.casefold().strip())
