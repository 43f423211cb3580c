"""What the pages of a PDF say, by PDFium, which tells it ten times as fast as pypdf."""

from __future__ import annotations

import pypdfium2


def pages_of(content: bytes) -> list[str]:
    """The text of each page, line by line as it is seen."""
    pages = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in pages]
