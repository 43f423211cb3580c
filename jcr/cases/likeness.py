"""Whether somebody a case is about is known from another case: found with a plain reason, judged by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, or_, select, union
from sqlalchemy.orm import Session, joinedload

from jcr.cases.joining import record_on_both, take_apart
from jcr.cases.model import Case, Likeness, Subject, Verdict
from jcr.cases.service import sees, subject_of
from jcr.cases.words import asked, name_key
from jcr.errors import Incomplete, NotNow
from jcr.people.model import Person
from jcr.roles import Actor
from jcr.statements import at_most, once_for_each
from jcr.wording import plain_date

ALIKE = 80  # of 100: how alike two names must read for one date of birth to say more than chance
MOST = 20  # shown of one case
# What is known of the subjects whom others may resemble; each statement is put together once
ITS: dict[str, BindParameter[Any]] = {
    name: bindparam(name, expanding=True) for name in ("keys", "numbers", "days", "ids")
}
JUDGED = select(Likeness).where(
    Likeness.undone_at.is_(None), or_(Likeness.first_id.in_(ITS["ids"]), Likeness.second_id.in_(ITS["ids"]))
)


@dataclass(frozen=True)
class Resemblance:
    """Somebody of another case who may be this subject, and because of what; `judged` is what a person found."""

    subject: Subject
    other: Subject
    because: str
    judged: Likeness | None = None


def resemblances(session: Session, person: Person, case: Case) -> list[Resemblance]:
    """Who of the other cases this person may see could be a subject of this one; what nobody judged comes first."""
    judged = _judged(session, case.subjects)
    others = _candidates(session, person, case.subjects, case.id)
    found = [
        Resemblance(subject, other, because or "Somebody found it so.", judged.get(_pair(subject, other)))
        for subject in case.subjects
        for other in others
        if (because := why_alike(subject, other)) or _pair(subject, other) in judged
    ]
    return sorted(found, key=lambda one: (one.judged is not None, one.other.case_id))[:MOST]


def known_already(session: Session, person: Person, rows: Sequence[Mapping[str, Any]]) -> list[Resemblance]:
    """The same of people whom a referral names before a case is open; `rows` as the referral has them."""
    told = [subject_of(row) for row in rows]
    others = _candidates(session, person, told)
    found = [Resemblance(one, other, why_alike(one, other)) for one in told for other in others]
    return sorted((one for one in found if one.because), key=lambda one: one.other.case_id)[:MOST]


def why_alike(one: Subject, other: Subject) -> str:
    """The reason to think two subjects one person, as a sentence; empty when there is none."""
    if one.nhs_number and one.nhs_number == other.nhs_number:
        return "The same NHS number."
    if one.nhs_number and other.nhs_number and one.dob != other.dob:
        return ""
    name = _shared_name(one, other)
    if one.dob and one.dob == other.dob:
        return f"{name} and date of birth." if name else _of_one_day(one, other)
    if not name:
        return ""
    if one.dob and other.dob:
        return f"{name}, but born on {plain_date(one.dob)} here and {plain_date(other.dob)} there."
    return f"{name}; a date of birth is missing, so it may be somebody else."


def judge(
    session: Session,
    subject: Subject,
    other: Subject,
    verdict: Verdict,
    why: str,
    actor: Actor,
    now: datetime,
) -> Likeness:
    """Records what a person found, on both cases. Raises Incomplete without a reason, NotNow when it was judged."""
    if not why.strip():
        raise Incomplete("Give the reason: somebody may have to undo this later.")
    if _pair(subject, other) in _judged(session, [subject]):
        raise NotNow("Somebody has judged this already. Undo that first if it is wrong.")
    first, second = _pair(subject, other)
    found = Likeness(
        first_id=first, second_id=second, verdict=verdict, why=why.strip(), by=actor.name, at=now
    )
    session.add(found)
    session.flush()
    record_on_both(
        session, subject, other, f"found {{}} and {{}} to be: {verdict.shown.lower()}", why, actor, now
    )
    return found


def undo(session: Session, found: Likeness, why: str, actor: Actor, now: datetime) -> None:
    """Takes a finding back; it stays on record, and the question is open again."""
    if found.undone_at:
        raise NotNow(f"{found.undone_by} has undone this already.")
    if not why.strip():
        raise Incomplete("Give the reason for undoing it: it is part of the record.")
    take_apart(session, found, actor, now)
    found.undone_at, found.undone_by = now, actor.name
    subject, other = session.get_one(Subject, found.first_id), session.get_one(Subject, found.second_id)
    record_on_both(
        session,
        subject,
        other,
        f"undid that {{}} and {{}} were: {found.verdict.shown.lower()}",
        why,
        actor,
        now,
    )


def pair_of(
    session: Session, person: Person, case: Case, subject_id: int, other_id: int
) -> Resemblance | None:
    """The resemblance between these two, if the person may see both cases."""
    wanted = (subject_id, other_id)
    found = resemblances(session, person, case)
    return next((one for one in found if (one.subject.id, one.other.id) == wanted), None)


def _shared_name(one: Subject, other: Subject) -> str:
    """How the reason begins where they have a name in common, among their other names too."""
    if not _keys(one) & _keys(other):
        return ""
    return "The same name" if one.name_key == other.name_key else "The same name (one is also known by it)"


def _of_one_day(one: Subject, other: Subject) -> str:
    if fuzz.token_sort_ratio(one.name_key, other.name_key) >= ALIKE:
        return "The same date of birth, and a name that reads alike."
    surname = _surname(one)
    return "The same date of birth and surname." if surname and surname == _surname(other) else ""


def _surname(subject: Subject) -> str:
    """The last word of the name, or what stands before its comma; folded."""
    before, comma, _ = subject.name.partition(",")
    words = asked(before)
    return " ".join(words) if comma else " ".join(words[1:][-1:])


def _keys(subject: Subject) -> set[str]:
    return {subject.name_key, *(name_key(name) for name in subject.other_names)} - {""}


def _candidates(
    session: Session, person: Person, subjects: Sequence[Subject], case_id: int = 0
) -> Sequence[Subject]:
    """By index: the same number, name or day, or judged before. Never all subjects."""
    keys = {key for subject in subjects for key in _keys(subject)}
    numbers = {subject.nhs_number for subject in subjects} - {""}
    days = {subject.dob for subject in subjects if subject.dob}
    ids = [subject.id for subject in subjects if subject.id]
    asked = {"keys": list(keys), "numbers": list(numbers), "days": list(days), "ids": ids, "case_id": case_id}
    return session.scalars(_alike(person), asked).all()


@once_for_each
def _alike(person: Person) -> Select[Subject]:
    ids = ITS["ids"]
    alike: tuple[ColumnElement[bool], ...] = (
        Subject.name_key.in_(ITS["keys"]),
        Subject.nhs_number.in_(ITS["numbers"]),
        Subject.dob.in_(ITS["days"]),
        Subject.id.in_(select(Likeness.second_id).where(Likeness.first_id.in_(ids))),
        Subject.id.in_(select(Likeness.first_id).where(Likeness.second_id.in_(ids))),
    )
    seen = select(Subject.id).where(Subject.case_id != bindparam("case_id"), sees(person, Subject.case_id))
    newest = seen.order_by(Subject.id.desc()).limit(at_most(MOST * 2))
    # One question for each index: asked for any of them at once, PostgreSQL would go through all subjects
    found = union(*(select(newest.where(one).subquery().c.id) for one in alike))
    others = select(Subject).where(Subject.id.in_(found)).order_by(Subject.id.desc()).limit(at_most(MOST * 2))
    return others.options(joinedload(Subject.case).raiseload("*"))


def _judged(session: Session, subjects: Sequence[Subject]) -> dict[tuple[int, int], Likeness]:
    ids = [subject.id for subject in subjects]
    return {(one.first_id, one.second_id): one for one in session.scalars(JUDGED, {"ids": ids})}


def _pair(one: Subject, other: Subject) -> tuple[int, int]:
    return min(one.id, other.id), max(one.id, other.id)
