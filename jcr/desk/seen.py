"""Who has seen or been sent what of a case: readings, noted once a day for each person and page, and letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, CaseFile
from jcr.correspondence.model import Letter
from jcr.history import service as history
from jcr.people.model import Person
from jcr.wording import LONDON, local_day

ITSELF = "The case"


@dataclass(frozen=True)
class Seen:
    """One person and one page or document: the first and the last day it was read, and on how many days."""

    who: str
    role: str
    what: str
    first: date
    last: date
    days: int


def note(session: Session, case: Case, person: Person, page: str, now: datetime) -> bool:
    """Notes that a person reads a page of a case; False when that is on record for today already."""
    midnight = datetime.combine(local_day(now), time(), LONDON)
    if history.has_read(session, case.id, person.id, page, midnight):
        return False
    history.note_read(session, case.id, person.as_actor(), now, page)
    return True


def readers(session: Session, case: Case) -> list[Seen]:
    """Who read what of a case: by person, then in the order they first read it."""
    names = _names_of_documents(session, case)
    days: dict[tuple[str, str, str], list[date]] = {}
    for entry in history.reads_of(session, case.id):
        key = (entry.actor_name, entry.actor_role.shown, str(entry.details.get("page", "")))
        days.setdefault(key, []).append(local_day(entry.at))
    found = [
        Seen(who, role, names.get(page) or in_words(page), read[0], read[-1], len(set(read)))
        for (who, role, page), read in days.items()
    ]
    return sorted(found, key=lambda one: one.who)


def sent(session: Session, case: Case) -> Sequence[Letter]:
    """The letters of a case, oldest first: who was sent what, and what became of it."""
    return session.scalars(select(Letter).where(Letter.case_id == case.id).order_by(Letter.id)).all()


def in_words(page: str) -> str:
    """A page's address within its case as words: "triage/record.pdf" is "Triage, record (PDF)"."""
    words = page.removesuffix(".pdf").replace("-", " ").replace("/", ", ")
    return _with_capital(words) + (" (PDF)" if page.endswith(".pdf") else "") or ITSELF


def _names_of_documents(session: Session, case: Case) -> Mapping[str, str]:
    files = session.execute(select(CaseFile.id, CaseFile.name).where(CaseFile.case_id == case.id))
    letters = session.execute(select(Letter.id, Letter.kind).where(Letter.case_id == case.id))
    return {f"files/{id}": name for id, name in files} | {
        f"letters/{id}": _with_capital(kind.shown) for id, kind in letters
    }


def _with_capital(words: str) -> str:
    return words[:1].upper() + words[1:]
