"""The worker of the crash test: the product's own poll and post, in a process that may die at any step."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from forms.reading import read
from jcr.cases.rules import england
from jcr.correspondence.posting import post_ready
from jcr.correspondence.service import Letterhead, letterhead
from jcr.db import Sessions, make_engine
from jcr.intake.filing import Office
from jcr.intake.registry import Ledger
from jcr.post import open_post
from jcr.settings import Settings
from mail_intake import arriving
from mail_intake.documents import one_by_one
from mail_intake.mailbox import MailboxAway, open_mailbox
from mail_intake.poller import poll
from tests.services.dovecot import PASSWORD

STEPS = ("met", "keep", "raw", "known", "file", "settle", "lay_to_rest", "deliver")
LIFE_SECONDS = 1800  # one whose test was stopped is ended by the kernel
BATCH = 2  # messages, so that a worker dies between batches, too
SETTINGS = Settings(secret_key="a secret for the crash test that is long enough")
HEAD: Letterhead = letterhead(SETTINGS)
Poll = Callable[..., object]


@dataclass(frozen=True)
class Death:
    """Where a worker kills itself: before or after a step, at its so-manieth pass."""

    step: str
    after: bool
    number: int


@dataclass(frozen=True)
class Worker:
    """Where a worker finds its database, mailbox and post, and how it polls."""

    database: str
    mailbox: str
    post: str
    poll: Poll = poll

    def run(self, death: Death | None = None, until_quiet: bool = False) -> None:
        """Polls and posts until it is killed; or until a look finds nothing new, to make an end."""
        logging.disable(logging.CRITICAL)
        arriving.BATCH_MESSAGES = BATCH
        sessions = Sessions(make_engine(self.database))
        ledger = Ledger(sessions, Office(HEAD, england()), _now)
        mailbox, post = open_mailbox(self.mailbox, PASSWORD), open_post(self.post)
        if death:
            _arm(death, (ledger, mailbox, post))
        while True:
            tally: Any = None
            with contextlib.suppress(MailboxAway):
                tally = self.poll(mailbox, ledger, one_by_one(read))
            post_ready(sessions, post, HEAD, _now())
            if until_quiet and tally and not tally.met:
                return mailbox.close()
            time.sleep(0.02)

    def forked(self, death: Death | None = None, until_quiet: bool = False) -> int:
        """Runs in a process of its own, which starts at once because nothing is loaded anew."""
        process = os.fork()
        if process:
            return process
        signal.alarm(LIFE_SECONDS)
        code = 1
        try:
            self.run(death, until_quiet)
            code = 0
        finally:
            os._exit(code)


def _arm(death: Death, doors: Sequence[Any]) -> None:
    """Wraps the step, wherever it is, so that passing it kills this process as the kernel would."""
    door = next(door for door in doors if hasattr(door, death.step))
    step, passes = getattr(door, death.step), 0

    def armed(*given: Any) -> Any:
        nonlocal passes
        passes += 1
        now = passes == death.number
        if now and not death.after:
            os.kill(os.getpid(), signal.SIGKILL)
        done = step(*given)
        if now:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(door, death.step, armed)


def _now() -> datetime:
    return datetime.now(UTC)
