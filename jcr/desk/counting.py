"""Counts rows up to a number that says enough: whoever has a thousand open dates needs no exact figure."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session


def counted_to(session: Session, found: Select[Any], most: int) -> int:
    """How many rows there are, at most one more than `most`; the time does not grow with the rest."""
    return session.scalar(select(func.count()).select_from(found.limit(most + 1).subquery())) or 0


def in_words(number: int, most: int) -> str:
    """Such as 17, or 1,000+ where there are more than were counted."""
    return f"{most:,}+" if number > most else str(number)
