"""What a pack draws over the pages of its parts: the run of page numbers, the marking, and whose copy it is."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Rectangle
from reportlab.lib.colors import white
from reportlab.pdfbase.pdfmetrics import getFont

from forms.paper import fonts, style
from forms.paper.canvas import TaggedCanvas
from forms.paper.document import FOOT_LINE, LEFT, SMALL_PRINT, shortened

FAINT = 0.10
LARGEST, PART_OF_DIAGONAL = 44, 0.72
SIDEWAYS = (90, 270)
EDGE, BOX_HEIGHT, BOX_ROOM, GAP = 18, 15, 5, 10
NUMBERS = "/F1+0"  # as ReportLab calls the typeface it meets first; its ASCII letters are their own codes


@dataclass(frozen=True)
class Sheet:
    """A page to draw over: its size as it is seen, and whether it is ours, with a foot that waits for its number."""

    width: float
    height: float
    ours: bool

    @property
    def left(self) -> float:
        return LEFT if self.ours else EDGE

    @property
    def right(self) -> float:
        return self.width - self.left

    @property
    def base(self) -> float:
        return FOOT_LINE - 14 if self.ours else EDGE


@dataclass(frozen=True)
class Stamp:
    """What is drawn on every page."""

    marking: str
    reader: str


def stamp(pdf: Pdf, ours: Iterable[bool], what: Stamp) -> None:
    """Draw over every page, all as decoration that a screen reader passes over.

    What pages of one size have in common is drawn once; on each goes its number.
    """
    sheets = [_sheet(page, own) for page, own in zip(pdf.pages, ours, strict=True)]
    last = len(sheets)
    drawn = _drawn(pdf, list(dict.fromkeys(sheets)), what, _number(last, last))
    for at, (page, sheet) in enumerate(zip(pdf.pages, sheets, strict=True), 1):
        over = _with_number(pdf, drawn[sheet], sheet, _number(at, last))
        page.add_overlay(over, None if sheet.ours else _seen(page))


def _number(at: int, last: int) -> str:
    return f"Page {at} of {last}"


def _sheet(page: pikepdf.Page, ours: bool) -> Sheet:
    left, low, right, high = (float(edge) for edge in page.cropbox)
    width, height = right - left, high - low
    if int(page.obj.get(Name.Rotate, 0)) % 360 in SIDEWAYS:
        width, height = height, width
    return Sheet(max(width, 1), max(height, 1), ours)


def _seen(page: pikepdf.Page) -> Rectangle:
    return Rectangle(*(float(edge) for edge in page.cropbox))


def _drawn(pdf: Pdf, kinds: list[Sheet], what: Stamp, widest: str) -> dict[Sheet, Any]:
    """All but the number for each kind of sheet, as a drawing that many pages of this PDF may share."""
    file = io.BytesIO()
    canvas = TaggedCanvas(file, pageCompression=1)
    getFont(fonts.BODY).getSubsetInternalName(0, canvas._doc)  # it meets this one first: see NUMBERS
    for sheet in kinds:
        canvas.setPageSize((sheet.width, sheet.height))
        with canvas.block(None):
            _watermark(canvas, sheet, what.reader or what.marking)
            _foot(canvas, sheet, what, fonts.width(widest, SMALL_PRINT))
        canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(file.getvalue())) as drawn:
        forms = [pdf.copy_foreign(page.as_form_xobject()) for page in drawn.pages]
    return dict(zip(kinds, forms, strict=True))


def _with_number(pdf: Pdf, drawn: Any, sheet: Sheet, number: str) -> Any:
    """The drawing with a number at the right of its foot."""
    left = sheet.right - fonts.width(number, SMALL_PRINT)
    colour = " ".join(f"{part:.3f}" for part in style.MUTED.rgb())
    words = f"BT {NUMBERS} {SMALL_PRINT} Tf {colour} rg {left:.2f} {sheet.base:.2f} Td ({number}) Tj ET"
    return pdf.make_stream(
        f"/Drawn Do /Artifact BMC {words} EMC".encode("ascii"),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=drawn.BBox,
        Resources=Dictionary(XObject=Dictionary(Drawn=drawn), Font=drawn.Resources.Font),
    )


def _watermark(canvas: Any, sheet: Sheet, words: str) -> None:
    """The words across the page, faint enough to read through."""
    line = fonts.printable(" ".join(words.split()))
    diagonal = (sheet.width**2 + sheet.height**2) ** 0.5
    size = min(LARGEST, PART_OF_DIAGONAL * diagonal / max(fonts.width(line, 1, fonts.BOLD), 1))
    canvas.saveState()
    canvas.setFillColor(style.ACCENT)
    canvas.setFillAlpha(FAINT)
    canvas.setFont(fonts.BOLD, size)
    canvas.translate(sheet.width / 2, sheet.height / 2)
    canvas.rotate(52 if sheet.height >= sheet.width else 32)
    canvas.drawCentredString(0, -size / 3, line)
    canvas.restoreState()


def _foot(canvas: Any, sheet: Sheet, what: Stamp, number: float) -> None:
    """Whose copy it is at the left, room for the number at the right; on a page from elsewhere on white of their own,
    and with the marking."""
    canvas.setFont(fonts.BODY, SMALL_PRINT)
    if not sheet.ours:
        marking = fonts.printable(what.marking)
        room = fonts.width(marking, SMALL_PRINT) + GAP + number
        _white(canvas, sheet.right - room, sheet.base, room)
        _words(canvas, sheet.right - room, sheet.base, marking)
    if what.reader:
        copy = shortened(f"Copy for {what.reader}", sheet.width * 0.5)
        below = sheet.base - 12 if sheet.ours else sheet.base
        if not sheet.ours:
            _white(canvas, sheet.left, below, fonts.width(copy, SMALL_PRINT))
        _words(canvas, sheet.left, below, copy)


def _words(canvas: Any, left: float, base: float, words: str) -> None:
    canvas.setFillColor(style.MUTED)
    canvas.drawString(left, base, words)


def _white(canvas: Any, left: float, base: float, width: float) -> None:
    canvas.setFillColor(white)
    canvas.rect(left - BOX_ROOM, base - BOX_ROOM, width + 2 * BOX_ROOM, BOX_HEIGHT, stroke=0, fill=1)
