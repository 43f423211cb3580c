"""A record destroyed after its review: by the operator's hand, once two people decided so and no legal hold stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.db import Base, one_at_a_time
from jcr.dialects import those
from jcr.errors import NotNow
from jcr.files.model import File
from jcr.history.service import record
from jcr.intake.model import Message
from jcr.records.keeping import Keeping, Years, keeping_of
from jcr.records.rows import as_line, every_row_of
from jcr.roles import Actor
from jcr.wording import long_date

# What says that there was a record, who decided about it and who must not see it; the logs of what people asked are
# kept for their own time
KEPT = frozenset(
    {"entries", "history_links", "retention_reviews", "agreed_destructions", "legal_holds", "walls", "inquiries",
     "inquiry_steps"}
)  # fmt: skip
FACTS_OF_A_CASE = ("no_notification_because", "agency_id")
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Destroyed:
    """How many rows of each table went, the digest of them all, and the digests of the files nobody else needs."""

    counts: dict[str, int]
    digest: str
    files: list[str]

    @property
    def told(self) -> dict[str, Any]:
        """What the history keeps of it."""
        return {"rows": self.counts, "digest": self.digest, "files": self.files}


def destroy(session: Session, case: Case, years: Years, actor: Actor, now: datetime) -> Destroyed:
    """Takes out every row about the case and its files; reference, decisions and history stay, with what went.

    Raises NotNow unless a manager marked it, somebody else agreed, and no legal hold stands.
    """
    one_at_a_time(session, f"keeping {case.id}")
    session.refresh(case, ["destroyed_at", "closed_on"])
    keeping = keeping_of(session, case, years)
    _must_be_decided(case, keeping)
    of_case = every_row_of(session, {Case.__table__: [case.id]}, KEPT)
    gone = take_out(session, [(table, rows) for table, rows in of_case if table is not Case.__table__])
    for fact in FACTS_OF_A_CASE:
        setattr(case, fact, None)
    case.destroyed_at = now
    assert keeping.latest
    assert keeping.latest.agreed
    why = f"{keeping.latest.by} marked it, {keeping.latest.agreed.by.name} agreed."
    record(session, case.id, actor, now, "destroyed the record of the case", why, **gone.told)
    return gone


def take_out(session: Session, found: Sequence[tuple[Table, Rows]]) -> Destroyed:
    """Deletes these rows, tables after those they hang on, and the files that nothing else is made of."""
    files, digest = _files_in(found), _digest_of(found)
    _forget_readings(session, dict(found).get(Message.__table__, []))  # type: ignore[call-overload]
    for table, rows in reversed(found):
        _take_out(session, table, [row["id"] for row in rows])
    sums = _take_out_files(session, files)
    session.expire_all()
    return Destroyed({table.name: len(rows) for table, rows in found}, digest, sums)


def _must_be_decided(case: Case, keeping: Keeping) -> None:
    if case.destroyed_at:
        raise NotNow(f"The record was destroyed already, on {long_date(case.destroyed_at.date())}.")
    if keeping.hold:
        raise NotNow(f"The record is on legal hold: {keeping.hold.why}.")
    if case.closed_on is None or not keeping.is_marked:
        raise NotNow("Nobody marked this record for destruction after its review.")
    if not keeping.is_agreed:
        raise NotNow(
            "Somebody else than who marked the record has to agree first, on the page of how it is kept."
        )


def _digest_of(found: Iterable[tuple[Table, Rows]]) -> str:
    """Of every row that goes, in the order of the tables."""
    digest = sha256()
    for table, rows in found:
        for row in rows:
            digest.update(f"{table.name} {as_line(row)}\n".encode())
    return digest.hexdigest()


def _forget_readings(session: Session, parts: Rows) -> None:
    """Of messages that were split and stay because another case has a part, what was read of all parts: each has its
    own. Their bytes stay."""
    wholes = {row["part_of_id"] for row in parts} - {None}
    session.execute(update(Message).where(Message.id.in_(those(wholes))).values(readings=[], details={}))


def _take_out(session: Session, table: Table, numbers: Sequence[int]) -> None:
    for key in table.foreign_keys:
        if key.column.table is table:  # such as a message that says the same as one that goes
            others = table.update().where(key.parent.in_(those(numbers)))
            session.execute(others.values({key.parent.name: None}))
    session.execute(table.delete().where(table.c.id.in_(those(numbers))))


def _keys_to_files(tables: Iterable[Table]) -> Iterator[tuple[Table, str]]:
    for table in tables:
        yield from (
            (table, key.parent.name) for key in table.foreign_keys if key.column.table is File.__table__
        )


def _files_in(found: Sequence[tuple[Table, Rows]]) -> set[int]:
    rows_of = dict(found)
    keys = _keys_to_files(rows_of)
    return {row[name] for table, name in keys for row in rows_of[table] if row[name] is not None}


def _take_out_files(session: Session, files: set[int]) -> list[str]:
    """Those that nothing else in the database is made of; their digests."""
    for table, name in _keys_to_files(Base.metadata.sorted_tables):
        column = table.c[name]
        files = files - set(session.scalars(select(column).where(column.in_(those(files)))))
    gone = select(File.sha256).where(File.id.in_(those(files))).order_by(File.sha256)
    sums = list(session.scalars(gone))
    session.execute(File.__table__.delete().where(File.__table__.c.id.in_(those(files))))  # type: ignore[attr-defined]
    return sums
