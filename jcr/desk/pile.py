"""How much waits on the pile, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from jcr.intake.model import Message
from jcr.statements import at_most

WAITING = select(Message.arrived_at).where(Message.waiting)
OLDEST = WAITING.order_by(Message.arrived_at).limit(at_most(1))


@dataclass(frozen=True)
class Pile:
    """The messages a person has to sort: how many, past `MOST` that there are more, and when the oldest arrived."""

    count: int
    oldest: datetime | None


def pile_to_count() -> Select[datetime]:
    """The messages that wait to be sorted."""
    return WAITING


def pile_of(session: Session, counted: int) -> Pile:
    """What waits to be sorted, so many messages. The pile is the Partnership Team's: ask only for them."""
    return Pile(counted, session.scalar(OLDEST) if counted else None)
