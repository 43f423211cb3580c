"""The history's chain: every way of changing it quietly is found and named, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Thread

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DatabaseError

from jcr.db import Sessions
from jcr.history import guard
from jcr.history.chain import Place, bind_the_rest, digest, last_place
from jcr.history.model import Entry, Link
from jcr.history.proof import Broken, verify
from jcr.history.sealing import line_of, places_in, seal_the_day
from jcr.history.service import record
from jcr.places import MIGRATIONS
from jcr.roles import WORKER
from tests.conftest import on_one_database

ENTRIES = 7


@pytest.fixture
def written(sessions: Sessions, NOW: datetime) -> Sessions:
    for number in range(ENTRIES):
        with sessions.transaction() as session:
            record(
                session,
                None,
                WORKER,
                NOW + timedelta(seconds=number),
                f"did {number}",
                why="Ŵyn",
                days=number,
                about="Ŵyn",
            )
    return sessions


@pytest.fixture
def open_door(written: Sessions) -> Iterator[Connection]:
    """A connection of somebody who holds the database and has taken the guard off."""
    with written.engine.connect() as connection:
        with connection.begin():
            guard.take_off(connection)
        _heed_foreign_keys(connection, False)
        yield connection
        connection.rollback()
        _heed_foreign_keys(connection, True)
        with connection.begin():
            guard.put_on(connection)


def _heed_foreign_keys(connection: Connection, heed: bool) -> None:
    raw = connection.connection.driver_connection
    assert raw is not None
    if connection.dialect.name == "sqlite":
        raw.execute(f"PRAGMA foreign_keys = {'ON' if heed else 'OFF'}")
    else:
        raw.execute(f"SET session_replication_role = {'DEFAULT' if heed else 'replica'}")
        raw.commit()
    connection.rollback()


def _end(sessions: Sessions) -> Place:
    with sessions.reading() as session:
        return verify(session)


def test_each_entry_is_bound_to_all_before_it(written: Sessions) -> None:
    with written.reading() as session:
        links = session.scalars(select(Link).order_by(Link.id)).all()
        assert [link.id for link in links] == list(range(1, ENTRIES + 1))
        assert len({link.digest for link in links}) == ENTRIES
        assert verify(session) == Place(ENTRIES, links[-1].digest)


@pytest.mark.parametrize("table", guard.GUARDED)
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id + 100", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_remove(
    written: Sessions, NOW: datetime, table: str, act: str
) -> None:
    with written.transaction() as session:
        seal_the_day(session, NOW)
    with written.engine.connect() as connection, pytest.raises(DatabaseError, match=guard.REFUSAL):
        connection.execute(text(act.format(table)))
    assert _end(written).number == ENTRIES + 1


@on_one_database
@pytest.mark.parametrize("table", guard.GUARDED)
def test_sqlites_way_to_put_a_row_in_the_place_of_another_is_refused_too(
    written: Sessions, NOW: datetime, table: str
) -> None:
    with written.transaction() as session:
        seal_the_day(session, NOW)
    with written.engine.connect() as connection, pytest.raises(DatabaseError, match=guard.REFUSAL):
        connection.execute(text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"))


@pytest.mark.parametrize(
    ("quiet_change", "named"),
    [
        ("UPDATE entries SET act = 'did 2!' WHERE id = 3", "Entry 3 of 23 November 2026 is not as it was written"),
        ("UPDATE entries SET at = '2026-11-23 09:30:02.000001' WHERE id = 3", "Entry 3 of"),
        ("UPDATE entries SET details = '{\"days\": 3}' WHERE id = 3", "Entry 3 of"),
        ("UPDATE entries SET actor_role = 'officer' WHERE id = 3", "Entry 3 of"),
        ("DELETE FROM entries WHERE id = 4", "Entry 4 was taken out"),
        ("DELETE FROM entries WHERE id = 7", "Entry 7 was taken out"),
        ("DELETE FROM history_links WHERE id = 5", "Link 5 of the chain was taken out"),
        ("DELETE FROM history_links WHERE id = 7", "Entry 7 was put in"),
        ("UPDATE history_links SET entry_id = entry_id + 100; UPDATE history_links SET entry_id = "
         "CASE entry_id WHEN 102 THEN 3 WHEN 103 THEN 2 ELSE entry_id - 100 END", "Entry 3 of"),
        ("INSERT INTO entries (id, at, actor_name, actor_role, act, why, from_status, to_status, details) "
         "VALUES (8, '2026-11-23 10:00:00', 'A', 'officer', 'did', '', '', '', '{}')", "Entry 8 was put in"),
        # Both say the same as before, in other bytes and in another order
        ("UPDATE entries SET details = '{\"about\": \"\\u0174yn\", \"days\":  2}' WHERE id = 3", "Entry 3 of"),
        ("UPDATE entries SET details = '{\"days\": 2, \"about\": \"\\u0174yn\"}' WHERE id = 3", "Entry 3 of"),
        ("UPDATE history_links SET digest = 'f' WHERE id = 6", "Entry 6 of"),
        ("DELETE FROM history_links WHERE id > 5; DELETE FROM entries WHERE id > 5",
         "The end of the history was cut off: it ends after 5 entries of 7"),
        ("DELETE FROM history_links; DELETE FROM entries", "The end of the history was cut off"),
        ("UPDATE history_end SET digest = 'f'", "The history up to entry 7"),
        ("DELETE FROM history_end", "It is noted no more"),
    ],
)  # fmt: skip
def test_a_quiet_change_is_found_and_named(
    open_door: Connection, written: Sessions, quiet_change: str, named: str
) -> None:
    with open_door.begin():
        for statement in quiet_change.split("; "):
            open_door.exec_driver_sql(statement)
    with pytest.raises(Broken) as broken:
        _end(written)
    assert str(broken.value).startswith(named)


def test_a_history_from_before_details_stood_in_one_order_is_brought_to_it_and_holds(
    open_door: Connection, written: Sessions
) -> None:
    before = _end(written)
    with open_door.begin():
        open_door.exec_driver_sql(
            """UPDATE entries SET details = '{"days": 2, "about": "\\u0174yn"}' WHERE id = 3"""
        )
        _put_details_in_order(open_door)
    assert _end(written) == before


@on_one_database
def test_an_entry_that_was_spoilt_stops_no_upgrade_and_is_named_after_it(
    open_door: Connection, written: Sessions
) -> None:
    with open_door.begin():
        open_door.exec_driver_sql("UPDATE entries SET details = CAST(X'E1' AS TEXT) WHERE id = 3")
        _put_details_in_order(open_door)
    with pytest.raises(Broken, match=r"^Entry 3 "):
        _end(written)


def _put_details_in_order(connection: Connection) -> None:
    with Operations.context(MigrationContext.configure(connection)):
        ScriptDirectory(str(MIGRATIONS)).get_revision("c83d17f60a95").module.upgrade()


@on_one_database  # PostgreSQL refuses to store any of these
@pytest.mark.parametrize(
    "nonsense",
    ["at = '2026-11-23 09;30:02.000000'", "at = '2026-11-23!09:30:02.000000'", "details = '{'",
     "actor_role = 'officeq'", "act = CAST(X'646964F0' AS TEXT)", "act = CAST(act AS BLOB)",
     "details = CAST(details AS BLOB)", "at = CAST(at AS BLOB)"],
)  # fmt: skip
def test_a_byte_that_makes_a_row_unreadable_is_named_by_its_entry(
    open_door: Connection, written: Sessions, nonsense: str
) -> None:
    with open_door.begin():
        open_door.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        open_door.exec_driver_sql(f"UPDATE entries SET {nonsense} WHERE id = 3")
        open_door.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")
    with pytest.raises(Broken, match=r"^Entry 3 "):
        _end(written)


@on_one_database  # PostgreSQL refuses to store any of these
@pytest.mark.parametrize(
    ("nonsense", "named"),
    [
        ("history_links SET entry_id = CAST(X'B3' AS TEXT) WHERE id = 3", "What link 3 of the chain binds cannot"),
        ("history_end SET digest = CAST(X'E1' AS TEXT)", "Where the history ends cannot be read"),
        ("history_end SET number = '8x'", "Where the history ends cannot be read"),
        ("history_seals SET digest = CAST(X'E1' AS TEXT)", "Seal 1 cannot be read"),
        ("history_seals SET at = replace(at, ' ', 'T')", "The seal told of by entry 8"),
    ],
)  # fmt: skip
def test_a_byte_in_what_stands_beside_the_entries_is_named_too(
    open_door: Connection, written: Sessions, NOW: datetime, nonsense: str, named: str
) -> None:
    with written.transaction() as session:
        seal_the_day(session, NOW)
    with open_door.begin():
        open_door.exec_driver_sql(f"UPDATE {nonsense}")
    with pytest.raises(Broken, match=f"^{named}"):
        _end(written)


def test_an_entry_changed_and_bound_anew_is_named_with_the_next(
    open_door: Connection, written: Sessions
) -> None:
    with open_door.begin():
        open_door.exec_driver_sql("UPDATE entries SET why = 'other' WHERE id = 3")
    with written.reading() as session:
        links = {link.id: link.digest for link in session.scalars(select(Link))}
        anew = digest(links[2], session.get_one(Entry, 3))
    with open_door.begin():
        open_door.exec_driver_sql(f"UPDATE history_links SET digest = '{anew}' WHERE id = 3")
    with pytest.raises(Broken, match=r"Entry 4 of .* or entry 3 before it was changed and bound anew"):
        _end(written)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE history_seals SET day = '2020-01-01' WHERE id = 1", "The seal told of by entry 8"),
        ("DELETE FROM history_seals WHERE id = 1", "The seal told of by entry 8"),
        ("DELETE FROM history_links WHERE id = 9; DELETE FROM entries WHERE id = 9", "The end of the history was"),
        ("INSERT INTO history_seals (id, day, at, number, digest) SELECT 9, '2030-01-01', at, number, digest FROM "
         "history_seals WHERE id = 1", "Seal 9 was put in"),
    ],
)  # fmt: skip
def test_a_seal_is_bound_as_an_entry_too(
    open_door: Connection, written: Sessions, NOW: datetime, change: str, named: str
) -> None:
    for days in (0, 1):
        with written.transaction() as session:
            seal_the_day(session, NOW + timedelta(days=days))
    assert _end(written).number == ENTRIES + 2
    with open_door.begin():
        for statement in change.split("; "):
            open_door.exec_driver_sql(statement)
    with pytest.raises(Broken, match=f"^{named}"):
        _end(written)


@pytest.mark.parametrize(
    ("quiet_change", "named"),
    [
        (
            "DELETE FROM history_links WHERE id > 5; DELETE FROM entries WHERE id > 5",
            "The history up to entry",
        ),
        ("DELETE FROM history_end", "It is noted no more"),
    ],
)
def test_an_end_that_was_cut_off_still_shows_once_the_history_went_on(
    open_door: Connection, written: Sessions, NOW: datetime, quiet_change: str, named: str
) -> None:
    with open_door.begin():
        for statement in quiet_change.split("; "):
            open_door.exec_driver_sql(statement)
    for number in range(3):
        with written.transaction() as session:
            record(session, None, WORKER, NOW, f"went on {number}")
    with pytest.raises(Broken, match=f"^{named}"):
        _end(written)


def test_cutting_off_the_end_is_shown_by_a_seal_kept_elsewhere(
    open_door: Connection, written: Sessions, NOW: datetime
) -> None:
    with written.transaction() as session:
        sealed = seal_the_day(session, NOW)
        assert sealed is not None
        kept = places_in(["Dear administrator,", line_of(sealed)])
    with open_door.begin():
        for table, last in (("history_links", 6), ("entries", 6), ("history_seals", 0)):
            open_door.exec_driver_sql(f"DELETE FROM {table} WHERE id > {last}")
        before = "(SELECT digest FROM history_links WHERE id = 6)"
        open_door.exec_driver_sql(f"UPDATE history_end SET number = 6, digest = {before}")
    assert _end(written).number == ENTRIES - 1
    with written.reading() as session, pytest.raises(Broken, match="it ends after 6 entries of 7"):
        verify(session, kept)


def test_a_history_written_anew_as_a_whole_does_not_agree_with_its_seals(
    open_door: Connection, written: Sessions, NOW: datetime
) -> None:
    with written.transaction() as session:
        seal_the_day(session, NOW)
    with open_door.begin():
        open_door.exec_driver_sql("UPDATE entries SET why = 'other' WHERE id = 1")
        open_door.exec_driver_sql("DELETE FROM history_links")
    with written.transaction() as session:
        assert bind_the_rest(session) == ENTRIES + 1
    with pytest.raises(Broken, match="up to entry 7 is not the one that was sealed"):
        _end(written)


def test_a_day_is_sealed_once(written: Sessions, NOW: datetime) -> None:
    with written.transaction() as session:
        assert seal_the_day(session, NOW) is not None
    with written.transaction() as session:
        assert seal_the_day(session, NOW) is None
        assert seal_the_day(session, NOW + timedelta(days=1)) is not None


def test_what_is_rolled_back_leaves_no_link(written: Sessions, NOW: datetime) -> None:
    with written.writing() as session:
        record(session, None, WORKER, NOW, "did not")
        session.flush()
        session.rollback()
        with session.begin_nested() as inner:
            record(session, None, WORKER, NOW, "did not either")
            session.flush()
            inner.rollback()
        record(session, None, WORKER, NOW, "did")
        session.commit()
    with written.reading() as session:
        assert verify(session).number == ENTRIES + 1
        assert session.scalars(select(Entry.act).order_by(Entry.id.desc())).first() == "did"


def test_entries_written_at_one_time_stand_in_one_chain(sessions: Sessions, NOW: datetime) -> None:
    def write(who: int) -> None:
        for number in range(5):
            with sessions.transaction() as session:
                record(session, None, WORKER, NOW, f"{who} did {number}")
                session.flush()

    threads = [Thread(target=write, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with sessions.reading() as session:
        assert verify(session) == last_place(session)
        assert last_place(session).number == 20


@pytest.mark.parametrize(
    "how",
    [
        "DROP TRIGGER entries_no_update{on}",
        "DROP TRIGGER entries_no_update{on}; CREATE TRIGGER entries_no_update BEFORE UPDATE OF why ON entries {acts}",
        "DROP TRIGGER entries_no_update{on}; CREATE TRIGGER entries_no_update BEFORE UPDATE ON changed_cases {acts}",
        "{switched}",
        "{nothing}",
    ],
)
def test_a_guard_that_was_taken_off_or_made_to_refuse_less_is_missed_and_put_on_again(
    sessions: Sessions, how: str
) -> None:
    words = {
        "sqlite": {
            "on": "",
            "acts": f"BEGIN SELECT RAISE(ABORT, '{guard.REFUSAL}'); END",
            "switched": "DROP TRIGGER entries_no_update",
            "nothing": "DROP TRIGGER entries_no_update; "
            "CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries BEGIN SELECT 1; END",
        },
        "postgresql": {
            "on": " ON entries",
            "acts": "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_history()",
            "switched": "ALTER TABLE entries DISABLE TRIGGER entries_no_update",
            "nothing": "CREATE OR REPLACE FUNCTION refuse_to_change_history() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN NULL; END $$",
        },
    }[sessions.engine.dialect.name]
    with sessions.engine.begin() as connection:
        assert guard.missing(connection) == []
        trigger = how.format(**words)
        for statement in trigger.split("; CREATE"):
            sent = statement if statement.startswith(("DROP", "ALTER", "CREATE")) else f"CREATE{statement}"
            connection.exec_driver_sql(sent)
    with sessions.engine.begin() as connection:
        assert "entries" in guard.missing(connection)
        connection.exec_driver_sql(
            "DROP TRIGGER IF EXISTS entries_no_update" + (" ON changed_cases" if words["on"] else "")
        )
        guard.put_on(connection)
        assert guard.missing(connection) == []
