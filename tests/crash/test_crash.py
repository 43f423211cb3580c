"""The worker killed at every step and at random moments: nothing is lost, nothing is done twice."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select

from forms.reading import read
from jcr.intake.model import Message, Outcome
from mail_intake.documents import one_by_one
from mail_intake.poller import DIED_OVER, MOST_DEATHS, Tally, poll
from mail_intake.registry import Arrived, Registry
from tests.crash.office import Office
from tests.crash.worker import STEPS, Death

KILLS = int(os.environ.get("KILLS", "6"))  # `make soak` asks for many more
TROUBLES = (Office.nothing, Office.restart, Office.nothing, Office.nothing, Office.renumber, Office.nothing)
TIMES = (
    (1, 2) if "KILLS" in os.environ else (1,)
)  # the first time a step is taken; in a soak the second as well
POISON = b"the message that stops whoever reads it"
DEATHS = [Death(step, after, number) for step in STEPS for after in (False, True) for number in TIMES]


@pytest.mark.tor("B.3")
def test_a_worker_killed_at_every_step_loses_nothing_and_does_nothing_twice(
    office: Callable[..., Office],
) -> None:
    one = office()
    died_at = set()
    for death in DEATHS:
        one.send(3)
        if one.die_at(death):
            died_at.add(death.step)
        one.spare()
    one.settle()
    assert died_at == set(STEPS)
    assert one.found() == {}


@pytest.mark.tor("B.3")
def test_a_worker_killed_at_random_while_the_servers_fail_loses_nothing(
    office: Callable[..., Office],
) -> None:
    one = office()
    for number in range(KILLS):
        one.smtp.refuses, one.smtp.breaks_off = number % 6 == 2, number % 6 == 4
        one.spare()
        one.hurry(4, TROUBLES[number % len(TROUBLES)])
    one.settle()
    print(f"\n{one}")
    assert one.found() == {}


def deadly(name: str, content: bytes) -> Any:
    """A reader that ends the worker itself over one message."""
    if POISON in content:
        os.kill(os.getpid(), signal.SIGKILL)
    return read(name, content)


@pytest.mark.tor("B.3")
def test_a_message_that_kills_every_worker_is_given_to_a_person_and_stops_no_other(
    office: Callable[..., Office],
) -> None:
    one = office(lambda mailbox, registry, _: poll(mailbox, registry, one_by_one(deadly)))
    one.send(2)
    raw = b"From: colleague@police.example\r\nSubject: A form\r\n\r\n" + POISON
    one.dovecot.deliver(one.account, raw)
    one.send(2)
    died = [one.die_at(None) for _ in range(MOST_DEATHS + 4)]
    one.settle()
    with one.sessions.reading() as session:
        rows = session.scalars(select(Message)).all()
        failed = [row for row in rows if row.outcome is Outcome.FAILED]
        assert [(row.sha256, row.waiting) for row in failed] == [(sha256(raw).hexdigest(), True)]
    assert failed[0].because == [DIED_OVER]
    kept_among_others = 1  # that death is held against none of them
    assert died == [True] * (kept_among_others + MOST_DEATHS) + [False] * 3
    assert one.found() == {"never sent to us": 1, "not opened": 1}  # it, and no other


def settle_before_keep(mailbox: Any, registry: Registry, _: Any) -> Tally:
    """A poller as many are written: it marks the message first, and stores it afterwards."""
    tally = Tally()
    for waiting in mailbox.waiting():
        raw = waiting.read()
        mailbox.settle(waiting.handle, "Filed")
        mailbox.lay_to_rest()
        registry.keep([Arrived(waiting, raw)])
        tally.met += 1
    return tally


def test_the_test_sees_a_poller_that_settles_before_it_keeps(office: Callable[..., Office]) -> None:
    one = office(settle_before_keep)
    one.send(3)
    assert one.die_at(Death("keep", False, 2))
    one.settle()
    assert one.found()["lost"] >= 1
    assert "copies not in the ledger" in one.found()


@pytest.mark.tor("B.3")
def test_two_workers_on_one_mailbox_take_each_message_in_once(office: Callable[..., Office]) -> None:
    one = office()
    one.send(30)
    both = [one.worker.forked() for _ in range(2)]
    end = time.monotonic() + 60
    while one.progress() < 2 * (30 + one.copies) + 30 and time.monotonic() < end:
        time.sleep(0.05)
    for process in both:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    one.settle()
    assert one.found() == {}
