"""The worker: takes mail in, posts letters. Safe to run on several machines beside one PostgreSQL."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from sqlalchemy.exc import OperationalError

from forms.reading.sandbox import Reader
from jcr.cases.rules import england
from jcr.correspondence.posting import post_ready
from jcr.correspondence.service import letterhead
from jcr.db import Sessions, make_engine
from jcr.intake.poll import poll_once
from jcr.post import open_post
from jcr.scoping.chasing import chase
from jcr.settings import Settings
from mail_intake.mailbox import Mailbox, MailboxAway, open_mailbox

log = logging.getLogger(__name__)
CHASING_SECONDS = 600
STOPPING = (signal.SIGINT, signal.SIGTERM)


def work(settings: Settings) -> None:
    """Polls and posts every few seconds until SIGINT or SIGTERM; a job under way is finished first."""
    sessions = Sessions(make_engine(settings.database_url))
    post, head = open_post(settings.smtp_url, settings.smtp_password), letterhead(settings)
    with Reader() as reader, opened(settings) as mailbox:
        scheduler = BlockingScheduler(executors={"default": ThreadPoolExecutor(2)}, timezone=UTC)
        every = {"trigger": "interval", "seconds": settings.poll_seconds, "next_run_time": datetime.now(UTC)}
        scheduler.add_job(
            _safely(lambda: poll_once(sessions, settings, mailbox, reader, _now)), id="poll", **every
        )
        scheduler.add_job(_safely(lambda: post_ready(sessions, post, head, _now())), id="post", **every)
        often = {**every, "seconds": CHASING_SECONDS}
        scheduler.add_job(_safely(lambda: chase_now(settings, sessions, _now())), id="chase", **often)
        _stop_when_told(scheduler)
        scheduler.start()


def _stop_when_told(scheduler: BlockingScheduler) -> None:
    """The first signal lets the job under way finish; another changes nothing. One before the start ends it there."""

    def stop(*_: object) -> None:
        for each in STOPPING:
            signal.signal(each, signal.SIG_IGN)
        if not scheduler.running:
            raise SystemExit(0)
        scheduler.shutdown(wait=True)

    for each in STOPPING:
        signal.signal(each, stop)


def chase_now(settings: Settings, sessions: Sessions, now: datetime) -> int:
    """Writes the reminders that are due; returns how many letters there are."""
    with sessions.transaction() as session:
        return len(chase(session, letterhead(settings), now, england(settings.one_off_bank_holidays)))


def poll_now(settings: Settings, sessions: Sessions) -> str:
    """One look at the mailbox; returns the tally in words."""
    with Reader() as reader, opened(settings) as mailbox:
        tally = poll_once(sessions, settings, mailbox, reader, _now)
    return (
        f"{tally.met} met, {tally.filed} filed, {tally.to_sort} to sort, "
        f"{tally.repeated} repeated, {tally.failed} failed"
    )


def keep_polling(settings: Settings) -> None:
    sessions = Sessions(make_engine(settings.database_url))
    with Reader() as reader, opened(settings) as mailbox:
        look = _safely(lambda: poll_once(sessions, settings, mailbox, reader, _now))
        while True:
            look()
            time.sleep(settings.poll_seconds)


@contextmanager
def opened(settings: Settings) -> Iterator[Mailbox]:
    """The mailbox that the settings name, closed at the end."""
    mailbox = open_mailbox(settings.mailbox_url, settings.mailbox_password)
    try:
        yield mailbox
    finally:
        mailbox.close()


def _now() -> datetime:
    return datetime.now(UTC)


def _safely(job: Callable[[], object]) -> Callable[[], None]:
    """A job that fails is logged and tried again at its next turn; the other goes on."""

    def run() -> None:
        try:
            job()
        except MailboxAway as away:
            log.warning("%s", away)
        except OperationalError as why:
            log.error("The database cannot be used: %s", str(why.orig).partition("\n")[0])
        except Exception:
            log.exception("a job of the worker failed")

    return run
