"""The pages of a PDF as pictures, drawn by PDFium, with the place of every line and box on them."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from PIL.Image import Image

MOST_PAGES = 40  # a form is shorter; the rest is read in the downloaded file
WIDTH = 1100  # of a picture in pixels: enough to read small print on a large screen
MOST_PIXELS = 6_000_000
Place = tuple[str, float, float, float, float]  # words or name, then left, top, width and height in points


def picture(content: bytes, number: int) -> Image:
    """Page `number`, counted from one; IndexError when there is none. Scripts and links of the PDF do nothing."""
    document = pdfium.PdfDocument(content)
    if not 1 <= number <= min(len(document), MOST_PAGES):
        raise IndexError(f"no page {number}")
    document.init_forms()
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1), (MOST_PIXELS / max(width * height, 1)) ** 0.5)
    return page.render(scale=scale).to_pil()  # type: ignore[no-any-return]


def pages_of(content: bytes) -> Iterator[dict[str, Any]]:
    """Size of each page in points, the place of each line of text and of each box of a fillable form."""
    document = pdfium.PdfDocument(content)
    boxes = _boxes(content)
    for index in range(min(len(document), MOST_PAGES)):
        page = document[index]
        width, height = page.get_size()
        upright = page.get_rotation() == 0
        lines, fields = (_lines(page), boxes[index]) if upright else ((), ())
        shown = [_from_top(place, page) for place in (*lines, *fields)]
        yield {
            "width": width,
            "height": height,
            "lines": shown[: len(lines)],
            "boxes": shown[len(lines) :],
        }


def _lines(page: pdfium.PdfPage) -> tuple[Place, ...]:
    words = page.get_textpage()
    found = (words.get_rect(number) for number in range(words.count_rects()))
    return tuple((words.get_text_bounded(*edges).strip(), *edges) for edges in found)


def _boxes(content: bytes) -> list[tuple[Place, ...]]:
    """The boxes of each page by their full names."""
    with pikepdf.open(BytesIO(content)) as document:
        return [tuple(_boxes_on(page)) for page in document.pages[:MOST_PAGES]]


def _boxes_on(page: pikepdf.Page) -> Iterator[Place]:
    for box in page.obj.get("/Annots", ()):  # type: ignore[call-overload]
        if isinstance(box, pikepdf.Dictionary) and box.get("/Subtype") == "/Widget" and "/Rect" in box:
            left, bottom, right, top = (float(edge) for edge in box.Rect)  # type: ignore[attr-defined]
            yield _name(box), left, bottom, right, top


def _name(box: pikepdf.Object) -> str:
    """The name of a box; the button of a group carries its parent's."""
    parts: list[str] = []
    while isinstance(box, pikepdf.Dictionary) and len(parts) < 5:
        parts += [str(box.T)] if "/T" in box else []
        box = box.get("/Parent")  # type: ignore[assignment]
    return ".".join(reversed(parts))


def _from_top(place: Place, page: pdfium.PdfPage) -> Place:
    """Edges in the page's own measure as a place on its picture."""
    words, left, bottom, right, top = place
    crop_left, _, _, crop_top = page.get_cropbox()
    return words, left - crop_left, crop_top - top, right - left, top - bottom
