"""The note to each agency that was asked: what was decided on the case, once it is ratified."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.correspondence import service as correspondence
from jcr.correspondence.model import Kind
from jcr.correspondence.service import Letterhead
from jcr.correspondence.wording import only, points
from jcr.decisions import rules
from jcr.decisions.model import Outcome, Recommendation
from jcr.roles import Actor
from jcr.scoping import service as scoping
from jcr.scoping.model import Request
from jcr.triage.rules import ACTIVITIES

TOLD = ("met_on", "ratified_by")


def agencies_told(session: Session, case: Case) -> list[Request]:
    """The requests whose agencies are told of the decision: those of the round it rests on."""
    round = scoping.round_of(session, case)
    return [request for request in round.requests if request.contact_email] if round else []


def tell_agencies(
    session: Session,
    head: Letterhead,
    recommendation: Recommendation,
    facts: Mapping[str, object],
    actor: Actor,
    now: datetime,
) -> None:
    """Writes to each agency that was asked, in words of its own; what the referrer is told is not for them."""
    case = recommendation.case
    for request in agencies_told(session, case):
        about = {
            "agency": request.agency.name,
            "contact_name": request.contact_name or "colleague",
            "officer": actor.name,
            **_outcome(recommendation),
        }
        correspondence.write(
            session, head, Kind.OUTCOME_NOTICE, f"outcome-{case.reference}-{recommendation.number}-{request.id}",
            request.contact_email, about | {name: facts[name] for name in TOLD}, actor, now,
            case=case, agency=request.agency,
        )  # fmt: skip


def _outcome(recommendation: Recommendation) -> dict[str, str | None]:
    """What was decided, by its name, and what it means for an agency."""
    is_review, planned = recommendation.outcome.is_review, recommendation.activities
    joined = recommendation.reviews if recommendation.outcome is Outcome.JOINT else []
    return {
        "outcome": rules.printed(recommendation.outcome, recommendation.criteria),
        "reviews": points([rules.printed(review, recommendation.criteria) for review in joined]),
        "activities": points([ACTIVITIES[one] for one in planned]),
        "only_review": only(is_review),
        "only_no_review": only(not is_review),
        "only_activities": only(bool(planned)),
    }
