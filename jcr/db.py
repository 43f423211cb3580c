"""The declarative base, the engine for SQLite and PostgreSQL, and the one way a change reaches the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from select import POLLIN, poll
from typing import Annotated, Any
from uuid import uuid4

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    Table,
    TypeDecorator,
    create_engine,
    event,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

from jcr.dialects import OF_SQLITE

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
LOCK_WAIT_SECONDS = 30
STATEMENTS = (
    500  # that a connection keeps planned: all that the pages ask, so that none is planned anew each time
)
KEPT_ALIVE = {"keepalives_idle": 60, "keepalives_interval": 10, "keepalives_count": 3}  # seconds, and probes
POSTGRESQL = ("jit = off", "plan_cache_mode = force_generic_plan", "random_page_cost = 1.1")
# 16 MB of SQLite's write-ahead log: mail comes in megabytes, and each is copied out of the log once. Pages as large as
# these take half the processor time over them; a database that was made with smaller ones keeps those
PAGE_BYTES, LOG_PAGES = 16 << 10, 1000
INSERTS: Mapping[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Moment(TypeDecorator[datetime]):
    """Aware in Python, UTC in the database; a naive datetime is refused at the door."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


Id = Annotated[int, mapped_column(primary_key=True)]


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        datetime: Moment(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            create_constraint=True,
            length=40,
            values_callable=lambda kind: [member.value for member in kind],
        ),
    }

    id: Mapped[Id]


def make_engine(url: str) -> Engine:
    """An engine for the address; SQLite gets its folder, its write-ahead log and its foreign keys.

    What is stored never appears in an error, and so in no log line.
    """
    if not url.startswith("sqlite"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
        # the connection used last is used next: it has the statements planned
        engine = create_engine(
            url, pool_pre_ping=True, pool_use_lifo=True, hide_parameters=True, connect_args=KEPT_ALIVE
        )
        event.listen(engine, "connect", _prepare_postgresql)
        engine.dialect.do_rollback = _undo  # type: ignore[method-assign, assignment]
        engine.dialect.do_ping = partial(_is_there, engine.dialect.do_ping)  # type: ignore[method-assign]
        return engine
    engine = create_engine(url, connect_args={"timeout": LOCK_WAIT_SECONDS}, hide_parameters=True)
    if engine.url.database:
        Path(engine.url.database).absolute().parent.mkdir(parents=True, exist_ok=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_postgresql(connection: Any, _: Any) -> None:
    """Statements are planned once, whatever the values: to plan them takes longer than to answer them, and to compile
    them first longer still. What is stored lies in memory, so that looking a row up costs as little as reading on."""
    connection.prepared_max = STATEMENTS
    connection.autocommit = True
    for setting in POSTGRESQL:
        connection.execute(f"SET {setting}")
    connection.autocommit = False


def _undo(connection: Any) -> None:
    """What only read has nothing to undo and ends with COMMIT: at a ROLLBACK the driver forgets every statement that
    the server has planned for it."""
    if connection.read_only:
        connection.commit()
    else:
        connection.rollback()


def _is_there(ask: Callable[[Any], bool], connection: Any) -> bool:
    """Asks the server only where something came from it unasked: one that went away has closed its end, and that can
    be read."""
    waiting = poll()
    waiting.register(connection.fileno(), POLLIN)
    return ask(connection) if waiting.poll(0) else True


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    for name, function in OF_SQLITE.items():
        connection.create_function(name, -1, function, deterministic=True)
    for pragma in (
        f"page_size={PAGE_BYTES}",
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        f"wal_autocheckpoint={LOG_PAGES}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    """A writer takes the lock at once: one that only upgrades later is refused instead of waiting."""
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


class Sessions:
    """Makes sessions: `writing()` for acts, `reading()` for pages that only look.

    `worker` tells those who use the database apart, each time one starts: by it a worker knows its own work again.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.worker = uuid4().hex
        self.writing = sessionmaker(engine, expire_on_commit=False)
        looking = engine.execution_options(reading=True, postgresql_readonly=True)
        self.reading = sessionmaker(looking, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Commits when the block ends well, rolls back when it raises."""
        with self.writing.begin() as session:
            yield session


def one_at_a_time(session: Session, what: str) -> None:
    """Until this transaction ends, nobody else gets past here for the same `what`: they wait, and then see what it did.

    On SQLite there is only ever one writer.
    """
    if session.get_bind().dialect.name == "postgresql":
        key = int.from_bytes(sha256(what.encode()).digest()[:8], signed=True)
        session.execute(select(func.pg_advisory_xact_lock(literal(key))))


def add_missing(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]], *key: str) -> None:
    """Adds rows in one go; one whose key is there already, perhaps by somebody else at this moment, is left out."""
    if rows:
        session.execute(_insert_of_missing(session.get_bind().dialect.name, table, key), list(rows))


@cache
def _insert_of_missing(dialect: str, table: type[Base], key: tuple[str, ...]) -> Any:
    """Put together once, which takes longer than to add a few rows."""
    return INSERTS[dialect](table.__table__).on_conflict_do_nothing(index_elements=key)


def add_all(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds rows that have the same columns in one go. PostgreSQL has them copied in, at a fraction of the cost of
    statements; dates, numbers and text then go as they are."""
    if not rows:
        return
    if session.get_bind().dialect.name != "postgresql":
        session.execute(insert(table), list(rows))
        return
    names, connection = tuple(rows[0]), session.connection()
    quoted = connection.dialect.identifier_preparer.quote
    copy = f"COPY {quoted(table.name)} ({', '.join(map(quoted, names))}) FROM STDIN"
    with connection.connection.cursor() as cursor, cursor.copy(copy) as taking:  # type: ignore[attr-defined]
        for row in rows:
            taking.write_row([row[name] for name in names])
