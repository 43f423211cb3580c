"""What the referrer is told while the decision waits: for more that was asked, or for the Panel's reply."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Route, Status
from jcr.correspondence import service as correspondence
from jcr.correspondence import wording
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.correspondence.wording import only
from jcr.decisions.model import Recommendation
from jcr.decisions.recommending import given_away, latest
from jcr.decisions.telling import Preview, letter_of, signature
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.permissions import Permission, allows
from jcr.referrals.letters import about
from jcr.referrals.model import Referral
from jcr.roles import Actor

MORE, PANEL = "more", "panel"


def waits_for(session: Session, case: Case) -> str:
    """MORE once a decision maker sent it back, PANEL before a child's decision is told; empty at other stages."""
    found = latest(session, case)
    if found is None:
        return ""
    if case.status is Status.SENT_BACK:
        return MORE
    goes_to_panel = Route.CHILD in found.route_names and case.incident_notified_on is not None
    if case.status is Status.RATIFIED and goes_to_panel and letter_of(session, found) is None:
        return PANEL
    return ""


def preview(
    session: Session, head: Letterhead, case: Case, awaited: str, actor: Actor, now: datetime
) -> Preview:
    """The letter word for word, `awaited` being what the officer says of it. Raises NotNow and NotAllowed."""
    recommendation, referral, reason = _ready(session, case, actor)
    known = correspondence.known_to(
        head, case.reference, now, _facts(recommendation, referral, reason, awaited, actor)
    )
    made = wording.written(session, Kind.DECISION_WAITS, known)
    signed = signature(session, recommendation, actor)
    return Preview(
        referral.referrer_email, made.subject, made.heading, made.text, made.body, referral.addressed, signed
    )


def tell_it_waits(
    session: Session, head: Letterhead, case: Case, awaited: str, recipient: str, actor: Actor, now: datetime
) -> Letter:
    """Writes the letter, once for each recommendation and reason; it decides nothing.

    Raises NotAllowed, NotNow, and Incomplete when it is not said what is awaited or the words name a subject.
    """
    recommendation, referral, reason = _ready(session, case, actor)
    if not awaited.strip():
        raise Incomplete("Say what is awaited, in words for the referrer.")
    if named := given_away(case, awaited):
        raise Incomplete(f"The words name a subject or a date of birth (“{named}”). Write initials instead.")
    return correspondence.write(
        session, head, Kind.DECISION_WAITS, _occasion(recommendation, reason),
        recipient.strip() or referral.referrer_email, _facts(recommendation, referral, reason, awaited, actor),
        actor, now,
        case=case,
        recipient_lines=referral.addressed,
        signature_lines=signature(session, recommendation, actor),
    )  # fmt: skip


def _occasion(recommendation: Recommendation, reason: str) -> str:
    return f"decision-waits-{recommendation.case.reference}-{recommendation.number}-{reason}"


def _ready(session: Session, case: Case, actor: Actor) -> tuple[Recommendation, Referral, str]:
    if not allows(Permission.TELL_REFERRER, actor, case):
        raise NotAllowed("This letter is for the Partnership Team to write, on behalf of the chair.")
    recommendation, reason = latest(session, case), waits_for(session, case)
    if recommendation is None or not reason:
        raise NotNow(
            "This letter is for a recommendation that was sent back, or for one on a child’s case that is ratified "
            f"and not told yet. This case is at the stage “{case.status.shown}”."
        )
    if session.scalar(select(Letter.id).where(Letter.occasion == _occasion(recommendation, reason))):
        raise NotNow(
            "The referrer was told already that the decision waits. You find the letter on the case."
        )
    referral = session.scalar(select(Referral).where(Referral.case_id == case.id))
    if referral is None:
        raise NotNow("This case has no referral to answer.")
    return recommendation, referral, reason


def _facts(
    recommendation: Recommendation, referral: Referral, reason: str, awaited: str, actor: Actor
) -> dict[str, Any]:
    return {
        **about(referral, actor),
        "received_on": recommendation.case.received_on,
        "met_on": recommendation.met_on,
        "only_more": only(reason == MORE),
        "only_panel": only(reason == PANEL),
        "awaited": awaited.strip(),
    }
