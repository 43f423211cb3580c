"""Records the facts of a case and puts them to the statutory tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from jcr.cases import service as cases
from jcr.cases.model import Case, Route, Status, Subject
from jcr.cases.naming import given_away
from jcr.criteria import Limb, Overlap, Test, adult, child, domestic, overlaps
from jcr.criteria.asking import PERPETRATOR_AGE, ages, claimed, incident_day, perpetrator_age, stated_age
from jcr.criteria.model import Fact
from jcr.criteria.other_routes import Pointer, other_routes
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.referrals.model import Referral
from jcr.roles import Actor
from jcr.rule_sets import child_edition
from jcr.web.reasoned import Given
from jcr.wording import listed, local_day, plain_date, sentence

TESTS: dict[Route, Callable[[Mapping[str, object]], Test]] = {
    Route.CHILD: child,
    Route.ADULT: adult,
    Route.DOMESTIC: domestic,
}
OF_CASE = select(Fact).where(Fact.case_id == bindparam("case_id")).order_by(Fact.id)
BEFORE = (Status.REFERRED, Status.AWAITING_SIGN_OFF, Status.RETURNED)
AFTER = (Status.REDIRECTED, Status.DECLINED, Status.DECIDED, Status.CLOSED)


@dataclass(frozen=True)
class Judged:
    """One subject put to one test; `evidence` says by fact what its answer rests on, and who said so."""

    subject: Subject
    route: Route
    test: Test
    evidence: Mapping[str, str] = field(default_factory=dict)


def tests_of(
    session: Session,
    case: Case,
    on: date,
    dardr_from: date | None = None,  # noqa: PT028 (it tests cases, not the software)
    answers: Mapping[str, Any] | None = None,  # noqa: PT028
) -> list[Judged]:
    """Every subject put to the test of every route of the case, on what is recorded so far.

    `on` is the day for which an age is taken when neither the incident nor a death has a date, and whose edition of
    the guidance counts; `dardr_from` the day of death from which the domestic test of 2024 decides; `answers` what the
    referral says, where that is known.
    """
    referral = referral_answers(session, case) if answers is None else answers
    facts = facts_of(session, case)
    tests = TESTS | {
        Route.CHILD: partial(child, rule_set=child_edition(on)),
        Route.DOMESTIC: partial(domestic, commenced_on=dardr_from),
    }
    return [
        Judged(
            subject,
            route,
            tests[route](known_of(subject, referral, facts.get(subject.id, {}), on)),
            {name: told for name, fact in facts.get(subject.id, {}).items() if (told := evidence_of(fact))},
        )
        for subject in case.subjects
        for route in case.route_names
    ]


def overlaps_of(session: Session, case: Case, on: date) -> list[tuple[Subject, Overlap]]:
    """Where a subject falls to several reviews, by the facts recorded so far."""
    referral, facts = referral_answers(session, case), facts_of(session, case)
    return [
        (subject, overlap)
        for subject in case.subjects
        for overlap in overlaps(known_of(subject, referral, facts.get(subject.id, {}), on))
    ]


def other_routes_of(session: Session, case: Case, on: date) -> list[tuple[Subject, Pointer]]:
    """The kinds of review not considered yet that a subject's facts, or the referral's claims, point to."""
    referral, facts = referral_answers(session, case), facts_of(session, case)
    return [
        (subject, pointer)
        for subject in case.subjects
        for pointer in other_routes(
            known_of(subject, referral, facts.get(subject.id, {}), on),
            case.route_names,
            claimed(subject, referral),
        )
    ]


def evidence_of(fact: Fact) -> str:
    """What an answer rests on, as a sentence: the reason, who said so and who recorded it; empty without a reason."""
    if not fact.why.strip():
        return ""
    said = f"said by {fact.said_by}, " if fact.said_by else ""
    return (
        f"{sentence(fact.why).rstrip('.')} ({said}recorded by {fact.by}, {plain_date(local_day(fact.at))})."
    )


def known_of(
    subject: Subject, referral: Mapping[str, Any], facts: Mapping[str, Fact], today: date
) -> dict[str, object]:
    """The facts of one subject as the tests take them: what was recorded, and ages worked out from dates."""
    known: dict[str, object] = {name: fact.value for name, fact in facts.items()}
    incident_on = incident_day(referral)
    known |= {
        "date_of_birth": subject.dob,
        "date_of_death": subject.date_of_death,
        "incident_date": incident_on,
    }
    found = ages(subject, incident_on, today)
    first, last = (found[0].years, found[-1].years) if found else [stated_age(subject)] * 2
    known |= {"subject_age": first, "victim_age": last}
    other = perpetrator_age(referral, incident_on)
    if other:
        known.setdefault(PERPETRATOR_AGE, other.years)
    return known


def facts_of(session: Session, case: Case) -> dict[int, dict[str, Fact]]:
    """The latest fact under each name, by subject."""
    found: dict[int, dict[str, Fact]] = {}
    for fact in session.scalars(OF_CASE, {"case_id": case.id}):
        found.setdefault(fact.subject_id, {})[fact.name] = fact
    return found


def told_before(session: Session, subject: Subject) -> dict[str, list[Fact]]:
    """The facts under each name that somebody answered otherwise since, the last first."""
    found: dict[str, list[Fact]] = {}
    for fact in session.scalars(select(Fact).where(Fact.subject_id == subject.id).order_by(Fact.id.desc())):
        found.setdefault(fact.name, []).append(fact)
    return {name: rest for name, (_, *rest) in found.items()}


def record_facts(
    session: Session,
    case: Case,
    subject: Subject,
    route: Route,
    given: Mapping[str, Given],
    actor: Actor,
    now: datetime,
) -> int:
    """Appends what is new among the answers and says how many were.

    Raises NotNow before the referral is confirmed and once the case is decided; Incomplete when a yes or
    a no has no reason.
    """
    _must_be_open(case)
    before = facts_of(session, case).get(subject.id, {})
    new = {name: one for name, one in given.items() if not _same(before.get(name), one)}
    for name, one in new.items():
        if one.value in ("yes", "no") and not one.why.strip():
            raise Incomplete("Say why for each yes and each no: the reasons are part of the record.")
        session.add(
            Fact(
                case_id=case.id,
                subject_id=subject.id,
                route=route,
                name=name,
                value=one.value,
                why=one.why,
                said_by=one.said_by,
                by=actor.name,
                at=now,
            )
        )
    if new:
        record(
            session, case.id, actor, now, f"recorded facts for the {route.value} test", subject=subject.id,
            facts=sorted(new),
        )  # fmt: skip
    return len(new)


def change_routes(
    session: Session, case: Case, routes: Sequence[Route], why: str, actor: Actor, now: datetime
) -> None:
    """Says which reviews the case may fall into (ToR 3). Raises Incomplete without a route or a reason."""
    _must_be_open(case)
    if not routes:
        raise Incomplete("Select at least one kind of review.")
    if set(routes) == set(case.route_names):
        return
    if not why.strip():
        raise Incomplete("Say why the kinds of review change: the reason is part of the record.")
    cases.set_routes(case, routes)
    said = listed([route.value for route in routes])
    record(session, case.id, actor, now, f"set the kinds of review to consider: {said}", why)


def referral_answers(session: Session, case: Case) -> dict[str, Any]:
    """What the case's referral says: the facts accepted or, before that, as sent."""
    referral = session.scalar(select(Referral).where(Referral.case_id == case.id))
    return referral.best_known if referral else {}


