"""What every test may ask for: a database of either kind, a partnership, an application and a browser's view of it."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Connection, Table, create_engine, event, select, text
from sqlalchemy.orm import Session
from xdist.scheduler import LoadScopeScheduling

from jcr import demonstration
from jcr.app import create_app
from jcr.correspondence import service as correspondence
from jcr.correspondence.service import Letterhead, letterhead
from jcr.db import Sessions, make_engine
from jcr.history import guard
from jcr.history.model import End, Link
from jcr.models import Base
from jcr.people import passwords
from jcr.people.model import Agency, Person
from jcr.settings import Settings
from tests.outsider import OutsiderClient
from tests.services.dovecot import dovecot  # noqa: F401  # a fixture
from tests.services.firefox import fill_in_firefox  # noqa: F401  # a fixture
from tests.services.postgresql import postgresql  # noqa: F401  # a fixture
from tests.services.smtp import certificate, secure_smtp, smtp  # noqa: F401  # fixtures

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
passwords.HASHER = PasswordHasher(
    time_cost=1, memory_cost=8, parallelism=1
)  # signing in costs the tests little
correspondence.render = lru_cache(maxsize=500)(
    correspondence.render
)  # a letter of the same words is the same
# Tests that look at one thing which takes long to make: one process makes it
TOGETHER = (
    "tests/access/test_every_route.py",
    "tests/documents/",
    "tests/forms/reading/test_mutations.py",
    "tests/forms/reading/test_printed_copies.py",
    "tests/habits/test_canaries.py",
    "tests/quarter/",
)
Rows = dict[Table, list[dict[str, Any]]]
# The tables that hold a row
USED = " UNION ALL ".join(
    f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in Base.metadata.sorted_tables
)
# For what no database has a say in, and takes long
on_one_database = pytest.mark.parametrize("sessions", ["sqlite"], indirect=True)

# How long an example takes says how busy the machine is, not whether a promise is kept.
hypothesis_settings.register_profile("jcr", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("jcr")

for name in [name for name in os.environ if name.startswith("JCR_")]:
    del os.environ[name]  # what is set on this machine is not what the tests are about


@pytest.fixture
def NOW() -> datetime:
    return MONDAY


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Sessions:
    return with_tables(f"sqlite:///{tmp_path_factory.mktemp('sqlite')}/jcr.db")


@pytest.fixture(scope="session")
def postgresql_tables(postgresql: str) -> Sessions:
    return with_tables(postgresql)


def with_tables(url: str) -> Sessions:
    """A new database that does not wait for the disk, as no test ends with the machine: 7 ms for each commit."""
    engine = make_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        guard.put_on(connection)
    return Sessions(engine)


@pytest.fixture(params=["sqlite", "postgresql"])
def sessions(request: pytest.FixtureRequest) -> Iterator[Sessions]:
    """An empty database; every test that asks for one runs on SQLite and on PostgreSQL.

    Of each kind one is kept over the tests, and emptied: an engine then knows its statements already.
    """
    found: Sessions = request.getfixturevalue(f"{request.param}_tables")
    yield found
    with found.engine.begin() as connection:
        _empty(connection)


def _empty(connection: Connection) -> None:
    """Takes every row out, and numbers the next ones from the first again."""
    if connection.dialect.name == "sqlite":
        used = connection.exec_driver_sql(USED).scalars().all()
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        guard.take_off(connection)
        for name in used:
            connection.exec_driver_sql(f"DELETE FROM {name}")
        guard.put_on(connection)
        return
    used = connection.scalars(
        text("SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL")
    ).all()
    names = [
        *(name.removesuffix("_id_seq") for name in used),
        Link.__tablename__,
        End.__tablename__,
    ]  # which number themselves
    tables = [f"DELETE FROM {name}" for name in names]
    numbers = [f"ALTER SEQUENCE {name} RESTART" for name in used]
    # Without its checks and without TRUNCATE: for a few rows in each table that is thirty times as fast
    connection.exec_driver_sql(";".join(["SET LOCAL session_replication_role = replica", *tables, *numbers]))


@pytest.fixture
def session(sessions: Sessions) -> Iterator[Session]:
    with sessions.writing() as session:
        yield session


@dataclass(frozen=True)
class Partnership:
    """The demonstration partnership: `partnership.officer` is a person, `partnership.police` an agency."""

    people: dict[str, Person]
    agencies: dict[str, Agency]

    def __getattr__(self, name: str) -> Person | Agency:
        if name in self.people:
            return self.people[name]
        if name in self.agencies:
            return self.agencies[name]
        raise AttributeError(name)


@pytest.fixture(scope="session")
def password_hash() -> str:
    """Of everybody's password."""
    return passwords.hash_password(PASSWORD)


