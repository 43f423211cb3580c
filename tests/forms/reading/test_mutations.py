"""Filled forms changed at random, as people and programs change them: nothing they show is ever lost."""

import html
import io
import random
import re
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from forms.reading import read

ROUNDS = 25  # mutations of each sample as Word file and as text
FEWER = 5  # of each sample in the media that take longer to make
TRIED = {"documents": 0}
ADDED = [
    "See attached letter.",
    "n/k",
    "☒ Yes ☐ No",
    "FOR OFFICE USE ONLY",
    "Name:",
    "Tel 01632 960999",
    "• also this",
    "",
]

Lines = list[str]


def _without_a_line(lines: Lines, chance: random.Random) -> None:
    del lines[chance.randrange(len(lines))]


def _twice(lines: Lines, chance: random.Random) -> None:
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))


def _moved(lines: Lines, chance: random.Random) -> None:
    lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))


def _added(lines: Lines, chance: random.Random) -> None:
    lines.insert(chance.randrange(len(lines)), chance.choice(ADDED))


def _cells_joined(lines: Lines, chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    lines[at] = lines[at].replace(" | ", chance.choice([" ", ": ", " ⏎ "]), 1)


def _cut(lines: Lines, chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]


def _misspelt(lines: Lines, chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    place = chance.randrange(len(lines[at]) + 1)
    lines[at] = lines[at][:place] + chance.choice("abc xyz/:?") + lines[at][place:]


CHANGES: list[Callable[[Lines, random.Random], None]] = [
    _without_a_line, _twice, _moved, _added, _cells_joined, _cut, _misspelt,
]  # fmt: skip


def mutated(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    for _ in range(chance.randint(1, 6)):
        if lines:
            chance.choice(CHANGES)(lines, chance)
    return "\n".join(lines) or "blank"


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"[\w@]+", text.casefold()) if word.strip("_")}


def lost(written: str, reading) -> set[str]:
    """Return the words that were written into the document and that the reading mentions nowhere."""
    kept = " ".join([*(found.text for found in reading.found.values()), *reading.labels, *reading.unplaced])
    return words(written) - words(kept)


def test_no_word_of_a_changed_form_is_lost(filled, build):
    chance = random.Random(filled.name)
    for _ in range(ROUNDS):
        text = mutated(filled.text, chance)
        content = build.word_file(build.blocks(text))
        assert not lost(text, read("form.docx", content)), text
        assert not lost(text, read("body.txt", text.encode())), text
        TRIED["documents"] += 2


def _cells(line: str) -> list[str]:
    return [part.strip() for part in f" {line} ".split(" | ")]


def page_of(text: str) -> bytes:
    """Return a form as the HTML of a mail: tables where cells stand side by side, paragraphs elsewhere."""
    made = []
    for line in text.split("\n"):
        cells = [_with_its_first_word_bold(html.escape(cell)).replace("⏎", "<br>") for cell in _cells(line)]
        row = "".join(f"<td>{cell}</td>" for cell in cells)
        made.append(f"<table><tr>{row}</tr></table>" if len(cells) > 1 else f"<p>{cells[0]}</p>")
    return f"<html><body>{''.join(made)}</body></html>".encode()


def _with_its_first_word_bold(words: str) -> str:
    first, space, rest = words.partition(" ")
    return f"<b>{first}</b>{space}{rest}" if first else words


def sheet_of(text: str) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for number, line in enumerate(text.split("\n"), start=1):
        for column, cell in enumerate(_cells(line), start=1):
            book.active.cell(number, column).value = cell.replace(" ⏎ ", "\n") or None
            book.active.cell(number, column).data_type = "s"
    book.save(file)
    return file.getvalue()


def print_of(text: str) -> bytes:
    """Return a form as a PDF of words placed on ruled lines, a column for each cell."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for at, line in enumerate(text.split("\n")):
        if at and at % 50 == 0:
            canvas.showPage()
        cells = _cells(line)
        width = 540 / len(cells)
        for column, cell in enumerate(cells):
            shown = cell.replace(" ⏎ ", " ")
            canvas.setFont("Helvetica", min(5, 5 * (width - 4) / max(stringWidth(shown, "Helvetica", 5), 1)))
            canvas.drawString(30 + column * width, 810 - at % 50 * 15, shown)
    canvas.save()
    return file.getvalue()


MEDIA = {"html": page_of, "xlsx": sheet_of, "pdf": print_of}


@pytest.mark.parametrize("medium", MEDIA)
def test_no_word_of_a_changed_form_is_lost_in_other_media(filled, medium):
    chance = random.Random(f"{filled.name} {medium}")
    for _ in range(FEWER):
        text = mutated(filled.text, chance)
        reading = read(f"form.{medium}", MEDIA[medium](text))
        assert not [problem for problem in reading.problems if "could not be read" in problem]
        assert not lost(text, reading), text
        TRIED["documents"] += 1


def test_how_many_changed_forms_were_tried(capsys):
    with capsys.disabled():
        print(f"\n  the law of the reader was tried on {TRIED['documents']} changed forms")
