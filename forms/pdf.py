"""The PDF medium: a fillable form that passes PDF/UA-1, every box named for the ear and for the reader."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from math import ceil
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from forms import guidance
from forms.conditions import When
from forms.fields import Choice, Choices, Date, LongText, RoughDate, Rows
from forms.form import Form, Stamp, Topic, once_for_each
from forms.names import ISSUED_BY, STAMP_FIELD, code_line, flat, path, stamped
from forms.paper import style
from forms.paper.document import Furniture, render
from forms.paper.text import Text, heading, plain
from forms.pdf_boxes import Beside, Box, ChoiceBox, TextBox, TickBox
from forms.pdf_filling import fill
from forms.pdf_plates import CODE_SHARE, Letters, plate, stand_in
from forms.pdf_widgets import TICKED
from forms.question import Question
from forms.sheet import Sheet
from forms.shown import wording

LABEL_SHARE, BOX_SHARE = 0.42, 0.58
ACROSS = 3  # boxes side by side in a row of a group
LONG = 10_000  # characters: a row's text as long as this has a line of its own
DOWN_TO_THE_ANSWER = 4  # points: a label stands level with what is written beside it
ROOM_FOR_A_TOPIC, ROOM_FOR_A_ROW, ROOM_AFTER_A_GROUP = 130, 150, 9  # points
DATE_HINT = "day/month/year"


@dataclass
class Filling:
    """What is to be written into the boxes once they are drawn, and which box is for ever shut."""

    values: dict[str, str] = field(default_factory=dict)


def blank(
    form: type[Form], answers: Mapping[str, Any] | None = None, stamp: Stamp | None = None, issuer: str = ""
) -> bytes:
    """The form as a fillable PDF, with what is known filled in, who sends it, and the stamp in a box and in print."""
    stamp = stamp or Stamp(form.kind, form.edition)
    if not answers and not stamp.identifier:
        return _bare(form, issuer)
    return _written(form, answers or {}, stamp, issuer)


@once_for_each
def _bare(form: type[Form], issuer: str) -> bytes:
    """The form without answers, sent to nobody: the same each time, so made once in a process."""
    return _written(form, {}, Stamp(form.kind, form.edition), issuer)


def _written(form: type[Form], answers: Mapping[str, Any], stamp: Stamp, issuer: str) -> bytes:
    filling, drawn = Filling(), stand_in(stamp)
    shown = drawn or stamp
    story = list(_story(form(data=answers), shown, issuer, filling))
    filling.values[STAMP_FIELD] = stamped(stamp)
    note = f"Edition {stamp.edition}"
    furniture = Furniture(form.title, guidance.MARKING, reference=shown.reference, note=note)
    content = plate(story, form.title, furniture) if drawn else render(story, form.title, furniture)
    anew = {shown.identifier: stamp.identifier, shown.reference: stamp.reference}
    changed = {before: now for before, now in anew.items() if before != now}
    return fill(content, filling.values, stamp, changed)


def _story(form: Form, stamp: Stamp, issuer: str, filling: Filling) -> Iterator[Flowable]:
    yield from heading(1, form.title)
    if issuer:
        yield Text(plain(f"{ISSUED_BY}{issuer}"), style.CELL_LABEL)
        yield Spacer(0, 6)
    if stamp.reference:
        yield Text(plain(f"Our reference: {stamp.reference}"), style.CELL_LABEL)
        yield Spacer(0, 6)
    yield Text(plain(form.purpose), style.TEXT)
    yield Text(plain(guidance.HOW_TO_FILL_IN), style.TEXT)
    if form.given and any(not form[name].blank for name in form.given.names):
        yield from _topic(form, form.given, filling, given=True)
    *questions, last = [one for topic in form.topics for one in _topic(form, topic, filling)]
    yield from questions
    printed = [Text(plain(code_line(stamp)), style.SMALL), Letters()]
    code = Beside([(CODE_SHARE, printed), (1 - CODE_SHARE, [TextBox(STAMP_FIELD, "Form code", fixed=True)])])
    yield KeepTogether([last, Spacer(0, 14), code])  # the code stands on no page by itself


def _topic(form: Form, topic: Topic, filling: Filling, given: bool = False) -> Iterator[Flowable]:
    said, names = guidance.shared_condition(form, topic), form.printed(topic)
    if not names:
        return
    begins_with_rows = isinstance(form[names[0]], Rows)
    yield CondPageBreak(ROOM_FOR_A_TOPIC + (ROOM_FOR_A_ROW if begins_with_rows else 0))
    yield from heading(2, topic.title)
    if text := ". ".join(part for part in (guidance.condition(form, said), topic.guidance) if part):
        yield Text(plain(text), style.TEXT)
    for name in names:
        question = form[name]
        if isinstance(question, Rows):
            yield from _group(question, topic, said, filling)
        elif not given or not question.blank:
            yield asked(question, form, name, said, filling, shut=given)


def asked(
    question: Question, sheet: Sheet, name: str, said: When | None, filling: Filling, shut: bool = False
) -> Flowable:
    """One question: its label beside its box, or above it where the answer is long."""
    words: list[Flowable] = [Text(plain(guidance.printed_label(question)), style.CELL_LABEL)]
    if notes := guidance.notes(sheet, question, said):
        words.append(Text(plain(notes), style.SMALL))
    boxes: list[Flowable] = [*answer(question, name, spoken(question), filling, shut)]
    if isinstance(question, LongText) and question.lines > 3:
        return KeepTogether([*words, Spacer(0, 3), *boxes, Spacer(0, 9)])
    level = [] if isinstance(question, Choices) else [Spacer(0, DOWN_TO_THE_ANSWER)]
    return Beside([(LABEL_SHARE, [*level, *words]), (BOX_SHARE, boxes)], after=5)


def spoken(question: Question, *before: str) -> str:
    """What a screen reader says of a box: for a row, whose it is, then the label and how to answer."""
    said = [*before, question.label.text]
    if isinstance(question, Date | RoughDate):
        said.append(DATE_HINT)
    if question.required:
        said.append("must be answered")
    return ", ".join(said)


def _group(group: Rows, topic: Topic, said: When | None, filling: Filling) -> Iterator[Flowable]:
    yield CondPageBreak(ROOM_FOR_A_ROW)  # a heading stays with its first row
    if group.label.text != topic.title:
        yield from heading(3, group.label.text)
    if notes := guidance.notes(group._form, group, said):
        yield Text(plain(notes), style.SMALL)
    count = sum(not entry.blank for entry in group.entries) + 1
    while len(group.entries) < max(count, group.blanks):
        group.append()
    for number, entry in enumerate(group.entries):
        title = heading(3, group.called(number))
        if group.layout == "block":
            yield from title
            for question in entry.questions:
                place = path(group.short_name, number, question.short_name)
                yield asked(question, entry, place, said, filling)
        else:
            yield KeepTogether([*title, *_lines(group, number, filling)])
    yield Spacer(0, ROOM_AFTER_A_GROUP)


def _lines(group: Rows, number: int, filling: Filling) -> Iterator[Flowable]:
    """The boxes of one row of a group, some side by side; a long text has a line of its own."""
    waiting: list[Question] = []
    for question in group.entries[number].questions:
        if getattr(question, "limit", 0) >= LONG:
            yield from _line(group, number, waiting, filling)
            waiting = []
            yield from _line(group, number, [question], filling)
        else:
            waiting.append(question)
    yield from _line(group, number, waiting, filling)


def _line(group: Rows, number: int, questions: list[Question], filling: Filling) -> Iterator[Flowable]:
    """The boxes of these questions, as many on each line as on the others where that goes: four on two and two."""
    lines = ceil(len(questions) / ACROSS)
    across = ceil(len(questions) / max(lines, 1))
    for start in range(0, len(questions), max(across, 1)):
        columns: list[tuple[float, list[Flowable]]] = []
        for question in questions[start : start + across]:
            name = path(group.short_name, number, question.short_name)
            label = Text(plain(guidance.printed_label(question)), style.SMALL)
            boxes = answer(question, name, spoken(question, group.called(number)), filling)
            columns.append((1 / across, [label, *boxes]))
        yield Beside(columns, after=4, level=True)


@singledispatch
def answer(question: Question, name: str, said: str, filling: Filling, shut: bool = False) -> list[Box]:
    """The box or boxes of a kind of question; what is known goes into the filling."""
    value = wording(question) if not question.blank else ""
    if value:
        filling.values[flat(name)] = value
    lines = getattr(question, "lines", 2 if getattr(question, "limit", 0) >= LONG else 1)
    return [TextBox(name, said, value, lines, fixed=shut)]


@answer.register(Date)
@answer.register(RoughDate)
def _(question: Any, name: str, said: str, filling: Filling, shut: bool = False) -> list[Box]:
    if not question.blank:
        filling.values[flat(name)] = wording(question)
    return [TextBox(name, said, fixed=shut)]


@answer.register
def _(question: Choice, name: str, said: str, filling: Filling, shut: bool = False) -> list[Box]:
    if not question.blank:
        filling.values[flat(name)] = wording(question)
    return [ChoiceBox(name, said, list(question.options.values()))]


@answer.register
def _(question: Choices, name: str, said: str, filling: Filling, shut: bool = False) -> list[Box]:
    offered = list(question.offered())
    filling.values |= {flat(path(name, option.code)): TICKED for option in offered if option.checked}
    return [TickBox(path(name, option.code), f"{said}: {option.text}", option.text) for option in offered]
