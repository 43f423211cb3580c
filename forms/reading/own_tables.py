"""Tables of our own Word form saved as PDF: told by our heads and labels, read as the controls they were made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from forms import Form, guidance
from forms.conditions import When
from forms.fields import Choice, Choices, Rows
from forms.form import definition, once_for_each
from forms.names import PROMPTS, path
from forms.question import Question
from forms.sheet import Sheet
from forms.word_pages import columns

from .glyphs import EMPTY, TICKED
from .labels import plain
from .layout import PRINTED_COPY, Layout, Line, Row, Table, Tagged


@dataclass
class Printed:
    """What was read from the tables of a printed copy, and the layout without them."""

    layout: Layout
    tagged: list[Tagged] = field(default_factory=list)
    printed: list[Line] = field(default_factory=list)  # heads and labels, and prompts left standing
    met: set[str] = field(default_factory=set)  # the questions whose labels stand there


class Group(NamedTuple):
    """A group of rows by its canonical name, and the questions of its columns."""

    name: str
    questions: tuple[Question, ...]


class _Asked(NamedTuple):
    """A question, and the group that asks it of one after another."""

    question: Question
    group: str = ""


@dataclass
class _Answer:
    """An answer that may go on in the next row, and over the page: the question and the lines so far."""

    asked: _Asked | None = None
    lines: list[Line] = field(default_factory=list)


def taken_out(layout: Layout, form: type[Form]) -> Printed:
    """Return the answers in our own tables under the names their controls had, row after row."""
    made = Printed(layout)
    rows: dict[str, int] = {}
    counted = Counted()
    left: list[Line | Table] = []
    answer = _Answer()
    for block in layout.blocks:
        group = group_of(block, form)
        if group or (isinstance(block, Line) and not block.aside):
            _take_answer(made, answer, counted)
            answer = _Answer()
        if isinstance(block, Line):
            left.append(block)
        elif group is None:
            rest, answer = _take_labelled(made, block, form, counted, answer)
            left += rest
        else:
            made.met.add(group.name)
            made.printed += [line for cell in block.rows[0] for line in cell.lines]
            for row in block.rows[1:]:
                _take(made, row, group, rows)
    _take_answer(made, answer, counted)
    made.layout = replace(layout, blocks=tuple(left))
    return made


def _take_labelled(
    made: Printed, table: Table, form: type[Form], counted: "Counted", answer: _Answer
) -> tuple[list[Table], _Answer]:
    """Take the answers beside and below our labels; return what stands at none, and the answer not yet at its end.

    A row without a label goes on with the answer above it, which the end of a page cut in two.
    """
    left: list[Row] = []
    for row in table.rows:
        next_asked = _labels(form).get(_letters(row[0].text))
        if next_asked:
            _take_answer(made, answer, counted)
            answer = _Answer(next_asked)
            made.printed += row[0].lines
        if answer.asked and (next_asked or len(row) == 1 or not row[0].text):
            answer.lines += [line for cell in row[bool(next_asked) :] for line in cell.lines]
        else:
            left.append(row)
    return [replace(table, rows=tuple(left))] if left else [], answer


def _take_answer(made: Printed, answer: _Answer, counted: "Counted") -> None:
    """Take the answer to a question, of tick boxes those that are ticked."""
    if answer.asked is None:
        return
    (question, group), lines = answer.asked, answer.lines
    made.met.add(group or question.short_name)
    name = counted.name([group, "", question.short_name]) if group else question.short_name
    if isinstance(question, Choices):
        _take_ticks(made, question, name, lines)
    else:
        _take_words(made, question, name, lines)


def _take_ticks(made: Printed, question: Choices, name: str, lines: Sequence[Line]) -> None:
    """Take the boxes before our options; the words of one may run over several lines."""
    codes = {_letters(text): code for code, text in question.options.items()}
    waiting: list[Line] = []
    for number, line in enumerate(lines, start=1):
        waiting.append(line)
        words = " ".join(one.text for one in waiting)
        code = codes.get(_letters(words))
        runs_on = number < len(lines) and not lines[number].text.startswith((TICKED, EMPTY))
        if code is None and runs_on:
            continue
        if code and TICKED in words:
            numbers = tuple(one.number for one in waiting)
            made.tagged.append(Tagged(path(name, code), TICKED, line.where, PRINTED_COPY, numbers, words))
        elif code:
            made.printed += waiting
        waiting = []


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


@once_for_each
def _labels(form: type[Form]) -> dict[str, _Asked]:
    """Return what stands in each cell before an answer, its letters alone -> the question."""
    sheet = definition(form)
    found: dict[str, _Asked] = {}
    for topic in (*form.topics, *([form.given] if form.given else [])):
        said = guidance.shared_condition(sheet, topic)
        for question in map(sheet.__getitem__, topic.names):
            if isinstance(question, Rows):
                entry = question.entries[0]
                inner = entry.questions if question.layout == "block" else ()
                found |= {_in_cell(one, entry, said): _Asked(one, question.short_name) for one in inner}
            else:
                found[_in_cell(question, sheet, said)] = _Asked(question)
    return found


def _in_cell(question: Question, sheet: Sheet, said: When | None) -> str:
    return _letters(f"{guidance.label(question)} {guidance.notes(sheet, question, said)}")


def group_of(block: Line | Table, form: type[Form]) -> Group | None:
    """Return the group whose heads a table has, each row as many cells, or None."""
    if isinstance(block, Line) or not block.rows:
        return None
    heads = tuple(plain(cell.text) for cell in block.rows[0])
    even = all(len(row) == len(heads) for row in block.rows)
    return _groups(form).get(heads) if even else None


@once_for_each
def _groups(form: type[Form]) -> dict[tuple[str, ...], Group]:
    """Return the heads of each group that a document shows as a table -> the group."""
    return {
        tuple(plain(column.label.text) for column in columns(group)): Group(
            group.short_name, tuple(columns(group))
        )
        for group in definition(form).questions
        if isinstance(group, Rows) and group.layout == "table"
    }


def _take(made: Printed, row: Row, group: Group, met: dict[str, int]) -> None:
    """Take one row: its answers by name; what is only a prompt left standing is print."""
    number, before = met.get(group.name, 0), len(made.tagged)
    for question, cell in zip(group.questions, row, strict=True):
        _take_words(made, question, path(group.name, number, question.short_name), cell.lines)
    met[group.name] = number + (len(made.tagged) > before)


def _take_words(made: Printed, question: Question, name: str, lines: Sequence[Line]) -> None:
    """Take an answer in words; what is only a prompt left standing is print.

    In a narrow cell the wording of an option may be broken within a word.
    """
    written = [line for line in lines if line.text.strip() not in PROMPTS]
    made.printed += [line for line in lines if line not in written]
    text = "\n".join(line.text for line in written).replace(" \n", " ").strip()
    if isinstance(question, Choice):
        text = next((one for one in question.options.values() if _letters(one) == _letters(text)), text)
    if text:
        numbers = tuple(line.number for line in written)
        made.tagged.append(Tagged(name, text, written[0].where, PRINTED_COPY, numbers))


class Counted:
    """Counts rows that stand as a block each: an answer that was met before in its row begins a further row."""

    def __init__(self) -> None:
        self.group = self.written = ""
        self.numbers: dict[str, int] = {}
        self.met: set[str] = set()

    def name(self, parts: Sequence[str]) -> str:
        """Return the name of the next answer of a row, under the number its row has in the document."""
        group, written, column = parts
        if (group, written) != (self.group, self.written) or column in self.met:
            self.group, self.written, self.met = group, written, set()
            self.numbers[group] = self.numbers.get(group, -1) + 1
        self.met.add(column)
        return path(group, self.numbers[group], column)
