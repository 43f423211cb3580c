"""What every decision about a message of the pile asks first and notes last."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import record
from jcr.intake.model import Message, Resolution
from jcr.permissions import Permission, allows
from jcr.roles import Actor


def must_wait(session: Session, message: Message, actor: Actor) -> None:
    """Of two people who sort the same message at once, the second is told so."""
    session.flush()
    session.refresh(message, ["waiting"], with_for_update=True)
    if not allows(Permission.SORT_MAIL, actor):
        raise NotAllowed("Only the Partnership Team works through the pile.")
    if not message.waiting:
        raise NotNow("Somebody has settled this message already.")


def need(said: str, sentence: str) -> None:
    """Refuses an empty answer with what to do about it."""
    if not said.strip():
        raise Incomplete(sentence)


def resolve(message: Message, how: Resolution, why: str, actor: Actor, now: datetime) -> None:
    """Takes the message off the pile, with who did so and why."""
    message.waiting = False
    message.resolved_at, message.resolved_by = now, actor.name
    message.resolved_how, message.resolved_why = how, why.strip()


def note(
    session: Session, message: Message, actor: Actor, now: datetime, act: str, why: str = "", **details: Any
) -> None:
    """The history entry of a decision about a message."""
    record(session, message.case_id, actor, now, act, why, message=message.id, **details)
