"""Counts rows up to a number that says enough: whoever has a thousand open dates needs no exact figure."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

MOST = 1000  # counted; more than that nobody reads, and it is said that there are more


def counted_to(session: Session, found: Select[Any]) -> int:
    """How many rows there are, at most one more than `MOST`; the time does not grow with the rest."""
    return (
        session.scalar(select(func.count()).select_from(found.order_by(None).limit(MOST + 1).subquery())) or 0
    )


def in_words(number: int) -> str:
    """Such as 17, or 1,000+ where there are more than were counted."""
    return f"{MOST:,}+" if number > MOST else str(number)
