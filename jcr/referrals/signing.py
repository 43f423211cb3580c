"""The safeguarding lead's sign-off: asked for by link, given, or the referral sent back to be corrected."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Status
from jcr.cases.rules import Calendar
from jcr.cases.workflow import perform
from jcr.correspondence.service import Letterhead
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.links import hashed
from jcr.outsiders import service as outsiders
from jcr.outsiders.model import Purpose
from jcr.outsiders.rules import same_organisation
from jcr.referrals import drafts, letters
from jcr.referrals.model import Referral, SignOffHow
from jcr.referrals.next_steps import after_receiving
from jcr.roles import Actor, outsider
from jcr.wording import local_day


def by_token(session: Session, token: str) -> Referral | None:
    """The referral this safeguarding lead's link opens."""
    return session.scalar(
        select(Referral).where(
            Referral.sign_off_token_hash == outsiders.key(session, token, Purpose.SIGN_OFF)
        )
    )


def ask(
    session: Session, head: Letterhead, referral: Referral, lead_email: str, actor: Actor, now: datetime
) -> None:
    """Sends the safeguarding lead a new link; an older one stops working. NotNow once it is signed off."""
    _must_wait(referral)
    about = Purpose.SIGN_OFF, lead_email, referral.case_id
    token = outsiders.replace(session, *about, referral.sign_off_token_hash, now, head.links_hold)
    referral.lead_email = lead_email.strip()
    referral.sign_off_token_hash = referral.sign_off_token_hash or hashed(token)
    referral.sign_off_asked_at = now
    referral.sign_offs_asked = (referral.sign_offs_asked or 0) + 1
    letters.ask_to_sign_off(session, head, referral, token, actor, now)
    if referral.case.status in (Status.REFERRED, Status.RETURNED):
        perform(session, referral.case, "ask_sign_off", actor, now)


def approve(
    session: Session,
    head: Letterhead,
    calendar: Calendar,
    referral: Referral,
    name: str,
    how: SignOffHow,
    actor: Actor,
    now: datetime,
    why: str = "",
) -> None:
    """The safeguarding lead approves (ToR 7.i): from this day a referral by web counts as received.

    `name` is who approved; an officer who records what they were told gives the reason in `why`.
    """
    _must_wait(referral)
    if not name.strip():
        raise Incomplete("Enter the name of the safeguarding lead who approves the referral.")
    if how is SignOffHow.TOLD_OFFICER and not why.strip():
        raise Incomplete("Say how the approval reached you, such as by telephone on Monday.")
    note_approval(referral, name, how, local_day(now), now)
    perform(session, referral.case, "sign_off", actor, now, why, approved_by=name.strip(), how=how.value)
    tell_received(session, head, calendar, referral, actor, now)


def note_approval(referral: Referral, name: str, how: SignOffHow, day: date, now: datetime) -> None:
    """Notes who approved; `day` is when a referral not received before counts as received."""
    referral.signed_off_at, referral.signed_off_by, referral.signed_off_how = now, name.strip(), how
    referral.case.received_on = referral.case.received_on or day


def tell_received(
    session: Session, head: Letterhead, calendar: Calendar, referral: Referral, actor: Actor, now: datetime
) -> None:
    """Writes to the referrer, if there is an address, that the referral counts as received."""
    received_on = referral.case.received_on
    if referral.referrer_email and received_on:
        steps = after_receiving(received_on, calendar)
        letters.confirm_receipt(session, head, referral, received_on, steps, actor, now)


def send_back(
    session: Session, head: Letterhead, referral: Referral, why: str, actor: Actor, now: datetime
) -> None:
    """Returns the referral with the reason and a link to correct it: never a rejection (ToR 7.i)."""
    _must_wait(referral)
    if not why.strip():
        raise Incomplete("Say what the referrer should change: they are sent your words.")
    token = drafts.reopen(session, referral, why.strip(), now, head.links_hold)
    record(session, referral.case_id, actor, now, "returned the referral to the referrer for correction", why)
    letters.send_back(session, head, referral, token, why.strip(), actor, now)


def hand_on(
    session: Session, head: Letterhead, referral: Referral, name: str, email: str, why: str, now: datetime
) -> None:
    """The lead who was asked passes the question to a colleague, who gets a link; their own ends.

    Raises Incomplete for an address at another organisation, their own, or the referrer's: who writes a referral
    does not approve it (ToR 7.i).
    """
    if not same_organisation(email, referral.lead_email):
        raise Incomplete(
            "Enter an e-mail address at your own organisation. To pass this to another one, write to us."
        )
    if email.strip().lower() == referral.lead_email.lower():
        raise Incomplete("This is with that address already. Enter a colleague’s.")
    if email.strip().lower() == referral.referrer_email.strip().lower():
        raise Incomplete("That is the referrer’s address. Somebody else has to approve the referral.")
    giver = outsider(referral.lead_name or "The safeguarding lead")
    referral.lead_name = name.strip()
    record(session, referral.case_id, giver, now, "handed the sign-off on to a colleague", why.strip())
    ask(session, head, referral, email, giver, now)


def must_be_ours(referral: Referral) -> None:
    """Raises NotNow for one that was sent elsewhere: nobody approves or corrects it here any more."""
    if referral.case.status is Status.REDIRECTED:
        raise NotNow(
            "This referral was sent elsewhere; the referrer was told. There is nothing to do here any more."
        )


def _must_wait(referral: Referral) -> None:
    must_be_ours(referral)
    if referral.is_signed_off:
        raise NotNow("This referral is signed off already.")
    if referral.is_returned:
        raise NotNow("This referral is back with the referrer. It goes on when they send it again.")
