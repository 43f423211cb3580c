"""What PostgreSQL does for pages that only look, planning their statements once, and SQLite for acts: it keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import InternalError

from jcr.cases.model import CaseNumber
from jcr.db import Sessions, make_engine

on_postgresql = pytest.mark.parametrize("sessions", ["postgresql"], indirect=True)
OFTEN = 7  # asked so often, a statement is planned and kept
PLANNED = text(
    "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%case_numbers%' AND custom_plans = 0"
)


@on_postgresql
def test_statements_stay_planned_from_one_page_to_the_next(sessions: Sessions) -> None:
    sessions.engine.dispose()  # a new connection, for which nothing was planned by another test
    with sessions.reading() as other, sessions.reading() as session:  # as on a busy day
        other.scalars(select(CaseNumber)).all()
        session.scalars(select(CaseNumber)).all()
    for _ in range(OFTEN):
        with sessions.reading() as session:
            session.scalars(select(CaseNumber)).all()
    with sessions.reading() as session:
        assert session.scalar(PLANNED) == 1


@on_postgresql
def test_a_page_that_only_looks_cannot_write(sessions: Sessions) -> None:
    with sessions.reading() as session:
        session.add(CaseNumber(year=2026, last=0))
        with pytest.raises(InternalError, match="read-only transaction"):
            session.flush()
    with sessions.transaction() as session:  # the next to use the connection can
        session.add(CaseNumber(year=2026, last=0))
    with sessions.reading() as session:
        assert session.scalars(select(CaseNumber.year)).all() == [2026]


def test_what_was_saved_in_sqlite_lies_on_the_disk_before_anybody_is_told(tmp_path: Path) -> None:
    """Which the databases of the other tests leave out: it takes longer than most of what they ask."""
    with make_engine(f"sqlite:///{tmp_path}/jcr.db").begin() as connection:
        settings = [connection.scalar(text(f"PRAGMA {name}")) for name in ("synchronous", "journal_mode")]
    assert settings == [2, "wal"]  # FULL


def test_a_connection_that_the_server_has_ended_is_replaced_before_anything_is_asked(postgresql: str) -> None:
    def who(sessions: Sessions) -> int:
        with sessions.reading() as session:
            return session.scalars(select(func.pg_backend_pid())).one()

    ours, theirs = (Sessions(make_engine(postgresql)) for _ in range(2))
    before = who(ours)
    assert who(ours) == before
    with theirs.transaction() as session:
        session.execute(select(func.pg_terminate_backend(before, 5000)))
    assert who(ours) != before
