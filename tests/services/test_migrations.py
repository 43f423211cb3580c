"""The migrations bring an empty database of either kind to the tables of the models."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from jcr import migrating
from jcr.allowed_values import change_values
from jcr.db import make_engine
from jcr.models import Base


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    if request.param == "sqlite":
        return make_engine(f"sqlite:///{tmp_path}/new/folder/jcr.db")
    server = make_engine(request.getfixturevalue("postgresql"))
    with server.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS migrated"))
        connection.execute(text("CREATE DATABASE migrated"))
    return make_engine(server.url.set(database="migrated").render_as_string(hide_password=False))


def test_an_empty_database_is_brought_to_the_models_and_a_second_time_changes_nothing(empty: Engine) -> None:
    migrating.upgrade(empty)
    migrating.upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    empty.dispose()


def test_the_migrations_allow_what_the_models_allow(tmp_path: Path) -> None:
    """A new value of an enumeration needs its check changed by hand: nothing else compares them."""
    migrated, made = (
        make_engine(f"sqlite:///{tmp_path}/migrated.db"),
        make_engine(f"sqlite:///{tmp_path}/made.db"),
    )
    migrating.upgrade(migrated)
    Base.metadata.create_all(made)
    assert _checks(migrated) == _checks(made)


def _checks(engine: Engine) -> dict[tuple[str, str], list[str]]:
    """The words of each check; in which order a list of values stands does not matter."""
    found = inspect(engine)
    checks = {
        (table, str(check["name"])): sorted(
            check["sqltext"].replace(",", " ").replace("(", " ( ").replace(")", " ) ").split()
        )
        for table in found.get_table_names()
        for check in found.get_check_constraints(table)
    }
    engine.dispose()
    return checks


ROWS = (
    "INSERT INTO files (id, sha256, content, size, type, kept_at)"
    " VALUES (1, 'a', '', 0, 'text/plain', '2026-01-01 00:00:00')",
    "INSERT INTO letters (id, kind, occasion, message_id, in_reply_to, recipient, subject, body, heading, text,"
    " written_at, written_by, delivery, attempts, last_error) VALUES (1, 'declined', 'one', 'm', '', 'a@b', '', '',"
    " '', '', '2026-01-01 00:00:00', 'A', 'ready', 0, '')",
    "INSERT INTO enclosures (id, letter_id, file_id, name) VALUES (1, 1, 1, 'letter.pdf')",
)


def test_a_database_in_use_keeps_its_rows_and_rules_when_a_check_changes(empty: Engine) -> None:
    migrating.upgrade(empty)
    with empty.begin() as connection:
        for row in ROWS:
            connection.execute(text(row))
        migrating_here = MigrationContext.configure(connection, opts={"target_metadata": Base.metadata})
        with Operations.context(migrating_here):
            change_values("letters", "delivery", lambda known: [*known, "carried"])
    with empty.begin() as connection:
        assert connection.scalar(text("SELECT name FROM enclosures WHERE letter_id = 1")) == "letter.pdf"
        connection.execute(text("UPDATE letters SET delivery = 'carried'"))
    for refused in ("UPDATE enclosures SET letter_id = 2", "UPDATE letters SET delivery = 'flown'"):
        with empty.begin() as connection, pytest.raises(IntegrityError):
            connection.execute(text(refused))
    empty.dispose()


def test_a_migrated_database_takes_every_word_the_models_know(empty: Engine) -> None:
    migrating.upgrade(empty)
    looked = inspect(empty)
    for table in Base.metadata.sorted_tables:
        checks = " ".join(str(check["sqltext"]) for check in looked.get_check_constraints(table.name))
        for column in table.columns:
            for word in getattr(column.type, "enums", ()):
                assert f"'{word}'" in checks, f"{table.name}.{column.name} refuses {word}"
    empty.dispose()
