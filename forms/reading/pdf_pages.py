"""The pages of a printed PDF as lines and tables: ruled tables by their lines, others by their columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from .glyphs import broken
from .labels import ends_as_label, has_number
from .layout import Cell, Line, Numbering, Row, Table
from .pdf_grids import Box, Grid, grids
from .pdf_halves import in_reading_order
from .pdf_pieces import Piece, Rule
from .pdf_strips import LEADING, Habit, Strip, edges_of, furniture, joined, key, paragraphs, strips

_PADDING = 10.0  # points between the words of a cell and its two lines, together
_MARGIN = 52.0  # points from the lower edge of the paper, where only page furniture stands
_LONGEST_FOOT = 90  # letters
_TWO = 2  # lines
_EDGE = 4.0  # points within which two columns begin at the same place


@dataclass(frozen=True)
class Page:
    """What stands on a page: pieces of text and ruled lines."""

    pieces: Sequence[Piece]
    rules: Sequence[Rule]


@dataclass
class _Ruled:
    """A ruled table being put together, over several pages if need be."""

    number: int
    places: tuple[float, ...]
    rows: list[Row] = field(default_factory=list)

    def goes_on(self, grid: Grid) -> bool:
        """Say whether a table at the top of the next page has the columns of this one, or of its last rows."""
        within = all(any(abs(one - other) <= _EDGE for other in self.places) for one in grid.places)
        same = len(self.places) == len(grid.places) or len(self.rows[-1]) == len(grid.rows[0])
        return within and same

    def heads(self) -> list[Row]:
        """Return the rows under which the rows below have another shape than those above."""
        above = [(), *self.rows]
        return [row for row, before in zip(self.rows, above, strict=False) if len(row) != len(before)]

    def table(self) -> Table:
        return Table(self.number, tuple(self.rows))


def blocks(pages: Sequence[Page], numbering: Numbering, ours: bool = False) -> list[Line | Table]:
    """Return the lines and tables of all pages in order; page furniture is set aside.

    Of `ours`, made of a Word form, a line left out between two in a cell is a line without words, a box by itself goes
    on with the table of the page before, and a cell whose last line goes on there ends with a space.
    """
    running = furniture([page.pieces for page in pages])
    made: list[Line | _Ruled | Table] = []
    for number, page in enumerate(pages, start=1):
        made += _Reading(numbering, f"page {number}", running, made, ours).page(page)
    return [block.table() if isinstance(block, _Ruled) else block for block in made]


class _Reading:
    """Reads one page after those `before`."""

    def __init__(
        self,
        numbering: Numbering,
        where: str,
        running: set[str],
        before: Sequence[Line | _Ruled | Table],
        ours: bool,
    ) -> None:
        self.numbering, self.where, self.running, self.before = numbering, where, running, before
        self.ours = ours

    def page(self, page: Page) -> list[Line | _Ruled | Table]:
        """Return the blocks of the page from the top; a table that goes on is added to the one before."""
        ruled = grids(page.rules, 1 if self.ours else 2)
        outside = [piece for piece in page.pieces if not any(grid.put(piece) for grid in ruled)]
        ruled = [grid for grid in ruled if any(cell.pieces for row in grid.rows for cell in row)]
        if not ruled and len(lots := in_reading_order(outside)) > 1:
            return [block for lot in lots for block in self.page(Page(lot, ()))]
        lines = list(strips(outside))
        if edges := edges_of(lines):
            lines = list(strips(outside, edges))
        self.habit = Habit.of(lines if len(lines) > 2 else list(strips(page.pieces)))
        self.spaced = self.habit.keeps_space or any(piece.runs_on for piece in page.pieces)
        made: list[Line | _Ruled | Table] = []
        for grid in ruled:
            above = [strip for strip in lines if strip.y > grid.top]
            lines = lines[len(above) :]
            made += self._unruled(above)
            made += self._ruled(grid, made)
        return made + self._unruled(lines)

    def _unruled(self, lines: Sequence[Strip]) -> list[Line | _Ruled | Table]:
        grid = Columns(self.numbering, self.where)
        made: list[Line | _Ruled | Table] = []
        for strip in joined(lines, self.habit):
            aside = "header" if key(strip.text) in self.running else ""
            aside = aside or ("footer" if made and self._at_the_foot(strip, lines) else "")
            if not aside and grid.take(strip):
                continue
            made += grid.table()
            made += [
                self.numbering.line(text, self.where, aside=aside, bold=strip.bold)
                for text in broken(strip.text)
            ]
        return [*made, *grid.table()]

    def _at_the_foot(self, strip: Strip, lines: Sequence[Strip]) -> bool:
        """Say whether a short line stands in the lower margin, well away from the text."""
        above = min((one.y for one in lines if one.y > strip.y), default=0.0)
        return (
            strip.y < _MARGIN
            and above - strip.y > 2 * LEADING * strip.size
            and len(strip.text) < _LONGEST_FOOT
        )

    def _ruled(self, grid: Grid, made: Sequence[Line | _Ruled | Table]) -> list[Line | _Ruled | Table]:
        """Return a ruled table, or only its repeated heading when it goes on from the page before."""
        earlier = self._earlier(made)
        table = earlier if earlier and earlier.goes_on(grid) else None
        if table is None:
            table = _Ruled(self.numbering.table(), grid.places)
            table.rows += self._rows(grid, table)
            return [table]
        rows = self._rows(grid, table)
        repeated: list[Line | _Ruled | Table] = []
        if rows and any(_same(rows[0], head) for head in table.heads()):
            repeated = [line._replace(aside="header") for cell in rows.pop(0) for line in cell.lines]
        if len(rows) > 1 and _was_pushed_over(*rows[:2]):
            rows.pop(0)
        if rows and (_is_lower_part(rows[0]) or _was_pushed_over(table.rows[-1], rows[0])):
            table.rows[-1] = _one_row(table.rows[-1], rows.pop(0))
        table.rows += rows
        return repeated

    def _earlier(self, made: Sequence[Line | _Ruled | Table]) -> _Ruled | None:
        """Return the table with which the page before ended, when nothing but furniture stands between."""
        for block in (*reversed(made), *reversed(self.before)):
            if isinstance(block, _Ruled):
                return block if block in self.before else None
            if isinstance(block, Table) or not block.aside:
                return None
        return None

    def _rows(self, grid: Grid, table: _Ruled) -> list[Row]:
        first = len(table.rows)
        return [
            tuple(
                self._cell(box, f"{self.where}, table {table.number}, row {first + at}, column {column}")
                for column, box in enumerate(row, start=1)
            )
            for at, row in enumerate(grid.rows, start=1)
        ]

    def _cell(self, box: Box, where: str) -> Cell:
        lines = list(strips(box.pieces))
        texts = paragraphs(
            lines,
            Habit(self.spaced, box.right, box.right - box.left - _PADDING, _PADDING / 2),
            self.ours,
        )
        if self.ours and lines and lines[-1].runs_on:
            texts[-1] = (f"{texts[-1][0]} ", texts[-1][1])
        made = tuple(
            self.numbering.line(line, where, bold=bold) for text, bold in texts for line in broken(text)
        )
        return Cell(made, box.continues, box.span)


def _same(one: Row, other: Row) -> bool:
    return len(one) == len(other) and [cell.text for cell in one] == [cell.text for cell in other]


def _is_lower_part(row: Row) -> bool:
    return not row[0].text and any(cell.text for cell in row)


def _was_pushed_over(last: Row, first: Row) -> bool:
    """Say whether the only cell of a row begun at the foot of a page, still empty there, is answered on the next."""
    empty = len(last) == 1 and not last[0].text
    return empty and len(first) == 1 and not ends_as_label(first[0].text) and not has_number(first[0].text)


def _one_row(upper: Row, lower: Row) -> Row:
    """Return a row that the end of a page cut in two, whole again."""
    if len(upper) != len(lower):
        return upper + lower
    return tuple(
        replace(above, lines=(*above.lines, *below.lines)) for above, below in zip(upper, lower, strict=True)
    )


class Columns:
    """A table without rules, growing line by line: a line close below, under the same columns, goes on."""

    def __init__(self, numbering: Numbering, where: str) -> None:
        self.numbering, self.where = numbering, where
        self.rows: list[list[list[Line]]] = []
        self.edges: list[float] = []
        self.last: Strip | None = None

    def take(self, strip: Strip) -> bool:
        """Take a line into the table; False when it belongs to none."""
        places = [self._place(x) for x, _ in strip.columns]
        fits = self.last is not None and None not in places
        goes_on = fits and self.last is not None and self.last.y - strip.y <= LEADING * strip.size
        goes_on = goes_on and not self._begins_row(strip)
        if len(strip.columns) < 2 and not goes_on:
            return False
        if not fits:
            self.edges = [x for x, _ in strip.columns]
            places = list(range(len(self.edges)))
        if not goes_on:
            self.rows.append([[] for _ in self.edges])
        for place, (_, text) in zip(places, strip.columns, strict=True):
            line = self.numbering.line(
                text, f"{self.where}, row {len(self.rows)}, column {(place or 0) + 1}", bold=strip.bold
            )
            self.rows[-1][place or 0].append(line)
        self.last = strip
        return True

    def _begins_row(self, strip: Strip) -> bool:
        """Say whether a line close below begins a row or ends the table: the words above its first had room for it."""
        begin, words = strip.columns[0]
        if self.last is None or self._place(begin) != 0 or words[:1].islower() or len(self.edges) < _TWO:
            return False
        first, above = self.last.columns[0]
        if self._place(first) != 0:  # the rest of an answer, and under it the next prompt
            return not strip.columns[-1][1][:1].islower()
        room = self.edges[1] - self.edges[0] - _PADDING
        return strip.width(f"{above} {words.split(' ')[0]}") < room

    def _place(self, x: float) -> int | None:
        return next((at for at, edge in enumerate(self.edges) if abs(edge - x) <= _EDGE), None)

    def table(self) -> Iterator[Table]:
        """Yield the table that has grown, if any, and begin anew."""
        if self.rows:
            rows = tuple(tuple(Cell((_joined(cell),) if cell else ()) for cell in row) for row in self.rows)
            yield Table(self.numbering.table(), rows)
        self.rows, self.edges, self.last = [], [], None


def _joined(lines: list[Line]) -> Line:
    """Return the lines of one cell as one line: where a line ended was the page's doing, unless it was a box's."""
    text = " ".join(line.text for line in lines)
    return lines[0]._replace(text="\n".join(broken(text)))
