"""The tables of a form: label beside answer, heading above answer, boxes, criteria, rows of people and events."""

import re
from collections.abc import Sequence
from itertools import islice, takewhile

from .headed_tables import PLAINLY
from .labels import ends_as_label, plain
from .layout import Cell, Layout, Line, Row, Table
from .meaning import Match, Place
from .names import Names
from .pairs import Pairs
from .people_blocks import with_people_in_blocks
from .placeholders import says_nothing
from .prompts import DETAILS_OF_EVENT, GOES_ON, GUIDANCE, INLINE, NAMES_PEOPLE
from .row_tables import NO_ROWS, columns_of, is_heading_row
from .sections import section_of
from .single_rows import WITH_HEAD, SingleRows
from .waiting import Open, breaks_off, says_relation
from .whose import only_says_whose

_PART = re.compile(r"\W*(?:section|part)\b|\d{1,2}[.)]\s", re.I)
_COLUMN_HEADS = frozenset({
    "question", "questions", "response", "responses", "answer", "answers", "comment", "comments", "item",
    "prompt", "reply", "no", "ref", "number", "details", "information", "information required",
    "information requested", "y n", "yes no", "comments details", "details comments", "details evidence",
    "agency response", "your response", "your answer", "agency comments",
})  # fmt: skip
_GUIDING = frozenset({
    "guidance", "guidance notes", "notes", "instructions", "help", "what to include", "notes for completion",
    "help text",
})  # fmt: skip
_TWO = 2  # cells
_FEWEST_BESIDE = 2  # rows beside one upright heading
_BOX = "text box"
_LONGEST_ABOVE = 8  # words of a heading above a table
_FEWEST_TOLD = 6  # words of an answer in prose


def pair(layout: Layout, names: Names) -> Pairs:
    """Return the pairs of a layout under one kind of form."""
    pairing = _Tables(names)
    for block in layout.blocks:
        pairing.at_edge(_where(block))
        if isinstance(block, Line):
            pairing.line(block)
        else:
            pairing.table(block)
    pairing.release()
    pairing.close()
    return with_people_in_blocks(pairing.made, layout)


def _where(block: Line | Table) -> str:
    """Return where a block stands: in the body, or in a text box beside it."""
    first = (
        block
        if isinstance(block, Line)
        else next((line for row in block.rows for cell in row for line in cell.lines), None)
    )
    return first.where if first else ""


def _is_prose(text: str) -> bool:
    """Say whether a text is somebody's sentence rather than a label."""
    return text.rstrip().endswith(".") and len(text.split()) >= _FEWEST_TOLD


def _guiding(row: Row) -> int:
    """Return which column holds guidance, as the heads in a row say, or 0."""
    heads = [plain(cell.text) for cell in row] if len(row) > _TWO else []
    at = next((at for at, head in enumerate(heads) if at and head in _GUIDING), 0)
    return at if at and {heads[0], heads[-1]} <= _COLUMN_HEADS | _GUIDING else 0


