"""The web medium: one topic of a form as GOV.UK questions, with rows added and removed without JavaScript."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from forms.conditions import Standing
from forms.fields import Choice, Choices, Date, LongText, OneOfMany, Rows, Text
from forms.form import Form
from forms.question import Question
from forms.sheet import Sheet
from forms.widgets import Checkboxes, DateBoxes, ListToOpen, Radios, RowBlocks, TextArea, TextBox


def topic_form(
    form: type[Form],
    key: str,
    formdata: Any = None,
    answers: Mapping[str, Any] | None = None,
    today: Any = None,
) -> Form:
    """The form cut down to one topic and dressed for a page.

    `formdata` is what was posted, or None; `answers` what is stored, which also decides which questions
    are asked. KeyError when the form has no such topic.
    """
    topic = form.topic(key)
    cut = form(formdata, data=answers or {}, only=topic.names, today=today)
    cut.heading = topic.title
    dress(cut)
    return cut


def topics_asked(form: type[Form], answers: Mapping[str, Any]) -> list[str]:
    """The keys of the topics in which something is asked under these answers: the pages to visit."""
    asked = set(form.asked(answers))
    return [topic.key for topic in form.topics if asked & set(topic.names)]


@dataclass(frozen=True)
class Place:
    """Where a topic stands among those asked: its number, how many there are, and the key of the next, if any."""

    number: int
    total: int
    following: str


def place_of(form: type[Form], key: str, answers: Mapping[str, Any]) -> Place:
    """The place of a topic; one that is not asked any more stands first and leads nowhere."""
    keys = topics_asked(form, answers)
    if key not in keys:
        return Place(1, len(keys), "")
    at = keys.index(key)
    return Place(at + 1, len(keys), next(iter(keys[at + 1 :]), ""))


def topic_state(form: type[Form], key: str, answers: Mapping[str, Any], today: Any = None) -> str:
    """How far a topic is: 'todo' (nothing in it), 'started' (not all that is needed) or 'done'."""
    cut = form(data=answers, only=form.topic(key).names, today=today)
    good = cut.validate()
    if all(question.blank for question in cut.questions):
        return "todo"
    return "done" if good else "started"


def dress(sheet: Sheet) -> None:
    """Give every question its GOV.UK widget, and say which stand by themselves (`sheet.shown`)."""
    for question in sheet.questions:
        question.widget = widget(question)
        question.under = under(sheet, question)
        if isinstance(question, Rows):
            question.heading = "" if question.label.text == sheet.heading else question.label.text
            for row in question.entries:
                dress(row)
    sheet.shown = list(shown_questions(sheet))


def under(sheet: Sheet, question: Question) -> dict[str, list[Question]]:
    """The questions that are shown below an option of this one, by the option's code.

    Only questions that hang on a single option of a plain choice of the same page; the others stand
    by themselves, and the server leaves out the answers that were not asked for.
    """
    found: dict[str, list[Question]] = {}
    if not isinstance(question, Choice) or isinstance(question, Choices):
        return found
    for other in sheet.questions:
        if other.when and other.when[0] == question.short_name and len(other.when[1]) == 1:
            found.setdefault(other.when[1][0], []).append(other)
    return found


def shown_questions(sheet: Sheet) -> Iterator[Question]:
    """The questions of a page from top to bottom, without those shown under an option of another."""
    placed = {
        inner.name for question in sheet.questions for inners in question.under.values() for inner in inners
    }
    for question in sheet.questions:
        if question.name in placed or _settled_elsewhere(sheet, question):
            continue
        yield question


def _settled_elsewhere(sheet: Sheet, question: Question) -> bool:
    """Whether an answer on an earlier page has already decided that this question is not asked."""
    on_this_page = question.when is not None and question.when[0] in sheet
    return not on_this_page and sheet.standing(question.short_name) is Standing.HIDDEN


@singledispatch
def widget(question: Question) -> Callable[..., Any]:
    """The GOV.UK widget for a kind of question."""
    return TextBox()


@widget.register
def _(question: Text) -> Callable[..., Any]:
    return TextBox()


@widget.register
def _(question: LongText) -> Callable[..., Any]:
    return TextArea()


@widget.register
def _(question: Date) -> Callable[..., Any]:
    return DateBoxes()


@widget.register
def _(question: Choice) -> Callable[..., Any]:
    return Radios()


@widget.register
def _(question: OneOfMany) -> Callable[..., Any]:
    return ListToOpen()


@widget.register
def _(question: Choices) -> Callable[..., Any]:
    return Checkboxes()


@widget.register
def _(question: Rows) -> Callable[..., Any]:
    return RowBlocks()


PRESSED = re.compile(r"(?P<group>.+?)-(?:add|(?P<number>[0-9]{1,4})-remove)")


def rows_changed(form: Form, formdata: Any) -> bool:
    """Add or remove a row if that is the button that was pressed; the page is then shown again, unchecked.

    All that was typed stays, also in the other rows. A removed row's own answers go with it.
    """
    for button in formdata or ():
        pressed = PRESSED.fullmatch(button)
        question = form._fields.get(pressed["group"]) if pressed else None
        if pressed and isinstance(question, Rows):
            _press(question, pressed["number"], formdata)
            dress(form)
            return True
    return False


def _press(question: Rows, number: str | None, formdata: Any) -> None:
    """Carry out one press; the number counts the rows as they stood in the browser, gaps included."""
    if number is None:
        question.append().fresh = True
        return
    posted = question.posted_numbers(formdata)
    if int(number) in posted:
        question.remove(posted.index(int(number)))


def error_list(*forms: Form) -> dict[str, Any]:
    """Parameters of the GOV.UK error summary: a line for each fault, linked to what takes the focus."""
    return {
        "titleText": "There is a problem",
        "errorList": [fault for form in forms for fault in _faults(form)],
    }


def _faults(sheet: Sheet, called: str = "") -> Iterator[dict[str, str]]:
    for question in sheet.questions:
        if question.errors:
            yield {"text": called + str(question.errors[0]), "href": f"#{focus_id(question)}"}
        if isinstance(question, Rows):
            for number, row in enumerate(question.entries):
                yield from _faults(row, f"{question.called(number)}: ")


def focus_id(question: Question) -> str:
    """The id of the box that takes the focus: the faulty box of a date, the first box of a row."""
    if isinstance(question, Date):
        return f"{question.id}-{question.faulty[0] if question.faulty else 'day'}"
    if isinstance(question, Rows):
        return focus_id(question.entries[0].questions[0])
    return str(question.id)
