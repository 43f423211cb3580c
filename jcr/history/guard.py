"""Has the database itself refuse to change or remove what the history says, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from jcr.history.model import Entry, Link, Seal

GUARDED = tuple(model.__tablename__ for model in (Entry, Link, Seal))
UNIQUE = {Link.__tablename__: "entry_id", Seal.__tablename__: "day"}  # besides the number of a row
REFUSAL = "the history is added to and never changed"
BODY = f" BEGIN RAISE EXCEPTION '{REFUSAL}'; END "
ACTS = ("update", "delete")
ON_SQLITE = (*ACTS, "replace")  # whose INSERT OR REPLACE takes a row out without asking those for DELETE

STANDING = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT pg_get_triggerdef(pg_trigger.oid, true) || prosrc FROM pg_trigger "
    "JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
}


def put_on(connection: Connection) -> None:
    """Puts the guard on, or on again where a migration made a table anew or somebody changed it."""
    take_off(connection)
    for statement in _statements(connection.dialect.name):
        connection.exec_driver_sql(statement)


def take_off(connection: Connection) -> None:
    """Takes the guard off, for a database that is emptied as a whole."""
    for table in GUARDED:
        for act in ON_SQLITE:
            on = f" ON {table}" if connection.dialect.name == "postgresql" else ""
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{act}{on}")


def missing(connection: Connection) -> list[str]:
    """The tables on which the guard does not stand as it should: taken off, switched off, or changed to refuse less."""
    dialect = connection.dialect.name
    there = set(connection.exec_driver_sql(STANDING[dialect]).scalars())
    body = BODY if dialect == "postgresql" else ""
    return [table for table in GUARDED if not {f"{one}{body}" for one in _triggers(table, dialect)} <= there]


def _triggers(table: str, dialect: str) -> Iterator[str]:
    """Each as the database tells it again."""
    if dialect == "sqlite":
        for act in ACTS:
            yield f"CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        other = f" OR {UNIQUE[table]} = NEW.{UNIQUE[table]}" if table in UNIQUE else ""
        yield (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id{other}) "  # nosec B608
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        return
    for act, when in (("update", "UPDATE"), ("delete", "DELETE OR TRUNCATE")):
        yield (
            f"CREATE TRIGGER {table}_no_{act} BEFORE {when} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_history()"
        )


def _statements(dialect: str) -> Iterator[str]:
    if dialect == "postgresql":
        yield f"CREATE OR REPLACE FUNCTION refuse_to_change_history() RETURNS trigger LANGUAGE plpgsql AS $${BODY}$$"
    yield from (trigger for table in GUARDED for trigger in _triggers(table, dialect))
