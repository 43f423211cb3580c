"""Which offices ratify a case, who may answer for each, and how far they have come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from jcr.cases.model import Case, Route, Status
from jcr.cases.service import RATIFIERS
from jcr.decisions.model import Answered, Ratification, Recommendation
from jcr.errors import Incomplete
from jcr.people.model import OFFICE_NAMES, Office, Person
from jcr.people.service import delegate_until, holders
from jcr.permissions import Permission, allows
from jcr.wording import count, listed, local_day

WAYS = {Answered.SEND_BACK: "sent it back", Answered.REFUSE: "did not ratify it"}
NONE_YET = "There is no decision yet"
PARTNERS = frozenset(RATIFIERS[Route.CHILD])


def needed(routes: Iterable[Route]) -> list[Office]:
    """The offices that ratify a case on these routes: three partners for a child, one chair else (ToR 1)."""
    return list(dict.fromkeys(office for route in routes for office in RATIFIERS[route]))


def free_holders(session: Session, case: Case, office: Office, chaired_by: Person, on: date) -> list[Person]:
    """Those who may answer for the office that day: no conflict on the case, and not whoever chaired it."""
    return [
        person
        for person in holders(session, office, on)
        if person.active and allows(Permission.RATIFY, person, case) and person.id != chaired_by.id
    ]


def deciders(session: Session, case: Case, chaired_by: Person, on: date) -> Mapping[Office, Sequence[Person]]:
    """Who may ratify, by office. Raises Incomplete when an office has nobody free to answer for it."""
    found = {
        office: free_holders(session, case, office, chaired_by, on) for office in needed(case.route_names)
    }
    nobody = [OFFICE_NAMES[office] for office, people in found.items() if not people]
    if nobody:
        raise Incomplete(
            f"Nobody is free to ratify as {listed(nobody)}: the office has no holder today who can sign in, "
            "has no conflict on the case and did not chair the review. Have one recorded, then try again."
        )
    return found


@dataclass(frozen=True)
class Place:
    """One office: its answer, whether a delegate gave it, or those it waits for."""

    office: Office
    answer: Ratification | None
    waits_for: tuple[Person, ...] = ()
    by_delegate: bool = False

    @property
    def name(self) -> str:
        return OFFICE_NAMES[self.office]


@dataclass(frozen=True)
class Progress:
    """How far the ratification of a recommendation has come."""

    places: tuple[Place, ...]

    @property
    def accepted(self) -> list[Place]:
        return [one for one in self.places if one.answer and one.answer.outcome is Answered.ACCEPT]

    @property
    def missing(self) -> list[Place]:
        return [one for one in self.places if one.answer is None]

    @property
    def is_complete(self) -> bool:
        return len(self.accepted) == len(self.places)

    @property
    def sentence(self) -> str:
        """Such as "2 of 3 safeguarding partners have accepted." """
        partners = all(one.office in PARTNERS for one in self.places)
        total, accepted = len(self.places), len(self.accepted)
        who = count(total, "safeguarding partner" if partners else "decision maker")
        return f"{accepted} of {who} {'has' if total == 1 else 'have'} accepted."


def progress(session: Session, recommendation: Recommendation, on: date) -> Progress:
    """Each office that has to answer, with its answer or those it waits for."""
    answered = {one.office: one for one in recommendation.ratifications}
    places = [
        _answered(session, answered[office])
        if office in answered
        else Place(office, None, _waited_for(session, recommendation, office, on))
        for office in needed(recommendation.route_names)
    ]
    return Progress(tuple(places))


def _answered(session: Session, answer: Ratification) -> Place:
    until = delegate_until(session, answer.office, answer.person, local_day(answer.at))
    return Place(answer.office, answer, by_delegate=until is not None)


def other_partners(office: Office) -> frozenset[Office]:
    """The other two safeguarding partners, where this office is one: each of the three signs by its own (ToR 1)."""
    return PARTNERS - {office} if office in PARTNERS else frozenset()


def signed_for_another(recommendation: Recommendation, office: Office, person: Person) -> Office | None:
    """The other safeguarding partner the person answered for."""
    given = (one.office for one in recommendation.ratifications if one.person_id == person.id)
    return next((one for one in given if one in other_partners(office)), None)


def came_back(recommendation: Recommendation) -> bool:
    """Whether one office did not accept it, so that no other is asked any more."""
    return any(one.outcome in WAYS for one in recommendation.ratifications)


def beside(recommendation: Recommendation) -> str:
    """Whether the decision is as recommended, in a sentence."""
    answers = recommendation.ratifications
    for one in (one for one in answers if one.outcome in WAYS):  # one at most: it settles it
        said = "The decision differs from the recommendation" if one.outcome is Answered.REFUSE else NONE_YET
        return f"{said}: {OFFICE_NAMES[one.office]} {WAYS[one.outcome]}."
    if len(answers) < len(needed(recommendation.route_names)):
        return f"{NONE_YET}."
    return "The decision is as recommended."


def decided(recommendation: Recommendation) -> str:
    """The same of the last one, which counts no more once the rapid review is open again."""
    if recommendation.case.status is Status.RAPID_REVIEW:
        return f"{NONE_YET}: the rapid review is open again."
    return beside(recommendation)


def _waited_for(
    session: Session, recommendation: Recommendation, office: Office, on: date
) -> tuple[Person, ...]:
    free = free_holders(session, recommendation.case, office, recommendation.chaired_by, on)
    return tuple(one for one in free if signed_for_another(recommendation, office, one) is None)
