"""Tables read as a whole, by their heading row: people, agencies, events, one record, ticks, criteria."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from .bare_words import ABOUT_INCIDENT
from .cutting import valued
from .flow import Flow
from .glyphs import EMPTY, TICKED
from .grids import Asked, account, asked, column_of_criteria_met, columns_of_answers, criteria, said
from .labels import ends_as_label, plain
from .layout import Cell, Row
from .meaning import Match
from .names import ANYBODY
from .naming import PLAINLY, somebody_named
from .pairs import Pair
from .placeholders import is_blank, without_leaders
from .prompts import GUIDANCE, INLINE, TELLS_MORE
from .row_tables import (
    LONGEST_HEAD,
    NO_ROWS,
    column_of,
    columns_of,
    is_heading_row,
    of_subjects,
    row_table,
    with_roles,
)
from .sections import section_of
from .waiting import ticks_criterion
from .whose import only_says_whose, writer

LONGEST_OWN = 12  # words of a label that stands in one cell with its answer
ALSO_AGENCIES = frozenset(
    {"subject_gp", "subject_school", "referrer_agency", "agency_name", "open_to_social_care"}
)
_ONE_EACH = frozenset(
    {"referrer", "author", "requester", "lead", "next_of_kin"}
)  # parts of a form that ask after one person
_OF_ONE = frozenset({"subject", "referrer", "author", "lead"})  # whoever there is only one of on a form
_ROWS_UNDER = {"family_members": "family", "agencies_involved": "agencies", "chronology": "chronology",
               "alleged_perpetrators": "perpetrator"}  # fmt: skip
_FEWEST_CHOICES = 2
_CHOICES = frozenset({"criteria_grounds", "criteria_grounds_text", "harm_types", "review_type_requested"})
_TO_TICK = re.compile(rf"(?:please )?tick(?: (?:if|as|all|one|where|box)\b.{{0,30}})?|{TICKED}|x", re.I)
_TICK = re.compile(rf"[{TICKED}{EMPTY}x√y]?|yes", re.I)
_SAYS_YES_OR_NO = re.compile(r"\W*(?:yes|no)\b\s*[.,;–—-]", re.I)
_YES_NO = re.compile(r"\W*yes\W+no\W*", re.I)  # printed to be answered with: it heads no column
_TWO_PAIRS = 4  # cells
_ACCOUNTS = frozenset({"parallel_processes"})  # told in one answer, though a grid asks of each by itself
_PROCESSES = frozenset({
    "process", "processes", "proceedings", "investigation", "investigations", "type of process", "review", "reviews",
    "type of investigation", "parallel process", "parallel processes", "other processes",
})  # fmt: skip


def _are_choices(row: Row) -> bool:
    """Say whether a row is words with a box each, before or behind them: "Physical" | "" | "Sexual" | "✓"."""
    marks = [bool(_TICK.fullmatch(cell.text.strip())) for cell in row]
    behind, before = ([False, True] * len(row))[: len(row)], ([True, False] * len(row))[: len(row)]
    return (
        bool(row)
        and len(row) % 2 == 0
        and (marks == behind or (marks == before and row[0].text.strip() != ""))
    )


def _boxes_first(row: Row) -> str:
    """Return the choices of a row line by line, each behind its box."""
    texts = [cell.text.strip() for cell in row]
    pairs = [
        sorted(texts[at : at + 2], key=lambda text: not _TICK.fullmatch(text)) for at in range(0, len(row), 2)
    ]
    return "\n".join(f"{TICKED if box.strip(EMPTY) else EMPTY} {words}" for box, words in pairs)


def _one_beside_another(rows: Sequence[Row], at: int) -> tuple[Sequence[Row], int]:
    """Return rows with those of a second set of the same heads put below the first, and how many rows that was; or 0.

    "Agency" | "Contact" | "Agency" | "Contact"
    """
    heads, half = [plain(cell.text) for cell in rows[at]], len(rows[at]) // 2
    if len(heads) < _TWO_PAIRS or len(heads) % 2 or heads[:half] != heads[half:] or not all(heads):
        return rows, 0
    below = list(takewhile(lambda row: len(row) == len(heads), rows[at + 1 :]))
    halves = [part for row in below for part in (row[:half], row[half:])]
    return [*rows[:at], rows[at][:half], *halves], 1 + len(below)


def _is_statutory(row: Row) -> bool:
    boxed = any(cell.text.strip() in (TICKED, EMPTY) for cell in row)
    return boxed and ticks_criterion(None, " ".join(cell.text for cell in row), "")


class Headed(Flow):
    """Takes tables by their heading rows; adds what such a table says to the running text."""

    def _grid(self, rows: Sequence[Row], at: int) -> int:
        """Take questions answered by ticking a column; return how many rows that was, none when this is no grid."""
        heads = columns_of_answers(rows[at])
        found = list(asked(rows[at + 1 :], heads)) if heads else []
        if not found or column_of("agencies_involved", rows[at][0].text) == "agency":
            return 0
        if not self._account(found, rows[at]):
            self.close()
            self.made.headings += [line for cell in rows[at] for line in cell.lines]
            for one in found:
                self.add(one.label.text, one.answer, one.lines, one.lines[0], "beside")
        return len(found) + 1

    def _processes(self, rows: Sequence[Row], at: int) -> int:
        """Take processes, one a row, with a yes or no and what is told of each; return how many rows that was."""
        headed = bool(rows[at]) and plain(rows[at][0].text) in _PROCESSES
        below = islice(rows, at + headed, None)
        found = list(said(list(takewhile(lambda row: row and self._may_be_process(row[0].text), below))))
        return len(found) + headed if self._account(found, rows[at] if headed else ()) else 0

    def _account(self, found: Sequence[Asked], heads: Row) -> bool:
        """Take rows that ask of one thing after another what our forms ask at once; False when they do not."""
        told = self.open.match if self.open and not (self.open.answer or self.open.head) else None
        told = told or next((match for one in found if (match := self.known(one.label.text))), None)
        if told is None or told.name not in _ACCOUNTS or len(found) < _FEWEST_CHOICES:
            return False
        if not all(self._may_be_process(one.label.text) for one in found):
            return False
        self.close()
        self.made.headings += [line for cell in heads for line in cell.lines]
        self.add(*account(found), found[0].lines[0], "beside", told)
        return True

    def _may_be_process(self, label: str) -> bool:
        known = self.known(label)
        return not label.rstrip().endswith("?") and (known is None or known.name in _ACCOUNTS)

    def _ticked(self, rows: Sequence[Row], at: int) -> int:
        """Take choices with a column to tick beside them: "Category of harm" | "Tick"; return how many rows it has."""
        if (
            len(rows[at]) != 2
            or not _TO_TICK.fullmatch(rows[at][1].text.strip())
            or not self.known(rows[at][0].text)
        ):
            return 0
        below = list(
            takewhile(lambda row: len(row) == 2 and _TICK.fullmatch(row[1].text.strip()), rows[at + 1 :])
        )
        if len(below) < _FEWEST_CHOICES:
            return 0
        self.close()
        self.made.headings += rows[at][1].lines
        choices = [f"{TICKED if row[1].text.strip(EMPTY) else EMPTY} {row[0].text.strip()}" for row in below]
        lines = [line for row in below for cell in row for line in cell.lines]
        self.add(
            rows[at][0].text, "\n".join(choices), (*rows[at][0].lines, *lines), rows[at][0].lines[0], "beside"
        )
        return len(below) + 1

    def _ticked_below(self, rows: Sequence[Row], at: int) -> int:
        """Take choices, each with a box beside it, under a prompt for them; return how many rows that was."""
        waiting = self.open
        if waiting is not None and (waiting.answer or waiting.head):
            return 0
        headed = self._asks_for_choices(rows[at])  # beside an empty cell
        asked = headed or (waiting.match if waiting else None)
        listed = list(takewhile(_are_choices, islice(rows, at + bool(headed), None)))
        if (asked is None or asked.name not in _CHOICES) and any(map(_is_statutory, listed)):
            asked = Match(("criteria_grounds",), PLAINLY)
        if asked is None or asked.name not in _CHOICES or len(listed) < _FEWEST_CHOICES:
            return 0
        if headed:
            self.close()
        self.open = None
        prompt = list(rows[at][0].lines) if headed else waiting.label if waiting else []
        lines = [*prompt, *(line for row in listed for cell in row for line in cell.lines)]
        label = "\n".join(line.text for line in prompt)
        self.add(label, "\n".join(map(_boxes_first, listed)), lines, listed[0][0].lines[0], "below", asked)
        return len(listed) + bool(headed)

    def _asks_for_choices(self, row: Row) -> Match | None:
        """Return what a row asks whose second cell is empty, where that is to choose: "Type of abuse" | ""."""
        alone = len(row) == _FEWEST_CHOICES and not row[1].text.strip()
        known = self.known(row[0].text) if alone else None
        return known if known and known.name in _CHOICES else None

    def _criteria(self, rows: Sequence[Row], at: int) -> int:
        """Take a table that says of each criterion whether it is met; return how many rows it has."""
        met = column_of_criteria_met(rows[at])
        found = list(criteria(rows[at + 1 :], met, len(rows[at]))) if met else []
        if not found:
            return 0
        self.close()
        self.made.headings += [line for cell in rows[at] for line in cell.lines]
        for one in found:
            text, numbers = one.label.text, tuple(line.number for line in one.lines)
            self.made.criteria.append(
                Pair(text, one.answer, numbers, one.lines[0].where, "met", self.known(text), self.section)
            )
        return len(found) + 1

    def _row_table(self, rows: Sequence[Row], at: int, number: int) -> int:
        """Take rows under a heading row; return how many rows that was, none when this is no heading row."""
        under = self.section
        if self.open and self.open.match and not self.open.answer:
            under = _ROWS_UNDER.get(self.open.match.name, under)
        first = self.known(rows[at][0].text) if rows[at] else None
        alone = self._stands_by_itself(rows, at)
        headed = self.open.match.person if self.open and self.open.match and not self.open.answer else ""
        of_one = {self.section, headed} & _ONE_EACH or (first and first.explicit and first.person in _OF_ONE)
        before = alone and (of_one or self._heads_stand_again(rows, at))
        if before and (taken := self._record(rows, at)):
            return taken
        heads = rows[at]
        rows, twice = _one_beside_another(rows, at)
        found = row_table(rows, at, under, number, self._asks)
        if found and twice:
            self.close()
            every = tuple(number for cell in heads for number in cell.numbers)
            self.made.tables.append(replace(found, head_lines=every))
            return twice
        if found:
            self.close()
            self.put_off = None  # it is answered
            one = first is not None and first.explicit and first.person == "subject"
            found = with_roles(found)
            self.made.tables.append(of_subjects(found) if one or "subject" in (under, headed) else found)
            return len(found.rows) + 1 + found.blank_rows
        return self._record(rows, at) if alone and not before else 0

    def _heads_stand_again(self, rows: Sequence[Row], at: int) -> bool:
        """Say whether labels stand in a row, their answers in the next, and further labels in the one after that."""
        heads, answers, again, below = (*rows[at : at + 4], (), (), (), ())[:4]
        means = self._means_something
        return (
            is_heading_row(heads, means)
            and (is_heading_row(again, means) or self._goes_on_as_record(again, below, len(heads)))
            and not is_heading_row(answers, means)
        )

    def _record(self, rows: Sequence[Row], at: int) -> int:
        """Take a heading row with one row of answers under it, both by themselves: a record laid on its side."""
        below, means = rows[at + 1], self._means_something
        if len(below) >= _TWO_PAIRS and all(
            self._asks(cell.text) or only_says_whose(cell.text) for cell in below[::2]
        ):
            return 0  # labels with their answers in turn, row after row
        if not is_heading_row(rows[at], means) or is_heading_row(below, means):
            return 0
        if any(self._has_own_label(cell) or _YES_NO.fullmatch(cell.text) for cell in rows[at]):
            return 0
        after = rows[at + 2] if at + 2 < len(rows) else ()
        if len(after) == len(below) and any(cell.text for cell in after) and not self.known(after[0].text):
            return 0
        self.close()
        if self._of_a_professional(rows[at]):
            self.section, self.person = writer(self.names.kind), ""
        taken = 2 * (1 + self._records_below(rows[at + 2 :], len(below)))
        for heads, answers in zip(rows[at : at + taken : 2], rows[at + 1 : at + taken : 2], strict=True):
            for label, answer in zip(heads, answers, strict=True):
                if label.text.strip():
                    self._cells(label, (answer,), "under")
        return taken

    def _records_below(self, rows: Sequence[Row], width: int) -> int:
        """Return how many pairs of rows under a record go on with it: heads that begin with a prompt, then answers."""
        pairs = zip(rows[::2], rows[1::2], strict=False)
        return sum(1 for _ in takewhile(lambda pair: self._goes_on_as_record(*pair, width), pairs))

    def _goes_on_as_record(self, heads: Row, answers: Row, width: int) -> bool:
        short = all(0 < len(cell.text.strip()) < LONGEST_HEAD for cell in heads)
        alike = len(heads) == len(answers) == width and short
        return alike and self._asks(heads[0].text) and not any(self._asks(cell.text) for cell in answers)

    def _stands_by_itself(self, rows: Sequence[Row], at: int) -> bool:
        """Say whether two rows of one shape are no labels with their answers beside them, and so may be a record."""
        below = rows[at + 1] if at + 1 < len(rows) else ()
        if len(rows[at]) < 2 or len(below) != len(rows[at]) or self._asks_of_its_own(below):
            return False
        return not (at and len(rows[at]) == len(rows[at - 1]) == 2 and self._was_beside(rows[at - 1]))

    def _was_beside(self, row: Row) -> bool:
        """Say whether a row was just taken as a label with its answer beside it, as the next will be then."""
        last = self.made.pairs[-1] if self.made.pairs else None
        numbers = {number for cell in row for number in cell.numbers}
        return (
            last is not None
            and last.how == "beside"
            and last.match is not None
            and numbers >= set(last.lines)
        )

    def _of_a_professional(self, heads: Row) -> bool:
        """Say whether the heads of a record in the subject's part ask what only one who works is asked."""
        if (self.person or self.section) not in ("", "subject"):
            return False
        asked = [
            match for cell in heads if plain(cell.text) not in ANYBODY and (match := self.known(cell.text))
        ]
        return not any(match.explicit for match in asked) and any(
            name.endswith(("_role", "agency_name", "_agency")) for match in asked for name in match.names
        )

    def _asks(self, text: str) -> bool:
        """Say whether a text is surely a prompt and not, as "GP" or "School" may be, the name of an agency."""
        known = self.known(text)
        return known is not None and known.score >= PLAINLY and known.name not in ALSO_AGENCIES

    def _means_something(self, text: str) -> bool:
        known = self.known(text)
        about = plain(text) in ABOUT_INCIDENT  # "Time", "Place" beside "Date of incident"
        return about or (known is not None and (known.score >= PLAINLY or "\n" not in text.strip()))

    def _asks_of_its_own(self, row: Row) -> bool:
        """Say whether a row under what looks like heads begins with a label itself, as "Date of death | ..." does."""
        known = self.known(row[0].text)
        return known is not None and (known.score >= PLAINLY or ends_as_label(row[0].text))

    def _cells(self, label: Cell, answers: Iterable[Cell], how: str) -> None:
        """Add the pair of a label cell and its answer cells; an empty answer may stand in the label's own cell."""
        answer_lines = [line for cell in answers for line in cell.lines]
        label_lines = list(label.lines)
        answer = "\n".join(line.text for line in answer_lines).strip("\n")
        if not label.text.strip() and not answer.strip():
            return
        known = self.known(label.text) or somebody_named(label.text, answer, self.names.kind, self.known)
        known = known or self._asks_beside(label, answer)
        if is_blank(answer) and len(label_lines) > 1 and self.known(label_lines[0].text):
            rest = [line for line in label_lines[1:] if line.text.strip() and not GUIDANCE.match(line.text)]
            if rest and not (known and known.score > 0.95):
                label_lines = [line for line in label_lines if line not in rest]
                answer, answer_lines, how = (
                    "\n".join(line.text for line in rest),
                    [*rest, *answer_lines],
                    "within",
                )
        text = "\n".join(line.text for line in label_lines).strip("\n")
        best = known if how != "within" else None
        first = self.known(label_lines[0].text) if label_lines else None
        if best is None or (first and first.score > best.score):
            best = first
        lines = (*label_lines, *answer_lines)
        where = next((line for line in answer_lines if line.text.strip()), lines[0])
        self.add(text, answer, lines, where, how, best)

    def _has_own_label(self, cell: Cell) -> bool:
        """Say whether a cell holds a label and its answer: "DOB: 1/3/2024", or one under the other."""
        if cell.text.lstrip().startswith((TICKED, EMPTY)):
            return False  # "☐ Child has died": the first of several choices
        if (match := INLINE.match(cell.text)) and _SAYS_YES_OR_NO.match(match["label"]):
            return False  # "Yes. Learning: no-reply calls must be escalated"
        if match and match["label"].endswith("?") and TELLS_MORE.match(match["answer"]):
            return False  # "Are the criteria met? Please give reasons"
        if match:
            return bool(without_leaders(match["answer"]) and self.known(match["label"]))
        if valued(cell.text, self.known):
            return True
        first, _, rest = cell.text.partition("\n")
        known = self.known(first) if without_leaders(rest) else None
        if known is None or ends_as_label(first):
            return known is not None
        return known.score > PLAINLY and not (
            rest.startswith("(") or GUIDANCE.match(rest) or self.known(rest)
        )

    def _asks_beside(self, label: Cell, answer: str) -> Match | None:
        """Return what a cell asks that has its answer beside it: it is a prompt though nothing in it says so."""
        text = label.text.strip()
        if is_blank(answer) or len(label.lines) > 1 or ends_as_label(text) or text.endswith("."):
            return None
        return self.known(f"{text}:")

    def _labels_line_by_line(self, row: Row) -> bool:
        """Take labels below one another in one cell, beside as many answers: "Name:", "Tel:" | "Jo", "101"."""
        if len(row) != _FEWEST_CHOICES or len(row[0].lines) < _FEWEST_CHOICES:
            return False
        labels, answers = ([line for line in cell.lines if line.text.strip()] for cell in row)
        alike = len(labels) == len(answers) >= _FEWEST_CHOICES
        if not alike or not all(ends_as_label(line.text) and self.known(line.text) for line in labels):
            return False
        self.close()
        for label, answer in zip(labels, answers, strict=True):
            self.add(label.text, answer.text, (label, answer), answer, "beside")
        return True

    def _set_in(self, row: Row, filled: Sequence[Cell]) -> bool:
        """Take the answer to the prompt in the row above where it stands alone behind an empty cell."""
        waiting = self.open
        if waiting is None or waiting.match is None or waiting.answer or waiting.head:
            return False
        if len(filled) != 1 or row[0].text.strip() or row[0].continues:
            return False
        waiting.answer += filled[0].lines
        self.close()
        return True

    def _begins_anew(self, cell: Cell, below: Row) -> bool:
        """Say whether a row by itself is the next prompt, where the prompt above has its row of answer already."""
        waiting, words = self.open, plain(cell.text).split()
        if waiting is None or not waiting.in_table or not waiting.answer:
            return False
        if len(below) != 1:
            section, heads = section_of(cell.text), [head.text for head in below]
            return bool(section) and (
                is_heading_row(below, self._means_something) or columns_of(heads, section) != NO_ROWS
            )
        if (
            len(cell.lines) > 1
            or not 0 < len(words) <= LONGEST_OWN
            or cell.text.rstrip().endswith((".", ";", ","))
        ):
            return False
        return not waiting.lists or (cell.text.isupper() and waiting.first.isupper())
