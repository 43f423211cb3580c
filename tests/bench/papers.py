"""The time to draw each formal paper, against as many lines put on a bare canvas."""

from __future__ import annotations

import io
from collections.abc import Callable

from pypdf import PdfReader
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.bench.table import Times, ms, show, timed
from tests.documents.samples import letters, meetings, reports

ROUNDS = 20
LINES_A_PAGE = 55
LEADING = 14  # points
PAPERS: dict[str, Callable[[], bytes]] = {
    "letter": letters.plain,
    "agenda": meetings.plain_agenda,
    "minutes": meetings.plain_minutes,
    "recommendation report": reports.plain_report,
}


def bench() -> None:
    rows = [_row(name, draw) for name, draw in PAPERS.items()]
    heads = ("paper", "pages", "lines", "median ms", "p95 ms", "bare canvas ms", "× bare canvas")
    note = (
        "Ours are tagged PDF/UA-1 with their fonts inside; the bare canvas holds untagged lines in Helvetica."
    )
    show("Papers as PDF", heads, rows, note)


def _row(name: str, draw: Callable[[], bytes]) -> tuple[str, ...]:
    pages = PdfReader(io.BytesIO(draw())).pages
    lines = [line for page in pages for line in page.extract_text().splitlines()]
    ours, bare = timed(draw, ROUNDS), timed(lambda: on_bare_canvas(lines), ROUNDS)
    return _cells(name, len(pages), len(lines), ours, bare)


def _cells(name: str, pages: int, lines: int, ours: Times, bare: Times) -> tuple[str, ...]:
    return (
        name, str(pages), str(lines), ms(ours.median), ms(ours.p95), ms(bare.median), ours.times(bare),
    )  # fmt: skip


def on_bare_canvas(lines: list[str]) -> bytes:
    """The lines one under the other, with nothing that a reader or a screen reader would want."""
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=A4)
    for number, line in enumerate(lines):
        if number and number % LINES_A_PAGE == 0:
            canvas.showPage()
        canvas.drawString(50, A4[1] - 50 - LEADING * (number % LINES_A_PAGE), line)
    canvas.save()
    return paper.getvalue()
