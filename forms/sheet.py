"""A sheet of questions: what a whole form and one row of a repeating group have in common."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import wtforms

from forms.conditions import Standing, When, standing
from forms.question import Question


class Sheet(wtforms.Form):
    """Questions with their conditions, their answers and the checks between them."""

    today: date
    heading = ""  # of the page the sheet is on
    shown: list[Question]  # the questions that stand by themselves on a page; set by forms.web
    folded: Sequence[Question] = ()  # those a page keeps folded away until they are wanted

    @property
    def questions(self) -> list[Question]:
        """The questions in the order of the form."""
        return list(self._fields.values())

    def surroundings(self) -> dict[str, Any]:
        """Answers known from outside this sheet, which its conditions may depend on."""
        return {}

    def around(self, name: str) -> Any:
        """One of the surroundings; None when it is not known."""
        return None

    @cached_property
    def conditions(self) -> dict[str, When | None]:
        """The condition of each question, by name."""
        return {question.short_name: question.when for question in self.questions}

    def facts(self) -> dict[str, Any]:
        """The answers that conditions may look at: all but the rows."""
        own = {
            question.short_name: question.data or question.assumed
            for question in self.questions
            if not question.repeats
        }
        return {**self.surroundings(), **own}

    def fact(self, name: str) -> Any:
        """One of the facts, without gathering them all; None when it is not known."""
        question = self._fields.get(name)
        if question is None or question.repeats:
            return self.around(name)
        return question.data or question.assumed

    def standing(self, name: str) -> Standing:
        """Whether a question is asked, open or hidden under the answers of this sheet."""
        return standing(name, self.conditions, self.fact)

    def answers(self) -> dict[str, Any]:
        """Canonical name -> JSON-safe value; blank and hidden questions are left out."""
        found = {}
        for question in self.questions:
            if not question.blank and self.standing(question.short_name) is not Standing.HIDDEN:
                found[question.short_name] = question.answer()
        return found

    def typed(self) -> dict[str, Any]:
        """All that was typed, under hidden questions too: what a draft keeps."""
        return {question.short_name: question.kept() for question in self.questions if not question.blank}

    def understood(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What `typed` would give if these were the answers; those of the sheet itself have no part in it."""
        found = ((name, question, given.get(name)) for name, question in self._fields.items())
        kept = {name: question.understood(value) for name, question, value in found if value is not None}
        return {name: value for name, value in kept.items() if value}

    def comparable(self) -> dict[str, Any]:
        """The answers without the dates already complained of, against which nothing can be measured."""
        faulty = {question.short_name for question in self.questions if question.errors and question.is_date}
        return {name: value for name, value in self.answers().items() if name not in faulty}

    def checks(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Name and sentence of each answer that does not agree with another one. Forms say which."""
        return iter(())

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Check each answer, then the answers against each other; True when all will do."""
        good = super().validate(extra_validators)
        for name, sentence in self.checks({**self.surroundings(), **self.comparable()}):
            question = self._fields.get(name)
            if question is not None and not question.errors:
                question.errors = [sentence]
                good = False
        return good

    def problems(self) -> list[tuple[str, str]]:
        """Canonical name (`incident_date`, `subjects.0.subject_dob`) and sentence of each fault found."""
        return [found for question in self.questions for found in question.problems()]

    @property
    def errors(self) -> dict[str, list[str]]:
        """The faults by canonical name, those inside rows included."""
        found: dict[str, list[str]] = {}
        for name, sentence in self.problems():
            found.setdefault(name, []).append(sentence)
        return found
