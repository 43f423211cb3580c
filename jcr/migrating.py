"""Brings a database to the tables the models describe, and says whether the two agree."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine

from jcr.db import Sessions
from jcr.history import guard
from jcr.history.chain import bind_the_rest
from jcr.models import Base
from jcr.places import MIGRATIONS


def upgrade(engine: Engine) -> None:
    """Runs the migrations that the database has not seen yet, all or none."""
    with engine.connect() as connection, _tables_may_be_made_anew(connection), connection.begin():
        command.upgrade(_config(connection), "head")
        _must_hold_together(connection)
    _guard_history(engine)


@contextmanager
def _tables_may_be_made_anew(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by copying it; the rows that point at the old one must not stop that."""
    if connection.dialect.name != "sqlite":
        yield
        return
    sqlite = connection.connection.driver_connection
    assert sqlite is not None
    sqlite.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        sqlite.execute("PRAGMA foreign_keys = ON")


def _must_hold_together(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if loose:
        raise RuntimeError(f"the migrations would leave rows that point at nothing: {loose[:5]}")


def _guard_history(engine: Engine) -> None:
    """Binds entries from before there was a chain, and puts the guard on again where a table was made anew."""
    with Sessions(engine).transaction() as session:
        bind_the_rest(session)
        guard.put_on(session.connection())


def write_revision(message: str) -> None:
    """Writes a new migration from the difference between the migrations so far and the models."""
    with create_engine("sqlite://").begin() as connection:
        config = _config(connection)
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True)


def differences() -> list[str]:
    """What the migrations lack of the models, a line each; empty when they agree. An index of an expression is left
    out: SQLite does not tell what it is of."""
    with create_engine("sqlite://").begin() as connection, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".* expression-based index")
        command.upgrade(_config(connection), "head")
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [str(difference) for difference in compare_metadata(context, Base.metadata)]


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
