"""The note to each agency that was asked: what was decided on the case, once it is ratified."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.correspondence import service as correspondence
from jcr.correspondence.model import Kind
from jcr.correspondence.service import Letterhead
from jcr.decisions.model import Recommendation
from jcr.roles import Actor
from jcr.scoping import service as scoping
from jcr.scoping.model import Request

TOLD = ("decision", "what_next", "met_on", "ratified_by")


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
    """Writes to each agency that was asked; the reasons told to the referrer are not for them."""
    case = recommendation.case
    for request in agencies_told(session, case):
        about = {
            "agency": request.agency.name,
            "contact_name": request.contact_name or "colleague",
            "officer": actor.name,
        }
        correspondence.write(
            session, head, Kind.OUTCOME_NOTICE, f"outcome-{case.reference}-{recommendation.number}-{request.id}",
            request.contact_email, about | {name: facts[name] for name in TOLD}, actor, now,
            case=case, agency=request.agency,
        )  # fmt: skip
