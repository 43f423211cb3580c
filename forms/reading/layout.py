"""What a document looks like to the reader: lines, cells, rows and tables in order, each line numbered and placed.

Every later stage speaks of lines by their number, so that what was used can be told from what was not, and the
rest shown to a person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

PRINTED_COPY = "from a printed copy"  # how an answer was found
CHECK_COPY = "This is a printed or flattened copy of our form. Check every answer against the original."


class Line(NamedTuple):
    """One visible line of text and where it stands.

    `prompts` are placeholder texts of empty controls ("Click here"), `struck` is text crossed out, `marked` is
    text picked out: highlighted, ringed, or set unlike the choices beside it. `aside` says why a line is not to be
    read as an answer (header, quoted mail, signature ...); empty for ordinary lines.
    """

    number: int
    text: str
    where: str
    heading: bool = False
    bold: bool = False
    bullet: bool = False
    aside: str = ""
    prompts: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """One cell of a table; `continues` when it is the lower part of a cell merged downwards."""

    lines: tuple[Line, ...]
    continues: bool = False
    span: int = 1

    @cached_property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines).strip()

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(line.number for line in self.lines)


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table as rows of cells; in text `parted_by` is what stands between them."""

    number: int
    rows: tuple[Row, ...]
    parted_by: str = " | "


class Tagged(NamedTuple):
    """An answer the document itself names: a content control, a bookmark or a field of a fillable PDF.

    `doubt` says why there may be more to it than was read.
    """

    name: str
    text: str
    where: str
    how: str
    lines: tuple[int, ...] = ()
    label: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Layout:
    """A whole document: its blocks in reading order, its named answers, and what it says about itself."""

    medium: str
    blocks: tuple[Line | Table, ...] = ()
    tagged: tuple[Tagged, ...] = ()
    identifier: str = ""
    subject: str = ""
    title: str = ""
    notes: tuple[str, ...] = ()

    def lines(self) -> Iterator[Line]:
        """Yield every line of the document, in order, also those inside tables."""
        return iter(self._lines)

    @cached_property
    def _lines(self) -> tuple[Line, ...]:
        lines: list[Line] = []
        for block in self.blocks:
            if isinstance(block, Line):
                lines.append(block)
            else:
                for row in block.rows:
                    for cell in row:
                        lines += cell.lines
        return tuple(lines)


@dataclass
class Numbering:
    """Hands out line numbers while a layout is being built."""

    next_line: int = 0
    next_table: int = 0
    paragraph: int = 0

    def line(self, text: str, where: str, **more: Any) -> Line:
        """Return a new line with the next number."""
        made = Line(self.next_line, text, where, **more)
        self.next_line += 1
        return made

    def table(self) -> int:
        """Return the number of the next table, counted from one as people do."""
        self.next_table += 1
        return self.next_table
