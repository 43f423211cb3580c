"""The links that letters carry: kept only until the letter went, and made anew when it is sent again."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.correspondence.model import Letter
from jcr.errors import NotNow
from jcr.links import hashed
from jcr.outsiders import service as outsiders
from jcr.outsiders.model import OutsideLink

TOKEN = re.compile(r"(?<=/)[0-9a-f]{48}(?![0-9a-f])")
SENT = re.compile(r"\[link sent(?: (?P<id>\d+))?\]")


def blot_out(session: Session, letter: Letter) -> None:
    """Puts into the place of each link which one it was: whoever reads the record cannot use it."""
    letter.body, letter.text = _blotted(session, letter.body), _blotted(session, letter.text)
    letter.values = {name: _blotted(session, value) for name, value in letter.values.items()}


def put_in_anew(session: Session, letter: Letter, recipient: str, now: datetime) -> None:
    """New links for whoever the letter goes to now; the earlier ones end. Raises NotNow for one that cannot be made."""
    blot_out(session, letter)
    if any(match["id"] is None for match in SENT.finditer(letter.body)):
        raise NotNow(
            "This letter carried a link that is not kept. Have a new link sent from the page it came from."
        )
    made: dict[str, str] = {}

    def fresh(match: re.Match[str]) -> str:
        if match[0] not in made:
            made[match[0]] = _replaced(session, _its_own(session, letter, int(match["id"])), recipient, now)
        return made[match[0]]

    letter.body, letter.text = SENT.sub(fresh, letter.body), SENT.sub(fresh, letter.text)


def without_numbers(text: str) -> str:
    """The words for a page: which link it was is of no use to a reader."""
    return SENT.sub("[link sent]", text)


def _its_own(session: Session, letter: Letter, number: int) -> OutsideLink:
    """The link that went with this letter: whoever types such a mark into a text gets no link by it."""
    link = session.get(OutsideLink, number)
    if link is None or link.address.lower() != letter.recipient.lower():
        raise NotNow(
            "This letter names a link that was not sent with it. Have a new link sent from its page."
        )
    return link


def _replaced(session: Session, link: OutsideLink, recipient: str, now: datetime) -> str:
    """The token of a link to the same thing, for this address, that holds as long as the one before did."""
    if link.ended_at:
        raise NotNow(f"The link in this letter has ended: {link.ended_because} It cannot be sent again.")
    outsiders.end(link, outsiders.REPLACED, now, renewable=False)
    holds = link.expires_at - link.made_at
    return outsiders.make(session, link.purpose, recipient, link.case_id, now, opens=link.opens, holds=holds)


def _blotted(session: Session, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return TOKEN.sub(lambda match: _which(session, match[0]), value)


def _which(session: Session, token: str) -> str:
    known = session.scalar(select(OutsideLink.id).where(OutsideLink.token_hash == hashed(token)))
    return f"[link sent {known}]" if known else "[link sent]"
