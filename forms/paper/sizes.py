"""The size of a page from elsewhere: corners in the usual order, and the size of A4 where it tells none."""

from typing import Any

from pikepdf import Array

from forms.paper import style

Box = tuple[float, float, float, float]

A4: Box = (0, 0, style.PAGE_WIDTH, style.PAGE_HEIGHT)
LEAST = 3  # points, the least that Acrobat takes for a page


def give_size(page: Any) -> None:
    """Make what is seen of a page a box that can be drawn on; nothing that was seen before is cut."""
    whole = _box(page.obj.get("/MediaBox")) or A4
    seen = _box(page.obj.get("/CropBox"))
    page.obj.MediaBox = Array(whole)
    if "/CropBox" in page.obj:
        del page.obj["/CropBox"]
    shared = _shared(whole, seen) if seen else None
    if shared:
        page.obj.CropBox = Array(shared)


def _box(told: Any) -> Box | None:
    """Left, low, right and high; nothing when that is no box, or too small for a page."""
    try:
        x, y, other_x, other_y = (float(number) for number in told)
    except (TypeError, ValueError):
        return None
    return _large_enough((min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)))


def _shared(one: Box, other: Box) -> Box | None:
    left, low = max(one[0], other[0]), max(one[1], other[1])
    right, high = min(one[2], other[2]), min(one[3], other[3])
    return _large_enough((left, low, right, high))


def _large_enough(box: Box) -> Box | None:
    left, low, right, high = box
    return box if right - left >= LEAST and high - low >= LEAST else None
