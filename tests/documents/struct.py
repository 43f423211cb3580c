"""What a PDF says, by its structure: paragraph by paragraph and cell by cell, as who listens hears it."""

from __future__ import annotations

import re
import subprocess

BLOCK = re.compile(r" *(?:P|H\d|LBody|Lbl|Caption) \(block\)| *(?:LBody|Lbl)\b")


def parts(pdf: bytes) -> list[str]:
    """The words of each block of a tagged PDF, in the order of its structure."""
    asked = ["pdfinfo", "-struct-text", "-"]
    told = subprocess.run(asked, input=pdf, capture_output=True, check=True).stdout.decode()
    found: list[str] = []
    for line in told.splitlines():
        if BLOCK.match(line):
            found.append("")
        elif line.lstrip().startswith('"'):
            found[-1] += line.strip()[1:-1]
    return [one.strip() for one in found if one.strip()]
