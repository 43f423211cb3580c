"""Mailbox and ledger laid side by side: what still waits, and what the ledger does not account for, by name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from jcr.db import Sessions
from jcr.intake.model import Message
from mail_intake.message import parse
from mail_intake.registry import Arrived
from mail_intake.source import Mailbox, MessageGone, Unreadable, Waiting


@dataclass(frozen=True)
class Reconciled:
    """How many messages wait in a mailbox, and the names of those that the ledger does not have."""

    mailbox: str
    waiting: int
    unmet: tuple[str, ...]


def reconcile(sessions: Sessions, mailbox: Mailbox) -> Reconciled:
    """Compares by handle, then by content, so that a mailbox numbered anew is no difference. Raises MailboxAway."""

    def met(handles: Sequence[str]) -> Collection[str]:
        with sessions.reading() as session:
            mine = select(Message.handle).where(Message.mailbox == mailbox.name, Message.handle.in_(handles))
            return session.scalars(mine).all()

    waiting, unmet = 0, []
    for one in mailbox.waiting(met):
        waiting += 1
        if not met([one.handle]) and (name := _unknown(sessions, one)):
            unmet.append(name)
    return Reconciled(mailbox.name, waiting, tuple(unmet))


def _unknown(sessions: Sessions, waiting: Waiting) -> str:
    """The name of a message whose content was never met: its Message-ID, else its handle. Empty when it was met."""
    try:
        arrived = Arrived(waiting, waiting.read())
    except MessageGone:
        return ""
    except Unreadable:
        return waiting.handle
    with sessions.reading() as session:
        same = session.scalar(select(Message.id).where(Message.sha256 == arrived.sha256).limit(1))
    return "" if same else parse(arrived.raw).message_id or waiting.handle
