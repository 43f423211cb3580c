"""A case's merged chronology from its latest returns, with names or with pseudonyms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.chronology.dating import when
from jcr.chronology.naming import UNSURE, tidy, without_names
from jcr.chronology.particulars import ADDRESS, BORN, CONTACT, NHS, Known, told, without_particulars
from jcr.chronology.pseudonyms import stand_ins
from jcr.chronology.rules import Account, Gap, Occasion, age_at, gaps, merge
from jcr.history.service import record
from jcr.referrals.service import of_case as referral_of
from jcr.roles import Actor
from jcr.scoping.model import Request, Return, Round, State

Veil = Callable[[str], str]

COUNTED = (State.RETURNED, State.ACCEPTED)
TOLD = ("event", "action", "impact", "source")
MORE = {"event": "details", "action": "outcome"}  # columns of agencies' own tables


@dataclass(frozen=True)
class Age:
    """How old a subject was, by the name the reader is shown."""

    who: str
    years: str


@dataclass(frozen=True)
class Event:
    """One event with its accounts, the subjects' ages then, and the gap in contact that came before it."""

    occasion: Occasion
    ages: tuple[Age, ...]
    gap: Gap | None = None


@dataclass(frozen=True)
class Chronology:
    """What a page, a PDF or a sheet shows.

    `agencies` are all that sent events, code -> name, whether shown or not; `silent` the names of those whose
    return has none, `late` of those whose return came when the rapid review had begun; `chosen` the codes shown,
    empty for all; `named` is False where pseudonyms stand for names.
    """

    events: Sequence[Event]
    agencies: Mapping[str, str]
    silent: Sequence[str]
    late: Sequence[str]
    chosen: Collection[str]
    named: bool


def chronology(
    session: Session, case: Case, today: date, chosen: Collection[str] = (), named: bool = True
) -> Chronology:
    """The chronology of a case, of the agencies with these codes or of all. Codes nobody has are passed over."""
    returns = list(_returns(session, case))
    sent = {one.request.agency.code: one.request.agency.name for one in returns if _rows(one)}
    chosen = [code for code in chosen if code in sent]
    shown = [one for one in returns if not chosen or one.request.agency.code in chosen]
    stands_for = {} if named else stand_ins(session, case)
    veil = None if named else _veil(session, case, stands_for)
    # The same in either view: names do not pair accounts, and pseudonyms come afterwards
    occasions = merge(
        (account for one in shown for account in _accounts(one, today)), stand_ins(session, case)
    )
    return Chronology(
        _events(case, [_veiled(one, veil) if veil else one for one in occasions], stands_for),
        dict(sorted(sent.items(), key=lambda agency: agency[1])),
        [one.request.agency.name for one in returns if not (_rows(one) or one.nil)],
        [one.agency.name for one in (found.request for found in returns) if one.answered_only_after_meeting],
        chosen,
        named,
    )


def note_taken_out(
    session: Session, case: Case, shown: Chronology, as_what: str, actor: Actor, now: datetime
) -> None:
    """Notes in the history that the chronology left the system as a file, and in which view."""
    names = "with names" if shown.named else "with pseudonyms"
    which = f", of {len(shown.chosen)} of {len(shown.agencies)} agencies" if shown.chosen else ""
    record(session, case.id, actor, now, f"took out the merged chronology {as_what} {names}{which}")


def _returns(session: Session, case: Case) -> Iterator[Return]:
    """The return that counts of each agency: the latest, of its latest request that has one."""
    asked = select(Request).join(Round).where(Round.case_id == case.id, Request.state.in_(COUNTED))
    ordered = session.scalars(asked.order_by(Round.number, Request.id))
    latest = {one.agency_id: one for one in ordered}
    return (request.latest for request in latest.values() if request.latest)


def _rows(found: Return) -> Sequence[Mapping[str, Any]]:
    """Its rows, with the columns our form does not have: those are kept beside it as chronology.0.outcome."""
    rows: Sequence[Mapping[str, Any]] = found.answers.get("chronology") or []
    return [
        {column: found.answers.get(f"chronology.{place}.{column}") for column in MORE.values()} | dict(row)
        for place, row in enumerate(rows)
    ]


def _accounts(found: Return, today: date) -> Iterator[Account]:
    for row in _rows(found):
        told = {name: _joined(row, name) for name in TOLD}
        yield Account(found.request.agency.name, when(row, today.year), **told)


def _joined(row: Mapping[str, Any], name: str) -> str:
    """A cell, and below it the column of the agency's own that says more of the same."""
    said = (str(row.get(column) or "").strip() for column in (name, MORE.get(name, "")))
    return "\n".join(dict.fromkeys(filter(None, said)))


def _veil(session: Session, case: Case, stands_for: Mapping[str, str]) -> Veil:
    """What takes out of a text the names, and what the case knows of where people live, their numbers and birthdays.

    A date of death stays: it is a date of the story.
    """
    referral = referral_of(session, case)
    answers = [one.details for one in case.subjects]
    answers += [referral.sent_answers, referral.best_known] if referral else []
    answers += [one.answers for one in _returns(session, case)]
    born = [Known(BORN, one.dob.isoformat()) for one in case.subjects if one.dob]
    numbers = [Known(NHS, one.nhs_number) for one in case.subjects if one.nhs_number]
    homes = (one for each in answers for one in told(each) if one.kind in (ADDRESS, CONTACT, NHS))
    known = list(dict.fromkeys((*born, *numbers, *homes)))
    return lambda text: without_names(without_particulars(text, known), stands_for)


def _veiled(occasion: Occasion, veil: Veil) -> Occasion:
    return Occasion(tuple(_account_veiled(account, veil) for account in occasion.accounts))


def _account_veiled(account: Account, veil: Veil) -> Account:
    words = {name: veil(getattr(account, name)) for name in TOLD}
    return replace(account, when=replace(account.when, written=veil(account.when.written)), **words)


def _events(case: Case, occasions: Sequence[Occasion], stands_for: Mapping[str, str]) -> list[Event]:
    before = {gap.before: gap for gap in gaps(occasions)}
    return [
        Event(one, _ages(case, one, stands_for), before.pop(one.when.first, None) if one.when.first else None)
        for one in occasions
    ]


def _ages(case: Case, occasion: Occasion, stands_for: Mapping[str, str]) -> tuple[Age, ...]:
    called = {one.id: stands_for.get(tidy(one.name), UNSURE) for one in case.subjects}
    known = ((one, age_at(one.dob, occasion.when, one.date_of_death)) for one in case.subjects)
    return tuple(Age(called[one.id] if stands_for else one.initials, years) for one, years in known if years)
