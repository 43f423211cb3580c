"""The list of cases: found by status, route and words, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, CaseRoute, Route, Status, Subject
from jcr.cases.service import visible_to
from jcr.people.model import Agency, Person
from jcr.referrals.model import Referral

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What to look for; empty finds everything. `words` match reference, a subject's name or an agency."""

    status: str = ""
    route: str = ""
    words: str = ""
    page: int = 1


@dataclass(frozen=True)
class Found:
    """One page of the cases found, how many there are in all, and how many there are of each status."""

    cases: Sequence[Case]
    total: int
    page: int
    counts: dict[Status, int]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def find(session: Session, person: Person, wanted: Wanted) -> Found:
    """The cases this person may see that fit, newest first; a page past the end is the last one."""
    matching = _matching(visible_to(person), wanted)
    total = session.scalar(select(func.count()).select_from(matching.subquery())) or 0
    page = max(1, min(wanted.page, -(-total // PAGE)))
    rows = matching.order_by(Case.opened_at.desc(), Case.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    return Found(session.scalars(rows).all(), total, page, _counts(session, person))


def _matching(cases: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.status in set(Status):
        cases = cases.where(Case.status == Status(wanted.status))
    if wanted.route in set(Route):
        cases = cases.where(
            Case.id.in_(select(CaseRoute.case_id).where(CaseRoute.route == Route(wanted.route)))
        )
    for word in wanted.words.split():
        cases = cases.where(_mentions(word))
    return cases


def _mentions(word: str) -> Any:
    """Whether reference, subject or agency hold the word, in whatever case it is written."""
    named = select(Subject.case_id).where(Subject.name.icontains(word, autoescape=True))
    of_agency = select(Agency.id).where(Agency.name.icontains(word, autoescape=True))
    referred = select(Referral.case_id).where(Referral.referrer_agency.icontains(word, autoescape=True))
    return or_(
        Case.reference.icontains(word, autoescape=True),
        Case.id.in_(named),
        Case.id.in_(referred),
        Case.agency_id.in_(of_agency),
    )


def _counts(session: Session, person: Person) -> dict[Status, int]:
    seen = visible_to(person).with_only_columns(Case.status, func.count()).group_by(Case.status)
    counts = dict(session.execute(seen).all())
    return {status: counts[status] for status in Status if status in counts}
