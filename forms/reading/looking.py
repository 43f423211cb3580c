"""A document as a person is shown it: its lines and tables as the reader saw them, or one page as a picture."""

import io
import json
from typing import Any

from .formats import sort_of
from .layout import Line, Table
from .pictures import pages_of, picture
from .reader import layout_of


def look(task: str, content: bytes) -> bytes:
    """The layout of a document as JSON for the task `layout`, a page of a PDF as PNG for `page 3`."""
    if task == "layout":
        return json.dumps(laid_out(content)).encode()
    return drawn(content, int(task.removeprefix("page ")))


def laid_out(content: bytes) -> dict[str, Any]:
    """The blocks of a document as plain values; of a PDF its pages too, with the place of each line and box."""
    layout = layout_of(content)
    pages = list(pages_of(content)) if sort_of(content) == "pdf" else []
    return {"medium": layout.medium, "blocks": [_plain(block) for block in layout.blocks], "pages": pages}


def _plain(block: Line | Table) -> dict[str, Any]:
    if isinstance(block, Line):
        return block._asdict()
    rows = [
        [
            {"lines": [line._asdict() for line in cell.lines], "continues": cell.continues, "span": cell.span}
            for cell in row
        ]
        for row in block.rows
    ]
    return {"number": block.number, "rows": rows}


def drawn(content: bytes, number: int) -> bytes:
    """One page of a PDF, counted from one, as a PNG picture."""
    with io.BytesIO() as png:
        picture(content, number).save(png, "PNG")
        return png.getvalue()