@pytest.fixture(scope="session")
def partnership_rows(password_hash: str) -> Rows:
    """What the demonstration's partnership is in the tables: to put it there takes a tenth of making it up."""
    sessions = with_tables("sqlite://")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demonstration, "hash_password", lambda _: password_hash)
        made_up(sessions)
    with sessions.engine.begin() as connection:
        tables = [Base.metadata.tables[name] for name in connection.exec_driver_sql(USED).scalars()]
        return {
            table: [dict(row) for row in connection.execute(select(table)).mappings()] for table in tables
        }


@pytest.fixture
def partnership(sessions: Sessions, partnership_rows: Rows) -> Partnership:
    return put_into(sessions, partnership_rows)


def put_into(sessions: Sessions, rows: Rows) -> Partnership:
    """The partnership, in a database that holds nothing else."""
    with sessions.engine.begin() as connection:
        for table, of_table in rows.items():
            connection.execute(table.insert(), of_table)
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(";".join(map(_numbered_on, rows)))
    return _there(sessions)


def _numbered_on(table: Table) -> str:
    """Has PostgreSQL number the next rows after those that came with their numbers."""
    return f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"


def made_up(sessions: Sessions) -> Partnership:
    """The demonstration's partnership, in an empty database."""
    with sessions.transaction() as session:
        demonstration.fill(session, MONDAY)
    return _there(sessions)


def _there(sessions: Sessions) -> Partnership:
    with sessions.reading() as session:
        people = {p.email.partition("@")[0].replace(".", "_"): p for p in session.scalars(select(Person))}
        agencies = {agency.code: agency for agency in session.scalars(select(Agency))}
    return Partnership(people, agencies)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


def settings_in(folder: Path) -> Settings:
    return Settings(
        secret_key="a secret for the tests that is long enough",
        mailbox_url=f"maildir:{folder}/in",
        smtp_url=f"maildir:{folder}/out",
        public_requests_a_minute=100_000,
    )


@pytest.fixture
def head(settings: Settings) -> Letterhead:
    return letterhead(settings)


@pytest.fixture(scope="session")
def _app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The one application of all tests: making its routes and reading its templates takes longer than most of them."""
    made = create_app(settings_in(tmp_path_factory.mktemp("unused")), Sessions(create_engine("sqlite://")))
    made.test_client_class = OutsiderClient
    return made


@pytest.fixture
def app(_app: Flask, settings: Settings, sessions: Sessions) -> Flask:
    _app.extensions.update(settings=settings, sessions=sessions, letterhead=letterhead(settings))
    _app.jinja_env.globals.update(settings=settings)
    _app.config.update(TESTING=False, CLOCK=lambda: MONDAY, WTF_CSRF_ENABLED=False)
    return _app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def sign_in() -> Callable[[FlaskClient, Person], None]:
    def sign(client: FlaskClient, person: Person) -> None:
        answer = client.post("/sign-in", data={"email": person.email, "password": PASSWORD})
        assert answer.status_code == 302, answer.text

    return sign


@pytest.fixture
def words() -> Callable[[str], str]:
    """A page's text without its tags and places to break, white space folded, to look for sentences in."""
    return lambda html: re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.replace("<wbr>", "")))


class MadeOnce(LoadScopeScheduling):  # type: ignore[misc]
    """Hands tests to processes one by one, but those of TOGETHER to one of them, first.

    The mark xdist_group would say the same; with pytest 9.2 xdist 3.8 passes over it in silence.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> MadeOnce:
    return MadeOnce(config, log)


def pytest_collection_finish() -> None:
    """Keeps thousands of tests, which stay, from being gone through each time rubbish is looked for."""
    gc.collect()
    gc.freeze()


def pytest_report_header() -> str:
    return "databases: SQLite and PostgreSQL" + (" (CI)" if os.environ.get("CI") else "")
