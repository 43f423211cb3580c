"""An office whose worker is killed again and again, its mail counted against what was sent."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.policy import SMTP
from hashlib import sha256

from sqlalchemy import func, select

from jcr.cases.model import Case
from jcr.correspondence.model import Delivery, Letter
from jcr.correspondence.posting import post_ready
from jcr.db import Sessions
from jcr.intake.model import Message, Outcome
from jcr.post import open_post
from mail_intake.poller import MOST_DEATHS
from tests.bench.intake import text_referral
from tests.crash.worker import HEAD, Death, Worker
from tests.services.dovecot import Dovecot
from tests.services.smtp import Received

SECONDS = 3.0  # a worker that makes no progress is killed then
PATIENCE = 120.0  # seconds without any progress: a worker that is not to be killed hangs
LATER = timedelta(hours=1)
EVERY = 20  # of so many messages one has no Message-ID, one shares its own, one comes twice


@dataclass
class Office:
    """`hurry` has mail come in and a worker die over it; `settle` makes an end; `found` says what is wrong."""

    sessions: Sessions
    worker: Worker
    dovecot: Dovecot
    account: str
    smtp: Received
    chance: random.Random
    sent: list[str] = field(default_factory=list)
    copies: int = 0
    kills: int = 0

    def send(self, messages: int) -> None:
        """Referrals, each about somebody else, delivered as a mail server does."""
        for number in range(len(self.sent), len(self.sent) + messages):
            raw = referral(number)
            self.sent.append(sha256(raw).hexdigest())
            self.dovecot.deliver(self.account, raw)
            if number % EVERY == 11:
                self.dovecot.deliver(self.account, raw)
                self.copies += 1

    def nothing(self) -> None:
        """The mail server goes on as before."""

    def restart(self) -> None:
        """The mail server is killed too, and comes back."""
        self.dovecot.crash()
        self.dovecot.start()

    def renumber(self) -> None:
        """The mailbox is rebuilt: a new UIDVALIDITY, and UIDs that were used before."""
        self.dovecot.renumber(self.account)

    def hurry(self, messages: int, trouble: Callable[[Office], None] = nothing) -> None:
        """Has mail come in and kills a worker at a random moment of its work, told by what the database shows."""
        self.send(messages)
        goal = self.progress() + self.chance.randint(1, max(1, self.left_to_do()))
        process, end = self.worker.forked(), time.monotonic() + SECONDS
        while self.progress() < goal and time.monotonic() < end:
            time.sleep(0.005)
        trouble(self)
        time.sleep(self.chance.uniform(0, 0.01))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        self.kills += 1

    def work(self) -> None:
        """A worker does all there is to do, and nobody kills it."""
        assert self.ended(self.worker.forked(until_quiet=True)) == 0

    def die_at(self, death: Death | None) -> bool:
        """A worker that kills itself at a step, if it comes by there, or dies of its work; says whether it did."""
        return self.ended(self.worker.forked(death, until_quiet=True)) == -signal.SIGKILL

    def ended(self, process: int) -> int:
        """How a worker ended: its code, or the signal that killed it, negative. One that hangs is a failure."""
        seen, end = -1, 0.0
        while not (found := os.waitpid(process, os.WNOHANG))[0]:
            if (now := self.progress()) != seen:
                seen, end = now, time.monotonic() + PATIENCE
            assert time.monotonic() < end, "the worker came to no end"
            time.sleep(0.05)
        return os.waitstatus_to_exitcode(found[1])

    def spare(self) -> None:
        """Lets a worker live before so many have died over a message that it would be given to a person."""
        died = select(func.max(Message.deaths)).where(Message.outcome.is_(None))
        with self.sessions.reading() as session:
            often = session.scalar(died) or 0
        if often >= MOST_DEATHS - 2:
            self.work()

    def progress(self) -> int:
        """How many messages were kept, filed, and letters taken in hand."""
        with self.sessions.reading() as session:
            kept, filed = session.execute(select(func.count(), func.count(Message.outcome))).one()
            posted = session.scalar(
                select(func.count()).select_from(Letter).where(Letter.delivery != Delivery.READY)
            )
        return int(kept + filed + (posted or 0))

    def left_to_do(self) -> int:
        """How much progress is still to be made: each message kept and filed, and its letter taken in hand."""
        return 3 * len(self.sent) + 2 * self.copies - self.progress()

    def settle(self) -> None:
        """Lets the work come to its end: nobody dies, the mail servers work, the hours pass."""
        self.smtp.refuses = self.smtp.breaks_off = False
        for _ in range(3):
            self.work()
        for hours in range(1, 7):  # letters put back wait longer each time
            post_ready(self.sessions, open_post(self.worker.post), HEAD, datetime.now(UTC) + hours * LATER)

    def found(self) -> dict[str, int]:
        """Everything that is wrong, and how often; empty when every message and letter is accounted for."""
        with self.sessions.reading() as session:
            rows = session.scalars(select(Message)).all()
            cases = session.scalar(select(func.count()).select_from(Case)) or 0
            letters = session.scalars(select(Letter)).all()
        opened = Counter(row.sha256 for row in rows if row.outcome is Outcome.REFERRAL)
        times = Counter(message["Message-ID"] for message in self.smtp.messages)
        wrong = {
            "lost": len(set(self.sent) - {row.sha256 for row in rows}),
            "not opened": sum(row.outcome in (Outcome.FAILED, Outcome.TO_SORT) for row in rows),
            "opened twice": sum(number - 1 for number in opened.values()),
            "cases too many": max(0, cases - len(self.sent)),
            "never sent to us": len({row.sha256 for row in rows} - set(self.sent)),
            "copies not in the ledger": max(0, len(self.sent) + self.copies - len(rows)),
            "without an outcome": sum(row.outcome is None for row in rows),
            "letters posted twice": sum(number > 1 for number in times.values()),
            "letters lost": sum(not _accounted_for(one, times) for one in letters),
            "cases without a letter": max(0, cases - len({one.case_id for one in letters})),
        }
        return {what: number for what, number in wrong.items() if number}

    def __str__(self) -> str:
        with self.sessions.reading() as session:
            letters = Counter(session.scalars(select(Letter.delivery)))
            cases = session.scalar(select(func.count()).select_from(Case))
        return (
            f"{self.kills} kills; {len(self.sent)} messages and {self.copies} copies sent; {cases} cases; letters: "
            + ", ".join(f"{number} {delivery}" for delivery, number in letters.items())
        )


def _accounted_for(letter: Letter, times: Counter[str]) -> bool:
    """Posted once, or with a person."""
    if letter.delivery is Delivery.SENT:
        return times[letter.message_id] == 1
    return letter.delivery in (Delivery.UNSURE, Delivery.FAILED)


def referral(number: int) -> bytes:
    """A referral typed into the message; some without a Message-ID, some under one that was used before."""
    made = text_referral(number)
    made.replace_header("From", f"Colleague {number} <colleague{number}@police.example>")  # each is answered
    if number % EVERY in (3, 7):
        del made["Message-ID"]
    if number % EVERY == 7:
        made["Message-ID"] = "<the-same@scanner.example>"
    return made.as_bytes(policy=SMTP)
