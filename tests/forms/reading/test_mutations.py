"""Filled forms changed at random, as people and programs change them: nothing they show is ever lost."""

import random
import re
from collections.abc import Callable

from forms.reading import docx, read
from forms.reading.text import read_text

ROUNDS = 60  # mutations of each sample in each medium
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


def lost(layout, reading) -> set[str]:
    shown = {word for line in layout.lines() for word in words(line.text)}
    kept = " ".join([*(found.text for found in reading.found.values()), *reading.labels, *reading.unplaced])
    return shown - words(kept)


def test_no_word_of_a_changed_form_is_lost(filled, build):
    chance = random.Random(filled.name)
    for _ in range(ROUNDS):
        text = mutated(filled.text, chance)
        content = build.word_file(build.blocks(text))
        assert not lost(docx.read(content), read("form.docx", content)), text
        assert not lost(read_text(text.encode()), read("body.txt", text.encode())), text
        TRIED["documents"] += 2


def test_how_many_changed_forms_were_tried(capsys):
    with capsys.disabled():
        print(f"\n  the law of the reader was tried on {TRIED['documents']} changed forms")