class _Tables(SingleRows):
    """Goes through a whole document; adds the tables to the running text."""

    def __init__(self, names: Names) -> None:
        super().__init__(names)
        self.outside: tuple[str, str, int] | None = (
            None  # section, person and pairs before the text box we are in
        )

    def at_edge(self, where: str) -> None:
        """Leave the office's part where its text box ends: what stands beside the box is no part of it."""
        inside = where == _BOX
        if inside == (self.outside is not None):
            return
        if self.outside is None:
            self.outside = self.section, self.person, len(self.made.pairs)
            return
        self.close()
        if self.section == "office" and len(self.made.pairs) > self.outside[2]:
            self.section, self.person = self.outside[:2]
        self.outside = None

    def table(self, table: Table) -> None:
        """Take a table: its row tables as a whole, the rest row by row."""
        self.release()
        self.put_off, self.parties, self.blocks, self.each_its_own = None, (), (), False
        rows = self._without_guidance(self._without_numbers(table.rows))
        self._heads_incident(self._waits_above(), rows[0])
        self._heads_rows(rows[0])
        self._rows(rows, table.number)
        answered = self._is_answered_in(table)
        if self.open and answered and breaks_off(self.open.answer[-1].text):
            self.open.cut = True
        elif self.open and (answered or (self.open.in_table and not self._goes_on_below())):
            self.close()

    def _waits_above(self) -> Sequence[Line]:
        """Return the unanswered prompt above a table."""
        waits = self.open and not (self.open.in_table or self.open.answer or self.open.head)
        return self.open.label if self.open and waits else ()

    def _heads_rows(self, heads: Row) -> None:
        """Take the last line of an answer for a heading where it says of what the rows right below it tell."""
        last = self.open.answer[-1] if self.open and self.open.answer else None
        if last is None or last.number + 1 != next((line.number for cell in heads for line in cell.lines), 0):
            return
        section = section_of(last.text) if len(last.text.split()) <= _LONGEST_ABOVE else ""
        if not section or last.text.rstrip().endswith((".", ",")) or self.open is None:
            return
        if columns_of([cell.text for cell in heads], section) != NO_ROWS:
            self.open.answer.pop()
            self.close()
            self.made.headings.append(last)
            self.section, self.person = section, ""

    def _without_guidance(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return the rows without a column whose head says that it holds guidance: no answer stands there."""
        guiding = ((first, at, len(row)) for first, row in enumerate(rows) if (at := _guiding(row)))
        first, at, width = next(guiding, (len(rows), 0, 0))
        if not at:
            return rows
        below = rows[first:]
        self.made.headings += [line for row in below if len(row) == width for line in row[at].lines]
        bare = [(*row[:at], *row[at + 1 :]) if len(row) == width else row for row in below]
        return [*rows[:first], *bare]

    def _rows(self, rows: Sequence[Row], number: int) -> None:
        at = 0
        while at < len(rows):
            taken = (
                self._headed_beside(rows, at, number)
                or self._side_by_side(rows, at, number)
                or self._people_in_cells(rows, at)
                or self._people_in_blocks(rows, at)
                or self._relatives_in_columns(rows, at, number)
                or self._ticked_agencies(rows, at, number)
                or self._grid(rows, at)
                or self._involvements(rows, at, number)
                or self._processes(rows, at)
                or self._ticked(rows, at)
                or self._ticked_below(rows, at)
                or self._criteria(rows, at)
                or self._row_table(rows, at, number)
                or self._listed_agencies(rows, at, number)
                or self._told_below(rows, at, number)
                or self._said_of_each(rows, at, number)
                or self._sorts_named(rows, at, number)
            )
            if taken:
                at += taken
                continue
            if not self._one_of_a_list(rows[at], number):
                self._row(rows[at], rows[at + 1] if at + 1 < len(rows) else ())
            at += 1

    def _headed_beside(self, rows: Sequence[Row], at: int, number: int) -> int:
        """Take the rows beside a heading that stands upright at their left; return how many, none without one."""
        if len(rows[at]) < WITH_HEAD:
            return 0
        names_part = bool(section_of(rows[at][0].text))
        below = takewhile(
            lambda row: (row[0].continues or (names_part and len(row) == len(rows[at]))) and not row[0].text,
            islice(rows, at + 1, None),
        )
        beside = [row[1:] for row in (rows[at], *below)] if rows[at][0].text else []
        if any(len(row) < 2 for row in beside):
            return 0
        section = section_of(rows[at][0].text)
        agencies = section == "agencies" and all(map(self._names_a_sort, beside))
        upright = len(beside) >= _FEWEST_BESIDE and (agencies or self._are_asked(beside, section))
        if not upright and not self._heads_its_row(rows[at]):
            return 0
        self.close()
        for line in rows[at][0].lines:
            self.line(line._replace(bold=True), in_table=True)
        self._rows(beside, number)
        return len(beside)

    def _heads_its_row(self, row: Row) -> bool:
        """Say whether a row begins with words that only say whose, before a label and its answer."""
        if len(row) != WITH_HEAD or not only_says_whose(row[0].text) or ends_as_label(row[0].text):
            return False
        known = self.known(row[1].text)
        return known is not None and known.score >= PLAINLY and self.known(row[2].text) is None

    def _are_asked(self, rows: Sequence[Row], section: str) -> bool:
        """Say whether rows begin with labels, as they read in a section, or stand under a heading row of their own."""
        place = Place(section) if section else Place(self.section, self.person)
        asked = sum(
            (section == "family" and says_relation(row[0].text))
            or self.names.match(row[0].text, place) is not None
            for row in rows
        )
        return 2 * asked >= len(rows) or is_heading_row(rows[0], self._means_something)

    def _is_answered_in(self, table: Table) -> bool:
        """Say whether the open prompt, printed above a box, is answered in that box."""
        answered = self.open.answer[-1].number if self.open and self.open.answer else -1
        return any(line.number == answered for row in table.rows[-1:] for cell in row for line in cell.lines)

    def _goes_on_below(self) -> bool:
        """Say whether a prompt that ends a table is answered by the paragraphs under it."""
        return bool(
            self.open and self.open.match and not self.open.answer and self.open.match.name in GOES_ON
        )

    def _row(self, row: Row, below: Row) -> None:
        number = row[0].text.strip(" .")
        row, numbered = self._without_number(self._without_gap(row))
        filled = [cell for cell in row if cell.text.strip() or any(line.prompts for line in cell.lines)]
        if not filled:
            if self.open and self.open.in_table and not self.open.answer:
                self.close()
            return
        alone = len(filled) == 1 and filled[0] is row[0]
        if len(row) == 1 or (alone and numbered) or (len(filled) == 1 and self._stands_alone(row, filled[0])):
            if alone and numbered and self._heads_part(row[0], number, below):
                return
            self._leave_blank(row)
            shown = numbered or self._begins_anew(filled[0], below)
            for line in filled[0].lines:
                self.line(line._replace(bold=True) if shown else line, in_table=True)
            return
        if self._set_in(row, filled) or (
            alone and (self._heads_incident(row[0].lines, below) or self._stacked(row[0], below))
        ):
            return
        if row[0].continues and not row[0].text and self.made.pairs:
            self._more_of_last(row)
            return
        if (
            self._heads_columns(row, filled)
            or self._options(row)
            or self._criterion(row)
            or self._relative(row)
            or self._parties_line_by_line(row)
            or self._parties_under_labels(row)
            or self._told_in_lines(row)
            or self._labels_line_by_line(row)
            or self._each_its_own(row)
            or self._told_how(row)
            or self._pair_before_own(row)
        ):
            return
        self._labels_in_turn(row)

    def _heads_part(self, cell: Cell, number: str, below: Row) -> bool:
        """Take what stands by itself beside its number for a heading, where the next row is numbered under it."""
        if not below or not re.match(rf"{re.escape(number)}\.\d", below[0].text.strip()):
            return False
        self.close()
        self.made.headings += cell.lines
        self.section, self.person = section_of(cell.text), ""
        return True

    def _heads_columns(self, row: Row, filled: Sequence[Cell]) -> bool:
        """Take a row that heads columns, "Question" | "Response"; the first may say whose: "Victim" | "Details"."""
        whose = len(row) == _TWO and only_says_whose(row[0].text)
        heads = filled[1:] if whose else filled
        if not heads or not all(plain(cell.text) in _COLUMN_HEADS for cell in heads):
            return False
        self.close()
        self.made.headings += [line for cell in heads for line in cell.lines]
        for line in row[0].lines if whose else ():
            self.line(line._replace(bold=True), in_table=True)
        return True

    def _relative(self, row: Row) -> bool:
        """Take "Mother" | "Jean Reed" in a part about the family; left blank, it names nobody."""
        if self.section != "family" or len(row) != _TWO or not says_relation(row[0].text):
            return False
        self.close()
        if says_nothing(row[1].text):
            self.made.headings += [line for cell in row for line in cell.lines]
        else:
            told = f"{row[0].text.strip(' :')}: {row[1].text.strip()}"
            lines = [line for cell in row for line in cell.lines]
            self.add("", told, lines, lines[0], "beside", Match(("family_members",), PLAINLY))
        return True

    def _leave_blank(self, row: Row) -> None:
        """Close a prompt for people over another label with nothing beside it: "Children" over "GP" names nobody."""
        asked = self.open.match.name if self.open and self.open.match else ""
        people = asked in NAMES_PEOPLE or asked == "family_members"
        if people and len(row) > 1 and only_says_whose(row[0].text):
            self.close()

    def _heads_incident(self, head: Sequence[Line], below: Row) -> bool:
        """Take "Details of the incident" with nothing beside it, over a label with its answer, for a heading."""
        details = DETAILS_OF_EVENT.fullmatch("\n".join(line.text for line in head))
        if not details or len(below) < 2 or not below[1].text.strip():
            return False
        if not ends_as_label(below[0].text) and not self.known(below[0].text):
            return False
        if self.open and self.open.label is head:
            self.open = None
        self.close()
        self.made.headings += head
        self.section, self.person = "incident", ""
        return True

    def _stacked(self, cell: Cell, below: Row) -> bool:
        """Take a prompt with nothing beside it that prose in the row under it answers, or take that prose."""
        if (
            self.open
            and self.open.in_table
            and self.open.match
            and not self.open.answer
            and _is_prose(cell.text)
        ):
            self.open.answer += cell.lines
            return True
        known = self.known(cell.text)
        alone = bool(below) and not any(other.text.strip() for other in below[1:])
        if known is None or known.name not in GOES_ON or not alone:
            return False
        if not _is_prose(below[0].text) or self.known(below[0].text):
            return False
        self.close()
        self.open = Open(list(cell.lines), known, in_table=True)
        return True

    def _stands_alone(self, row: Row, cell: Cell) -> bool:
        """Say whether the only filled cell of a row holds both label and answer, or is a heading."""
        if any(INLINE.match(line.text) and self.known(line.text.split(":")[0]) for line in cell.lines):
            return True
        if len([line for line in cell.lines if line.text.strip()]) > 1 and cell is row[0]:
            return self.known(cell.lines[0].text) is not None and not GUIDANCE.match(cell.lines[1].text)
        if cell is not row[0] or not section_of(cell.text):
            return False
        if only_says_whose(cell.text) and not ends_as_label(cell.text):
            return True
        shown = len(row) > 2 or all(line.bold for line in cell.lines) or bool(_PART.match(cell.text))
        return shown and not self.known(cell.text)