def snapshot(judged: Iterable[Judged]) -> list[dict[str, Any]]:
    """The results as plain values, for a record that must not change when the facts do."""
    return [
        {"subject": one.subject.id, "initials": one.subject.initials, "route": one.route.value}
        | {name: getattr(one.test, name) for name in ("met", "because", "source", "regime")}
        | {"edition": one.test.rule_set.edition, "printed": one.test.rule_set.printed}
        | {"effective": one.test.rule_set.effective.isoformat() if one.test.rule_set.effective else ""}
        | {"limbs": [_plain(limb, one) for limb in one.test.limbs]}
        for one in judged
    ]


def evidence_for(limb: Limb, judged: Judged) -> list[str]:
    """What a limb rests on, of its parts too, each once."""
    own = [judged.evidence[limb.key]] if limb.key in judged.evidence else []
    return list(dict.fromkeys([*own, *(told for part in limb.parts for told in evidence_for(part, judged))]))


def _plain(limb: Limb, judged: Judged) -> dict[str, str]:
    """Without evidence that names a subject: what it becomes part of goes by initials."""
    found = evidence_for(limb, judged)
    told = [one for one in found if not given_away(judged.subject.case, one)]
    kept = ["Further reasons are on the record of the criteria."] if len(told) < len(found) else []
    plain = {name: getattr(limb, name) for name in ("question", "answer", "because", "paragraph")}
    return plain | {"because": " ".join((limb.because, *told, *kept))}


def _must_be_open(case: Case) -> None:
    if case.status in BEFORE:
        raise NotNow("Facts are recorded once the referral is signed off and confirmed.")
    if case.status in AFTER:
        raise NotNow(f"This case is {case.status.shown.lower()}, so its facts stay as they were.")


def _same(fact: Fact | None, given: Given) -> bool:
    return fact is not None and (fact.value, fact.why, fact.said_by) == (
        given.value,
        given.why,
        given.said_by,
    )
