"""The tables of a form: label beside answer, heading above answer, boxes, criteria, rows of people and events."""

import re
from collections.abc import Sequence
from itertools import islice, takewhile

from .agency_tables import AgencyTables
from .attributes import ATTRIBUTE_OF
from .glyphs import EMPTY, TICKED
from .headed_tables import LONGEST_OWN, PLAINLY
from .labels import ends_as_label, plain
from .layout import Cell, Layout, Line, Row, Table
from .names import Names
from .pairs import Pair, Pairs
from .placeholders import without_leaders
from .prompts import GOES_ON, GUIDANCE, INLINE, LISTS
from .row_tables import is_heading_row
from .sections import section_of
from .values import YES_NO
from .waiting import Open, breaks_off, says_relation
from .whose import only_says_whose

_PART = re.compile(r"\W*(?:section|part)\b|\d{1,2}[.)]\s", re.I)
_COLUMN_HEADS = frozenset({
    "question", "questions", "response", "responses", "answer", "answers", "comment", "comments", "item",
    "prompt", "reply", "no", "ref", "number", "details", "information", "information required",
    "information requested", "y n", "yes no", "comments details", "details comments", "details evidence",
    "agency response", "your response", "your answer", "agency comments",
})  # fmt: skip
_CRITERION = re.compile(r"^\s*\(?([a-z]|[ivx]{1,4}|\d)[).]\s+\S")
CRITERION_LENGTH = 30
_MAY_HOLD_LABELS = ("_contact", "_details", "_address", "_name", "_telephone", "_email")
_FEWEST_BESIDE = 2  # rows beside one upright heading
_TWICE = 4  # cells: two labels, each with its answer
_WITH_HEAD = 3  # cells of a row that has a heading before its label and answer
_BOX = "text box"
_YES = re.compile(r"\W*(?:y|yes)\W*", re.I)
_FEWEST_TOLD = 6  # words of an answer in prose
_DETAILS = re.compile(
    r"[\W\d]*(?:details of|about) (?:the )?(?:\w+ )?(?:incident|event|circumstances)\W*", re.I
)
_ONLY_NUMBER = re.compile(
    r"\s*(?:(?:q(?:uestion)?|part|section)\s*)?\(?(?:[a-z]?\d{1,2}(?:\.\d{1,2})*[a-z]?|[a-z])[.):]*\s*", re.I
)


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
    return pairing.made


def _where(block: Line | Table) -> str:
    """Return where a block stands: in the body, or in a text box beside it."""
    first = (
        block
        if isinstance(block, Line)
        else next((line for row in block.rows for cell in row for line in cell.lines), None)
    )
    return first.where if first else ""


def _asks_by_itself(cell: Cell) -> bool:
    """Say whether a cell that means nothing to us still holds a short label with its answer."""
    match = INLINE.match(cell.text)
    return bool(match and without_leaders(match["answer"]) and len(match["label"].split()) <= LONGEST_OWN)


def _is_prose(text: str) -> bool:
    """Say whether a text is somebody's sentence rather than a label."""
    return text.rstrip().endswith(".") and len(text.split()) >= _FEWEST_TOLD


def _boxes_in_turn(row: Row) -> bool:
    """Say whether a row is a label with its boxes twice over: "Looked after" | "☐ Yes ☒ No" | "EHCP" | "☐ Yes ☒ No"."""
    boxes = [cell.text.count(TICKED) + cell.text.count(EMPTY) for cell in row]
    return len(row) == _TWICE and not (boxes[0] or boxes[2]) and min(boxes[1], boxes[3]) > 1


