"""The time a pack takes: drawn over, numbered and joined with its tags, in the limited child."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

from pypdf import PdfReader

from forms.paper.handed_over import Pack, Part
from forms.reading.sandbox import PAPERS, Reader
from tests.bench.table import ms, show, timed
from tests.documents.samples import meetings
from tests.documents.test_pack import CLEAN

ROUNDS = 5
SIZES = {"15 papers": 15, "40 papers": 40}


def bench() -> None:
    show(
        "Packs, in the limited child",
        ("pack", "pages", "KB", "median ms", "p95 ms", "child at most MB"),
        map(_row, SIZES),
    )


def _row(name: str) -> tuple[str, ...]:
    pack = _of(SIZES[name])
    with Reader(work=PAPERS) as reader:
        made = reader.packed(pack)
        if not made:
            raise RuntimeError(f"the pack of {name} could not be made within the limits of the child")
        took = timed(lambda: reader.packed(pack), ROUNDS)
        most = _most_memory(reader)
    return (
        name,
        str(len(PdfReader(io.BytesIO(made)).pages)),
        str(len(made) // 1024),
        ms(took.median),
        ms(took.p95),
        most,
    )


def _most_memory(reader: Reader) -> str:
    """The most memory the child has held, in MB. Linux only."""
    assert reader._line is not None
    said = Path(f"/proc/{reader._line.child.pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", said)
    return str(int(found[1]) // 1024) if found else "?"


def _of(papers: int) -> Pack:
    paper = meetings.plain_minutes()
    return replace(CLEAN, parts=tuple(Part(f"Paper {number}", paper) for number in range(1, papers + 1)))
