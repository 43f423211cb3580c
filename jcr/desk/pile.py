"""How much waits on the pile, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jcr.intake.model import Message


@dataclass(frozen=True)
class Pile:
    """The messages a person has to sort: how many, and when the oldest of them arrived."""

    count: int
    oldest: datetime | None


def pile_of(session: Session) -> Pile:
    """What waits to be sorted. The pile is the Partnership Team's: ask only for them."""
    waiting = select(func.count(), func.min(Message.arrived_at)).where(Message.waiting)
    count, oldest = session.execute(waiting).one()
    return Pile(count, oldest)
