"""Which facts each test asks about, what the referral already says of them, and how old people were."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms.dates import day_or_none
from jcr.answer import Tri, as_tri
from jcr.cases.model import Route, Subject
from jcr.cases.rules import age_on
from jcr.criteria.facts import ADULT, CHILD, CHILD_CONSIDERATIONS, CHILD_REGARDS, DOMESTIC, FACTS
from jcr.web.reasoned import Given
from jcr.wording import long_date

STATED_AGE = re.compile(r"(?P<number>\d{1,3})\s*(?P<unit>[a-z]*)", re.IGNORECASE)
THE_REFERRAL = "the referral"
PERPETRATOR_AGE = "perpetrator_age"
DIED = {"died": FACTS["died"]}
QUESTIONS: dict[Route, dict[str, str]] = {
    Route.CHILD: DIED | {fact.key: fact.question for fact in (*CHILD, *CHILD_CONSIDERATIONS, *CHILD_REGARDS)},
    Route.ADULT: DIED | {fact.key: fact.question for fact in ADULT},
    Route.DOMESTIC: DIED | {fact.key: fact.question for fact in DOMESTIC},
}

# A ground or connection ticked on the referral -> the fact it claims.
CLAIMS = {
    "criteria_grounds_child": {
        "child_seriously_harmed": "seriously_harmed",
        "child_abuse_or_neglect": "abuse_or_neglect_known_or_suspected",
        "child_working_together": "agencies_working_together_concern",
        "child_improvement": "improvements_needed",
        "child_recurrent_themes": "recurrent_themes",
    },
    "criteria_grounds_adult": {
        "adult_died": "death_from_abuse_or_neglect",
        "adult_alive": "serious_abuse_or_neglect",
        "adult_working_together": "reasonable_cause_for_concern",
    },
    "criteria_grounds_domestic": {
        "domestic_violence": "violence_abuse_or_neglect",
        "domestic_household": "same_household",
        "domestic_suicide": "suicide_with_concern",
    },
    "personally_connected": {
        "married": "married",
        "civil_partners": "civil_partners",
        "agreed_to_marry": "agreed_to_marry",
        "civil_partnership_agreement": "civil_partnership_agreement",
        "intimate_relationship": "intimate_personal_relationship",
        "parents_of_same_child": "parental_relationship",
        "relatives": "related",
    },
}


@dataclass(frozen=True)
class Age:
    """How old somebody was, and on which day: `when` says what happened then."""

    years: int
    on: date
    when: str

    @property
    def shown(self) -> str:
        return f"{self.years}, {self.when} ({long_date(self.on)})"


def claimed(subject: Subject, referral: Mapping[str, Any]) -> dict[str, Given]:
    """What the referral says of the facts; offered to the officer, and nothing until somebody accepts it."""
    return {name: Given(said, why, THE_REFERRAL) for name, said, why in _claims(subject, referral)}


def _claims(subject: Subject, referral: Mapping[str, Any]) -> Iterator[tuple[str, Tri, str]]:
    for question, facts in CLAIMS.items():
        for code in referral.get(question) or ():
            if code in facts:
                yield facts[code], "yes", "The referral says so."
    if subject.date_of_death:
        yield "died", "yes", f"The referral gives the date of death: {long_date(subject.date_of_death)}."
    elif (told := as_tri(subject.details.get("subject_died"))) != "not_known":
        yield "died", told, f"The referral says: {told}"
    yield from _care_status(subject.details.get("subject_care_status"))
    if needs := subject.details.get("subject_care_support_needs"):
        yield "has_care_and_support_needs", "yes", f"The referral says: {needs}"


def _care_status(status: object) -> Iterator[tuple[str, Tri, str]]:
    """What the one answer about care says of both facts: only “neither” says no to them."""
    for fact in ("looked_after", "care_leaver"):
        if status == fact:
            yield fact, "yes", "The referral gives this care status."
        elif status == "neither":
            yield fact, "no", "The referral says: neither looked after nor a care leaver"


def ages(subject: Subject, incident_on: date | None, today: date) -> list[Age]:
    """The subject's age on the days that matter; today's only where neither of the others is known."""
    if subject.dob is None:
        return []
    days = [(incident_on, "on the day of the incident"), (subject.date_of_death, "at death")]
    known = [(day, when) for day, when in days if day] or [(today, "today, as no other day is known")]
    return [Age(age_on(subject.dob, day), day, when) for day, when in known if day >= subject.dob]


def stated_age(subject: Subject) -> int | None:
    """The age in years as the referral states it where there is no date of birth: '14 years', '8 months'."""
    found = STATED_AGE.match(str(subject.details.get("subject_age") or "").strip())
    if found is None:
        return None
    return 0 if found["unit"].lower().startswith(("month", "week", "day")) else int(found["number"])


def perpetrator_age(referral: Mapping[str, Any], on: date | None) -> Age | None:
    """The age of the one person alleged to be responsible, where the referral gives a date of birth."""
    rows = referral.get("alleged_perpetrators") or []
    born = day_or_none(rows[0].get("dob")) if len(rows) == 1 else None
    return Age(age_on(born, on), on, "on the day of the incident") if born and on and on >= born else None


def incident_day(referral: Mapping[str, Any]) -> date | None:
    """The day of the incident, if the referral gives one."""
    return day_or_none(referral.get("incident_date"))
