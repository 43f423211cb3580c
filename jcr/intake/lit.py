"""Which places of a document its answers came from: lines of a layout and spots on the picture of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

SHORTEST = 3  # fewer letters are found everywhere on a page and prove nothing
ON_PAGE = re.compile(r"page (\d+)")
IN_BOX = re.compile(r"^box (.+)$")


@dataclass(frozen=True)
class Lamp:
    """One answer as it lights up the original: the question's words, the address of its box on the page."""

    name: str
    label: str
    text: str
    where: str
    box: str = ""
    doubtful: bool = False


@dataclass(frozen=True)
class Line:
    """A line as shown; `lamp` is the answer read from it, `anchor` its address if it is the first of them."""

    text: str
    lamp: Lamp | None = None
    anchor: str = ""
    unplaced: bool = False
    heading: bool = False
    bold: bool = False
    bullet: bool = False
    aside: str = ""
    struck: bool = False


@dataclass(frozen=True)
class Cell:
    lines: Sequence[Line]
    span: int = 1


@dataclass(frozen=True)
class Block:
    """A line of its own, or a table of rows of cells."""

    line: Line | None = None
    rows: Sequence[Sequence[Cell]] = ()


@dataclass(frozen=True)
class Spot:
    """A place on the picture of a page, in points from its upper left corner."""

    lamp: Lamp
    anchor: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Picture:
    number: int
    width: float
    height: float
    spots: Sequence[Spot]


@dataclass
class Lighting:
    """The answers and loose pieces of one document, and the addresses given away so far.

    `lit` are the names of the answers whose place was found, for the links that lead there.
    """

    lamps: Sequence[Lamp] = ()
    unplaced: Sequence[str] = ()
    lit: set[str] = field(default_factory=set)
    loose: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.loose = {folded(line) for piece in self.unplaced for line in piece.split("\n")} - {""}

    def anchor(self, lamp: Lamp | None) -> str:
        """The address of an answer's place, given to the first of its places only."""
        if lamp is None or lamp.name in self.lit:
            return ""
        self.lit.add(lamp.name)
        return f"from-{lamp.name}"


def folded(text: str) -> str:
    """Text as it is compared: white space does not count, nor does case."""
    return " ".join(text.split()).casefold()


def blocks_of(blocks: Sequence[Mapping[str, Any]], lighting: Lighting) -> list[Block]:
    """The layout of a document with its answers lit."""
    return [_block(block, lighting) for block in blocks]


def _block(block: Mapping[str, Any], lighting: Lighting) -> Block:
    if "rows" not in block:
        return Block(line=_line(block, lighting))
    return Block(rows=[[_cell(cell, lighting) for cell in row] for row in block["rows"]])


def _cell(cell: Mapping[str, Any], lighting: Lighting) -> Cell:
    return Cell([_line(line, lighting) for line in cell["lines"]], int(cell.get("span") or 1))


def _line(line: Mapping[str, Any], lighting: Lighting) -> Line:
    text = str(line["text"])
    lamp = next((one for one in lighting.lamps if _lights(one, text, str(line["where"]))), None)
    return Line(
        text=text,
        lamp=lamp,
        anchor=lighting.anchor(lamp),
        unplaced=lamp is None and folded(text) in lighting.loose,
        heading=bool(line.get("heading")),
        bold=bool(line.get("bold")),
        bullet=bool(line.get("bullet")),
        aside=str(line.get("aside") or ""),
        struck=folded(text) in {folded(part) for part in line.get("struck") or ()},
    )


def _lights(lamp: Lamp, text: str, where: str) -> bool:
    """Whether this line is where an answer was read: it stands there and shares its words."""
    here, said = folded(text), folded(lamp.text)
    if not here or not said:
        return False
    if where == lamp.where:
        return said in here or here in said or "☒" in text
    pieces = _pieces(lamp.text)
    in_its_table = where.startswith(f"{lamp.where}, row ")
    return len(pieces) > 1 and here in pieces and (in_its_table or len(here) >= SHORTEST)


@lru_cache(maxsize=512)  # every line of a document is held against every answer
def _pieces(text: str) -> frozenset[str]:
    """The lines of an answer and, where it was read from rows, the cells of each."""
    return frozenset(folded(piece) for line in text.split("\n") for piece in (line, *line.split(" | ")))


def pictures_of(pages: Sequence[Mapping[str, Any]], lighting: Lighting) -> list[Picture]:
    """The pages of a PDF with the spots where its answers stand."""
    return [
        Picture(number, page["width"], page["height"], list(_spots(page, number, lighting)))
        for number, page in enumerate(pages, 1)
    ]


def _spots(page: Mapping[str, Any], number: int, lighting: Lighting) -> Iterator[Spot]:
    for kind, lights in (("boxes", _lights_box), ("lines", _lights_words)):
        for words, *place in page[kind]:
            lamp = next((one for one in lighting.lamps if lights(one, words, number)), None)
            if lamp:
                yield Spot(lamp, lighting.anchor(lamp), *place)


def _lights_box(lamp: Lamp, box: str, number: int) -> bool:
    """Whether an answer was read from this box, or from a box of its group or rows."""
    return bool(IN_BOX.fullmatch(lamp.where)) and box.split("__")[0] == lamp.name


def _lights_words(lamp: Lamp, words: str, number: int) -> bool:
    page = ON_PAGE.match(lamp.where)
    here, said = folded(words), folded(lamp.text)
    if page is None or int(page[1]) != number or len(here) < SHORTEST or not said:
        return False
    return here in said or (len(said) >= SHORTEST and said in here)
