"""The safeguarding lead's own sign-off of a return: asked for by link at their address, given or not."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.correspondence.model import Kind
from jcr.correspondence.service import Letterhead, write
from jcr.correspondence.wording import only
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.links import hashed
from jcr.outsiders import service as outsiders
from jcr.outsiders.model import Purpose
from jcr.outsiders.rules import domain_of, same_organisation
from jcr.roles import Actor, outsider
from jcr.scoping.model import Request, Return, SignOff


def lead_address(request: Request) -> str:
    """Where the agency's lead is asked unless another address is given: on the agency list, else who was asked."""
    return request.agency.contact_email or request.contact_email


def refusal(request: Request, email: str) -> str:
    """Why an address is none of the agency's safeguarding lead, in a sentence; else empty."""
    if "@" not in email:
        return "Enter your safeguarding lead’s e-mail address"
    known = (request.contact_email, request.agency.contact_email)
    if domain_of(email) in request.agency.domains or any(same_organisation(email, one) for one in known):
        return ""
    if email.strip().lower() in (one.lower() for one in known):
        return ""
    return "Enter an address at your own organisation: the safeguarding lead signs off for it"


def by_token(session: Session, token: str) -> Return | None:
    """The return this safeguarding lead's link opens."""
    key = outsiders.key(session, token, Purpose.RETURN_SIGN_OFF)
    return session.scalar(select(Return).where(Return.lead_key == key))


def ask(
    session: Session, head: Letterhead, found: Return, email: str, name: str, actor: Actor, now: datetime
) -> None:
    """Sends the lead a link of their own; an earlier one ends. The return counts as received all the same.

    Raises Incomplete for an address that is not the agency's; NotNow for one that counts no more or is signed off.
    """
    _must_wait(found)
    request = found.request
    if wrong := refusal(request, email):
        raise Incomplete(f"{wrong}.")
    about = Purpose.RETURN_SIGN_OFF, email, request.case.id
    token = outsiders.replace(session, *about, found.lead_key, now, head.links_hold)
    found.lead_key = found.lead_key or hashed(token)
    found.lead_email, found.lead_name, found.lead_asked = email.strip(), name.strip(), found.lead_asked + 1
    facts = {
        "link": head.link(f"{Purpose.RETURN_SIGN_OFF.path}{token}"),
        "agency": request.agency.name,
        "meeting_at": request.round.meeting_at,
        "only_ahead": only(not request.round.has_begun),
    }
    write(
        session, head, Kind.SCOPING_SIGN_OFF, f"scoping-sign-off-{found.id}-{found.lead_asked}",
        found.lead_email, facts, actor, now, case=request.case, agency=request.agency,
    )  # fmt: skip
    record(
        session, request.case.id, actor, now,
        f"asked the safeguarding lead of {request.agency.name} to sign the return off",
    )  # fmt: skip


def approve(session: Session, found: Return, name: str, actor: Actor, now: datetime) -> None:
    """The lead approves what their agency returned. Raises NotNow once it was answered or counts no more."""
    _must_wait(found)
    found.lead_name, found.lead_answered_at, found.signed_by = name.strip(), now, name.strip()
    agency = found.request.agency.name
    record(session, found.request.case.id, actor, now, f"signed off the return of {agency}")


def refuse(session: Session, found: Return, name: str, why: str, actor: Actor, now: datetime) -> None:
    """The lead does not approve it: the office reads why, and sends the return back. Raises Incomplete without why."""
    _must_wait(found)
    if not why.strip():
        raise Incomplete("Say what has to change: the Partnership Team reads it.")
    found.lead_name, found.lead_answered_at, found.not_approved_because = name.strip(), now, why.strip()
    agency = found.request.agency.name
    record(session, found.request.case.id, actor, now, f"did not approve the return of {agency}", why.strip())


def hand_on(
    session: Session, head: Letterhead, found: Return, name: str, email: str, why: str, now: datetime
) -> None:
    """Who was asked passes the question to a colleague, who gets a link; their own ends.

    Raises Incomplete for an address at another organisation, or their own.
    """
    if email.strip().lower() == found.lead_email.lower():
        raise Incomplete("This is with that address already. Enter a colleague’s.")
    giver, request = outsider(found.lead_name or "The safeguarding lead"), found.request
    what = f"handed the sign-off of the return of {request.agency.name} on to a colleague"
    ask(session, head, found, email, name, giver, now)
    record(session, request.case.id, giver, now, what, why.strip())


def _must_wait(found: Return) -> None:
    if not found.counts:
        raise NotNow(
            "This return counts no more: it was sent back, or another one came. Nothing is to be signed."
        )
    if found.sign_off in (SignOff.GIVEN, SignOff.REFUSED):
        raise NotNow("The safeguarding lead has answered this already.")
