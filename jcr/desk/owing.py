"""What others owe, for the desk: looked up as stored, and gathered afresh for a case changed since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.service import sees, visible_to
from jcr.counting import counted_to
from jcr.desk.keeping import NO_DAY, batches, changed, is_stored
from jcr.desk.model import Owed
from jcr.desk.waiting import Waiting, owed
from jcr.dialects import those
from jcr.people.model import Person
from jcr.permissions import Permission, allows
from jcr.statements import at_most, once_for_each

OF_THE_TEAM = ("sign-off", "return")  # pages where the chairs may not go: they see the referral


@dataclass(frozen=True)
class Owing:
    """The first of what others owe, and how much it is in all; past `MOST`, that there is more."""

    first: list[Waiting]
    every: int


@once_for_each
def owing_to_count(person: Person) -> Select[int]:
    """What others owe as stored."""
    return _stored(person).with_only_columns(Owed.id)


def owing(
    session: Session, person: Person, most: int = 1000, counted: int | None = None, afresh: bool = True
) -> Owing:
    """What others owe on the cases this person may see: what is due first or has waited longest leads. `counted` is how
    much `owing_to_count` is, where it was counted with other figures; `afresh` that some case may have changed."""
    anew = _afresh(session, person) if afresh else []
    rows = session.execute(_first(person, most))
    found = [*anew, *(_waiting(reference, row) for reference, row in rows)]
    first = sorted(found, key=lambda one: (one.until or NO_DAY, one.since or NO_DAY, one.reference))[:most]
    stored = counted_to(session, owing_to_count(person)) if counted is None else counted
    return Owing([_for(person, one) for one in first], len(anew) + stored)


def _stored(person: Person) -> Select[Owed]:
    return select(Owed).where(sees(person, Owed.case_id), is_stored(Owed.case_id))


@once_for_each
def _first(person: Person, most: int) -> Select[str, Owed]:
    found = _stored(person).join(Case, Case.id == Owed.case_id).with_only_columns(Case.reference, Owed)
    return found.order_by(Owed.until, Owed.since, Owed.id).limit(at_most(most))


def _afresh(session: Session, person: Person) -> list[Waiting]:
    ids = session.scalars(changed()).all()
    cases = visible_to(person)
    return [one for batch in batches(ids) for _, one in owed(session, cases.where(Case.id.in_(those(batch))))]


def _waiting(reference: str, row: Owed) -> Waiting:
    since, until = _day(row.since), _day(row.until)
    return Waiting(reference, row.initials, row.what, row.who, row.page, since, until)


def _day(stored: date) -> date | None:
    return None if stored == NO_DAY else stored


def _for(person: Person, one: Waiting) -> Waiting:
    opens = allows(Permission.CONFIRM_REFERRAL, person) or one.page not in OF_THE_TEAM
    return one if opens else replace(one, page="referral")
