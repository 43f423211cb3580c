"""Answers as people read them: sections of lines and tables for check answers, case pages and PDF copies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from forms.conditions import Standing
from forms.dates import day_or_none, in_words
from forms.fields import Choice, Date, NhsNumber, RoughDate, Rows
from forms.form import Form, Topic
from forms.question import Question
from forms.sheet import Sheet

NOT_ANSWERED = "Not answered"


@dataclass(frozen=True)
class Line:
    """One question and its answer in words; `answered` is false where the text says so."""

    name: str
    label: str
    text: str
    answered: bool = True


@dataclass(frozen=True)
class Table:
    """A repeating group: its headings, and a row of texts for each person, agency or event."""

    name: str
    label: str
    heads: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Section:
    """One topic of a form with what was answered in it, in the order of the form.

    `blocks` holds the groups of which each row has too many answers for a line of a table: name and
    heading of the row ('Person 1'), and its lines.
    """

    key: str
    title: str
    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    blocks: list[tuple[str, str, list[Line]]] = field(default_factory=list)


def sections(form: type[Form], answers: Mapping[str, Any]) -> list[Section]:
    """What was answered, topic by topic; hidden questions left out, topics with nothing to show too."""
    filled = form(data=answers)
    topics = ((form.given,) if form.given else ()) + form.topics
    found = [section(filled, topic, with_blanks=topic is not form.given) for topic in topics]
    return [one for one in found if one.lines or one.tables or one.blocks]


def section(form: Form, topic: Topic, with_blanks: bool = True) -> Section:
    """One topic of a filled form."""
    shown = Section(topic.key, topic.title)
    for name in topic.names:
        question = form[name]
        if form.standing(name) is Standing.HIDDEN:
            continue
        if isinstance(question, Rows):
            _add_rows(shown, question)
        else:
            shown.lines.extend(_line(form, question, with_blanks))
    return shown


def _add_rows(shown: Section, question: Rows) -> None:
    filled = [row for row in question.entries if not row.blank]
    if not filled:
        shown.lines.append(Line(question.short_name, question.label.text, NOT_ANSWERED, answered=False))
    elif question.layout == "table":
        shown.tables.append(table(question, filled))
    else:
        for number, row in enumerate(filled):
            lines = [line for inner in row.questions for line in _line(row, inner, with_blanks=False)]
            shown.blocks.append((question.short_name, question.called(number), lines))


def table(question: Rows, rows: list[Any]) -> Table:
    """The rows of a group as a table, without the columns that nobody filled in."""
    columns = [
        number
        for number, _ in enumerate(rows[0].questions)
        if any(not row.questions[number].blank for row in rows)
    ]
    return Table(
        question.short_name,
        question.label.text,
        [rows[0].questions[number].label.text for number in columns],
        [[wording(row.questions[number]) for number in columns] for row in rows],
    )


def _line(sheet: Sheet, question: Question, with_blanks: bool) -> Iterator[Line]:
    """The line of one question; an empty one only where the question was really asked."""
    here = sheet.standing(question.short_name)
    if here is Standing.HIDDEN:
        return
    if not question.blank:
        yield Line(question.short_name, question.label.text, wording(question))
    elif with_blanks and here is Standing.ASKED:
        yield Line(question.short_name, question.label.text, NOT_ANSWERED, answered=False)


def in_one_text(question: Question) -> str:
    """An answer as one text, the rows of a group a line each."""
    if not isinstance(question, Rows):
        return wording(question)
    rows = [
        [wording(one) for one in row.questions if not one.blank] for row in question.entries if not row.blank
    ]
    return "\n".join("; ".join(row) for row in rows)


@singledispatch
def wording(question: Question) -> str:
    """An answer in words, line breaks kept; what could not be understood stands as it was typed."""
    return str(question.data)


@wording.register
def _(question: Date) -> str:
    day = question.day
    return in_words(day) if day else str(question.data)


@wording.register
def _(question: RoughDate) -> str:
    day = day_or_none(question.data)
    return in_words(day) if day else str(question.data)


@wording.register
def _(question: Choice) -> str:
    chosen = question.data if isinstance(question.data, list) else [question.data]
    return "\n".join(str(question.options.get(code, code)) for code in chosen if code)


@wording.register
def _(question: NhsNumber) -> str:
    digits = str(question.data)
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if len(digits) == 10 and digits.isdecimal() else digits
