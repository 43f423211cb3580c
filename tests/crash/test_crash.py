"""The worker killed at every step and at random moments: nothing is lost, nothing is done twice."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest

from mail_intake.poller import Tally
from mail_intake.registry import Arrived, Registry
from tests.crash.office import Office
from tests.crash.worker import STEPS, Death

KILLS = int(os.environ.get("KILLS", "6"))  # `make soak` asks for many more
TROUBLES = (Office.nothing, Office.restart, Office.nothing, Office.nothing, Office.renumber, Office.nothing)
TIMES = (
    (1, 2) if "KILLS" in os.environ else (1,)
)  # the first time a step is taken; in a soak the second as well
DEATHS = [Death(step, after, number) for step in STEPS for after in (False, True) for number in TIMES]


@pytest.mark.tor("B.3")
def test_a_worker_killed_at_every_step_loses_nothing_and_does_nothing_twice(
    office: Callable[..., Office],
) -> None:
    one = office()
    died = 0
    for death in DEATHS:
        one.send(3)
        died += one.die_at(death)
    one.settle()
    assert died >= len(DEATHS) - 2
    assert one.found() == {}


@pytest.mark.tor("B.3")
def test_a_worker_killed_at_random_while_the_servers_fail_loses_nothing(
    office: Callable[..., Office],
) -> None:
    one = office()
    for number in range(KILLS):
        one.smtp.refuses = number % 3 == 2
        one.hurry(4, TROUBLES[number % len(TROUBLES)])
    one.settle()
    print(f"\n{one}")
    assert one.found() == {}


def settle_before_keep(mailbox: Any, registry: Registry, read: Any) -> Tally:
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
