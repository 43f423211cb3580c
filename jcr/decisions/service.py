"""The doors of the decisions room: who may see a recommendation, and its acts under one name."""

from __future__ import annotations

from sqlalchemy import Select, select

from jcr.cases.model import Case
from jcr.cases.service import visible_to as visible_cases
from jcr.decisions.made_again import brought_back
from jcr.decisions.model import Recommendation
from jcr.decisions.offices import Place, Progress, beside, decided, needed, progress
from jcr.decisions.ratifying import (
    of_case,
    offices_to_answer,
    ratify,
    reconvene,
    waiting_for,
)
from jcr.decisions.recommending import (
    Agreed,
    Said,
    criteria_of,
    describe,
    draft_of,
    faults,
    given_away,
    lateness,
    latest,
    owed_on,
    recommend,
    save_draft,
)
from jcr.decisions.report import cautions, file_name, report
from jcr.decisions.telling import Preview, letter_of, notify_referrer, preview
from jcr.decisions.withdrawing import acceptances, declare_conflict, take_back
from jcr.people.model import Person

__all__ = [
    "Agreed",
    "Place",
    "Preview",
    "Progress",
    "Said",
    "acceptances",
    "beside",
    "brought_back",
    "cautions",
    "criteria_of",
    "decided",
    "declare_conflict",
    "describe",
    "draft_of",
    "faults",
    "file_name",
    "given_away",
    "lateness",
    "latest",
    "letter_of",
    "needed",
    "notify_referrer",
    "of_case",
    "offices_to_answer",
    "owed_on",
    "preview",
    "progress",
    "ratify",
    "recommend",
    "reconvene",
    "report",
    "save_draft",
    "take_back",
    "visible_to",
    "waiting_for",
]


def visible_to(person: Person) -> Select[Recommendation]:
    """The recommendations this person may see: those on cases they may see."""
    cases = visible_cases(person).with_only_columns(Case.id)
    return select(Recommendation).where(Recommendation.case_id.in_(cases))
