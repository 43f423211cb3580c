"""Text that found no field, put into an answer by hand: added to what is there already, and taken out again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from forms import Form
from forms.fields import Choice, Date, LongText, Rows, Text
from forms.question import Question
from jcr.errors import Incomplete

NEW_ROW = "new"
BETWEEN = "; "  # in an answer of one line


@dataclass(frozen=True)
class Place:
    """An answer that takes text, such as `case_summary`, `subjects.0.subject_name` or `family_members.new`."""

    path: str
    label: str
    question: Question = field(compare=False, repr=False)

    @property
    def is_new_row(self) -> bool:
        return self.path.endswith(f".{NEW_ROW}")


@dataclass(frozen=True)
class Piece:
    """A piece of text that found no field; `into` is the answer it has been put into since."""

    number: int
    text: str
    into: Place | None


Offer = Sequence[tuple[str, Sequence[Place]]]


def pieces(
    offer: Offer, texts: Sequence[str], before: Mapping[str, Any], now: Mapping[str, Any]
) -> list[Piece]:
    """Every piece with where it was put. `before` is what was read, `now` what the officer has made of it."""
    changed = [place for _, places in offer for place in places if _changed(place, before, now)]
    return [Piece(number, text, _put_into(text, changed, before, now)) for number, text in enumerate(texts)]


def offered(form: type[Form], answers: Mapping[str, Any], labels: Mapping[str, str]) -> Offer:
    """The answers that take text, topic by topic; `labels` words some for whoever did not write them."""
    filled = form(data=answers)
    topics = (
        (topic.title, [place for name in topic.names for place in _places(filled[name], labels)])
        for topic in form.topics
    )
    return [(title, places) for title, places in topics if places]


def _places(question: Question, labels: Mapping[str, str]) -> Iterator[Place]:
    if not isinstance(question, Rows):
        if _takes_text(question):
            label = labels.get(question.short_name, question.label.text)
            yield Place(question.short_name, label, question)
        return
    filled = [row for row in question.entries if not row.blank] or question.entries[:1]
    for number, row in enumerate(filled):
        called = f"{question.called(number)}: " if len(filled) > 1 else ""
        for inner in filter(_takes_text, row.questions):
            path = f"{question.short_name}.{number}.{inner.short_name}"
            yield Place(path, called + inner.label.text, inner)
    first = next(inner for inner in question.entries[0].questions if isinstance(inner, Text))
    yield Place(f"{question.short_name}.{NEW_ROW}", f"{question.label.text}: a new {question.one}", first)


def _takes_text(question: Question) -> bool:
    return not isinstance(question, Rows | Choice)


def put(offer: Offer, answers: Mapping[str, Any], path: str, text: str) -> dict[str, Any]:
    """The answers with the text added to one of them. Raises Incomplete when no answer of that name is offered."""
    place = _offered_at(offer, path)
    found = deepcopy(dict(answers))
    holder = _holder(found, place)
    name = place.question.short_name
    holder[name] = _joined(place.question, str(holder.get(name) or ""), text)
    return found


def take_out(offer: Offer, answers: Mapping[str, Any], path: str, text: str) -> dict[str, Any]:
    """The answers without the text that had been put into one of them."""
    place = _offered_at(offer, path)
    found = deepcopy(dict(answers))
    holder = _holder(found, place)
    name = place.question.short_name
    holder[name] = _without(place.question, str(holder.get(name) or ""), text)
    return found


def _offered_at(offer: Offer, path: str) -> Place:
    for _, places in offer:
        for place in places:
            if place.path == path:
                return place
    raise Incomplete("Choose the answer this text belongs to.")


def _holder(answers: dict[str, Any], place: Place) -> dict[str, Any]:
    """The mapping that holds an answer: the answers themselves, or the row it stands in."""
    group, *inside = place.path.split(".")
    if not inside:
        return answers
    rows: list[dict[str, Any]] = answers.setdefault(group, [])
    number = len(rows) if place.is_new_row else int(inside[0])
    rows.extend({} for _ in range(number + 1 - len(rows)))
    return rows[number]


def _answer(answers: Mapping[str, Any], place: Place) -> Any:
    group, *inside = place.path.split(".")
    if not inside:
        return answers.get(group)
    rows = answers.get(group) or []
    return rows[int(inside[0])].get(inside[1]) if int(inside[0]) < len(rows) else None


def _changed(place: Place, before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    return not place.is_new_row and _answer(before, place) != _answer(now, place)


def _joined(question: Question, answer: str, text: str) -> str:
    if isinstance(question, LongText):
        return f"{answer}\n{text}" if answer.strip() else text
    line = " ".join(text.split())
    if isinstance(question, Date):
        if answer:
            raise Incomplete(f"“{question.label.text}” has a date already. Change it in the form.")
        return str(question.canonical(line))
    return f"{answer}{BETWEEN}{line}" if answer.strip() else line


def _without(question: Question, answer: str, text: str) -> str:
    parts, wanted, between = _parts(question, answer, text)
    at = _stands_at(parts, wanted)
    if at is None:
        return answer
    return between.join(parts[:at] + parts[at + len(wanted) :])


def _parts(question: Question, answer: str, text: str) -> tuple[list[str], list[str], str]:
    if isinstance(question, LongText):
        return answer.split("\n"), text.strip().split("\n"), "\n"
    line = " ".join(text.split())
    if isinstance(question, Date):
        return [answer], [str(question.canonical(line))], ""
    return answer.split(BETWEEN), line.split(BETWEEN), BETWEEN


def _stands_at(parts: Sequence[str], wanted: Sequence[str]) -> int | None:
    """Where the wanted parts stand one after another, from the end: what was put in last."""
    trimmed, sought = [part.strip() for part in parts], [part.strip() for part in wanted]
    places = range(len(trimmed) - len(sought), -1, -1)
    return next((at for at in places if trimmed[at : at + len(sought)] == sought), None)


def _put_into(
    text: str, changed: Sequence[Place], before: Mapping[str, Any], now: Mapping[str, Any]
) -> Place | None:
    """The answer that holds the piece now and did not when it was read."""
    for place in changed:
        held = _holds(place.question, _answer(before, place), text)
        if not held and _holds(place.question, _answer(now, place), text):
            return place
    return None


def _holds(question: Question, answer: Any, text: str) -> bool:
    if not answer or not text.strip():
        return False
    parts, wanted, _ = _parts(question, str(answer), text)
    return _stands_at(parts, wanted) is not None
