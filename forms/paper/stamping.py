"""What a pack draws over the pages of its parts: the run of page numbers, the marking, and whose copy it is."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Name, Pdf, Rectangle
from reportlab.lib.colors import white

from forms.paper import fonts, style
from forms.paper.canvas import TaggedCanvas
from forms.paper.document import FOOT_LINE, LEFT, SMALL_PRINT, shortened

FAINT = 0.10
LARGEST, PART_OF_DIAGONAL = 44, 0.72
SIDEWAYS = (90, 270)
EDGE, BOX_HEIGHT, BOX_ROOM = 18, 15, 5


@dataclass(frozen=True)
class Sheet:
    """A page to draw over: its size as it is seen, and whether it is ours, with a foot that waits for its number."""

    width: float
    height: float
    ours: bool


@dataclass(frozen=True)
class Stamp:
    """What is drawn on every page."""

    marking: str
    reader: str


def stamp(pdf: Pdf, ours: Iterable[bool], what: Stamp) -> None:
    """Draw over every page, all as decoration that a screen reader passes over."""
    sheets = [_sheet(page, own) for page, own in zip(pdf.pages, ours, strict=True)]
    with pikepdf.open(io.BytesIO(_drawn(sheets, what))) as drawn:
        for page, over, sheet in zip(pdf.pages, drawn.pages, sheets, strict=True):
            for entry in ("/StructParents", "/Tabs"):
                if entry in over:
                    del over[entry]
            page.add_overlay(over, None if sheet.ours else _seen(page))


def _sheet(page: pikepdf.Page, ours: bool) -> Sheet:
    left, low, right, high = (float(edge) for edge in page.cropbox)
    width, height = right - left, high - low
    if int(page.obj.get(Name.Rotate, 0)) % 360 in SIDEWAYS:
        width, height = height, width
    return Sheet(max(width, 1), max(height, 1), ours)


def _seen(page: pikepdf.Page) -> Rectangle:
    return Rectangle(*(float(edge) for edge in page.cropbox))


def _drawn(sheets: list[Sheet], what: Stamp) -> bytes:
    file = io.BytesIO()
    canvas = TaggedCanvas(file, pageCompression=1)
    for number, sheet in enumerate(sheets, 1):
        canvas.setPageSize((sheet.width, sheet.height))
        with canvas.block(None):
            _watermark(canvas, sheet, what.reader or what.marking)
            _foot(canvas, sheet, f"Page {number} of {len(sheets)}", what)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


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


def _foot(canvas: Any, sheet: Sheet, number: str, what: Stamp) -> None:
    """Whose copy it is at the left, the page at the right; on a page from elsewhere on white of their own."""
    base = FOOT_LINE - 14 if sheet.ours else EDGE
    right = sheet.width - (LEFT if sheet.ours else EDGE)
    canvas.setFont(fonts.BODY, SMALL_PRINT)
    if not sheet.ours:
        number = f"{what.marking}   {number}"
        _white(canvas, right - fonts.width(number, SMALL_PRINT), base, fonts.width(number, SMALL_PRINT))
    canvas.setFillColor(style.MUTED)
    canvas.drawRightString(right, base, number)
    if what.reader:
        left = LEFT if sheet.ours else EDGE
        copy = shortened(f"Copy for {what.reader}", sheet.width * 0.5)
        below = base - 12 if sheet.ours else base
        if not sheet.ours:
            _white(canvas, left, below, fonts.width(copy, SMALL_PRINT))
        canvas.setFillColor(style.MUTED)
        canvas.drawString(left, below, copy)


def _white(canvas: Any, left: float, base: float, width: float) -> None:
    canvas.setFillColor(white)
    canvas.rect(left - BOX_ROOM, base - BOX_ROOM, width + 2 * BOX_ROOM, BOX_HEIGHT, stroke=0, fill=1)
