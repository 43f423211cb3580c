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


def unnoted(session: Session, cases: Sequence[int], person: Person, page: str, now: datetime) -> list[int]:
    """Of these cases, those of which it is not on record yet that the person read this page today."""
    midnight = datetime.combine(local_day(now), time.min, LONDON)
    noted = history.read_by(session, cases, person.id, page, midnight) if cases else set()
    return [case for case in cases if case not in noted]


def readers(session: Session, case: Case, letters: Sequence[Letter]) -> list[Seen]:
    """Who read what of a case and its letters: by person, then in the order they first read it."""
    names = _names_of_documents(session, case, letters)
    days: dict[tuple[str, str, str], list[date]] = {}
    for entry in history.reads_of(session, case.id):
        key = (entry.actor_name, entry.actor_role.shown, str(entry.details.get("page", "")))
        days.setdefault(key, []).append(local_day(entry.at))
    found = [
        Seen(who, role, names.get(page) or in_words(page), read[0], read[-1], len(set(read)))
        for (who, role, page), read in days.items()
    ]
    return sorted(found, key=lambda one: one.who)


def in_words(page: str) -> str:
    """A page's address within its case as words: "triage/record.pdf" is "Triage, record (PDF)"."""
    words = page.removesuffix(".pdf").replace("meetings/", "meeting ").replace("-", " ")
    words = ", ".join(word for word in words.split("/") if not word.isdigit())  # which row it is says nothing
    return _with_capital(words) + (" (PDF)" if page.endswith(".pdf") else "") or ITSELF


def _names_of_documents(session: Session, case: Case, letters: Sequence[Letter]) -> Mapping[str, str]:
    files = session.execute(select(CaseFile.id, CaseFile.name).where(CaseFile.case_id == case.id))
    return {f"files/{id}": name for id, name in files} | {
        f"letters/{letter.id}": _with_capital(letter.kind.shown) for letter in letters
    }


def _with_capital(words: str) -> str:
    return words[:1].upper() + words[1:]
