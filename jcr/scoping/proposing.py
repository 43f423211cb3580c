"""Whom to ask: the agencies a referral names, those that its facts point to, and those always asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rapidfuzz.fuzz import token_set_ratio
from sqlalchemy.orm import Session

from jcr.answer import NOT_KNOWN_WORDS
from jcr.cases.model import Case, Route
from jcr.criteria.asking import ages, incident_day, stated_age
from jcr.people import agencies
from jcr.people.model import Agency, Membership, Sector
from jcr.people.service import agencies as listed_agencies
from jcr.roles import Actor
from jcr.wording import sentence

ALIKE = 90  # of 100; below it a name is shown to the officer and not matched
NOT_LISTED = "Named in the referral; not on the agency list."
PLACES = {"subject_school": "The school, college or nursery", "subject_gp": "The GP practice"}
SCHOOL_AGE, YOUTH_JUSTICE_AGE = set(range(2, 18)), set(range(10, 18))  # nursery education begins at two
EDUCATION = re.compile(r"\beducation\b", re.I)
ICB = re.compile(r"\b(icb|integrated care board)\b", re.I)
# Which of the council's directorates holds the records; one of them is always asked.
SOCIAL_CARE = {
    Route.CHILD: re.compile(r"\bchild", re.I),
    Route.ADULT: re.compile(r"\badult", re.I),
    Route.DOMESTIC: re.compile(r"\b(child|adult)", re.I),
}


@dataclass(frozen=True)
class Proposal:
    """An agency to ask and why; without `agency` it is a name that is on no list yet."""

    name: str
    why: str
    agency: Agency | None = None
    contact: str = ""


def propose_agencies(session: Session, case: Case, answers: Mapping[str, Any], today: date) -> list[Proposal]:
    """All agencies known to be involved (ToR 3), each with the reasons; those on the agency list first.

    `today` is the day for which an age is taken where neither the incident nor a death has a date.
    """
    known = listed_agencies(session)
    reasons: dict[int, list[str]] = {}
    strangers: list[Proposal] = []
    for row in answers.get("agencies_involved") or []:
        name = str(row.get("agency") or "").strip()
        agency = matched(name, known)
        if agency:
            reasons.setdefault(agency.id, []).append(_named(row, name, agency))
        elif name:
            strangers.append(Proposal(name, NOT_LISTED, None, _contact(row)))
    for name, what in _places(case):
        agency = matched(name, known)
        if agency:
            reasons.setdefault(agency.id, []).append(f"{what}.")
        else:
            strangers.append(Proposal(name, f"{what}; not on the agency list."))
    for agency, why in (*_by_age_and_address(case, answers, known, today), *_always(case, known)):
        reasons.setdefault(agency.id, []).append(why)
    return [
        *(Proposal(a.name, " ".join(reasons[a.id]), a) for a in known if a.id in reasons),
        *_each_once(strangers),
    ]


def _each_once(strangers: Sequence[Proposal]) -> Iterator[Proposal]:
    """A surgery of two children, or named as an agency as well, is asked once: for all the reasons there are."""
    by_name: dict[str, list[Proposal]] = {}
    for one in strangers:
        by_name.setdefault(one.name.casefold(), []).append(one)
    for same in by_name.values():
        contact = next((one.contact for one in same if one.contact), "")
        why = " ".join(f"{one.why.rstrip('.')}." for one in same)
        yield Proposal(same[0].name, why, None, contact)


def matched(name: str, known: Sequence[Agency]) -> Agency | None:
    """The one listed agency that a name means; None when no agency or several fit."""
    plain = name.casefold().strip()
    exact = [agency for agency in known if plain in (agency.code.casefold(), agency.name.casefold())]
    if exact or not plain:
        return exact[0] if exact else None
    close = [agency for agency in known if token_set_ratio(plain, agency.name.casefold()) >= ALIKE]
    return close[0] if len(close) == 1 else None


def _named(row: Mapping[str, Any], name: str, agency: Agency) -> str:
    said = "" if name.casefold() == agency.name.casefold() else f" as “{name}”"
    still = " It is still involved." if row.get("still_involved") == "yes" else ""
    return sentence(f"Named in the referral{said}") + still


def _contact(row: Mapping[str, Any]) -> str:
    found = re.search(r"[^\s@,;<>]+@[^\s@,;<>]+", str(row.get("contact") or ""))
    return found[0] if found else ""


def _places(case: Case) -> Iterator[tuple[str, str]]:
    """The school and the GP practice of each subject, as the referral names them."""
    for subject in case.subjects:
        for key, what in PLACES.items():
            name = str(subject.details.get(key) or "").strip()
            if name.casefold() not in NOT_KNOWN_WORDS:
                yield name, f"{what} of {subject.initials}"


def _by_age_and_address(
    case: Case, answers: Mapping[str, Any], known: Sequence[Agency], today: date
) -> Iterator[tuple[Agency, str]]:
    incident_on = incident_day(answers)
    for subject in case.subjects:
        years = {one.years for one in ages(subject, incident_on, today)} or {stated_age(subject) or 0}
        for agency in known:
            if _is_education(agency) and years & SCHOOL_AGE:
                yield agency, f"{subject.initials} was of an age to be at school or nursery."
            if agency.sector is Sector.YOUTH_JUSTICE and years & YOUTH_JUSTICE_AGE:
                yield (
                    agency,
                    f"{subject.initials} was of an age at which youth justice may know them (10 to 17).",
                )
            if agency.sector is Sector.HOUSING and subject.details.get("subject_address"):
                yield agency, f"{subject.initials} has an address, so a landlord may hold records."


def _is_education(agency: Agency) -> bool:
    """Who speaks for schools: not each school that was ever put on the list."""
    if agency.sector is Sector.LOCAL_AUTHORITY:
        return bool(EDUCATION.search(agency.name))
    return agency.sector is Sector.EDUCATION and agency.membership is not Membership.NONE


def _always(case: Case, known: Sequence[Agency]) -> Iterator[tuple[Agency, str]]:
    for agency in known:
        if case.agency_id == agency.id:
            yield agency, "It made the referral."
        if agency.sector is Sector.POLICE and agency.membership is Membership.STANDING:
            yield agency, "The police are always asked."
        if ICB.search(agency.name):
            yield agency, "The integrated care board is always asked."
        if _is_social_care(agency, case.route_names):
            yield agency, "The council is always asked."


def _is_social_care(agency: Agency, routes: Sequence[Route]) -> bool:
    if agency.sector is not Sector.LOCAL_AUTHORITY:
        return False
    return any(SOCIAL_CARE[route].search(agency.name) for route in routes or list(Route))


def list_agency(
    session: Session, name: str, contact_name: str, contact_email: str, actor: Actor, now: datetime
) -> Agency:
    """Puts an agency that a referral named on the list, outside the group, so that it can be asked."""
    facts = dict.fromkeys(agencies.FACTS, "") | {
        "name": name, "sector": Sector.OTHER, "membership": Membership.NONE, "domains": [],
        "contact_name": contact_name, "contact_email": contact_email,
    }  # fmt: skip
    return agencies.add(session, facts, actor, now)
