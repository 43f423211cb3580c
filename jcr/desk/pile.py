"""How much waits on the pile, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.counting import counted_to
from jcr.intake.model import Message


@dataclass(frozen=True)
class Pile:
    """The messages a person has to sort: how many, past `MOST` that there are more, and when the oldest arrived."""

    count: int
    oldest: datetime | None


def pile_of(session: Session) -> Pile:
    """What waits to be sorted. The pile is the Partnership Team's: ask only for them."""
    waiting = select(Message.arrived_at).where(Message.waiting)
    oldest = session.scalar(waiting.order_by(Message.arrived_at).limit(1))
    return Pile(counted_to(session, waiting), oldest)
