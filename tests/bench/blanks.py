"""How long a blank form takes to make, beside the least that any maker of such a file must do."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

from lxml import etree
from pypdf import PdfReader

from forms import FORMS, Stamp, pdf, word
from tests.bench.papers import on_bare_canvas
from tests.bench.table import Times, ms, show

ROUNDS = 20
WORD_TARGET, PDF_TARGET = 50, 100  # milliseconds


def bench() -> None:
    """Print the times of both media for the forms most often sent out."""
    rows = [row for kind in ("referral", "scoping") for row in (_as_word(kind), _as_pdf(kind))]
    heads = ("blank form", "median ms", "p95 ms", "target ms", "ratio", "beside")
    show(f"Making a blank form ({ROUNDS} times each, processor time)", heads, rows)


def _stamp(kind: str) -> Stamp:
    return Stamp(kind, FORMS[kind].edition, "JCR-2026-0001", "POL", "k7Qx")


def _as_word(kind: str) -> tuple[str, ...]:
    made = word.blank(FORMS[kind], {}, _stamp(kind))
    times = _side_by_side(lambda: word.blank(FORMS[kind], {}, _stamp(kind)), lambda: written_again(made))
    return _row(f"{kind}, Word", WORD_TARGET, "its XML and zip", *times)


def _as_pdf(kind: str) -> tuple[str, ...]:
    pages = PdfReader(io.BytesIO(pdf.blank(FORMS[kind], {}, _stamp(kind)))).pages
    lines = [line for page in pages for line in page.extract_text().splitlines()]
    times = _side_by_side(lambda: pdf.blank(FORMS[kind], {}, _stamp(kind)), lambda: on_bare_canvas(lines))
    return _row(f"{kind}, PDF", PDF_TARGET, "its lines on a bare canvas", *times)


def _row(name: str, target: int, beside: str, ours: Times, floor: Times) -> tuple[str, ...]:
    return name, ms(ours.median), ms(ours.p95), f"< {target}", ours.times(floor), beside


def _side_by_side(ours: Callable[[], object], floor: Callable[[], object]) -> tuple[Times, Times]:
    """Take turns, so that other work on the machine slows both alike."""
    found = Times(), Times()
    for act in (ours, floor) * (ROUNDS + 1):
        began = time.process_time()
        act()
        found[act is floor].each.append((time.process_time() - began) * 1000)
    for times in found:
        del times.each[0]  # the first of each only warms up
    return found


def written_again(made: bytes) -> bytes:
    """The same Word file, its text made into XML and all its parts into a zip anew."""
    paper = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, etree.tostring(etree.fromstring(part)) if name.endswith(".xml") else part)
    return paper.getvalue()


if __name__ == "__main__":
    bench()
