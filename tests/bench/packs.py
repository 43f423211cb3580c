"""The time a pack takes: drawn over, numbered and joined with its tags, in the limited child."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

from PIL import Image
from pypdf import PdfReader

from forms.paper.handed_over import Part
from forms.reading.sandbox import PAPERS, Reader
from tests.bench.table import ms, show, timed
from tests.documents.samples import meetings
from tests.documents.test_pack import accessible, linked

ROUNDS = 5
SCAN = (1240, 1754)  # A4 at 150 dots an inch


def bench() -> None:
    show(
        "Packs, in the limited child",
        ("pack", "pages", "KB", "median ms", "p95 ms", "child at most MB"),
        (_row(name, papers) for name, papers in _packs().items()),
    )


def _packs() -> dict[str, list[bytes]]:
    """Papers of ours, tagged; and as many with scans and prints without tags among them."""
    ours, print_, scan = meetings.plain_minutes(), linked(), _scan(2)
    return {
        "15 of ours": [ours] * 15,
        "40 of ours": [ours] * 40,
        "40 of all sorts": [ours, print_, scan, ours] * 10,
    }


def _scan(pages: int) -> bytes:
    """Pages as a scanner sends them: noisy pictures, and nothing else."""
    file = io.BytesIO()
    first, *others = [Image.effect_noise(SCAN, 24) for _ in range(pages)]
    first.save(file, "PDF", save_all=True, append_images=others, resolution=150, quality=50)
    return file.getvalue()


def _row(name: str, papers: list[bytes]) -> tuple[str, ...]:
    parts = tuple(Part(f"Paper {number}", paper) for number, paper in enumerate(papers, 1))
    pack = replace(accessible(), parts=parts)
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
    assert reader._nest is not None
    said = Path(f"/proc/{reader._nest.process.pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", said)
    return str(int(found[1]) // 1024) if found else "?"
