"""One mailbox watched: read as soon as its server tells of mail, by one worker at a time, with a heartbeat."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event

from sqlalchemy.exc import OperationalError

from jcr.db import Sessions
from jcr.mailroom.service import beat
from jcr.turns import Turn
from mail_intake.mailbox import Mailbox, MailboxAway, Waited
from mail_intake.poller import Tally

log = logging.getLogger(__name__)
BEAT_EVERY = timedelta(seconds=15)  # while nothing changes


@contextmanager
def going_on(failure: str) -> Iterator[None]:
    """Logs what goes wrong inside, and lets it stop nothing: the work is tried again at its next turn."""
    try:
        yield
    except OperationalError as why:
        log.error("The database cannot be used: %s", str(why.orig).partition("\n")[0])
    except Exception:
        log.exception(failure)


@dataclass
class Heart:
    """Beats for one part of the worker; a beat that says nothing new is not written each time."""

    sessions: Sessions
    part: str
    clock: Callable[[], datetime]
    _said: tuple[str, datetime] | None = field(default=None, init=False)

    def well(self) -> None:
        self.trouble("")

    def trouble(self, why: str) -> None:
        now = self.clock()
        if self._said and self._said[0] == why and now - self._said[1] < BEAT_EVERY:
            return
        with self.sessions.transaction() as session:
            beat(session, self.part, now, why)
        self._said = why, now


@dataclass
class Watch:
    """`look` reads the mailbox once. Goes on through any trouble until `stopping` is set."""

    mailbox: Mailbox
    look: Callable[[], Tally]
    turn: Turn
    heart: Heart
    pause: float
    stopping: Event

    def run(self) -> None:
        try:
            while not self.stopping.is_set():
                self._round()
        finally:
            self.mailbox.close()
            self.turn.give_up()

    def _round(self) -> None:
        with going_on("a look at the mailbox failed"):
            if self.turn.mine() and not self._looked().failed:
                self.mailbox.wait(self.pause, self._goes_on)
                return
        self.stopping.wait(self.pause)

    def _looked(self) -> Tally:
        try:
            tally = self.look()
        except Waited:
            return Tally(failed=1)
        except MailboxAway as away:
            log.warning("%s", away)
            self.heart.trouble(str(away))
            return Tally(failed=1)
        self.heart.well()
        return tally

    def _goes_on(self) -> bool:
        return not self.stopping.is_set()
