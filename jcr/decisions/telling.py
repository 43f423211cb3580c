"""The decision letter: what it says, shown before it goes, and the one act that writes it (ToR 7.v)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Route, Status
from jcr.cases.rules import Calendar, reconsideration_by
from jcr.correspondence import service as correspondence
from jcr.correspondence import wording
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.correspondence.wording import only, points
from jcr.decisions import rules
from jcr.decisions.model import Answered, Outcome, Recommendation
from jcr.decisions.offices import progress
from jcr.decisions.recommending import given_away, latest
from jcr.decisions.telling_agencies import tell_agencies
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.people.model import OFFICE_NAMES, Person
from jcr.permissions import Permission, allows
from jcr.referrals.letters import about
from jcr.referrals.model import Referral
from jcr.roles import Actor
from jcr.scoping import service as scoping
from jcr.triage.rules import ACTIVITIES
from jcr.wording import listed, local_day, long_date

RESULTS = {"yes": "met", "no": "not met", "not_known": "could not be settled from what is known"}
JUDGED = "not settled by the facts on record alone; the group judges it met, for the reasons below"


@dataclass(frozen=True)
class Preview:
    """The letter as it would go out now, word for word."""

    recipient: str
    subject: str
    heading: str
    text: str
    body: str
    recipient_lines: Sequence[str]
    signature_lines: Sequence[str]


def preview(
    session: Session,
    head: Letterhead,
    calendar: Calendar,
    case: Case,
    actor: Actor,
    now: datetime,
    paragraph: str = "",
) -> Preview:
    """What the referrer would read. Raises NotNow before ratification and once the letter is written."""
    recommendation, referral = _ready(session, case, actor, now)
    facts = _facts(session, head, calendar, recommendation, referral, actor, now, paragraph)
    known = correspondence.known_to(head, case.reference, now, facts)
    made = wording.written(session, Kind.DECISION, known)
    addressed, signed = referral.addressed, signature(session, recommendation, actor)
    return Preview(
        referral.referrer_email, made.subject, made.heading, made.text, made.body, addressed, signed
    )


def notify_referrer(
    session: Session,
    head: Letterhead,
    calendar: Calendar,
    case: Case,
    actor: Actor,
    now: datetime,
    *,
    paragraph: str = "",
    recipient: str = "",
) -> Letter:
    """Writes the decision letter on behalf of the chair, and tells the agencies that were asked.

    The case is *decided* once the letter to the referrer went (ToR 7.v).

    `paragraph` is added for this referrer; `recipient` replaces the address on the referral. Raises NotNow
    before ratification or when the letter is written already, NotAllowed for others than the Partnership
    Team, Incomplete when the paragraph names a subject or there is nobody to write to.
    """
    recommendation, referral = _ready(session, case, actor, now)
    if named := given_away(case, paragraph):
        raise Incomplete(
            f"Your paragraph names a subject or a date of birth (“{named}”). Write initials instead."
        )
    facts = _facts(session, head, calendar, recommendation, referral, actor, now, paragraph)
    tell_agencies(session, head, recommendation, facts, actor, now)
    return correspondence.write(
        session, head, Kind.DECISION, _occasion(recommendation), recipient.strip() or referral.referrer_email,
        facts, actor, now,
        case=case,
        recipient_lines=referral.addressed,
        signature_lines=signature(session, recommendation, actor),
    )  # fmt: skip


def letter_of(session: Session, recommendation: Recommendation) -> Letter | None:
    """The decision letter on this recommendation, once it is written."""
    return session.scalar(select(Letter).where(Letter.occasion == _occasion(recommendation)))


def _occasion(recommendation: Recommendation) -> str:
    return f"decision-{recommendation.case.reference}-{recommendation.number}"


def _ready(session: Session, case: Case, actor: Actor, now: datetime) -> tuple[Recommendation, Referral]:
    if not allows(Permission.TELL_REFERRER, actor, case):
        raise NotAllowed("The decision letter is for the Partnership Team to write, on behalf of the chair.")
    recommendation = latest(session, case)
    if recommendation is None or case.status not in (Status.RATIFIED, Status.DECIDED):
        raise NotNow(_not_ratified(session, case, recommendation, now))
    if letter_of(session, recommendation):
        raise NotNow("The decision letter is written already. You find it on the page of the case.")
    referral = session.scalar(select(Referral).where(Referral.case_id == case.id))
    if referral is None:
        raise NotNow("This case has no referral to answer.")
    return recommendation, referral


def _not_ratified(session: Session, case: Case, recommendation: Recommendation | None, now: datetime) -> str:
    said = (
        "The referrer is told once the recommendation is ratified (terms of reference, 7.v), and not before."
    )
    if recommendation is None or case.status is not Status.RECOMMENDED:
        return f"{said} This case is at the stage “{case.status.shown}”."
    waiting = [one.name for one in progress(session, recommendation, local_day(now)).missing]
    return f"{said} It waits for: {listed(waiting)}."


def _facts(
    session: Session,
    head: Letterhead,
    calendar: Calendar,
    recommendation: Recommendation,
    referral: Referral,
    actor: Actor,
    now: datetime,
    paragraph: str,
) -> dict[str, Any]:
    case = recommendation.case
    accepted = [one for one in recommendation.ratifications if one.outcome is Answered.ACCEPT]
    is_child = Route.CHILD in recommendation.route_names
    return {
        **about(referral, actor),
        **_in_words(session, head, recommendation, now),
        "received_on": case.received_on,
        "met_on": recommendation.met_on,
        "ratified_by": points(
            [f"{OFFICE_NAMES[one.office]}, on {long_date(local_day(one.at))}" for one in accepted]
        ),
        "returns": _returns(session, recommendation),
        "tests": _tests(recommendation),
        "only_child": only(is_child),
        "only_panel": only(is_child and case.incident_notified_on is not None),
        "only_again": only(recommendation.number > 1),
        "again_on": local_day(recommendation.made_at) if recommendation.number > 1 else None,
        "only_review": only(recommendation.outcome.is_review),
        "reasons": recommendation.told,
        "paragraph": paragraph.strip(),
        "reconsider_by": reconsideration_by(local_day(now), calendar).on,
    }


def _in_words(
    session: Session, head: Letterhead, recommendation: Recommendation, now: datetime
) -> dict[str, str | None]:
    """The decision and what follows, in the words of its kind."""
    reviews = [rules.printed(review, recommendation.criteria) for review in recommendation.reviews]
    activities = points([ACTIVITIES[one] for one in recommendation.activities])
    known = {
        "review": reviews[0] if len(reviews) == 1 else None,
        "reviews": points(reviews),
        "activities": f"What is planned:\n\n{activities}" if activities else None,
        "only_domestic": only("domestic" in rules.routes_of(recommendation.reviews)),
    }
    about_case = correspondence.known_to(head, recommendation.case.reference, now, known)
    words = wording.part_of_letter(session, f"decision-{recommendation.outcome.value}", about_case)
    not_held = rules.not_held(recommendation.reviews, recommendation.routes, recommendation.criteria)
    return {
        "decision": words["decision"],
        "what_next": words["next"],
        "not_held": " and no ".join(not_held) or None,
    }


def _returns(session: Session, recommendation: Recommendation) -> str | None:
    """How many agencies were asked to search their records, how many answered, and how many of them too late."""
    round = scoping.round_of(session, recommendation.case)
    requests = round.requests if round else []
    if not requests:
        return None
    in_time = sum(request.answered_by(recommendation.returns_until) for request in requests)
    asked, late = len(requests), sum(bool(request.returns) for request in requests) - in_time
    sent = "all" if in_time == asked and asked > 1 else in_time or "none"
    who = "agency was asked to search its" if asked == 1 else "agencies were asked to search their"
    apart = f" {late} more came too late to be considered." if late else ""
    return f"{asked} {who} records, and {sent} sent a return{' in time' if late else ''}.{apart}"


def _tests(recommendation: Recommendation) -> str | None:
    tests = told_tests(recommendation)
    return wording.block("tests", lead="The case was put to", tests=tests) if tests else None


def told_tests(recommendation: Recommendation) -> list[dict[str, str]]:
    """Each test with its result by subject's initials, and without the evidence, which is the agencies'."""
    held = [review for review in recommendation.reviews if review != Outcome.SAR_DISCRETIONARY]
    judged_met = rules.routes_of(held)
    results: dict[str, list[str]] = {}
    for one in recommendation.criteria:
        judged = one["met"] == "not_known" and one["route"] in judged_met
        told = JUDGED if judged else RESULTS[one["met"]]
        results.setdefault(one["route"], []).append(f"for {one['initials']}: {told}")
    regimes = {one["route"]: one["regime"] for one in recommendation.criteria}
    return [
        {"route": route, "regime": regimes[route], "results": "; ".join(told)}
        for route, told in results.items()
    ]


def signature(session: Session, recommendation: Recommendation, actor: Actor) -> Sequence[str]:
    officer = session.get(Person, actor.person_id) if actor.person_id else None
    post = officer.post if officer and officer.post else "Partnership Team"
    return (
        "Yours sincerely",
        actor.name,
        post,
        f"on behalf of {recommendation.chaired_by.name}, who chaired the review",
        "Joint Case Review sub group",
    )
