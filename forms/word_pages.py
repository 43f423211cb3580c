"""The pages of a Word form as XML, with a content control, a bookmark and a label for every answer.

Nothing here needs python-docx, which takes more memory than a reader of forms should.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from forms import guidance
from forms.conditions import When
from forms.dates import day_or_none
from forms.fields import Choice, Choices, Date, LongText, RoughDate, Rows, Text
from forms.form import Form, Stamp, Topic
from forms.names import ISSUED_BY, PROMPT_CELL, PROMPT_CHOICE, PROMPT_DATE, PROMPT_TEXT, code_line, path
from forms.question import Question
from forms.shown import wording
from forms.word_xml import (
    LANDSCAPE_WIDTH,
    PORTRAIT_WIDTH,
    Furniture,
    cell,
    choice_list,
    date_box,
    layout,
    paragraph,
    row,
    run,
    section_end,
    table,
    text_box,
    tick_box,
)

UNFURNISHED = Furniture()
WIDE = 5  # a table of more columns stands on its side
LINE_HEIGHT = 320  # twentieths of a point
COLUMN_WEIGHTS = {"Date": 20, "RoughDate": 20, "Time": 13, "YesNo": 18, "Choice": 18}


@dataclass
class Writing:
    """A form being written, and how wide the text is on the present pages."""

    form: Form
    width: int = PORTRAIT_WIDTH


def pages(
    form: type[Form],
    answers: Mapping[str, Any] | None,
    stamp: Stamp,
    issuer: str = "",
    furniture: Furniture = UNFURNISHED,
) -> str:
    """The body of the document, from the title to the stamp."""
    return "".join(_pages(Writing(form(data=answers or {})), stamp, issuer, furniture))


def foot_of(title: str, stamp: Stamp) -> str:
    """What stands below each page, before its number."""
    reference = f" \u00b7 {stamp.reference}" if stamp.reference else ""
    return f"{title} \u00b7 edition {stamp.edition}{reference}"


def _pages(writing: Writing, stamp: Stamp, issuer: str, furniture: Furniture) -> Iterator[str]:
    form = writing.form
    yield paragraph(run(form.title), "Title")
    if issuer:
        yield paragraph(run(f"{ISSUED_BY}{issuer}", "Label"))
    if stamp.reference:
        yield paragraph(run(f"Our reference: {stamp.reference}", "Label"))
    yield paragraph(run(form.purpose))
    yield paragraph(run(guidance.HOW_TO_FILL_IN))
    if form.given and any(not form[name].blank for name in form.given.names):
        yield from _topic(writing, form.given, given=True)
    for topic in form.topics:
        on_its_side = any(_is_wide(form[name]) for name in form.printed(topic))
        if on_its_side:
            yield section_end(layout(furniture))
            writing.width = LANDSCAPE_WIDTH
        yield from _topic(writing, topic)
        if on_its_side:
            yield section_end(layout(furniture, on_its_side=True))
            writing.width = PORTRAIT_WIDTH
    yield paragraph(run(code_line(stamp), "Hint"), "Normal", '<w:spacing w:before="360"/>')


def _is_wide(question: Question) -> bool:
    return isinstance(question, Rows) and question.layout == "table" and len(columns(question)) > WIDE


def columns(group: Rows) -> list[Question]:
    """The questions of a row of a group."""
    return group.entries[0].questions


def _topic(writing: Writing, topic: Topic, given: bool = False) -> Iterator[str]:
    """A topic: its heading, its guidance, and its questions in one table broken by the groups."""
    form, said = writing.form, guidance.shared_condition(writing.form, topic)
    names = form.printed(topic)
    if not names:
        return
    yield paragraph(run(topic.title), "Heading1")
    if text := ". ".join(part for part in (guidance.condition(form, said), topic.guidance) if part):
        yield paragraph(run(text), "Normal", "<w:keepNext/>")
    lines: list[str] = []
    for name in names:
        question = form[name]
        if not isinstance(question, Rows):
            if not given or not question.blank:
                lines += _question_rows(writing, question, name, said, locked=given)
            continue
        yield from _grid(writing, lines, topic.title)
        lines = []
        yield from _group(writing, question, topic, said)
    yield from _grid(writing, lines, topic.title)


def _grid(writing: Writing, lines: list[str], title: str) -> Iterator[str]:
    """A table of labels and answers, with a little room below."""
    if lines:
        yield table(lines, _halves(writing.width), title)
        yield paragraph("", "Gap")


def _halves(width: int) -> list[int]:
    return [width * 2 // 5, width - width * 2 // 5]


def _question_rows(
    writing: Writing,
    question: Question,
    name: str,
    said: When | None,
    locked: bool = False,
    sheet: Any = None,
) -> list[str]:
    """The row of one question; a long answer gets the whole width below its label."""
    across = isinstance(question, LongText) and question.lines > 3
    with_next = "<w:keepNext/>" if across else ""
    label = paragraph(run(guidance.printed_label(question)), "CellLabel", with_next)
    if notes := guidance.notes(sheet or writing.form, question, said):
        label += paragraph(run(notes), "CellHint", with_next)
    box = answer(question, name, locked)
    left, right = _halves(writing.width)
    if isinstance(question, LongText) and across:
        height = 0 if locked else question.lines * LINE_HEIGHT
        return [
            row(cell(label, left + right, shaded=True, span=2)),
            row(cell(box, left + right, span=2), whole=False, height=height),
        ]
    return [row(cell(label, left, shaded=True), cell(box, right))]


def _group(writing: Writing, group: Rows, topic: Topic, said: When | None) -> Iterator[str]:
    """A repeating group, as the lines of a table or as a block for each row."""
    if group.label.text != topic.title:
        yield paragraph(run(guidance.printed_label(group)), "Heading2")
    if notes := guidance.notes(writing.form, group, said):
        yield paragraph(run(notes, "Hint"), "Normal", "<w:keepNext/>")
    filled = [entry for entry in group.entries if not entry.blank]
    count = max(group.blanks, len(filled) + 1)
    while len(group.entries) < count:
        group.append()
    if group.layout == "table":
        yield _group_table(writing, group)
        yield paragraph("", "Gap")
    else:
        yield from _group_blocks(writing, group, said)


def _group_blocks(writing: Writing, group: Rows, said: When | None) -> Iterator[str]:
    for number, entry in enumerate(group.entries):
        lines = []
        for question in entry.questions:
            place = path(group.short_name, number, question.short_name)
            lines += _question_rows(writing, question, place, said, sheet=entry)
        yield paragraph(run(group.called(number)), "Heading2")
        yield from _grid(writing, lines, group.called(number))


def _group_table(writing: Writing, group: Rows) -> str:
    """A table with a heading row that is repeated on each page, and a line for each row."""
    questions = columns(group)
    weights = [COLUMN_WEIGHTS.get(type(question).__name__, _text_weight(question)) for question in questions]
    widths = [writing.width * weight // sum(weights) for weight in weights]
    heads = [
        cell(paragraph(run(guidance.printed_label(question)), "CellLabel"), width, shaded=True)
        for question, width in zip(questions, widths, strict=True)
    ]
    lines = [
        row(*(
            cell(answer(question, path(group.short_name, number, question.short_name),
                        in_table=True), width)
            for question, width in zip(entry.questions, widths, strict=True)
        ), height=480, whole=False)
        for number, entry in enumerate(group.entries)
    ]  # fmt: skip
    return table([row(*heads, heads=True), *lines], widths, group.label.text)


def _text_weight(question: Question) -> int:
    return 34 if getattr(question, "limit", 0) >= 10_000 else 24


@singledispatch
def answer(question: Question, name: str, locked: bool = False, in_table: bool = False) -> str:
    """The content control in which a kind of question is answered, as paragraphs of a cell."""
    prompt = PROMPT_CELL if in_table else PROMPT_TEXT
    return _one(text_box(name, question.label.text, wording(question), prompt, locked))


@answer.register
def _(question: Text, name: str, locked: bool = False, in_table: bool = False) -> str:
    prompt = PROMPT_CELL if in_table else PROMPT_TEXT
    return _one(text_box(name, question.label.text, str(question.data), prompt, locked))


@answer.register
def _(question: RoughDate, name: str, locked: bool = False, in_table: bool = False) -> str:
    day = day_or_none(question.data)
    value = f"{day:%d/%m/%Y}" if day else str(question.data)
    return _one(text_box(name, question.label.text, value, PROMPT_CELL if in_table else PROMPT_TEXT, locked))


@answer.register
def _(question: Date, name: str, locked: bool = False, in_table: bool = False) -> str:
    prompt = PROMPT_CELL if in_table else PROMPT_DATE
    day = question.day
    value, iso = (f"{day:%d/%m/%Y}", day.isoformat()) if day else (str(question.data), "")
    return _one(date_box(name, question.label.text, value, prompt, iso, locked))


@answer.register
def _(question: Choice, name: str, locked: bool = False, in_table: bool = False) -> str:
    value = wording(question)
    return _one(choice_list(name, question.label.text, question.options, value, PROMPT_CHOICE, locked))


@answer.register
def _(question: Choices, name: str, locked: bool = False, in_table: bool = False) -> str:
    return "".join(
        paragraph(
            tick_box(path(name, option.code), option.text, option.checked) + run(f" {option.text}"),
            "Tick",
        )
        for option in question.offered()
    )


def _one(control: str) -> str:
    return paragraph(control, "Cell")
