"""Every question of a form answered in its own kind and in letters of many alphabets."""

from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from forms import Form, fields

NAME = "Siân Ŵyn-Łukaszewska 王小明 😀 محمد"
STORY = "Line one – “quoted” & <more>.\nZweite Zeile: Ştefan, ŷ, 李雷.\n\nLast line 🏥."


@dataclass(frozen=True)
class Words:
    """What is written into a line, and into a box of several lines."""

    name: str = NAME
    story: str = STORY


def filled(form: type[Form], rows: int = 2, words: Words = Words()) -> dict[str, Any]:
    """Answers to every question of a form, with so many rows in each group, as the web form keeps them."""
    sheet = form(data=form.fullest)
    return {question.short_name: answer(question, rows, words) for question in sheet.questions} | dict(
        form.fullest
    )


@singledispatch
def answer(question: Any, rows: int, words: Words) -> Any:
    """An answer to one question."""
    raise TypeError(f"no answer for {type(question).__name__}")


@answer.register
def _(question: fields.Text, rows: int, words: Words) -> str:
    return f"{question.short_name} {words.name}"


@answer.register
def _(question: fields.LongText, rows: int, words: Words) -> str:
    return f"About {question.short_name}. {words.story}"


@answer.register(fields.Date)
@answer.register(fields.RoughDate)
def _(question: fields.Question, rows: int, words: Words) -> str:
    return "2024-02-09"


@answer.register
def _(question: fields.Time, rows: int, words: Words) -> str:
    return "14:05"


@answer.register
def _(question: fields.Choice, rows: int, words: Words) -> str:
    return list(question.options)[-1]


@answer.register
def _(question: fields.Choices, rows: int, words: Words) -> list[str]:
    return list(question.options)[::2]


@answer.register
def _(question: fields.NhsNumber, rows: int, words: Words) -> str:
    return "9990123456"


@answer.register
def _(question: fields.Email, rows: int, words: Words) -> str:
    return "ada.moss@example.org"


@answer.register
def _(question: fields.Telephone, rows: int, words: Words) -> str:
    return "01632 960 001 ext 7"


@answer.register
def _(question: fields.Number, rows: int, words: Words) -> str:
    return str(question.low + 3)


@answer.register
def _(question: fields.Rows, rows: int, words: Words) -> list[dict[str, Any]]:
    inner = question.entries[0].questions
    return [{one.short_name: answer(one, number, words) for one in inner} for number in range(rows)]
