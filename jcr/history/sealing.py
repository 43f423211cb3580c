"""The daily seal: where the history's chain ends, told to a place outside the database."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.errors import Refused
from jcr.history.chain import Place, last_place
from jcr.history.model import Seal
from jcr.history.service import record
from jcr.roles import WORKER
from jcr.wording import local_day

SEALED = "sealed the history"
LINE = re.compile(r"(?P<day>\d{4}-\d\d-\d\d) (?P<number>\d+) (?P<digest>[0-9a-f]{64})")


def seal_the_day(session: Session, now: datetime) -> Seal | None:
    """Seals the history as it stands, once a day; None when that was done today or nothing was ever written."""
    day, place = local_day(now), last_place(session)
    if not place.number or session.scalar(select(Seal.id).where(Seal.day == day)):
        return None
    seal = Seal(day=day, at=now, number=place.number, digest=place.digest)
    session.add(seal)
    record(session, None, WORKER, now, SEALED, **noted_in(seal))
    return seal


def noted_in(seal: Seal) -> dict[str, Any]:
    """A seal as its own entry of the history tells it, so that it cannot be changed or taken out unseen either."""
    at = seal.at.astimezone(UTC).isoformat(timespec="microseconds")
    return {"day": seal.day.isoformat(), "at": at, "number": seal.number, "digest": seal.digest}


def line_of(seal: Seal) -> str:
    """A seal as one line, which `places_in` reads again: the day, how many entries, and their digest."""
    return f"{seal.day.isoformat()} {seal.number} {seal.digest}"


def write_down(seal: Seal, file: Path) -> None:
    """Adds a seal to a file, which had best lie where whoever holds the database cannot write."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="ascii") as opened:
        opened.write(f"{line_of(seal)}\n")


def places_in(lines: Iterable[str]) -> list[Place]:
    """The places that seals note, from their lines; other lines of an e-mail are passed over. Raises Refused."""
    found = [Place(int(match["number"]), match["digest"]) for line in lines for match in LINE.finditer(line)]
    if not found:
        raise Refused("There is no seal in this file: a seal is a day, a number and 64 hexadecimal digits.")
    return found
