"""The plain-text medium: a form to paste into an e-mail, `Label: answer` line by line."""

from collections.abc import Iterator, Mapping
from functools import singledispatch
from typing import Any

from forms import guidance
from forms.conditions import When
from forms.fields import Choice, Date, LongText, RoughDate, Rows, Time
from forms.form import Form, Stamp, Topic
from forms.names import ISSUED_BY, code_line
from forms.question import Question
from forms.sheet import Sheet
from forms.shown import wording

HOW_TO_ANSWER = (
    "Write each answer after its colon; it may run on over several lines. Put an x between the brackets to\n"
    "choose. Leave empty what you have nothing to say to. Questions marked * must be answered.\n"
    "Copy a block to add another person, agency or event. Send this by secure e-mail only."
)
END = "== End of the form =="  # what stands below it, a signature for one, belongs to no answer
MOST_BLANKS = 3


def blank(
    form: type[Form], answers: Mapping[str, Any] | None = None, stamp: Stamp | None = None, issuer: str = ""
) -> str:
    """The form as text with \\n line ends: who sends it, what is known filled in, the stamp in a line of its own."""
    stamp = stamp or Stamp(form.kind, form.edition)
    return "\n".join(_lines(form(data=answers or {}), stamp, issuer)) + "\n"


def _lines(form: Form, stamp: Stamp, issuer: str) -> Iterator[str]:
    yield form.title.upper()
    if issuer:
        yield f"{ISSUED_BY}{issuer}"
    yield guidance.MARKING
    yield code_line(stamp)
    yield ""
    yield form.purpose
    yield ""
    yield HOW_TO_ANSWER
    if form.given and any(not form[name].blank for name in form.given.names):
        yield from _topic(form, form.given, given=True)
    for topic in form.topics:
        yield from _topic(form, topic)
    yield from ("", "", END)


def _topic(form: Form, topic: Topic, given: bool = False) -> Iterator[str]:
    said, names = guidance.shared_condition(form, topic), form.printed(topic)
    if not names:
        return
    yield from ("", "", heading(topic))
    if text := ". ".join(part for part in (guidance.condition(form, said), topic.guidance) if part):
        yield beside(text)
    for name in names:
        question = form[name]
        if isinstance(question, Rows):
            yield from _group(question, said)
        elif not given or not question.blank:
            yield ""
            yield from asked(question, form, said)


def heading(topic: Topic) -> str:
    """The line a topic begins with."""
    return f"== {topic.title} =="


def beside(words: str) -> str:
    """Guidance and conditions as they stand between questions."""
    return f"({words})"


def _group(group: Rows, said: When | None) -> Iterator[str]:
    """A block for each row that is filled in, and some empty ones."""
    count = sum(not entry.blank for entry in group.entries) + 1
    while len(group.entries) < max(count, min(group.blanks, MOST_BLANKS)):
        group.append()
    for number, entry in enumerate(group.entries):
        yield from ("", f"-- {group.called(number)} --")
        for question in entry.questions:
            yield from asked(question, entry, said)


def asked(question: Question, sheet: Sheet, said: When | None) -> Iterator[str]:
    """The lines of one question."""
    if question.when and question.when != said:
        yield beside(guidance.condition(sheet, question.when))
    yield from answer(question)


@singledispatch
def answer(question: Question) -> Iterator[str]:
    """Label and answer of a kind of question."""
    yield f"{guidance.label(question)}: {wording(question)}"


@answer.register
def _(question: LongText) -> Iterator[str]:
    yield f"{guidance.label(question)}:"
    yield wording(question)


@answer.register(Date)
@answer.register(RoughDate)
def _(question: Question) -> Iterator[str]:
    yield f"{guidance.label(question)} (day/month/year): {wording(question)}"


@answer.register
def _(question: Time) -> Iterator[str]:
    yield f"{guidance.label(question)} (hours:minutes): {wording(question)}"


@answer.register
def _(question: Choice) -> Iterator[str]:
    boxes = [f"[{'x' if option.checked else ' '}] {option.text}" for option in question.offered()]
    if sum(map(len, boxes)) < 60:
        yield f"{guidance.label(question)}: {'  '.join(boxes)}"
    else:
        yield f"{guidance.label(question)}:"
        yield from (f"  {box}" for box in boxes)