class _Tables(AgencyTables):
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
        self.put_off, self.parties = None, ()
        self._heads_incident(self._waits_above(), table.rows[0])
        self._rows(table.rows, table.number)
        answered = self._is_answered_in(table)
        if self.open and answered and breaks_off(self.open.answer[-1].text):
            self.open.cut = True
        elif self.open and (answered or (self.open.in_table and not self._goes_on_below())):
            self.close()

    def _waits_above(self) -> Sequence[Line]:
        """Return the unanswered prompt above a table."""
        waits = self.open and not (self.open.in_table or self.open.answer or self.open.head)
        return self.open.label if self.open and waits else ()

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
            )
            if taken:
                at += taken
                continue
            self._row(rows[at], rows[at + 1] if at + 1 < len(rows) else ())
            at += 1

    def _headed_beside(self, rows: Sequence[Row], at: int, number: int) -> int:
        """Take the rows beside a heading that stands upright at their left; return how many, none without one."""
        if len(rows[at]) < _WITH_HEAD:
            return 0
        names_part = bool(section_of(rows[at][0].text))
        below = takewhile(
            lambda row: (row[0].continues or (names_part and len(row) == len(rows[at]))) and not row[0].text,
            islice(rows, at + 1, None),
        )
        beside = [row[1:] for row in (rows[at], *below)] if rows[at][0].text else []
        if any(len(row) < 2 for row in beside):
            return 0
        upright = len(beside) >= _FEWEST_BESIDE and self._are_asked(beside)
        if not upright and not self._heads_its_row(rows[at]):
            return 0
        self.close()
        for line in rows[at][0].lines:
            self.line(line._replace(bold=True), in_table=True)
        self._rows(beside, number)
        return len(beside)

    def _heads_its_row(self, row: Row) -> bool:
        """Say whether a row begins with words that only say whose, before a label and its answer."""
        if len(row) != _WITH_HEAD or not only_says_whose(row[0].text) or ends_as_label(row[0].text):
            return False
        known = self.known(row[1].text)
        return known is not None and known.score >= PLAINLY and self.known(row[2].text) is None

    def _are_asked(self, rows: Sequence[Row]) -> bool:
        """Say whether rows begin with labels, or stand under a heading row of their own."""
        asked = sum(self.known(row[0].text) is not None for row in rows)
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
        row, numbered = self._without_number(self._without_gap(row))
        filled = [cell for cell in row if cell.text.strip() or any(line.prompts for line in cell.lines)]
        if not filled:
            if self.open and self.open.in_table and not self.open.answer:
                self.close()
            return
        alone = len(filled) == 1 and filled[0] is row[0]
        if len(row) == 1 or (alone and numbered) or (len(filled) == 1 and self._stands_alone(row, filled[0])):
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
        if all(plain(cell.text) in _COLUMN_HEADS for cell in filled):
            self.close()
            self.made.headings += [line for cell in filled for line in cell.lines]
            return
        if (
            self._options(row)
            or self._criterion(row)
            or self._parties_line_by_line(row)
            or self._parties_under_labels(row)
            or self._told_in_lines(row)
            or self._labels_line_by_line(row)
            or self._each_its_own(row)
            or self._told_how(row)
            or self._pair_before_own(row)
        ):
            return
        self.close()
        for label, answers in self._groups(row):
            self._cells(label, self._without_yes(label, answers), "beside")

    def _heads_incident(self, head: Sequence[Line], below: Row) -> bool:
        """Take "Details of the incident" with nothing beside it, over a label with its answer, for a heading."""
        details = _DETAILS.fullmatch("\n".join(line.text for line in head))
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

    def _without_gap(self, row: Row) -> Row:
        """Return a row without the empty cell under the heading of the rows above, before its label and answer."""
        gap = len(row) >= _WITH_HEAD and not row[0].text.strip() and not row[0].continues
        known = self.known(row[1].text) if gap else None
        return row[1:] if known is not None and known.score >= PLAINLY else row

    def _without_number(self, row: Row) -> tuple[Row, bool]:
        """Return a row without the first cell that only numbers it, and whether there was one."""
        if len(row) < 2 or not _ONLY_NUMBER.fullmatch(row[0].text) or not row[1].text.strip():
            return row, False
        self.made.headings += row[0].lines
        return row[1:], True

    def _told_how(self, row: Row) -> bool:
        """Take a row whose first cell only tells how to answer the prompt above it; the answer stands beside."""
        waiting = self.open is not None and self.open.match is not None and not self.open.answer
        if not waiting or len(row) != 2 or not GUIDANCE.match(row[0].text) or self.known(row[0].text):
            return False
        assert self.open is not None
        self.open.label += row[0].lines
        self.open.answer += row[1].lines
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

    def _more_of_last(self, row: Row) -> None:
        """Add a further row beside a tall label to that label's answer."""
        last = self.made.pairs.pop()
        lines = [line for cell in row for line in cell.lines if line.text.strip()]
        answer = "\n".join([last.answer, *(line.text for line in lines)]).strip("\n")
        numbers = (*last.lines, *(line.number for line in lines))
        self.made.pairs.append(
            Pair(last.label, answer, numbers, last.where, last.how, last.match, last.section, last.marked)
        )

    def _options(self, row: Row) -> bool:
        """Take a row of tick boxes that goes on under an open prompt."""
        if self.open is None or not any(TICKED in cell.text or EMPTY in cell.text for cell in row):
            return False
        if self.known(row[0].text) and TICKED not in row[0].text and EMPTY not in row[0].text:
            return False
        self.open.answer += [line for cell in row for line in cell.lines]
        return True

    def _criterion(self, row: Row) -> bool:
        """Take a printed criterion with room for a narrative beside it; relied on only when that is filled."""
        text = row[0].text
        lettered = _CRITERION.match(text)
        if not lettered or self.section not in ("criteria", "incident") or len(row) < 2:
            return False
        known = self.known(text)
        if len(text) < CRITERION_LENGTH or (known and known.name != "agency_concerns"):
            return False
        self.close()
        lines = [line for cell in row for line in cell.lines]
        answer = "\n".join(cell.text for cell in row[1:]).strip()
        numbers = tuple(line.number for line in lines)
        self.made.criteria.append(Pair(text, answer, numbers, lines[0].where, "beside", known, self.section))
        return True

    def _each_its_own(self, row: Row) -> bool:
        """Take a row whose cells each hold their own label and answer ("Name: ..." | "Born: ...")."""
        filled = [cell for cell in row if cell.text.strip()]
        own = [cell for cell in filled if self._has_own_label(cell)]
        if not own:
            blank = len(filled) > 1 and all(cell.text.rstrip().endswith(":") for cell in filled)
            return blank and self._all_left_blank(filled)
        strange = [cell for cell in filled if cell not in own and not self._is_bare_label(cell)]
        if strange and not all(map(_asks_by_itself, strange)):
            return False
        if len(own) == 1 and len(filled) > 1 and filled[0] not in own and len(row) == 2:
            asked = self.known(filled[0].text)
            if asked is None or len(asked.names) > 1 or asked.name.endswith(_MAY_HOLD_LABELS):
                return False
            if asked.name in LISTS and not INLINE.match(filled[1].lines[0].text):  # "GP" may be one of them
                return False
        for cell in filled:
            self.close()
            for line in cell.lines:
                self.line(line, in_table=True)
        self.close()
        return True

    def _all_left_blank(self, cells: Sequence[Cell]) -> bool:
        """Take labels that stand side by side, each with its colon, and that nobody answered in their cells."""
        if not any(self.known(cell.text) for cell in cells):
            return False
        self.close()
        for cell in cells:
            self._cells(cell, (), "within")
        return True

    def _pair_before_own(self, row: Row) -> bool:
        """Take a row of a label, its answer, and then cells with a label of their own: "Name" | "Jo" | "DOB: ..."."""
        if (
            len(row) < 3
            or not row[1].text.strip()
            or self._has_own_label(row[0])
            or not self.known(row[0].text)
        ):
            return False
        if self.known(row[1].text) or not all(map(self._has_own_label, row[2:])):
            return False
        self.close()
        self._cells(row[0], row[1:2], "beside")
        return self._each_its_own(row[2:])

    def _is_bare_label(self, cell: Cell) -> bool:
        known = self.known(cell.text)
        return known is not None and (cell.text.rstrip().endswith(":") or known.score > PLAINLY)

    def _groups(self, row: Row) -> list[tuple[Cell, tuple[Cell, ...]]]:
        """Split a row into labels with their answer cells: 1+1, 1+1+1+1, or a label and several boxes."""
        ticks = sum(TICKED in cell.text or EMPTY in cell.text for cell in row[1:])
        if _boxes_in_turn(row):
            return [(row[0], (row[1],)), (row[2], (row[3],))]
        if ticks >= 2 and not self.known(row[2].text if len(row) > 2 else ""):
            return [(row[0], tuple(row[1:]))]
        if len(row) % 2 == 0:
            first = self.known(row[0].text) or self.known(f"{row[0].text}:")
            known = [self._reads_as_label(cell) for cell in row[2::2]]
            sure = first is not None and all(cell.text for cell in row[::2])
            if len(row) == 2 or any(known) or sure or not any(cell.text for cell in row[2:]):
                return [(row[at], (row[at + 1],)) for at in range(0, len(row), 2)]
        groups: list[tuple[Cell, list[Cell]]] = [(row[0], [])]
        for cell in row[1:]:
            starts = groups[-1][1] and self.known(cell.text) is not None
            groups.append((cell, [])) if starts else groups[-1][1].append(cell)
        return [(label, tuple(answers)) for label, answers in groups]

    def _without_yes(self, label: Cell, answers: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """Return the answers without a yes in a column of its own, where the next tells what the label asks for."""
        known = self.known(label.text)
        told = len(answers) == _FEWEST_BESIDE and bool(answers[1].text.strip()) and known is not None
        if not told or not _YES.fullmatch(answers[0].text) or known.name in YES_NO:  # type: ignore[union-attr]
            return answers
        self.made.headings += answers[0].lines
        return answers[1:]

    def _reads_as_label(self, cell: Cell) -> bool:
        asks = plain(cell.text) in ATTRIBUTE_OF  # "DOB", also of whom we do not ask it
        return (
            asks or self.known(cell.text) is not None or ends_as_label(cell.text) or says_relation(cell.text)
        )
