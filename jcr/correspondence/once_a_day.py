"""Chasing by e-mail: never in the night, and one letter a person a day, whatever it is about (law.md 4.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from itertools import groupby
from typing import Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.correspondence.model import Letter
from jcr.links import hashed
from jcr.wording import LONDON, local_day

OPENING_HOUR = time(8)  # nobody is chased in the night


class Chased(Protocol):
    """Something to be chased, at an address; empty where none is known."""

    @property
    def address(self) -> str: ...


Due = TypeVar("Due", bound=Chased)


def is_night(now: datetime) -> bool:
    return now.astimezone(LONDON).time() < OPENING_HOUR


def by_person(session: Session, due: Iterable[Due], now: datetime) -> Iterator[tuple[str, str, list[Due]]]:
    """For each address the occasion of today's letter and what it tells; without whoever had theirs already."""

    def person(one: Due) -> str:
        return one.address.strip().casefold()

    for _, one_person in groupby(sorted((one for one in due if one.address), key=person), person):
        going = list(one_person)
        address = going[0].address
        occasion = f"chasing-{local_day(now).isoformat()}-{hashed(address)[:20]}"
        if session.scalar(select(Letter.id).where(Letter.occasion == occasion)) is None:
            yield occasion, address, going
