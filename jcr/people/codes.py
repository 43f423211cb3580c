"""Short words that stand for an agency or a board in addresses and forms."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.people.model import Agency, Board


def free_code(session: Session, kind: type[Agency] | type[Board], name: str) -> str:
    """A code from the name, in lower case, which no other of its kind has."""
    words = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:30] or kind.__name__.lower()
    taken = set(session.scalars(select(kind.code)))
    return next(one for one in (words, *(f"{words}-{n}" for n in range(2, 1000))) if one not in taken)
