"""Filled forms in the layouts that really arrive, all people invented, built into Word files in a few lines."""

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

SAMPLES = Path(__file__).with_name("samples")
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


@dataclass(frozen=True)
class Sample:
    """A filled form as text in the samples' notation, and what must be read from it."""

    name: str
    text: str
    expected: dict[str, Any]

    @property
    def docx(self) -> bytes:
        return word_file(blocks(self.text))


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def cell(text: str) -> str:
    return f"<w:tc>{''.join(paragraph(run(line)) for line in text.split(' ⏎ '))}</w:tc>"


def row(*texts: str) -> str:
    return f"<w:tr>{''.join(cell(text) for text in texts)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def blocks(text: str) -> str:
    """Turn the notation into XML: " | " parts the cells of a row; other lines are paragraphs."""
    made, rows = [], []
    for line in [*text.rstrip("\n").split("\n"), ""]:
        if " | " in f"{line} ":
            rows.append(row(*(part.strip() for part in f" {line} ".split(" | "))))
            continue
        if rows:
            made.append(table(*rows))
            rows = []
        made.append(paragraph(run(line)))
    return "".join(made)


def word_file(body: str, properties: str = "", **parts: str) -> bytes:
    """Return a .docx with this body; `parts` are further parts by name, such as header1."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        if properties:
            archive.writestr("docProps/core.xml", properties)
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:hdr {SPACES}>{inner}</w:hdr>")
    return file.getvalue()


class Build:
    """The builders, handed to tests as one fixture."""

    run, paragraph, cell, row, table, blocks, word_file = map(
        staticmethod, (run, paragraph, cell, row, table, blocks, word_file)
    )


@pytest.fixture
def build() -> type[Build]:
    return Build


def sample(name: str) -> Sample:
    expected = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return Sample(name, (SAMPLES / f"{name}.txt").read_text(encoding="utf-8"), expected)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `filled` once for each sample."""
    if "filled" in metafunc.fixturenames:
        names = sorted(path.stem for path in SAMPLES.glob("*.txt"))
        metafunc.parametrize("filled", [sample(name) for name in names], ids=names)
