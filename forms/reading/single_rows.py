"""One row of a table by itself: label beside answer, several of both, cells with their own labels, a criterion."""

import re
from collections.abc import Sequence
from dataclasses import replace

from .attributes import ATTRIBUTE_OF
from .glyphs import EMPTY, TICKED
from .headed_tables import ALSO_AGENCIES, LONGEST_OWN, PLAINLY
from .labels import ends_as_label, plain
from .layout import Cell, Row
from .one_by_one import OneByOne
from .pairs import Pair
from .placeholders import without_leaders
from .prompts import GOES_ON, GUIDANCE, INLINE
from .values import YES_NO
from .waiting import says_relation

_CRITERION = re.compile(r"^\s*\(?([a-z]|[ivx]{1,4}|\d)[).]\s+\S")
CRITERION_LENGTH = 30
_MAY_HOLD_LABELS = ("_contact", "_details", "_address", "_name", "_telephone", "_email")
_TWICE = 4  # cells: two labels, each with its answer
_YES = re.compile(r"\W*(?:y|yes)\W*", re.I)
_ONLY_NUMBER = re.compile(
    r"\s*(?:(?:q(?:uestion)?|part|section)\s*)?\(?(?:[a-z]?\d{1,2}(?:\.\d{1,2})*[a-z]?|[a-z])[.):]*\s*", re.I
)
WITH_HEAD = 3  # cells of a row that has a heading before its label and answer
_IN_BLOCKS = frozenset({"subject", "perpetrator", "referrer", "author", "lead", "next_of_kin"})
_FEWEST_BESIDE = 2  # cells that may answer one label


def _asks_by_itself(cell: Cell) -> bool:
    """Say whether a cell that means nothing to us still holds a short label with its answer."""
    match = INLINE.match(cell.text)
    return bool(match and without_leaders(match["answer"]) and len(match["label"].split()) <= LONGEST_OWN)


def _boxes_in_turn(row: Row) -> bool:
    """Say whether a row is a label with its boxes twice over: "Looked after" | "☐ Yes ☒ No" | "EHCP" | "☐ Yes ☒ No"."""
    boxes = [cell.text.count(TICKED) + cell.text.count(EMPTY) for cell in row]
    return len(row) == _TWICE and not (boxes[0] or boxes[2]) and min(boxes[1], boxes[3]) > 1


def _as_headed(row: Row) -> Row:
    """Return a row with what stands in it alone as the heading it is beside its number."""
    if len(row) > 1:
        return row
    return tuple(replace(cell, lines=tuple(line._replace(bold=True) for line in cell.lines)) for cell in row)


class SingleRows(OneByOne):
    """Takes the rows of tables that have to be read one by one."""

    each_its_own = False  # whether the cells of the row above held label and answer each

    def _without_gap(self, row: Row) -> Row:
        """Return a row without the empty cell under the heading of the rows above, before its label and answer."""
        gap = len(row) >= WITH_HEAD and not row[0].text.strip() and not row[0].continues
        known = self.known(row[1].text) if gap else None
        return row[1:] if known is not None and known.score >= PLAINLY else row

    def _without_numbers(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return rows without a first column that only numbers them, each number beside several rows."""
        first = [row[0] for row in rows if row]
        tall = any(cell.continues for cell in first) and all(len(row) > 1 for row in rows)
        numbered = [cell for cell in first if cell.text.strip()]
        if not tall or not numbered or not all(_ONLY_NUMBER.fullmatch(cell.text) for cell in numbered):
            return rows
        self.made.headings += [line for cell in numbered for line in cell.lines]
        return [_as_headed(row[1:]) if row[0] in numbered else row[1:] for row in rows]

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
        strange = [
            cell
            for cell in filled
            if cell not in own
            and not self._is_bare_label(cell)
            and not (self.each_its_own and cell.text.rstrip().endswith(":"))
        ]
        if strange and not all(map(_asks_by_itself, strange)):
            return False
        alike = self.each_its_own and INLINE.match(filled[0].text) is not None
        if len(own) == 1 and len(filled) > 1 and filled[0] not in own and len(row) == 2 and not alike:
            asked = self.known(filled[0].text)
            each = asked is None and _asks_by_itself(filled[0])
            if not each and (asked is None or len(asked.names) > 1 or asked.name.endswith(_MAY_HOLD_LABELS)):
                return False
            if asked and asked.name in GOES_ON and self._is_item_of_list(filled[1].lines[0].text):
                return False
        for cell in filled:
            self.close()
            for line in cell.lines:
                self.line(line, in_table=True)
        self.close()
        self.each_its_own = len(filled) > 1
        return True

    def _is_item_of_list(self, text: str) -> bool:
        """Say whether a line in a cell is an item of a list, as "GP" may be, and no label with its answer."""
        inline = INLINE.match(text)
        known = self.known(inline["label"]) if inline else None
        return inline is None or (known is not None and known.name in ALSO_AGENCIES)

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

    def _labels_in_turn(self, row: Row) -> None:
        """Take a row of labels with their answers beside them."""
        self.close()
        groups = self._groups(row)
        people = self._people_of(groups)
        for (label, answers), person in zip(groups, people, strict=True):
            self.person = person or self.person
            self._cells(label, self._without_yes(label, answers), "beside")
        if any(people):
            self.person = people[0]

    def _people_of(self, groups: Sequence[tuple[Cell, tuple[Cell, ...]]]) -> Sequence[str]:
        """Return of whom two labels side by side ask, "Telephone" twice over, as the labels above them said."""
        asked = [self.known(label.text) for label, _ in groups]
        named = [match.person if match and match.explicit else "" for match in asked]
        if len(groups) == _FEWEST_BESIDE and len(set(named) & _IN_BLOCKS) == _FEWEST_BESIDE:
            self.blocks = named
        elif len(groups) == _FEWEST_BESIDE and self.blocks and not any(named):
            return self.blocks
        return [""] * len(groups)

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
