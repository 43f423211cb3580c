"""Sending a referral on to the process it belongs to: recorded, the referrer told, and at rest here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.naming import given_away
from jcr.cases.workflow import perform
from jcr.correspondence import service as correspondence
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.correspondence.wording import only
from jcr.errors import Incomplete, NotNow
from jcr.referrals import returning
from jcr.referrals.letters import about
from jcr.referrals.model import Referral
from jcr.roles import Actor
from jcr.triage.destinations import DESTINATIONS
from jcr.triage.model import Redirection


@dataclass(frozen=True)
class Onward:
    """Where to: a code of DESTINATIONS, the body and how to reach it, and whether the office passed it on."""

    destination: str
    body: str
    passed_on: bool
    why: str


def redirect(
    session: Session, head: Letterhead, case: Case, onward: Onward, actor: Actor, now: datetime
) -> Letter:
    """Sends a referral elsewhere and tells the referrer where, why and who passes it on; one act.

    Raises Incomplete when it is not said where, how that body is reached or why, or when the words name a
    subject; NotNow once scoping began.
    """
    _must_be_whole(case, onward)
    referral = session.scalar(select(Referral).where(Referral.case_id == case.id))
    if referral is None:
        raise NotNow("This case has no referral to answer.")
    to = DESTINATIONS[onward.destination]
    perform(
        session, case, "redirect", actor, now, onward.why,
        destination=onward.destination, body=onward.body, passed_on=onward.passed_on,
    )  # fmt: skip
    returning.let_go(session, referral, f"sent elsewhere: {onward.body.strip()}", now)
    session.add(
        Redirection(
            case_id=case.id, destination=onward.destination, body=onward.body.strip(),
            passed_on=onward.passed_on, why=onward.why.strip(), by=actor.name, at=now,
        )
    )  # fmt: skip
    facts = {
        **about(referral, actor),
        "belongs_to": to.is_for,
        "body_and_contact": onward.body.strip(),
        "only_passed_on": only(onward.passed_on),
        "only_not_passed_on": only(not onward.passed_on),
        "reasons": onward.why.strip(),
    }
    return correspondence.write(
        session, head, Kind.REFERRAL_REDIRECTED, f"redirected:{case.id}", referral.referrer_email, facts, actor, now,
        case=case,
        recipient_lines=referral.addressed,
        signature_lines=head.signed(actor.name, "Partnership Team"),
    )  # fmt: skip


def of_case(session: Session, case: Case) -> Redirection | None:
    """Where the referral was sent, if it was."""
    return session.scalar(select(Redirection).where(Redirection.case_id == case.id))


def _must_be_whole(case: Case, onward: Onward) -> None:
    if onward.destination not in DESTINATIONS:
        raise Incomplete("Select where the referral belongs.")
    if not onward.body.strip():
        raise Incomplete("Enter the body it goes to and how it is reached: the referrer is told.")
    if named := given_away(case, f"{onward.why}\n{onward.body}"):
        raise Incomplete(f"Your words name a subject or a date of birth (“{named}”). Write initials instead.")
