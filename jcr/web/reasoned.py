"""Yes, no and not-known questions with a reason beside each, as the pages of triage and criteria ask them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wtforms.validators import StopValidation

from forms import Form
from forms.fields import LongText, Text, YesNo
from forms.question import Question

WHY = "_why"
SAID = "_said"


@dataclass(frozen=True)
class Given:
    """An answer and its reason; `said_by` names the source where it is not the person who recorded it."""

    value: str
    why: str
    said_by: str = ""


class _MayWait(Question):
    """A question that may be left for later: not marked as optional, and no complaint when it is empty."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, required=True, **kwargs)

    def pre_validate(self, form: Any) -> None:
        if self.blank:
            raise StopValidation()
        super().pre_validate(form)


class Answer(_MayWait, YesNo):
    """The answer of a pair."""


class Why(_MayWait, LongText):
    """The reason of a pair."""


class ReasonedForm(Form):
    """Pairs of an answer and its reason. Any may be left for later; a yes or a no needs its reason."""

    def pairs(self) -> list[tuple[Question, Question]]:
        """The questions of the page, each with the box for its reason."""
        return [(self[name], self[name + WHY]) for name in self._names()]

    def said(self, name: str) -> Question | None:
        """The box for who said so, where the page asks for it."""
        return self[name + SAID] if name + SAID in self._fields else None

    def answered(self) -> dict[str, Given]:
        """What was answered, by name."""
        found = [(answer, why, self.said(answer.short_name)) for answer, why in self.pairs()]
        return {
            answer.short_name: Given(answer.data, why.data, said.data if said else "")
            for answer, why, said in found
            if not answer.blank
        }

    def checks(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """A reason for each yes and no; an answer for each reason."""
        for name in self._names():
            value, why = answers.get(name), answers.get(name + WHY)
            if value in ("yes", "no") and not why:
                yield name + WHY, "Say why: the reason is part of the record"
            if why and not value:
                yield name, "Select yes, no or not known to go with the reason"

    def _names(self) -> list[str]:
        return [name for name in self._fields if name + WHY in self._fields]


def reasoned_form(
    questions: Mapping[str, str],
    hints: Mapping[str, str] | None = None,
    sourced: bool = False,
    **more: Question,
) -> type[ReasonedForm]:
    """The form for these questions (name -> wording); `more` are questions of other kinds after them. A sourced one
    asks beside each who said so."""
    fields: dict[str, Question] = {}
    for name, wording in questions.items():
        fields[name] = Answer(wording, hint=(hints or {}).get(name, ""))
        fields[name + WHY] = Why("Reason", lines=2, limit=5000)
        if sourced:
            fields[name + SAID] = Text("Who said so, or where it stands", limit=500)
    return type("ReasonedForm", (ReasonedForm,), fields | more)


def stored(given: Mapping[str, Given]) -> dict[str, str]:
    """Recorded answers as the form takes them."""
    return (
        {name: one.value for name, one in given.items()}
        | {name + WHY: one.why for name, one in given.items()}
        | {name + SAID: one.said_by for name, one in given.items() if one.said_by}
    )
