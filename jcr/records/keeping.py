"""Retention: whose time is up, what is decided then, by whom twice, and legal holds. Nothing is destroyed by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, CaseRoute, Route
from jcr.cases.service import no_wall, visible_to
from jcr.db import one_at_a_time
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import record
from jcr.people.model import Person
from jcr.permissions import Permission, allows
from jcr.records.model import Agreed, Fate, LegalHold, Review
from jcr.records.rules import KINDS, NOT_REVIEWED, review_on, years_before
from jcr.roles import Actor
from jcr.wording import local_day, long_date, plain_date

Years = Mapping[str, int]


@dataclass(frozen=True)
class Keeping:
    """How a case's record stands: when it is to be reviewed, what was decided, and what holds it."""

    review_on: date | None
    latest: Review | None
    hold: LegalHold | None

    @property
    def is_marked(self) -> bool:
        return self.latest is not None and self.latest.fate is Fate.DESTROY

    @property
    def is_agreed(self) -> bool:
        """Whether two people decided that it is destroyed, so that only a hold keeps it."""
        return self.is_marked and self.latest is not None and self.latest.agreed is not None

    def is_due(self, today: date) -> bool:
        return self.review_on is not None and self.review_on <= today and not (self.hold or self.is_marked)


def due(person: Person, years: Years, today: date) -> Select[Case]:
    """The closed cases this person may see whose time is up and about which nothing stands, longest closed first."""
    standing = _latest_since_closing()
    kept = standing.where((Review.fate == Fate.DESTROY) | (Review.keep_until > today))
    found = visible_to(person).where(Case.closed_on.is_not(None), _time_is_up(years, today))
    found = found.where(~kept.exists(), ~_held().exists())
    return found.order_by(Case.closed_on, Case.id)


def marked(person: Person) -> Select[Case]:
    """The cases marked for destruction, for the operator; those on hold are none."""
    found = visible_to(person).where(_latest_since_closing().where(Review.fate == Fate.DESTROY).exists())
    return found.where(~_held().exists()).order_by(Case.closed_on, Case.id)


def destroyed(person: Person) -> Select[Case]:
    """The cases of whose record only the history is left, the last destroyed first."""
    gone = select(Case).where(Case.destroyed_at.is_not(None), no_wall(person, Case.id))
    return gone.order_by(Case.destroyed_at.desc(), Case.id.desc())


def on_hold(person: Person) -> Select[LegalHold]:
    seen = visible_to(person).with_only_columns(Case.id)
    held = select(LegalHold).where(LegalHold.lifted_at.is_(None), LegalHold.case_id.in_(seen))
    return held.order_by(LegalHold.at, LegalHold.id)


def keeping_of(session: Session, case: Case, years: Years) -> Keeping:
    latest = session.scalar(
        select(Review).where(Review.case_id == case.id).order_by(Review.id.desc()).limit(1)
    )
    if latest and (case.closed_on is None or latest.on < case.closed_on):
        latest = None  # the case was opened again since
    hold = session.scalar(
        select(LegalHold).where(LegalHold.case_id == case.id, LegalHold.lifted_at.is_(None))
    )
    ends = review_on(case.closed_on, case.route_names, years) if case.closed_on else None
    if ends and latest and latest.keep_until:
        ends = latest.keep_until
    return Keeping(ends, latest, hold)


def keep_longer(
    session: Session, case: Case, keeping: Keeping, until: date | None, why: str, actor: Actor, now: datetime
) -> None:
    """Raises Incomplete without a reason or a day to come, NotNow while the case is open or its time is not up."""
    _must_be_up(case, keeping, Permission.KEEP_RECORDS, actor, now)
    if until is None or until <= local_day(now):
        raise Incomplete("Say until when it is kept: a day to come. It is reviewed again then.")
    _decide(session, case, Fate.KEEP, until, why, actor, now)


def mark(session: Session, case: Case, keeping: Keeping, why: str, actor: Actor, now: datetime) -> None:
    """Marks a record for destruction; somebody else has to agree. Only a manager does. Raises as `keep_longer`."""
    _must_be_up(case, keeping, Permission.MARK_FOR_DESTRUCTION, actor, now)
    if keeping.is_marked:
        raise NotNow("This record is marked for destruction already.")
    _decide(session, case, Fate.DESTROY, None, why, actor, now)


