"""The facts that the statutory tests still need, put to the agencies as questions of the scoping request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.criteria import service as criteria
from jcr.criteria.facts import FACTS

PLEASE = (
    "The group cannot answer the following yet. Please say in your summary what your records show of each, or that "
    "they do not show it:"
)


def open_questions(session: Session, case: Case, today: date, answers: Mapping[str, Any]) -> str:
    """The questions nobody has answered, each once for each subject, for the form's box; empty when there are none."""
    judged = criteria.tests_of(session, case, today, answers=answers)
    asked = dict.fromkeys(
        f"{one.subject.initials}: {FACTS[fact]}" for one in judged for fact in one.test.still_to_ask
    )
    lines = [f"{number}. {question}" for number, question in enumerate(asked, 1)]
    return "\n".join((PLEASE, *lines)) if lines else ""
