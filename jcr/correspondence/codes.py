"""The e-mails to people outside about their own links: the code that opens one, and a new one for one that is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage

from sqlalchemy.orm import Session

from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead, write
from jcr.history.service import record
from jcr.outsiders import service as outsiders
from jcr.outsiders.model import OutsideLink
from jcr.roles import outsider

PLACE = "······"  # where the six digits stand: the letter that is kept never holds them
HOLDER = outsider("Whoever has the link")


def send_code(session: Session, head: Letterhead, link: OutsideLink, browser: str, now: datetime) -> None:
    """A code to the address the link was made for; which browser asked is part of it."""
    code = outsiders.ask_code(session, link, browser, now)
    facts = {"code": PLACE, "minutes": int(outsiders.CODE_HOLDS.total_seconds() // 60)}
    write(session, head, Kind.LINK_CODE, f"link-code:{code.id}", link.address, facts, HOLDER, now)


def put_code(session: Session, message: EmailMessage, letter: Letter) -> None:
    """Draws the digits as the e-mail goes out and puts them in their place."""
    digits = outsiders.draw_code(session, int(letter.occasion.rpartition(":")[2]))
    message.set_content(letter.body.replace(PLACE, digits))


def send_anew(session: Session, head: Letterhead, link: OutsideLink, now: datetime, holds: timedelta) -> None:
    """A new link to the same address, for the same purpose; who asks is not told where it goes."""
    token = outsiders.make(
        session, link.purpose, link.address, link.case_id, now, opens=link.opens, holds=holds
    )
    facts = {"link": head.link(f"{link.purpose.path}{token}"), "days": holds.days}
    occasion = f"link-anew:{link.id}:{len(outsiders.of_thing(session, link.opens))}"
    write(session, head, Kind.LINK_ANEW, occasion, link.address, facts, HOLDER, now)
    record(
        session, link.case_id, HOLDER, now, "asked for a new link and was sent it at the address it was for"
    )
