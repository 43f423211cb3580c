"""The records of one person in two cases made one: what either says stands in both, and can be taken apart again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from jcr.cases.model import Likeness, Subject, Verdict
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.roles import Actor

FACTS = {
    "subject_name": "Name",
    "subject_dob": "Date of birth",
    "subject_nhs_number": "NHS number",
    "subject_date_of_death": "Date of death",
}
DAYS = {"subject_dob": "dob", "subject_date_of_death": "date_of_death"}
OTHER_NAMES = "subject_other_names"
APART = "took the records of {} and of {} apart"


@dataclass(frozen=True)
class Fact:
    """One fact as each record has it; empty where it says nothing."""

    key: str
    label: str
    here: str
    there: str

    @property
    def differs(self) -> bool:
        """Whether a person has to say which is right."""
        return bool(self.here and self.there and self.here != self.there)


def facts_of(here: Subject, there: Subject) -> list[Fact]:
    """What each record says, to be put side by side."""
    mine, theirs = _told(here), _told(there)
    return [Fact(key, label, mine[key], theirs[key]) for key, label in FACTS.items()]


def drifted(found: Likeness, here: Subject, there: Subject) -> list[Fact]:
    """What the two records say differently though they were joined: one was corrected since."""
    return [fact for fact in facts_of(here, there) if fact.here != fact.there] if found.joined else []


def join(
    session: Session,
    found: Likeness,
    here: Subject,
    there: Subject,
    right: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> None:
    """Makes the two records one: `right` says of each fact they differ in whether it is as `here` or `there`.

    Both cases stay. Records that were joined and differ since, as when one was corrected, are joined anew. Raises
    NotNow unless they were found to be one person and have something to join, Incomplete where nobody said which is
    right.
    """
    if found.verdict is not Verdict.SAME or found.undone_at:
        raise NotNow("Only the records of people who were found to be the same can be joined.")
    if found.joined and not drifted(found, here, there):
        raise NotNow("These records are joined already.")
    one = _one(here, there, right)
    if found.joined:
        _apart(session, found, actor, now)
    _make(found, here, there, one, now.isoformat())
    record_on_both(
        session, here, there, "joined the records of {} and of {}: one person", found.why, actor, now
    )


def take_apart(session: Session, found: Likeness, actor: Actor, now: datetime) -> None:
    """Each record says again what it said before; what somebody changed since the joining stays as they left it.

    What was joined later is joined anew from what is left, so that nobody's record keeps a fact of the person who was
    taken for somebody else. Where it differed already it stays apart, for a person to say which is right.
    """
    if not found.joined:
        return
    first, second = _two(session, found)
    _apart(session, found, actor, now)
    record_on_both(session, first, second, APART, "", actor, now)


def _apart(session: Session, found: Likeness, actor: Actor, now: datetime) -> None:
    later = [one for one in _joined_with(session, found) if _since(one) > _since(found)]
    again = [one for one in later if not drifted(one, *_two(session, one))]
    kept = {one.id: one.joined or {} for one in later}
    for one in (*reversed(later), found):
        _restore(session, one)
    for one in again:
        here, there = _two(session, one)
        joined = kept[one.id]
        mine = joined["before"][str(here.id)]
        right = {key: "here" if mine[key] == told else "there" for key, told in joined["as"].items()}
        _make(one, here, there, _one(here, there, right), joined.get("at", ""))
    for one in later:
        act = "joined the records of {} and of {} anew" if one in again else APART
        record_on_both(session, *_two(session, one), act, "", actor, now)


def _joined_with(session: Session, found: Likeness) -> list[Likeness]:
    """What else is joined to these records, over however many others, in the order in which it was done."""
    reached, joined = {found.first_id, found.second_id}, dict[int, Likeness]()
    while True:
        either = or_(Likeness.first_id.in_(reached), Likeness.second_id.in_(reached))
        new = [
            one
            for one in session.scalars(select(Likeness).where(either, Likeness.id != found.id))
            if one.joined and one.id not in joined
        ]
        if not new:
            return sorted(joined.values(), key=_since)
        joined |= {one.id: one for one in new}
        reached |= {number for one in new for number in (one.first_id, one.second_id)}


def _since(found: Likeness) -> tuple[str, int]:
    """When the records were joined, which tells the order; where that was not kept, when they were found to be one
    person."""
    return str((found.joined or {}).get("at") or found.at.isoformat()), found.id


def _two(session: Session, found: Likeness) -> tuple[Subject, Subject]:
    return session.get_one(Subject, found.first_id), session.get_one(Subject, found.second_id)


def _restore(session: Session, found: Likeness) -> None:
    joined = found.joined or {}
    for who in _two(session, found):
        now_told, before = _all_told(who), joined["before"][str(who.id)]
        _set(who, {key: told for key, told in before.items() if now_told[key] == joined["as"][key]})
    found.joined = None


def _one(here: Subject, there: Subject, right: Mapping[str, str]) -> dict[str, str]:
    """What both records say once they are joined."""
    one = {fact.key: _right(fact, right) for fact in facts_of(here, there)}
    names = [here.name, there.name, *here.other_names, *there.other_names]
    return one | {
        OTHER_NAMES: "; ".join(name for name in dict.fromkeys(names) if name and name != one["subject_name"])
    }


def _make(found: Likeness, here: Subject, there: Subject, one: dict[str, str], at: str) -> None:
    found.joined = {"before": {str(who.id): _all_told(who) for who in (here, there)}, "as": one, "at": at}
    for who in (here, there):
        _set(who, one)


def stay_joined(session: Session, who: Subject) -> None:
    """After the referral told of somebody anew: what it says as before stays as joined, what it corrects stands."""
    joined = select(Likeness).where(or_(Likeness.first_id == who.id, Likeness.second_id == who.id))
    for found in sorted(session.scalars(joined), key=_since):
        if found.joined:
            told, before = _all_told(who), found.joined["before"]
            said = before[str(who.id)]
            _set(who, {key: one for key, one in found.joined["as"].items() if told[key] == said[key]})
            found.joined = {**found.joined, "before": {**before, str(who.id): told}}


def _right(fact: Fact, right: Mapping[str, str]) -> str:
    if fact.differs and right.get(fact.key) not in ("here", "there"):
        raise Incomplete(f"{fact.label}: the two records differ. Choose which is right.")
    return fact.there if not fact.here or (fact.differs and right[fact.key] == "there") else fact.here


def _told(who: Subject) -> dict[str, str]:
    days = {key: day.isoformat() if (day := getattr(who, column)) else "" for key, column in DAYS.items()}
    return {"subject_name": who.name, "subject_nhs_number": who.nhs_number, **days}


def _all_told(who: Subject) -> dict[str, str]:
    return {**_told(who), OTHER_NAMES: str(who.details.get(OTHER_NAMES) or "")}


def _set(who: Subject, told: Mapping[str, str]) -> None:
    kept = {key: value for key, value in who.details.items() if key not in told}
    details: dict[str, Any] = {**kept, **{key: value for key, value in told.items() if value}}
    who.details = details
    who.name = told.get("subject_name", who.name)
    who.nhs_number = told.get("subject_nhs_number", who.nhs_number)
    for key, column in DAYS.items():
        if key in told:
            setattr(who, column, date.fromisoformat(told[key]) if told[key] else None)


def record_on_both(
    session: Session, one: Subject, other: Subject, act: str, why: str, actor: Actor, now: datetime
) -> None:
    """On each case without a word of the other, which its readers may not see; whole, with the reason, beside them."""
    for here in (one, other):
        record(session, here.case_id, actor, now, act.format(here.initials, "somebody of another case"))
    subjects = [one.id, other.id]
    record(session, None, actor, now, act.format("one", "another"), why.strip(), subjects=subjects)
