"""The questions of a reading laid out for a quick eye: what to check first, what was read, what is folded away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from forms import Form
from forms.fields import Rows
from forms.question import Question


@dataclass(frozen=True)
class Group:
    """The questions of one topic: those with an answer or a fault, and the empty ones, which are folded."""

    key: str
    title: str
    answered: tuple[Question, ...]
    folded: tuple[Question, ...]


def groups(form: Form, titles: Mapping[str, str], doubtful: Collection[str]) -> Iterator[Group]:
    """The doubtful answers as the first group, then the topics of the form in their order.

    The form is dressed already. `titles` renames topics by their key, `doubtful` has the canonical names of
    answers a person should look at first; those inside a row stay in their row.
    """
    first = tuple(q for q in form.shown if q.short_name in doubtful and not isinstance(q, Rows))
    if first:
        yield Group("first", "Check these first", first, ())
    for topic in form.topics:
        asked = [q for q in form.shown if q.short_name in topic.names and q not in first]
        title = titles.get(topic.key, topic.title)
        _fold_rows(asked, title)
        if asked:
            shown = tuple(q for q in asked if has_something(q))
            yield Group(topic.key, title, shown, tuple(q for q in asked if q not in shown))


def has_something(question: Question) -> bool:
    """Whether a question has an answer, a fault, or such a question under one of its options."""
    if isinstance(question, Rows):
        return any(row.fresh or not row.blank for row in question.entries) or bool(question.errors)
    below = [inner for inners in question.under.values() for inner in inners]
    return not question.blank or bool(question.errors) or any(has_something(inner) for inner in below)


def _fold_rows(asked: list[Question], title: str) -> None:
    """Folds the empty questions of each row that has an answer; says nothing twice in a heading."""
    for rows in asked:
        if not isinstance(rows, Rows):
            continue
        rows.heading = "" if rows.heading == title else rows.heading
        for row in rows.entries:
            if not row.fresh and not row.blank:
                # The first stays: a fault of the whole group is linked to it.
                kept = [q for q in row.shown if has_something(q) or q is row.questions[0]]
                row.folded = [question for question in row.shown if question not in kept]
                row.shown = kept
