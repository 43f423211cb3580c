"""Links to people outside: made, ended and found; and the six-digit codes that prove whose mailbox one went to."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.links import hashed, new_token
from jcr.outsiders.model import OutsideCode, OutsideLink, Purpose
from jcr.roles import Actor

LINK_HOLDS = timedelta(days=28)  # JCR_LINK_DAYS where links are made by an act that knows the settings
CODE_HOLDS = timedelta(minutes=15)
TRIES_A_CODE = 5
WRONG_CODES_A_LINK = 50  # of a million: whoever guesses on does not get near
SECOND_CLICK = timedelta(minutes=1)  # a button pressed twice sends the right code twice
REPLACED = "A newer link took its place."


def make(
    session: Session,
    purpose: Purpose,
    address: str,
    case_id: int | None,
    now: datetime,
    *,
    opens: str | None = None,
    holds: timedelta = LINK_HOLDS,
) -> str:
    """The token of a new link to this address; what it opens is new too, unless the key of something is given."""
    token = new_token()
    link = OutsideLink(
        token_hash=hashed(token),
        opens=opens or hashed(token),
        purpose=purpose,
        address=address.strip(),
        case_id=case_id,
        made_at=now,
        expires_at=now + holds,
    )
    session.add(link)
    session.flush()
    return token


def replace(
    session: Session, purpose: Purpose, address: str, case_id: int | None, opens: str | None, now: datetime,
    holds: timedelta = LINK_HOLDS,
) -> str:  # fmt: skip
    """The token of the one link that opens this from now on: earlier ones end, for good if they went elsewhere."""
    for link in of_thing(session, opens) if opens else ():
        end(link, REPLACED, now, renewable=link.address.lower() == address.strip().lower())
    return make(session, purpose, address, case_id, now, opens=opens, holds=holds)


def end(link: OutsideLink, because: str, now: datetime, *, renewable: bool) -> None:
    """The link opens nothing from now on, nor does any code sent for it."""
    if link.ended_at is None:
        link.ended_at, link.ended_because = now, because
    link.renewable = link.renewable and renewable


def belong(session: Session, opens: str, address: str, case_id: int | None) -> None:
    """It is known now whose the links to this are: those without an address ask for a code from now on."""
    for link in of_thing(session, opens):
        link.address = link.address or address.strip()
        link.case_id = case_id


def expect(session: Session, opens: str, address: str) -> None:
    """The writer of what was begun here said who they are: until a code opened it or it was sent, the first link to it
    is for the address they typed last."""
    first = by_key(session, opens)
    if first and first.opened_at is None and first.case_id is None and first.ended_at is None:
        first.address = address.strip()


def take_back(session: Session, link: OutsideLink, why: str, actor: Actor, now: datetime) -> None:
    """The office ends a link for good. Raises Incomplete without a reason, NotNow for one that is over."""
    if not why.strip():
        raise Incomplete("Say why the link is taken back: it is kept in the history.")
    if link.ended_at:
        raise NotNow("This link has ended already.")
    end(link, why.strip(), now, renewable=False)
    record(
        session,
        link.case_id,
        actor,
        now,
        f"took back a link to the {link.purpose.shown.lower()}",
        why.strip(),
    )


def by_token(session: Session, token: str) -> OutsideLink | None:
    return session.scalar(select(OutsideLink).where(OutsideLink.token_hash == hashed(token)))


def by_key(session: Session, opens: str) -> OutsideLink | None:
    """The first link to what this key opens."""
    return session.scalar(select(OutsideLink).where(OutsideLink.token_hash == opens))


def key(session: Session, token: str, purpose: Purpose) -> str:
    """The key of what this link opens, as long as nobody ended it; for any other link one that nothing has."""
    link = by_token(session, token)
    return link.opens if link and link.purpose is purpose and link.ended_at is None else ""


def of_thing(session: Session, opens: str) -> Sequence[OutsideLink]:
    return session.scalars(select(OutsideLink).where(OutsideLink.opens == opens)).all()


def of_case(session: Session, case_id: int) -> Sequence[OutsideLink]:
    """Every link that went out for the case, the last first."""
    found = select(OutsideLink).where(OutsideLink.case_id == case_id)
    return session.scalars(found.order_by(OutsideLink.id.desc())).all()


def without_case(now: datetime, id: int | None = None) -> Select[OutsideLink]:
    """The links that hold and belong to no case yet, the last first; or the one with this number."""
    holding = OutsideLink.ended_at.is_(None), OutsideLink.expires_at > now
    found = select(OutsideLink).where(OutsideLink.case_id.is_(None), *holding)
    return found.where(OutsideLink.id == id) if id is not None else found.order_by(OutsideLink.id.desc())


def ask_code(session: Session, link: OutsideLink, browser: str, now: datetime) -> OutsideCode:
    """A place for a code that this browser asks for; the code itself is made when its e-mail goes."""
    code = OutsideCode(link_id=link.id, browser_hash=hashed(browser), asked_at=now)
    session.add(code)
    session.flush()
    return code


def draw_code(session: Session, code_id: int) -> str:
    """Six new digits for what was asked for; earlier ones for the same are good no more."""
    digits = f"{secrets.randbelow(1_000_000):06}"
    session.get_one(OutsideCode, code_id).code_hash = _code_hash(code_id, digits)
    return digits


def waiting_code(session: Session, link: OutsideLink, browser: str, now: datetime) -> OutsideCode | None:
    """The last code asked for at this browser, while it is good; a clock that jumps either way ends it."""
    asked = select(OutsideCode).where(
        OutsideCode.link_id == link.id, OutsideCode.browser_hash == hashed(browser)
    )
    code = session.scalar(asked.order_by(OutsideCode.id.desc()).limit(1))
    fresh = code is not None and abs(now - code.asked_at) <= CODE_HOLDS and code.tries < TRIES_A_CODE
    return code if fresh and _unused(code, now) else None


def accept_code(session: Session, link: OutsideLink, browser: str, typed: str, now: datetime) -> bool:
    """Whether these are the digits sent for this link and browser; a wrong try is counted, on the code and the link."""
    code = waiting_code(session, link, browser, now)
    if code is None:
        return False
    tried = update(OutsideCode).where(OutsideCode.id == code.id, OutsideCode.tries < TRIES_A_CODE)
    counted = session.scalar(tried.values(tries=OutsideCode.tries + 1).returning(OutsideCode.id))
    digits = "".join(sign for sign in typed if sign.isdecimal() and sign.isascii())
    if counted and secrets.compare_digest(_code_hash(code.id, digits), code.code_hash):
        code.used_at = code.used_at or now
        link.opened_at = link.opened_at or now
        return True
    link.wrong_codes += 1
    if link.wrong_codes >= WRONG_CODES_A_LINK:
        end(link, "Too many wrong codes were tried.", now, renewable=True)
    return False


def _unused(code: OutsideCode | None, now: datetime) -> bool:
    return code is not None and (code.used_at is None or abs(now - code.used_at) <= SECOND_CLICK)


def _code_hash(code_id: int, digits: str) -> str:
    return hashed(f"code {code_id}: {digits}")
