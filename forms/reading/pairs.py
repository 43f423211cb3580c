"""Label and answer pairs: which words a form printed, and what was written against them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .glyphs import EMPTY, TICKED
from .labels import LONGEST_LABEL, ends_as_label, has_number, plain
from .layout import Cell, Layout, Line, Row, Table
from .names import Match, Names, Place
from .placeholders import is_blank, without_leaders
from .row_tables import RowTable, columns_of, is_heading_row, row_table
from .sections import LONGEST_HEADING, section_of

LISTS = frozenset({
    "agencies_involved", "agencies_known", "agencies_to_scope", "other_agencies_involved", "family_members",
})  # fmt: skip
OPENING = LISTS | {"subject_details", "criteria_grounds", "chronology", "alleged_perpetrators"}
_COLUMN_HEADS = frozenset({
    "question", "questions", "response", "responses", "answer", "answers", "comment", "comments", "item",
    "prompt", "reply",
})  # fmt: skip
_INLINE = re.compile(r"^(?P<label>[^:\n]{2,120}?[:?])(?P<answer>[ \t]*\S.*)$", re.S)
_GAPPED = re.compile(
    r"(?<=[_….]{2})\s+(?=[A-Z])|(?<=\S)(?:\t+|\s{3,})(?=[A-Z][\w /']{1,40}:)|(?<=_)\s(?=\w+:)"
)
_NUMBERED = re.compile(r"\W*(?:section|part|question|appendix|annex|form)?\s*\w{1,3}\s*[:.]\W*", re.I)
# Answers that may run on over the next lines when they begin beside their label.
_GO_ON = LISTS | frozenset({
    "subject_address", "referrer_address", "author_address", "next_of_kin_address", "parents_carers_address",
    "subject_current_location", "incident_summary", "case_summary", "incident_outline", "involvement_summary",
    "background_history", "criteria_grounds_text", "criteria_evidence", "agency_concerns",
    "immediate_action_taken", "parallel_processes", "good_practice", "areas_for_improvement",
    "learning_identified", "key_issues", "other_information", "review_factors", "recommendation",
    "methodology", "immediate_concerns", "general_concerns", "formal_investigation",
    "further_investigation_issues", "subject_care_support_needs",
})  # fmt: skip
_BULLET = re.compile(r"^\s*[•·▪◦‣*\-–]\s+")
_DASH = re.compile(r"\s[–—-]\s|:\s|\?\s")
_GUIDANCE = re.compile(
    r"^\s*(\((please|if|e\.?g|n\.?b|include|note|to be|where|when|list|add)\b.*\)|n\.?b\.?\b.*|if (yes|no|so)\b.{0,90}"
    r"|please (give|provide|list|describe|include|outline|specify|state|complete|indicate|explain|attach|tick|use|refer"
    r"|ensure|add|continue|consider)\b.*|to be completed by\b.*|guidance\b.*)\s*$",
    re.I | re.S,
)
_CRITERION = re.compile(r"^\s*\(?([a-z]|[ivx]{1,4}|\d)[).]\s+\S")
CRITERION_LENGTH = 30


@dataclass(frozen=True)
class Pair:
    """A label and what was written against it, with the lines both stand on."""

    label: str
    answer: str
    lines: tuple[int, ...]
    where: str
    how: str
    match: Match | None
    section: str = ""
    marked: tuple[str, ...] = ()


@dataclass
class Pairs:
    """Everything the pairing made of a layout: pairs, row tables, headings it recognised."""

    pairs: list[Pair] = field(default_factory=list)
    tables: list[RowTable] = field(default_factory=list)
    headings: list[Line] = field(default_factory=list)
    criteria: list[Pair] = field(default_factory=list)


@dataclass
class _Open:
    """A prompt still waiting for its answer."""

    label: list[Line]
    match: Match | None
    answer: list[Line] = field(default_factory=list)
    bold: bool = False
    in_table: bool = False
    head: tuple[str, str] | None = None  # label and answer on one line
    last: int = 0  # the line after which an answer begun beside its label may go on


def pair(layout: Layout, names: Names) -> Pairs:
    """Return the pairs of a layout under one kind of form."""
    pairing = _Pairing(names)
    for block in layout.blocks:
        if isinstance(block, Line):
            pairing.line(block)
        else:
            pairing.table(block)
    pairing.close()
    return pairing.made


class _Pairing:
    """Goes through a document once, knowing the section, the person last spoken of and the open prompt."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.made = Pairs()
        self.section = ""
        self.person = ""
        self.open: _Open | None = None

    @property
    def place(self) -> Place:
        return Place(self.section, self.person)

    # -- paragraphs ---------------------------------------------------------------------------------------

    def line(self, line: Line, in_table: bool = False) -> None:
        """Take the next line of running text."""
        if not line.text.strip():
            return
        if line.aside:
            self.close()
            if line.aside in ("header", "footer"):
                self._inline(line)
            return
        if self._several(line) or self._bulleted(line):
            return
        if self._inline(line) or self._heading(line) or self._prompt(line, in_table):
            return
        self._continue(line)

    def _several(self, line: Line) -> bool:
        """Take a line on which several prompts stand, such as "Signed: ____ Date: ____"."""
        pieces = [piece for piece in _GAPPED.split(line.text) if piece.strip()]
        if len(pieces) < 2:
            return False
        split = [self._split(piece) for piece in pieces]
        if not all(split) or not all(self._known(label) for label, _ in split if label):
            return False
        self.close()
        for label, answer in split:
            self._add(label, answer, (line,), line, "line")
        return True

    def _split(self, text: str) -> tuple[str, str]:
        match = _INLINE.match(text)
        if match:
            return match["label"], match["answer"]
        return (text, "") if ends_as_label(text) else ("", "")

    def _known(self, label: str) -> Match | None:
        return self.names.match(label, self.place)

    def _bulleted(self, line: Line) -> bool:
        """Take a bullet that is itself a prompt, answered after a dash or not at all."""
        if not (line.bullet or _BULLET.match(line.text)):
            return False
        text = _BULLET.sub("", line.text)
        best: tuple[float, str, str] = (0.0, "", "")
        for cut in [*_DASH.finditer(text), None]:
            label, answer = (text[: cut.end()], text[cut.end() :]) if cut else (text, "")
            known = self._known(label)
            if known and known.score > best[0]:
                best = (known.score, label, answer)
        if not best[1]:
            return False
        self.close()
        if best[2]:
            self._add(best[1], best[2], (line,), line, "bullet")
        else:
            self.open = _Open([line], self._known(best[1]), bold=line.bold)
        return True

    def _inline(self, line: Line) -> bool:
        """Take a line of the shape "Label: answer"; what stands directly below may go on with the answer."""
        match = _INLINE.match(line.text)
        if not match or not match["answer"].strip() or _NUMBERED.fullmatch(match["label"]):
            return False
        label, answer = match["label"], match["answer"]
        known = self._known(label)
        if (known is None and not self._looks_printed(label)) or self._belongs_to_list(label, known):
            return False
        whole = self._known(line.text)
        asks_on = _GUIDANCE.match(answer) or (whole and (not known or whole.score >= known.score))
        if label.endswith("?") and asks_on:
            return False
        self.close()
        self.open = _Open([line], known, head=(label, answer), last=line.number)
        if line.aside or (known and known.name not in _GO_ON):
            self.close()
        return True

    def _belongs_to_list(self, label: str, known: Match | None) -> bool:
        """Say whether "GP: Dr Lund" is an item of the list being given rather than a prompt of the form."""
        if self.open is None or self.open.match is None or self.open.match.name not in LISTS:
            return False
        return known is None or len(plain(label).split()) < 2 or known.name == "subject_gp"

    def _looks_printed(self, label: str) -> bool:
        """Say whether an unknown "Label:" looks like part of the form rather than of somebody's answer."""
        if self.open is not None and not self.open.head:
            return False
        return len(plain(label).split()) <= 8 and not re.search(
            r"\b(he|she|was|were|had|they|i|we)\b", label, re.I
        )

    def _heading(self, line: Line) -> bool:
        """Take a heading: it closes the open prompt and may change the section."""
        text = line.text.strip()
        if len(text) > LONGEST_HEADING or text.endswith("?"):
            return False
        known = self._known(text)
        styled = (
            line.heading
            or line.bold
            or has_number(text)
            or text.isupper()
            or bool(re.match(r"(part|section)\b", text, re.I))
        )
        section = section_of(text)
        if not section or (known and not (line.heading and len(known.names) == 1 and known.score < 1)):
            return False
        if not styled and not text.endswith(":") and (self.open is not None or len(plain(text).split()) > 6):
            return False
        self.close()
        self.section, self.person = section, ""
        self.made.headings.append(line)
        return True

    def _prompt(self, line: Line, in_table: bool) -> bool:
        """Take a line that is a prompt to be answered below."""
        text = line.text.strip()
        known = self._known(text) if len(text) <= LONGEST_LABEL else None
        if known and not ends_as_label(text) and known.score < 0.85 and not (line.bold or line.heading):
            known = None
        if known and self._is_rather_an_answer(text, known):
            return False
        if known is None and not self._unknown_prompt(line):
            return False
        self.close()
        self.open = _Open([line], known, bold=line.bold or line.heading, in_table=in_table)
        if section_of(text) and len(text) <= LONGEST_HEADING and (known is None or known.name in OPENING):
            self.section, self.person = section_of(text), ""
        return True

    def _is_rather_an_answer(self, text: str, known: Match) -> bool:
        """Say whether a short line that could be a label is more likely the answer awaited ("Social worker")."""
        if self.open is None or self.open.head or ends_as_label(text):
            return False
        short = len(plain(text).split()) <= 2 and not has_number(text)
        lists = self.open.match is not None and self.open.match.name in LISTS
        return (short and not self.open.answer) or (lists and (short or known.score < 1))

    def _unknown_prompt(self, line: Line) -> bool:
        text = line.text.strip()
        if self.open is not None and self.open.match is not None and self.open.match.name in LISTS:
            return line.bold and not self.open.bold
        if line.bold or line.heading:
            return len(text) <= LONGEST_LABEL
        if text.endswith(":") and len(plain(text).split()) <= 14:
            return True
        return text.endswith("?") and (has_number(text) or self.open is None)

    def _continue(self, line: Line) -> None:
        """Take a line that is neither heading nor prompt: the open prompt's answer, if one is open."""
        if self.open is None:
            return
        if self.open.head:
            if line.number != self.open.last + 1 or self.open.match is None:
                self.close()
                return
            self.open.last = line.number
        elif not self.open.answer and _GUIDANCE.match(line.text):
            self.open.label.append(line)
            return
        self.open.answer.append(line)

    def close(self) -> None:
        """Make a pair of the open prompt and what was found below it."""
        waiting, self.open = self.open, None
        if waiting is None:
            return
        label = "\n".join(line.text for line in waiting.label)
        answer = "\n".join(line.text for line in waiting.answer)
        where, how = (waiting.answer or waiting.label)[0], "below"
        if waiting.head:
            label, first = waiting.head
            answer, where, how = "\n".join([first, answer] if answer else [first]), waiting.label[0], "line"
        self._add(label, answer, (*waiting.label, *waiting.answer), where, how, waiting.match)

    def _add(
        self,
        label: str,
        answer: str,
        lines: Sequence[Line],
        where: Line,
        how: str,
        match: Match | None = None,
    ) -> None:
        match = match or self.names.match(label, self.place)
        if match and match.explicit:
            self.person = match.person
        marked = tuple(word for line in lines for word in line.marked)
        numbers = tuple(line.number for line in lines)
        self.made.pairs.append(Pair(label, answer, numbers, where.where, how, match, self.section, marked))

    # -- tables -------------------------------------------------------------------------------------------

    def table(self, table: Table) -> None:
        """Take a table: its row tables as a whole, the rest row by row."""
        rows = list(table.rows)
        at = 0
        while at < len(rows):
            taken = self._row_table(rows, at, table.number)
            if taken:
                at += taken
                continue
            self._row(rows[at])
            at += 1
        if self.open and self.open.in_table:
            self.close()

    def _row_table(self, rows: Sequence[Row], at: int, number: int) -> int:
        """Take rows under a heading row; return how many rows that was, none when this is no heading row."""
        under = self.section
        if self.open and self.open.match and not self.open.answer:
            under = {"family_members": "family", "agencies_involved": "agencies"}.get(
                self.open.match.name, under
            )
            under = self.open.match.name if self.open.match.name == "chronology" else under
        found = row_table(rows, at, under, number)
        if found:
            self.close()
            self.made.tables.append(found)
            return len(found.rows) + 1 + found.blank_rows
        return self._record(rows, at)

    def _record(self, rows: Sequence[Row], at: int) -> int:
        """Take a heading row with one row of answers under it: a record laid on its side."""
        if at + 1 >= len(rows) or not is_heading_row(rows[at], lambda text: self._known(text) is not None):
            return 0
        below = rows[at + 1]
        if len(below) != len(rows[at]) or is_heading_row(below, lambda text: self._known(text) is not None):
            return 0
        if at + 2 < len(rows) and len(rows[at + 2]) == len(below) and any(cell.text for cell in rows[at + 2]):
            if not self._known(rows[at + 2][0].text):
                return 0
        self.close()
        for label, answer in zip(rows[at], below, strict=True):
            if label.text.strip():
                self._cells(label, (answer,), "under")
        return 2

    def _row(self, row: Row) -> None:
        filled = [cell for cell in row if cell.text.strip() or any(line.prompts for line in cell.lines)]
        if not filled:
            if self.open and self.open.in_table and not self.open.answer:
                self.close()
            return
        if len(row) == 1 or (len(filled) == 1 and self._stands_alone(row, filled[0])):
            for line in filled[0].lines:
                self.line(line, in_table=True)
            return
        if row[0].continues and not row[0].text and self.made.pairs:
            self._more_of_last(row)
            return
        if all(plain(cell.text) in _COLUMN_HEADS for cell in filled):
            self.close()
            self.made.headings += [line for cell in filled for line in cell.lines]
            return
        if self._options(row) or self._criterion(row) or self._each_its_own(row):
            return
        self.close()
        for label, answers in self._groups(row):
            self._cells(label, answers, "beside")

    def _stands_alone(self, row: Row, cell: Cell) -> bool:
        """Say whether the only filled cell of a row holds both label and answer, or is a heading."""
        if any(_INLINE.match(line.text) and self._known(line.text.split(":")[0]) for line in cell.lines):
            return True
        if len([line for line in cell.lines if line.text.strip()]) > 1 and cell is row[0]:
            return self._known(cell.lines[0].text) is not None and not _GUIDANCE.match(cell.lines[1].text)
        return cell is row[0] and len(row) > 2 and not self._known(cell.text) and bool(section_of(cell.text))

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
        if self._known(row[0].text) and TICKED not in row[0].text and EMPTY not in row[0].text:
            return False
        self.open.answer += [line for cell in row for line in cell.lines]
        return True

    def _criterion(self, row: Row) -> bool:
        """Take a printed criterion with room for a narrative beside it; relied on only when that is filled."""
        text = row[0].text
        lettered = _CRITERION.match(text)
        if not lettered or self.section not in ("criteria", "incident") or len(row) < 2:
            return False
        known = self._known(text)
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
        if not own or len(own) < len(filled):
            return False
        for cell in filled:
            self.close()
            for line in cell.lines:
                self.line(line, in_table=True)
        self.close()
        return True

    def _has_own_label(self, cell: Cell) -> bool:
        match = _INLINE.match(cell.text)
        return bool(match and without_leaders(match["answer"]) and self._known(match["label"]))

    def _groups(self, row: Row) -> list[tuple[Cell, tuple[Cell, ...]]]:
        """Split a row into labels with their answer cells: 1+1, 1+1+1+1, or a label and several boxes."""
        ticks = sum(TICKED in cell.text or EMPTY in cell.text for cell in row[1:])
        if ticks >= 2 and not self._known(row[2].text if len(row) > 2 else ""):
            return [(row[0], tuple(row[1:]))]
        if len(row) % 2 == 0:
            known = [self._known(cell.text) is not None or ends_as_label(cell.text) for cell in row[2::2]]
            if len(row) == 2 or any(known) or not any(cell.text for cell in row[2:]):
                return [(row[at], (row[at + 1],)) for at in range(0, len(row), 2)]
        groups: list[tuple[Cell, list[Cell]]] = [(row[0], [])]
        for cell in row[1:]:
            starts = groups[-1][1] and self._known(cell.text) is not None
            groups.append((cell, [])) if starts else groups[-1][1].append(cell)
        return [(label, tuple(answers)) for label, answers in groups]

    def _cells(self, label: Cell, answers: Iterable[Cell], how: str) -> None:
        """Add the pair of a label cell and its answer cells; an empty answer may stand in the label's own cell."""
        answer_lines = [line for cell in answers for line in cell.lines]
        label_lines = list(label.lines)
        answer = "\n".join(line.text for line in answer_lines).strip("\n")
        if not label.text.strip() and not answer.strip():
            return
        known = self._known(label.text)
        if is_blank(answer) and len(label_lines) > 1 and self._known(label_lines[0].text):
            rest = [line for line in label_lines[1:] if line.text.strip() and not _GUIDANCE.match(line.text)]
            if rest and not (known and known.score > 0.95):
                label_lines = [line for line in label_lines if line not in rest]
                answer, answer_lines, how = (
                    "\n".join(line.text for line in rest),
                    [*rest, *answer_lines],
                    "within",
                )
        text = "\n".join(line.text for line in label_lines).strip("\n")
        best = known if how != "within" else None
        first = self._known(label_lines[0].text) if label_lines else None
        if best is None or (first and first.score > best.score):
            best = first
        lines = (*label_lines, *answer_lines)
        where = next((line for line in answer_lines if line.text.strip()), lines[0])
        self._add(text, answer, lines, where, how, best)


__all__ = ["Pair", "Pairs", "columns_of", "pair"]