def agree(session: Session, case: Case, keeping: Keeping, why: str, actor: Actor, now: datetime) -> None:
    """A second person agrees to the mark. Raises NotAllowed for whoever marked it, NotNow without a mark or on hold."""
    _must_be_up(case, keeping, Permission.AGREE_DESTRUCTION, actor, now)
    if not keeping.is_marked or keeping.latest is None:
        raise NotNow("This record is not marked for destruction.")
    if keeping.latest.agreed:
        raise NotNow(f"{keeping.latest.agreed.by.name} has agreed already.")
    if actor.person_id is None or actor.person_id == keeping.latest.by_id or actor.name == keeping.latest.by:
        raise NotAllowed("Somebody else than who marked the record has to agree that it is destroyed.")
    if not why.strip():
        raise Incomplete("Say what you looked at: it is part of the record.")
    session.add(Agreed(review=keeping.latest, by_id=actor.person_id, why=why.strip(), at=now))
    record(session, case.id, actor, now, "agreed that the record is destroyed", why.strip())


def hold(session: Session, case: Case, keeping: Keeping, why: str, actor: Actor, now: datetime) -> None:
    """Puts a legal hold on the case. Raises NotNow when there is one, Incomplete without a reason."""
    one_at_a_time(
        session, f"keeping {case.id}"
    )  # a destruction that has begun, or waits until this is on record
    session.refresh(case, ["destroyed_at"])
    if case.destroyed_at:
        raise NotNow("The record of this case was destroyed.")
    if keeping.hold:
        raise NotNow("This case is on legal hold already.")
    if not why.strip():
        raise Incomplete("Say what the hold is for, such as an inquest or a public inquiry.")
    session.add(LegalHold(case_id=case.id, why=why.strip(), by=actor.name, at=now))
    record(session, case.id, actor, now, "put the record on legal hold", why.strip())


def lift(session: Session, case: Case, keeping: Keeping, why: str, actor: Actor, now: datetime) -> None:
    """Ends the hold. Raises NotNow when there is none, Incomplete without a reason."""
    if keeping.hold is None:
        raise NotNow("This case is not on legal hold.")
    if not why.strip():
        raise Incomplete("Say why the hold ends, and who agreed.")
    keeping.hold.lifted_at, keeping.hold.lifted_by, keeping.hold.lifted_why = now, actor.name, why.strip()
    record(session, case.id, actor, now, "lifted the legal hold on the record", why.strip())


def _must_be_up(case: Case, keeping: Keeping, asked: Permission, actor: Actor, now: datetime) -> None:
    if not allows(asked, actor, case):
        raise NotAllowed(
            "A manager marks a record for destruction, and an officer or another manager agrees."
        )
    if keeping.hold:
        raise NotNow(f"The record is on legal hold: {keeping.hold.why}. Lift the hold first.")
    if keeping.review_on is None:
        raise NotNow("The case is not closed, so its record is kept.")
    if keeping.review_on > local_day(now):
        raise NotNow(f"The record is kept until {long_date(keeping.review_on)} in any case.")


def _decide(
    session: Session, case: Case, fate: Fate, until: date | None, why: str, actor: Actor, now: datetime
) -> None:
    if not why.strip():
        raise Incomplete("Give the reasons: they are part of the record and cannot be left out.")
    day = local_day(now)
    session.add(Review(case_id=case.id, fate=fate, keep_until=until, why=why.strip(), on=day, by=actor.name,
                       by_id=actor.person_id))  # fmt: skip
    said = (
        f"decided to keep the record until {plain_date(until)}"
        if until
        else "marked the record for destruction"
    )
    record(session, case.id, actor, now, said, why.strip())


def _time_is_up(years: Years, today: date) -> ColumnElement[bool]:
    """Of a case of several kinds, each one's time."""
    routes = select(CaseRoute.id).where(CaseRoute.case_id == Case.id)
    up = [
        ~routes.where(CaseRoute.route == route).exists()
        | (Case.closed_on <= years_before(today, years[route.value]))
        for route in Route
    ]
    no_kind = routes.exists() | (Case.closed_on <= years_before(today, years[NOT_REVIEWED]))
    shortest = Case.closed_on <= years_before(today, min(years[kind] for kind in KINDS))
    return and_(shortest, no_kind, *up)


def _latest_since_closing() -> Select[Review]:
    last = select(func.max(Review.id)).where(Review.case_id == Case.id).correlate(Case).scalar_subquery()
    return select(Review).where(Review.id == last, Review.on >= Case.closed_on).correlate(Case)


def _held() -> Select[LegalHold]:
    return (
        select(LegalHold).where(LegalHold.case_id == Case.id, LegalHold.lifted_at.is_(None)).correlate(Case)
    )
