"""The worker: takes mail in, posts letters, raises the alarm. Safe to run on several machines beside one PostgreSQL."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from threading import Event, Thread

from sqlalchemy.orm import Session

from forms.reading.sandbox import Reader
from jcr import memory
from jcr.actions.chasing import chase as chase_actions
from jcr.admission.tries import forget_old
from jcr.cases.holidays import calendar_of
from jcr.cases.rules import Calendar
from jcr.correspondence.model import Kind
from jcr.correspondence.posting import PostAway, post_ready
from jcr.correspondence.service import letterhead
from jcr.db import Sessions, make_engine
from jcr.desk.keeping import bring_up_to_date, mark_every_case
from jcr.files.patience import patient_scan
from jcr.files.scanning import scan_waiting
from jcr.history.sealing import seal_the_day, write_down
from jcr.intake.poll import poll_once
from jcr.intake.watching import Heart, Watch, going_on
from jcr.mailroom.keeping import token_for
from jcr.mailroom.rules import POST, SCANNER
from jcr.mailroom.service import raise_alarms, silences, tell_seal
from jcr.people.offices import note_terms
from jcr.post import Watched, open_post
from jcr.scoping.chasing import chase
from jcr.settings import Settings
from jcr.submissions.service import actions_answered
from jcr.turns import Turn
from jcr.wording import local_day
from mail_intake.mailbox import Mailbox, open_mailbox
from mail_intake.scanning import ScannerAway

STOPPING = (signal.SIGINT, signal.SIGTERM)
READERS = 2  # beside each other: to read documents is the longest part of taking mail in
ALARM_SECONDS, CHASING_SECONDS, SEALING_SECONDS, STORING_SECONDS = 30.0, 600.0, 600.0, 5.0


def work(settings: Settings) -> None:
    """Reads every mailbox as mail comes, and posts, until SIGINT or SIGTERM; what is under way is finished first."""
    sessions, stopping = Sessions(make_engine(settings.database_url)), Event()
    memory.settle()
    _stop_when_told(stopping)
    with Reader(children=READERS) as reader, posting(settings, sessions):
        _watch(settings, sessions, reader, stopping)


def keep_polling(settings: Settings) -> None:
    """Reads every mailbox as mail comes, and nothing else."""
    sessions, stopping = Sessions(make_engine(settings.database_url)), Event()
    memory.settle()
    _stop_when_told(stopping)
    with Reader(children=READERS) as reader:
        _watch(settings, sessions, reader, stopping)


def poll_now(settings: Settings, sessions: Sessions) -> str:
    """One look at each mailbox; returns the tallies in words."""
    with Reader() as reader, opened(settings, sessions) as mailboxes:
        tallies = [poll_once(sessions, settings, one, reader, _now) for one in mailboxes]
    return "\n".join(
        f"{tally.met} met, {tally.filed} filed, {tally.to_sort} to sort, "
        f"{tally.repeated} repeated, {tally.failed} failed"
        for tally in tallies
    )


@contextmanager
def opened(settings: Settings, sessions: Sessions) -> Iterator[Sequence[Mailbox]]:
    """The mailboxes that the settings name, closed at the end."""
    with ExitStack() as closing:
        mailboxes = mailboxes_of(settings, sessions)
        for mailbox in mailboxes:
            closing.callback(mailbox.close)
        yield mailboxes


def mailboxes_of(settings: Settings, sessions: Sessions) -> list[Mailbox]:
    """Every mailbox, each with its password or where its tokens come from."""
    return [
        open_mailbox(one.url, one.password, token_for(settings, sessions, one.url, one.password))
        for one in settings.mailboxes
    ]


@contextmanager
def posting(settings: Settings, sessions: Sessions) -> Iterator[None]:
    """Letters are posted, agencies reminded and alarms raised, each in its time, until the block ends."""
    url, password, head = settings.smtp_url, settings.smtp_password, letterhead(settings)
    post = Watched(open_post(url, password, token_for(settings, sessions, url, password)))
    heart = Heart(sessions, POST, _now)

    def post_letters() -> None:
        post.ask_anew()
        if (
            not post.trouble
        ):  # a letter has few attempts, which a server that is known to be away must not use up
            post_ready(sessions, post, head, _now())
        heart.trouble(post.trouble)

    def watch() -> None:
        with sessions.transaction() as session:
            raise_alarms(session, head, settings.mailbox_names, settings.silence, _now())
            forget_old(session, _now())

    scanner = Heart(sessions, SCANNER, _now)

    def scan_files() -> None:
        scan_now(settings, sessions, scanner, _now())

    jobs: dict[Callable[[], object], float] = {
        post_letters: settings.poll_seconds,
        watch: ALARM_SECONDS,
        lambda: chase_now(settings, sessions, _now()): CHASING_SECONDS,
        lambda: seal_now(settings, sessions, _now()): SEALING_SECONDS,
        _storing(settings, sessions): STORING_SECONDS,
    }
    if settings.clamd:
        jobs[scan_files] = STORING_SECONDS
    with going_on_at_times(jobs):
        yield


def watch_over(settings: Settings, sessions: Sessions, now: datetime) -> list[str]:
    """What is silent, in words. The alarm about mailboxes is raised and posted from here: the worker may be dead."""
    head, url, password = letterhead(settings), settings.smtp_url, settings.smtp_password
    with sessions.transaction() as session:
        raise_alarms(session, head, settings.mailbox_names, settings.silence, now)
        silent = silences(session, settings, now)
    if silent:
        post = open_post(url, password, token_for(settings, sessions, url, password))
        try:
            list(post.steps())  # a server that is away must not use up the attempts of the alarm
            post_ready(sessions, post, head, now, (Kind.MAILBOX_ALARM,))
        except PostAway as away:
            silent.append(str(away))
    return silent


@contextmanager
def going_on_at_times(jobs: Mapping[Callable[[], object], float]) -> Iterator[None]:
    """Each job is done at once, and again every so many seconds, until the block ends and the job under way with it."""
    stopping = Event()

    def go_on(job: Callable[[], object], seconds: float) -> None:
        due = time.monotonic()
        while not stopping.wait(due - time.monotonic()):
            with going_on("a job of the worker failed"):
                job()
            due = max(due + seconds, time.monotonic())  # what a long job missed is not made up for

    threads = [Thread(target=go_on, args=each) for each in jobs.items()]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopping.set()
        for thread in threads:
            thread.join()


def chase_now(settings: Settings, sessions: Sessions, now: datetime) -> int:
    """Writes the reminders that are due; returns how many letters there are."""
    head = letterhead(settings)
    with sessions.transaction() as session:
        calendar = _calendar(settings, session)
        returns = chase(session, head, now, calendar)
        actions = chase_actions(session, head, now, calendar, actions_answered(session))
        return len(returns) + len(actions)


def scan_now(settings: Settings, sessions: Sessions, heart: Heart, now: datetime) -> None:
    """Has the scanner look at files that wait for it, and notes whether it answers."""
    try:
        scan_waiting(sessions, patient_scan(settings.clamd), now)
    except ScannerAway as away:
        heart.trouble(str(away))
    else:
        heart.well()


def seal_now(settings: Settings, sessions: Sessions, now: datetime) -> None:
    """Seals the history once a day, and tells those outside the database: a file, and the administrators.

    A day whose seal cannot be written down is not sealed yet, and is tried again.
    """
    with sessions.transaction() as session:
        seal = seal_the_day(session, now)
        if seal is None:
            return
        tell_seal(session, letterhead(settings), seal, now)
        if settings.seals_file is not None:
            write_down(seal, settings.seals_file)


def _storing(settings: Settings, sessions: Sessions) -> Callable[[], None]:
    """Stores anew what desk and list look up; at first of every case, since calendar or figures may have changed."""
    turn, still_to_mark = Turn(sessions.engine, "storing"), [True]

    def store() -> None:
        if turn.mine():
            with sessions.transaction() as session:
                if still_to_mark:
                    mark_every_case(session)
                note_terms(session, local_day(_now()))
                bring_up_to_date(session, local_day(_now()), _calendar(settings, session))
            still_to_mark.clear()  # only once it is committed: a turn that fails is tried again whole

    return store


def _calendar(settings: Settings, session: Session) -> Calendar:
    return calendar_of(session, settings.one_off_bank_holidays)


def _watch(settings: Settings, sessions: Sessions, reader: Reader, stopping: Event) -> None:
    """Each mailbox in a thread of its own, so that one that hangs holds up none of the others."""
    threads = [
        Thread(target=_watch_of(settings, sessions, mailbox, reader, stopping).run)
        for mailbox in mailboxes_of(settings, sessions)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _watch_of(
    settings: Settings, sessions: Sessions, mailbox: Mailbox, reader: Reader, stopping: Event
) -> Watch:
    return Watch(
        mailbox,
        lambda: poll_once(sessions, settings, mailbox, reader, _now, lambda: not stopping.is_set()),
        Turn(sessions.engine, mailbox.name),
        Heart(sessions, mailbox.name, _now),
        settings.poll_seconds,
        stopping,
    )


def _stop_when_told(stopping: Event) -> None:
    """The first signal lets what is under way finish; another changes nothing."""

    def stop(*_: object) -> None:
        for each in STOPPING:
            signal.signal(each, signal.SIG_IGN)
        stopping.set()

    for each in STOPPING:
        signal.signal(each, stop)


def _now() -> datetime:
    return datetime.now(UTC)
