"""The letters a referral causes: acknowledgement, the request to sign it off, its return, and its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from jcr.correspondence import service as correspondence
from jcr.correspondence.model import Kind
from jcr.correspondence.service import Letterhead
from jcr.correspondence.wording import only, points
from jcr.outsiders.model import Purpose
from jcr.referrals.model import GivenBack, Referral
from jcr.referrals.next_steps import Step
from jcr.roles import Actor
from jcr.wording import local_day, long_date


def acknowledge(
    session: Session,
    head: Letterhead,
    referral: Referral,
    recipient: str,
    steps: Sequence[Step],
    actor: Actor,
    now: datetime,
    in_reply_to: str = "",
) -> None:
    """Tells the sender the reference and what happens next, and nothing about the case."""
    arrived = referral.case.received_on
    facts = {
        "arrived": f"Arrived: {long_date(arrived)}" if arrived else f"Sent: {long_date(local_day(now))}",
        "next_steps": "\n\n".join(f"{n}. {step.what}.\n   {step.when}" for n, step in enumerate(steps, 1)),
        "only_corrected": only(bool(referral.earlier)),
    }
    correspondence.write(
        session, head, Kind.ACKNOWLEDGEMENT, _occasion("acknowledgement", referral, len(referral.earlier)),
        recipient, facts, actor, now, case=referral.case, in_reply_to=in_reply_to,
    )  # fmt: skip


def ask_to_sign_off(
    session: Session, head: Letterhead, referral: Referral, token: str, actor: Actor, now: datetime
) -> None:
    """Sends the safeguarding lead the link at which they read the referral and sign it off (ToR 7.i)."""
    facts = {"link": head.link(f"{Purpose.SIGN_OFF.path}{token}"), "agency": referral.referrer_agency}
    correspondence.write(
        session, head, Kind.SIGN_OFF_REQUEST, _occasion("sign-off", referral, referral.sign_offs_asked),
        referral.lead_email, facts, actor, now, case=referral.case,
    )  # fmt: skip


def send_back(
    session: Session, head: Letterhead, referral: Referral, token: str, why: str, actor: Actor, now: datetime
) -> None:
    """Gives the referrer the reason and the link at which to correct the referral and send it again."""
    facts = {"link": head.link(f"{Purpose.REFERRAL.path}{token}"), "why": why}
    correspondence.write(
        session, head, Kind.SIGN_OFF_REFUSED, _occasion("returned", referral, referral.sign_offs_asked),
        referral.referrer_email, facts, actor, now, case=referral.case,
    )  # fmt: skip


def about(referral: Referral, actor: Actor) -> dict[str, str]:
    """What every letter to a referrer may say: who they are, whom the case is about, and who writes."""
    return {
        "referrer": referral.referrer_name or "colleague",
        "initials": referral.case.initials,
        "officer": actor.name,
    }


def give_back(
    session: Session,
    head: Letterhead,
    referral: Referral,
    given: GivenBack,
    token: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Asks the referrer for what is missing, question by question, with the link at which to answer."""
    facts = {
        **about(referral, actor),
        "link": head.link(f"{Purpose.REFERRAL.path}{token}"),
        "why": given.why,
        "questions": points([words for _, words in given.questions]),
    }
    correspondence.write(
        session, head, Kind.REFERRAL_RETURNED, _occasion("given-back", referral, given.id),
        referral.referrer_email, facts, actor, now,
        case=referral.case,
        recipient_lines=referral.addressed,
        signature_lines=head.signed(actor.name, "Partnership Team"),
    )  # fmt: skip


def confirm_receipt(
    session: Session,
    head: Letterhead,
    referral: Referral,
    received_on: date,
    steps: Sequence[Step],
    actor: Actor,
    now: datetime,
) -> None:
    """Tells the referrer that the referral was signed off and counts as received."""
    correspondence.write(
        session, head, Kind.REFERRAL_RECEIVED, _occasion("received", referral, 0),
        referral.referrer_email, {"steps": steps, "received_on": received_on}, actor, now, case=referral.case,
    )  # fmt: skip


def _occasion(what: str, referral: Referral, number: int) -> str:
    return f"referral-{what}:{referral.case_id}:{number}"
