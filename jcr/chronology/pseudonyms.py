"""Who is called what where names must not stand: given once, kept, and changed by the office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Subject
from jcr.cases.rules import age_on
from jcr.chronology import naming
from jcr.chronology.model import Pseudonym
from jcr.errors import Incomplete
from jcr.history.service import record
from jcr.referrals.service import of_case as referral_of
from jcr.roles import Actor
from jcr.wording import listed

ADULT = 18


def pseudonyms(session: Session, case: Case) -> dict[str, str]:
    """Name -> pseudonym of everybody who was given one, in the order they were given."""
    return {one.name: one.pseudonym for one in session.scalars(_given(case))}


def stand_ins(session: Session, case: Case) -> dict[str, str]:
    """Name -> what is shown for it: the pseudonym or, for a name that has none yet, a word that tells nothing.

    Whatever else a subject is known as is shown as they are.
    """
    found = dict.fromkeys(unnamed(session, case), naming.UNSURE) | pseudonyms(session, case)
    other_names = {
        naming.tidy(other): found.get(naming.tidy(one.name), naming.UNSURE)
        for one in case.subjects
        for other in one.other_names
    }
    return other_names | found


def unnamed(session: Session, case: Case) -> list[str]:
    """The names the case knows that have no pseudonym yet."""
    have = pseudonyms(session, case)
    return [name for name, _ in _everybody(session, case) if name not in have]


def give_pseudonyms(session: Session, case: Case, actor: Actor, now: datetime) -> list[str]:
    """Gives one to everybody the case names who has none, and returns those given."""
    have = pseudonyms(session, case)
    given: list[str] = []
    for name, part in _everybody(session, case):
        if name in have:
            continue
        make = naming.lettered if part in naming.KINDS else naming.numbered
        have[name] = make(part, have.values())
        given.append(have[name])
        session.add(Pseudonym(case_id=case.id, name=name, pseudonym=have[name]))
    if given:
        record(session, case.id, actor, now, f"gave pseudonyms: {listed(given)}")
    session.flush()
    return given


def set_pseudonym(
    session: Session, case: Case, name: str, pseudonym: str, actor: Actor, now: datetime
) -> None:
    """Calls somebody otherwise, or names somebody only the agencies' records tell of. Raises Incomplete."""
    name, pseudonym = naming.tidy(name), naming.tidy(pseudonym)
    if not name or not pseudonym:
        raise Incomplete("Enter a name and the pseudonym that stands for it.")
    known = pseudonyms(session, case)
    _check(pseudonym, name, known)
    found = session.scalar(_given(case).where(Pseudonym.name == name))
    if found is None:
        session.add(Pseudonym(case_id=case.id, name=name, pseudonym=pseudonym))
        record(session, case.id, actor, now, f"gave the pseudonym {pseudonym}")
    elif found.pseudonym != pseudonym:
        record(session, case.id, actor, now, f"changed the pseudonym {found.pseudonym} to {pseudonym}")
        found.pseudonym = pseudonym
    session.flush()


def _check(pseudonym: str, name: str, known: dict[str, str]) -> None:
    others = {said.casefold() for other, said in known.items() if other != name}
    if pseudonym.casefold() in others:
        raise Incomplete(f"{pseudonym} stands for somebody else already. Choose another pseudonym.")
    if naming.without_names(pseudonym, dict.fromkeys((*known, name), naming.UNSURE)) != pseudonym:
        raise Incomplete("The pseudonym holds a name of the case. Choose one that gives nobody away.")


def _given(case: Case) -> Select[Pseudonym]:
    return select(Pseudonym).where(Pseudonym.case_id == case.id).order_by(Pseudonym.id)


def _everybody(session: Session, case: Case) -> Iterator[tuple[str, str]]:
    """Every name once, with the person's part: the subjects first, then those the referral names."""
    seen = {""}
    referral = referral_of(session, case)
    others = naming.people_named(referral.best_known) if referral else ()
    for name, part in (*((one.name, _kind(one)) for one in case.subjects), *others):
        known_as = naming.tidy(name)
        if known_as not in seen:
            seen.add(known_as)
            yield known_as, part


def _kind(subject: Subject) -> str:
    """A subject counts as a child when they died, or the case was opened, before they were 18."""
    day = subject.date_of_death or subject.case.opened_at.date()
    return "Child" if subject.dob and age_on(subject.dob, max(day, subject.dob)) < ADULT else "Adult"
