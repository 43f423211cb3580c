"""The list of cases: found by status, route and words, a page at a time or all at once to be taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CompoundSelect, Select, false, func, literal, select, union_all
from sqlalchemy.orm import Session, joinedload, load_only, selectinload

from forms.reading import dates
from jcr.cases import words as folding
from jcr.cases.model import Case, Route, Status, Subject
from jcr.cases.service import visible_to
from jcr.counting import MOST, counted_to
from jcr.desk import finding
from jcr.history.service import record
from jcr.people.model import Agency, Person
from jcr.statements import at_most, once_for_each, said
from jcr.wording import count, local_day, short_date

PAGE = 50
ROUTES = {Route.CHILD: "Child", Route.ADULT: "Adult", Route.DOMESTIC: "Domestic"}
COLUMNS = (
    ("Reference", 16), ("People", 12), ("Kind of review", 18), ("Status", 18), ("Referred by", 34), ("Opened", 14),
)  # fmt: skip
OF_A_ROW = (
    load_only(Case.reference, Case.status, Case.opened_at),
    joinedload(Case.agency).load_only(Agency.name),
    selectinload(Case.subjects).load_only(Subject.name),
)
YEAR = r"\d{4}|[/.-]\d{2}$"


@dataclass(frozen=True)
class Wanted:
    """What to look for; empty finds everything. `words` match reference, a subject's name or birth, or an agency."""

    status: str = ""
    route: str = ""
    words: str = ""
    page: int = 1


@dataclass(frozen=True)
class Found:
    """One page of the cases found, how many there are in all and of each status; each counted up to `MOST`."""

    cases: Sequence[Case]
    total: int
    page: int
    counts: dict[Status, int]

    @property
    def pages(self) -> int:
        return max(1, -(-min(self.total, MOST) // PAGE))

    @property
    def are_more(self) -> bool:
        """Whether there are more than can be paged through."""
        return self.total > MOST


def find(session: Session, person: Person, wanted: Wanted, today: date) -> Found:
    """The cases this person may see that fit, newest first; a page past the end is the last one."""
    fitting = matching(session, person, wanted, today)
    counts = _counts(session, person)
    if wanted.status or wanted.route or wanted.words:
        total = counted_to(session, fitting.with_only_columns(Case.id))
    else:
        total = min(sum(counts.values()), MOST + 1)
    page = max(1, min(wanted.page, -(-min(total, MOST) // PAGE)))
    rows = _newest_first(fitting).limit(at_most(PAGE)).offset((page - 1) * PAGE)
    return Found(session.scalars(rows).all(), total, page, counts)


def take_out(
    session: Session, person: Person, wanted: Wanted, as_what: str, now: datetime
) -> Sequence[Sequence[str]]:
    """All the cases that fit as rows under `COLUMNS`; the history notes that a list was taken out, but no words."""
    cases = session.scalars(_newest_first(matching(session, person, wanted, local_day(now)))).all()
    asked = [part for part in (wanted.status, wanted.route, "found by words" if wanted.words else "") if part]
    act = f"took out a list of {count(len(cases), 'case')} as {as_what}"
    record(session, None, person.as_actor(), now, act, ", ".join(asked))
    return [_row(case) for case in cases]


def _row(case: Case) -> tuple[str, ...]:
    return (
        case.reference,
        case.initials,
        ", ".join(ROUTES[route] for route in case.route_names) or "Not set",
        case.status.shown,
        case.agency.name if case.agency else "Not on the list of agencies",
        short_date(local_day(case.opened_at)),
    )


def _newest_first(cases: Select[Any]) -> Select[Any]:
    return cases.order_by(Case.opened_at.desc(), Case.id.desc()).options(*OF_A_ROW)


def matching(session: Session, person: Person, wanted: Wanted, today: date) -> Select[Any]:
    """Of the cases this person may see, those that fit."""
    cases = visible_to(person)
    if wanted.status in set(Status):
        cases = cases.where(Case.status == said(Status(wanted.status)))
    if wanted.route in set(Route):
        cases = cases.where(finding.on_route(session, Route(wanted.route)))
    words, born = _birth_in(wanted.words, today)
    if born:
        cases = cases.where(Case.id.in_(select(Subject.case_id).where(Subject.dob == born)))
    if asked := folding.asked(words):
        return cases.where(finding.named(session, person, asked))
    return cases.where(false()) if words.strip() and not born else cases


def _birth_in(words: str, today: date) -> tuple[str, date | None]:
    """The words without a whole date among them, and that date; a day without its year is left a word."""
    found = dates.find(words, dates.Era(today.year), birth=True)
    if found is None or found.precision != "day" or not re.search(YEAR, found.text):
        return words, None
    return words.replace(found.text, " ", 1), date.fromisoformat(found.iso)


def _counts(session: Session, person: Person) -> dict[Status, int]:
    counts = {Status(value): number for value, number in session.execute(_counting(person, MOST))}
    return {status: counts[status] for status in Status if counts[status]}


@once_for_each
def _counting(person: Person, most: int) -> CompoundSelect[Any]:
    """Each status from its index alone: of many cases, a database then reads no more than are counted."""
    seen = visible_to(person).with_only_columns(Case.id).limit(at_most(most + 1))
    counted = (
        select(literal(status.value), func.count()).select_from(
            seen.where(Case.status == said(status)).subquery()
        )
        for status in Status
    )
    return union_all(*counted)
