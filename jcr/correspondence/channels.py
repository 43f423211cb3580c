"""How letters travel to each e-mail domain: as they are, through a secure gateway, or as a link only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.correspondence.model import Channel, Letter, Way
from jcr.correspondence.service import Letterhead
from jcr.errors import Incomplete, NotAllowed
from jcr.history.service import record
from jcr.links import hashed
from jcr.outsiders import service as outsiders
from jcr.outsiders.model import Purpose
from jcr.permissions import Permission, allows
from jcr.roles import WORKER, Actor

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*")
MOST_PREFIX = 30  # characters
DIRECT = Channel(domain="", way=Way.DIRECT, prefix="")
BY_LINK = (
    "Your organisation receives our letters by link only, so nothing is attached to this e-mail. What it calls"
    " attached is here, for {days} days:\n{link}\n\nThe link is for you alone. Do not forward this e-mail.\n"
)


def channels(session: Session) -> Sequence[Channel]:
    """Every domain that has a way of its own, by name."""
    return session.scalars(select(Channel).order_by(Channel.domain)).all()


def channel_to(session: Session, address: str) -> Channel:
    """How mail travels to this address: by its domain, or else by the nearest domain above it that is listed."""
    labels = address.strip().lower().rpartition("@")[2].split(".")
    above = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    found = {one.domain: one for one in session.scalars(select(Channel).where(Channel.domain.in_(above)))}
    return next((found[domain] for domain in above if domain in found), DIRECT)


def set_channel(session: Session, domain: str, way: Way, prefix: str, actor: Actor, now: datetime) -> None:
    """From now on letters to the domain travel so; those in the post not gone yet as well."""
    _may_set(actor)
    domain, prefix = domain.strip().lower().removeprefix("@"), prefix.strip()
    if not DOMAIN.fullmatch(domain):
        raise Incomplete("Enter a domain, such as police.example: what stands behind the @ in an address.")
    if not prefix.isprintable() or len(prefix) > MOST_PREFIX:
        raise Incomplete(
            f"Write the prefix on one line of at most {MOST_PREFIX} characters, such as [SECURE]."
        )
    channel = session.scalar(select(Channel).where(Channel.domain == domain)) or Channel(domain=domain)
    channel.way, channel.prefix = way, prefix
    session.add(channel)
    marked = f", marked {prefix}" if prefix else ""
    record(session, None, actor, now, f"had letters to {domain} sent {way.shown}{marked}")


def remove_channel(session: Session, domain: str, actor: Actor, now: datetime) -> None:
    """Letters to the domain travel like all others again."""
    _may_set(actor)
    channel = session.scalar(select(Channel).where(Channel.domain == domain))
    if channel:
        session.delete(channel)
        record(session, None, actor, now, f"had letters to {domain} sent like all others")


def _may_set(actor: Actor) -> None:
    if not allows(Permission.CHANGE_CHANNELS, actor):
        raise NotAllowed("How letters travel is for the Partnership Team or the administrator to set.")


def send_by(
    session: Session, message: EmailMessage, letter: Letter, channel: Channel, head: Letterhead, now: datetime
) -> None:
    """Puts the channel's prefix before the subject; by link only, the link goes in place of what is enclosed."""
    if channel.prefix and not letter.subject.startswith(channel.prefix):
        message.replace_header("Subject", f"{channel.prefix} {letter.subject}")
    if channel.way is Way.LINK and letter.enclosures:
        token = outsiders.make(
            session, Purpose.LETTER, letter.recipient, letter.case_id, now, holds=head.links_hold
        )
        letter.link_hash = hashed(token)
        link = head.link(f"{Purpose.LETTER.path}{token}")
        message.set_content(f"{letter.body}\n{BY_LINK.format(days=head.links_hold.days, link=link)}")


def by_link(session: Session, token: str) -> Letter | None:
    """The letter behind a link that nobody ended."""
    return session.scalar(
        select(Letter).where(Letter.link_hash == outsiders.key(session, token, Purpose.LETTER))
    )


def open_by_link(session: Session, letter: Letter, now: datetime) -> None:
    """Notes that the letter was read; the first time counts."""
    if letter.opened_at is None:
        letter.opened_at = now
        act = f"saw the {letter.kind.shown} opened by its link"
        record(session, letter.case_id, WORKER, now, act, letter=letter.id)
