"""Mailboxes watched by workers: on the pile as soon as the server tells, once however many workers there are."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import func, select, text

from forms.reading import read
from jcr.cases.rules import england
from jcr.db import Sessions, make_engine
from jcr.intake.filing import Office
from jcr.intake.model import Message
from jcr.intake.registry import Ledger
from jcr.intake.watching import Heart, Watch
from jcr.mailroom.service import pulses
from jcr.turns import Turn
from mail_intake.documents import one_by_one
from mail_intake.mailbox import open_mailbox
from mail_intake.poller import poll
from mail_intake.source import MailboxAway
from tests.services.dovecot import PASSWORD, Dovecot
from tests.services.waiting import eventually

Write = Callable[..., EmailMessage]
NUMBERS = itertools.count()


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def account() -> str:
    return f"watched{next(NUMBERS)}"


@contextmanager
def watching(sessions: Sessions, head: Any, url: str, workers: int = 1) -> Iterator[list[Watch]]:
    """Workers, each as in a process of its own, watching one mailbox; they rest an hour unless told of mail."""
    stopping = Event()
    watches = [_watch(sessions, head, url, stopping) for _ in range(workers)]
    threads = [Thread(target=watch.run) for watch in watches]
    for thread in threads:
        thread.start()
    try:
        yield watches
    finally:
        stopping.set()
        for thread in threads:
            thread.join(30)


def _watch(sessions: Sessions, head: Any, url: str, stopping: Event) -> Watch:
    mailbox = open_mailbox(url, PASSWORD)
    ledger = Ledger(sessions, Office(head, england()), now)
    turn, heart = Turn(sessions.engine, mailbox.name), Heart(sessions, mailbox.name, now)
    return Watch(mailbox, lambda: poll(mailbox, ledger, one_by_one(read)), turn, heart, 0.5, stopping)


def met(sessions: Sessions) -> int:
    with sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(Message)) or 0


def well_at(sessions: Sessions, watch: Watch) -> datetime | None:
    with sessions.reading() as session:
        return pulses(session, [watch.mailbox.name])[0].well_at


@pytest.mark.tor("B.3")
def test_a_message_is_on_the_pile_because_the_server_told_of_it(
    sessions: Sessions, head: Any, partnership: Any, dovecot: Dovecot, account: str, write: Write
) -> None:
    with watching(sessions, head, dovecot.url(account)) as [watch]:
        watch.pause = 3600  # nobody looks again by the clock
        assert eventually(lambda: well_at(sessions, watch))
        for number in (1, 2, 3):
            dovecot.deliver(account, write(f"Question {number}").as_bytes())
            assert eventually(lambda number=number: met(sessions) == number)


@pytest.mark.tor("B.3")
def test_several_workers_take_each_message_in_once(
    sessions: Sessions, head: Any, partnership: Any, dovecot: Dovecot, account: str, write: Write
) -> None:
    with watching(sessions, head, dovecot.url(account), workers=3):
        for number in range(40):
            dovecot.deliver(account, write(f"Question {number}").as_bytes())
        assert eventually(lambda: met(sessions) == 40)
    assert met(sessions) == 40
    with sessions.reading() as session:
        assert session.scalar(select(func.count(Message.same_as_id))) == 0


def test_a_mailbox_that_cannot_be_read_is_noted_and_read_when_it_can(
    sessions: Sessions, head: Any, partnership: Any, dovecot: Dovecot, account: str, write: Write
) -> None:
    with watching(sessions, head, dovecot.url(account)) as [watch]:
        assert eventually(lambda: well_at(sessions, watch))
        dovecot.crash()
        assert eventually(lambda: _trouble(sessions, watch))
        dovecot.start()
        dovecot.deliver(account, write("Question").as_bytes())
        assert eventually(lambda: met(sessions) == 1)
        assert eventually(lambda: not _trouble(sessions, watch))


def _trouble(sessions: Sessions, watch: Watch) -> str:
    with sessions.reading() as session:
        return pulses(session, [watch.mailbox.name])[0].trouble


def test_one_worker_at_a_time_and_the_next_when_it_goes(sessions: Sessions) -> None:
    first, second = Turn(sessions.engine, "a mailbox"), Turn(sessions.engine, "a mailbox")
    other = Turn(sessions.engine, "another mailbox")
    assert (first.mine(), first.mine(), second.mine(), other.mine()) == (True, True, False, True)
    first.give_up()
    assert eventually(second.mine)
    second.give_up()
    other.give_up()


def test_a_worker_cut_off_from_the_database_loses_its_turn_and_asks_again(postgresql: str) -> None:
    engine, other = make_engine(postgresql), make_engine(postgresql)
    turn, next_one = Turn(engine, "a mailbox cut off"), Turn(other, "a mailbox cut off")
    assert turn.mine()
    with other.connect() as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted")
        )
    assert eventually(next_one.mine)
    assert not turn.mine()
    next_one.give_up()
    assert eventually(turn.mine)  # PostgreSQL lets go in its own time
    turn.give_up()


def test_trouble_that_lasts_is_not_written_each_time(sessions: Sessions, NOW: datetime) -> None:
    heart = Heart(sessions, "a mailbox", lambda: NOW)
    for why in ("away", "away", ""):
        heart.trouble(why)
    with sessions.reading() as session:
        [pulse] = pulses(session, ["a mailbox"])
    assert (pulse.trouble, pulse.well_at) == ("", NOW)


def test_a_bug_in_one_look_ends_no_watch(sessions: Sessions, tmp_path: Any) -> None:
    looks: list[int] = []
    stopping = Event()

    def look() -> Any:
        looks.append(1)
        if len(looks) == 3:
            stopping.set()
        raise (ZeroDivisionError, MailboxAway)[len(looks) % 2]("in a test")

    mailbox = open_mailbox(f"maildir:{tmp_path}/in")
    watch = Watch(mailbox, look, Turn(sessions.engine, "x"), Heart(sessions, "x", now), 0.01, stopping)
    watch.run()
    assert len(looks) == 3
