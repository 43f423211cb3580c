"""Proves that the history is as it was written, or names the first entry that is not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, null, select, type_coerce
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from jcr.history.chain import AT_A_TIME, THE_END, Place, digest, is_loose
from jcr.history.model import End, Entry, Link, Seal
from jcr.history.sealing import SEALED, noted_in
from jcr.wording import local_day, plain_date

Rows = Select[Link, Entry, str, str | None]
# What a row raises that no program of ours wrote
UNREADABLE = (LookupError, ValueError, TypeError, DatabaseError)
STORED_AT = "%Y-%m-%d %H:%M:%S.%f"  # how SQLite is given a moment; PostgreSQL keeps no text of it


class Broken(Exception):
    """The history is not as it was written; the text names the first entry that shows it."""


def verify(session: Session, kept: Sequence[Place] = ()) -> Place:
    """Goes through the whole chain and returns its end; raises Broken with the first entry that is not as written.

    `kept` are seals from elsewhere, compared besides those of the database: only they show that the end was cut off,
    or all of it rewritten, by somebody who changed the seals here as well.
    """
    noted = [*_noted(session), *kept]
    last, wanted = max((one.number for one in noted), default=0), _by_number(noted)
    place, before, sealings = Place(), None, []
    for link, entry in _in_order(session):
        place, before = _next(place, link, entry, before), entry
        if wanted.get(place.number, set()) - {place.digest}:
            raise Broken(f"The history up to entry {link.entry_id} is not the one that was sealed or noted.")
        if entry is not None and entry.act == SEALED:
            sealings.append(entry)
    loose = session.scalars(select(Entry.id).where(is_loose()).order_by(Entry.id).limit(1)).first()
    if loose is not None:
        raise Broken(f"Entry {loose} was put in past the program, or its link taken out: nothing binds it.")
    if last > place.number:
        raise Broken(f"The end of the history was cut off: it ends after {place.number} entries of {last}.")
    if place.number and session.get(End, THE_END) is None:
        raise Broken("It is noted no more where the history ends: somebody took that out.")
    _compare_seals(session, sealings)
    return place


def _next(place: Place, link: Link, entry: Entry | None, before: Entry | None) -> Place:
    """The place of the next link; raises Broken when it does not follow."""
    if link.id != place.number + 1:
        raise Broken(f"Link {place.number + 1} of the chain was taken out: the next one there is {link.id}.")
    if entry is None:
        raise Broken(
            f"Entry {link.entry_id} was taken out of the history; link {link.id} of the chain binds it."
        )
    try:
        found = Place(link.id, digest(place.digest, entry))
    except TypeError:
        raise Broken(f"Entry {entry.id} cannot be read: it holds bytes where letters belong.") from None
    if found.digest != link.digest:
        wrong = f"{_named(entry)} is not as it was written, or stands where another stood"
        other = f"; or entry {before.id} before it was changed and bound anew" if before else ""
        raise Broken(f"{wrong}{other}.")
    return found


def _in_order(session: Session) -> Iterator[tuple[Link, Entry | None]]:
    rows, reached = _rows(session), 0
    try:
        for row in session.execute(rows.execution_options(yield_per=AT_A_TIME)):
            yield _as_stored(*row)
            reached = row[0].id
    except UNREADABLE:  # somewhere among the next thousand
        yield from _one_by_one(session, rows, reached)


def _rows(session: Session) -> Rows:
    """Links and entries with what is stored word for word: two texts may say the same, and only one was written."""
    on_sqlite = session.get_bind().dialect.name == "sqlite"  # which may hold bytes where letters belong
    details = type_coerce(Entry.details, Text) if on_sqlite else cast(Entry.details, Text)
    found = select(Link, Entry, details.label("written_details"), _written_at(session, Entry.at))
    return found.outerjoin(Entry, Entry.id == Link.entry_id).order_by(Link.id)


def _one_by_one(session: Session, rows: Rows, reached: int) -> Iterator[tuple[Link, Entry | None]]:
    for number in session.scalars(select(Link.id).where(Link.id > reached).order_by(Link.id)).all():
        try:
            row = session.execute(rows.where(Link.id == number)).one()
        except UNREADABLE:
            named = _bound_by(session, number)
            raise Broken(f"{named} cannot be read: it, or its link, is not as it was written.") from None
        yield _as_stored(*row)


def _bound_by(session: Session, number: int) -> str:
    try:
        return f"Entry {session.scalar(select(Link.entry_id).where(Link.id == number))}"
    except UNREADABLE:
        return f"What link {number} of the chain binds"


def _as_stored(link: Link, entry: Entry | None, details: str, at: str | None) -> tuple[Link, Entry | None]:
    """The row, if its texts are those that the program writes; raises Broken otherwise."""
    if entry is not None:
        in_words = json.dumps(entry.details, sort_keys=True)
        if details != in_words or not _is_moment(entry.at, at):
            raise Broken(f"{_named(entry)} is not as it was written.")
    return link, entry


def _noted(session: Session) -> Iterator[Place]:
    """What the database itself notes of places in the chain: where it ends, and its seals."""
    for table, named in ((End, "Where the history ends"), (Seal, "Seal {}")):
        for id in session.scalars(select(table.id).order_by(table.id)).all():
            found = select(table.number, table.digest).where(table.id == id)
            try:
                place = Place(*session.execute(found).one())
            except UNREADABLE:
                place = None
            if place is None or not isinstance(place.number, int):
                raise Broken(f"{named.format(id)} cannot be read: it is not as it was written.")
            yield place


def _by_number(places: Sequence[Place]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for place in places:
        found.setdefault(place.number, set()).add(place.digest)
    return found


def _compare_seals(session: Session, sealings: Sequence[Entry]) -> None:
    """Each seal is an entry too, since there are such entries, and stands in its table as it was made."""
    for entry in sealings:
        if _seal(session, Seal.number == entry.details["number"]) != entry.details:
            raise Broken(f"The seal told of by entry {entry.id} is not as it was made, or was taken out.")
    if not sealings:
        return
    told = {entry.details["number"]: entry.details for entry in sealings}
    since = select(Seal.id, Seal.number).where(Seal.number >= min(told)).order_by(Seal.id)
    for id, number in session.execute(since).all():
        if number not in told:
            raise Broken(f"The end of the history was cut off: the entry about a seal over {number} is gone.")
        if _seal(session, Seal.id == id) != told[number]:
            raise Broken(f"Seal {id} was put in past the program: no entry tells of it.")


def _seal(session: Session, which: ColumnElement[bool]) -> Any:
    """A seal as its entry should tell it; None for one that is not there, or not in the words of the program."""
    try:
        found = session.execute(select(Seal, _written_at(session, Seal.at)).where(which)).first()
    except UNREADABLE:
        return None
    return noted_in(found[0]) if found and _is_moment(found[0].at, found[1]) else None


def _written_at(session: Session, at: Any) -> ColumnElement[Any]:
    """The text of a moment in SQLite."""
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    return (type_coerce(at, Text) if on_sqlite else null()).label("written_at")


def _is_moment(at: datetime, written: str | None) -> bool:
    return written is None or written == at.strftime(STORED_AT)


def _named(entry: Entry) -> str:
    return f"Entry {entry.id} of {plain_date(local_day(entry.at))}"
