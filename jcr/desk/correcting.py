"""What was confirmed of a person or incident put right afterwards: what it changes shown first, both versions kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.dates import day_or_none
from jcr.cases.model import Case, Status, Subject
from jcr.cases.rules import Calendar
from jcr.cases.words import name_key
from jcr.criteria import service as criteria
from jcr.criteria.asking import ages, incident_day
from jcr.desk.service import clocks_of_case
from jcr.errors import Incomplete, NotNow
from jcr.history.service import of_case, record
from jcr.referrals.model import Referral
from jcr.roles import Actor
from jcr.scoping.service import round_of
from jcr.wording import listed, local_day, long_date, plain_date, sentence

OF_THE_PERSON = {
    "subject_name": "name",
    "subject_other_names": "other names",
    "subject_dob": "date of birth",
    "subject_died": "whether the person died",
    "subject_date_of_death": "date of death",
    "subject_nhs_number": "NHS number",
}
OF_THE_CASE = {"incident_date": "date of the incident", "date_aware": "date the agency became aware"}
FACTS = OF_THE_PERSON | OF_THE_CASE
COLUMNS = {
    "subject_dob": "dob",
    "subject_date_of_death": "date_of_death",
    "subject_nhs_number": "nhs_number",
    "subject_name": "name",
}
BEFORE = (Status.REFERRED, Status.AWAITING_SIGN_OFF, Status.RETURNED)
AFTER = (Status.REDIRECTED, Status.CLOSED)
MET = {"yes": "met", "no": "not met", "not_known": "not yet known"}


@dataclass(frozen=True)
class Effect:
    """One thing that a correction changes: how it stands now and how it would stand."""

    what: str
    now: str
    then: str


def told(session: Session, case: Case, subject: Subject) -> dict[str, str]:
    """What is on record now, by canonical name; empty where nothing is."""
    answers = _referral(session, case).best_known
    own = {name: str(subject.details.get(name) or "") for name in OF_THE_PERSON}
    for name, column in COLUMNS.items():
        value = getattr(subject, column)
        own[name] = value.isoformat() if isinstance(value, date) else str(value or "")
    return own | {name: str(answers.get(name) or "") for name in OF_THE_CASE}


def faults(right: Mapping[str, str], case: Case, today: date) -> Iterator[tuple[str, str]]:
    """What cannot be right, as pairs of canonical name and sentence."""
    days = {name: day_or_none(right.get(name)) for name in FACTS}
    born, died = days["subject_dob"], days["subject_date_of_death"]
    if born and died and died < born:
        yield "subject_date_of_death", "The date of death must be on or after the date of birth"
    if died and right.get("subject_died") == "no":
        yield "subject_died", "There is a date of death. Take it out, or say that the person has died"
    happened, aware = days["incident_date"], days["date_aware"]
    if happened and aware and aware < happened:
        yield "date_aware", "The agency cannot have become aware before the day of the incident"
    for recorded, what in (
        (case.la_aware_on, "the local authority is recorded as becoming aware"),
        (case.incident_notified_on, "the serious incident notification is recorded as sent"),
    ):
        if happened and recorded and recorded < happened:
            yield "incident_date", f"That is after the day on which {what}, {long_date(recorded)}"
    for name, day in days.items():
        if day and day > today:
            yield name, f"The {FACTS[name]} must be today or in the past"


def effects(
    session: Session,
    case: Case,
    subject: Subject,
    right: Mapping[str, str],
    today: date,
    calendar: Calendar,
    dardr_from: date | None,
) -> list[Effect]:
    """What the correction would change of ages, tests and dates; nothing is changed yet."""
    before = _standing(session, case, today, calendar, dardr_from)
    with session.begin_nested() as trial:
        _set(session, case, subject, right)
        session.flush()
        after = _standing(session, case, today, calendar, dardr_from)
        trial.rollback()
    session.expire_all()
    return [
        Effect(what, before.get(what, "None"), after.get(what, "None"))
        for what in dict.fromkeys((*before, *after))
        if before.get(what) != after.get(what)
    ]


def correct(
    session: Session,
    case: Case,
    subject: Subject,
    right: Mapping[str, str],
    why: str,
    found: Sequence[Effect],
    actor: Actor,
    now: datetime,
    today: date,
) -> None:
    """Puts it right; what was on record, what is now and what it changed are kept in the history.

    Raises NotNow before the referral is confirmed and once the case is closed; Incomplete for what cannot be right,
    where nothing differs, or without a reason.
    """
    must_be_open(case)
    before = told(session, case, subject)
    changed = [name for name in FACTS if right.get(name, "") != before[name]]
    if wrong := [one for _, one in faults(right, case, today)]:
        raise Incomplete(" ".join(f"{one}." for one in wrong))
    if not changed:
        raise Incomplete("Nothing differs from what is on record. Change what is wrong.")
    if not why.strip():
        raise Incomplete("Say how it is known: the reason is part of the record.")
    _set(session, case, subject, right)
    _tell_requests(session, case, right, changed)
    act = f"corrected what is known of {subject.initials}: {listed([FACTS[name] for name in changed])}"
    moved = [f"{one.what}: {one.then}, before {one.now}" for one in found]
    record(
        session, case.id, actor, now, act, why.strip(), subject=subject.id, moved=moved,
        before={name: before[name] for name in changed}, after={name: right.get(name, "") for name in changed},
    )  # fmt: skip


def must_be_open(case: Case) -> None:
    if case.status in BEFORE:
        raise NotNow("The referral is not confirmed yet. Correct what it says on its own page.")
    if case.status in AFTER:
        raise NotNow(f"This case is {case.status.shown.lower()}, so its record stays as it was.")


def earlier(session: Session, case: Case, subject: Subject) -> list[str]:
    """Each correction made before, in a sentence with what was on record until then, the last first."""
    return [
        sentence(f"{long_date(local_day(entry.at))}, {entry.actor_name}: {_was(entry.details)}. {entry.why}")
        for entry in of_case(session, case.id)
        if entry.details.get("subject") == subject.id and "before" in entry.details
    ]


def _was(details: Mapping[str, Any]) -> str:
    before = details["before"]
    return "; ".join(
        f"{FACTS[name]} was {_shown(before[name]) or 'not given'}" for name in FACTS if name in before
    )


def _shown(value: str) -> str:
    day = day_or_none(value)
    return plain_date(day) if day else value.replace("_", " ")


def _standing(
    session: Session, case: Case, today: date, calendar: Calendar, dardr_from: date | None
) -> dict[str, str]:
    answers = _referral(session, case).best_known
    found: dict[str, str] = {}
    for who in case.subjects:
        known = ages(who, incident_day(answers), today)
        found[f"Age of {who.initials}"] = "; ".join(one.shown for one in known) or "Not known"
    for one in criteria.tests_of(session, case, today, dardr_from):
        what = f"{one.route.value.capitalize()} test, {one.subject.initials}"
        found[what] = f"{MET[one.test.met]} ({one.test.rule_set.printed})"
    for clock in clocks_of_case(session, case, today, calendar):
        found[clock.label] = long_date(clock.on) if clock.on else "No date yet"
    return found


def _set(session: Session, case: Case, subject: Subject, right: Mapping[str, str]) -> None:
    """The person's record, and the facts accepted of the referral; what was sent stays as it came."""
    referral, was = _referral(session, case), subject.name_key
    for name, column in COLUMNS.items():
        value = right.get(name, "")
        setattr(
            subject, column, day_or_none(value) if name in ("subject_dob", "subject_date_of_death") else value
        )
    subject.details = _with(subject.details, right, OF_THE_PERSON)
    answers = _with(referral.best_known, right, OF_THE_CASE)
    rows = [dict(row) for row in answers.get("subjects") or []]
    for place, row in enumerate(rows):
        if name_key(str(row.get("subject_name") or "")) == was:
            rows[place] = _with(row, right, OF_THE_PERSON)
    referral.answers = {**answers, "subjects": rows}


def _with(known: Mapping[str, Any], right: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    kept = {name: value for name, value in known.items() if name not in names}
    return kept | {name: right[name] for name in names if right.get(name)}


def _tell_requests(session: Session, case: Case, right: Mapping[str, str], changed: Sequence[str]) -> None:
    """The forms of agencies that have not answered say it right from now on."""
    round = round_of(session, case)
    for request in round.requests if round and len(case.subjects) == 1 else ():
        if request.state.is_waiting:
            own = {name: right.get(name, "") for name in changed if name in request.known}
            request.known = {**request.known, **own}


def _referral(session: Session, case: Case) -> Referral:
    return session.scalars(select(Referral).where(Referral.case_id == case.id)).one()
