"""Minutes of thirty pages against WeasyPrint's PDF/UA-1 output of the same content, each in a process of its own."""

from __future__ import annotations

import html
import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader

from jcr.documents import minutes
from jcr.documents.parts import Action
from tests.bench.mail.run import most_resident
from tests.bench.table import ms, show
from tests.documents.samples.words import BODY, CONTACT, MARKING, REFERENCE

ROOT = Path(__file__).parents[2]
PEER = ROOT / ".venv/peer/bin/python"
ROUNDS, ITEMS = 3, 46
AT_LEAST = 8  # times as fast as the peer: what is promised
SAID = "The health visitor called twice and nobody answered the door, and no agency brought what it knew together. "


def bench() -> None:
    """Raises RuntimeError when either fails; how fast they are is shown, not judged."""
    rows = [
        ("ours", *_cells(ours := _run([sys.executable, "-m", "tests.bench.long_minutes"], ""))),
        (
            "WeasyPrint",
            *_cells(theirs := _run([str(PEER), str(Path(__file__).with_name("weasy.py"))], page())),
        ),
    ]
    faster = min(theirs["ms"]) / min(ours["ms"])
    note = f"Processor time. Ours is {faster:.1f} times as fast; {AT_LEAST} are promised."
    show(
        "Minutes of thirty pages, tagged (PDF/UA-1)",
        ("maker", "pages", "KB", "best ms", "peak MB"),
        rows,
        note,
    )


def _run(command: list[str], given: str) -> dict[str, list[float]]:
    said = subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True)
    if said.returncode:
        raise RuntimeError(f"{command[-1]} failed: {said.stderr.strip()[-1000:]}")
    found: dict[str, list[float]] = json.loads(said.stdout.splitlines()[-1])
    return found


def _cells(found: dict[str, list[float]]) -> tuple[str, ...]:
    pages, size, peak = found["made"]
    return f"{pages:.0f}", f"{size / 1024:.0f}", ms(min(found["ms"])), f"{peak:.0f}"


def times_of(act: Callable[[], object]) -> list[float]:
    """Milliseconds of processor time of each round, after one to warm up."""
    act()
    found = []
    for _ in range(ROUNDS):
        began = time.process_time()
        act()
        found.append((time.process_time() - began) * 1000)
    return found


def sheet() -> minutes.Minutes:
    """Every item with what was said, decided, why, and an action."""
    items = tuple(
        minutes.Item(
            str(number), f"Item number {number}", SAID * 10, "To ask again", SAID * 2, "Probation would have waited",
            (Action(f"A{number}", "Check every open care package", "Head of Service", "11 January 2027"),),
        )
        for number in range(1, ITEMS + 1)
    )  # fmt: skip
    return minutes.Minutes(
        BODY, MARKING, "Business meeting", "Business meeting", "Thursday 3 December 2026", "10:00", "Plough Lane",
        "Morwenna Pugh", REFERENCE, minutes.Attendance(), "Quorate: 3 agencies are present.", (), items, (),
        "Strictly confidential.", contact_lines=CONTACT,
    )  # fmt: skip


def page() -> str:
    """The same content as a page of HTML in the same sizes, for the peer."""
    said = html.escape
    parts = [f"<h1>{said(sheet().title)}</h1><p>{said(sheet().quorum)}</p><h2>Items</h2>"]
    for item in sheet().items:
        told = {"Decision": item.decision, "Rationale": item.rationale, "Dissent": item.dissent}
        parts.append(f"<h3>{item.number}. {said(item.title)}</h3><p>{said(item.summary)}</p>")
        parts += [f"<p><strong>{name}</strong> {said(words)}</p>" for name, words in told.items()]
        parts += [f"<p><strong>Actions</strong> {one.id}</p>" for one in item.actions]
    rows = "".join(
        f"<tr><th scope=row>{one.id}</th><td>{said(one.action)}</td><td>{said(one.owner)}</td><td>{one.due}</td></tr>"
        for item in sheet().items
        for one in item.actions
    )
    heads = "".join(f"<th scope=col>{head}</th>" for head in ("No.", "Action", "Owner", "Due"))
    parts.append(f"<h2>Actions</h2><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>")
    style = (
        "@page {size: A4; margin: 22mm; @bottom-right {content: 'Page ' counter(page) ' of ' counter(pages)}}"
        "body {font: 11pt/15pt sans-serif} td, th {border: .5pt solid; padding: 3pt; text-align: left}"
    )
    return f"<html lang=en-GB><title>Minutes</title><style>{style}</style>{''.join(parts)}</html>"


def main() -> None:
    made = minutes.render(sheet())
    taken = times_of(lambda: minutes.render(sheet()))
    peak = most_resident("self")
    print(json.dumps({"ms": taken, "made": [len(PdfReader(io.BytesIO(made)).pages), len(made), peak]}))


if __name__ == "__main__":
    main()
