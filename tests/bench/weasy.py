"""WeasyPrint in an environment of its own: a page of HTML on standard input, PDF/UA-1 made of it, times printed."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from weasyprint import HTML  # type: ignore[import-not-found]

ROUNDS = 3
given = sys.stdin.read()
document = HTML(string=given).render()  # and to warm up
made, taken = b"", []
for _ in range(ROUNDS):
    began = time.process_time()
    made = HTML(string=given).write_pdf(pdf_variant="pdf/ua-1")
    taken.append((time.process_time() - began) * 1000)
most = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
peak = int(most.split()[1]) / 1024  # of this program alone: ru_maxrss counts what started it
print(json.dumps({"ms": taken, "made": [len(document.pages), len(made), peak]}))
