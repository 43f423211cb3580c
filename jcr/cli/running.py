"""Commands that set the product up and run it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import wait
from pathlib import Path

import click

from jcr import demonstration, migrating
from jcr.cli.setting import sessions_of
from jcr.db import Sessions
from jcr.demonstration import mail as made_up
from jcr.serving import Server, must_be_free
from jcr.settings import load
from jcr.worker import work

PORT = click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)


@click.command()
def init() -> None:
    """Create the database, or bring it up to date. Changes no data."""
    settings = load()
    migrating.upgrade(sessions_of(settings).engine)
    click.echo(f"The database is ready: {_without_password(settings.database_url)}")


@click.group(invoke_without_command=True)
@click.pass_context
def demo(context: click.Context) -> None:
    """Fill an empty database with a demonstration partnership of invented people."""
    if context.invoked_subcommand is None:
        sessions = sessions_of(load())
        migrating.upgrade(sessions.engine)
        if not _fill_when_empty(sessions):
            click.echo("There are people in the database already; nothing was changed.")


@demo.command()
@click.argument("what", type=click.Choice(sorted(made_up.MESSAGES)))
def send(what: str) -> None:
    """Put a made-up message into the mailbox folder."""
    settings = load()
    with sessions_of(settings).reading() as session:
        message = made_up.MESSAGES[what](session, settings)
    path = made_up.drop(message, settings)
    click.echo(f"A made-up {what} message waits in {path.parent}")


@click.command()
@PORT
def run(port: int) -> None:
    """Run web pages and worker together, on a demonstration partnership when the database is empty."""
    settings = load()
    if "base_url" not in settings.model_fields_set:  # links then lead to where the pages are
        settings = settings.model_copy(update={"base_url": f"http://127.0.0.1:{port}"})
    must_be_free("127.0.0.1", port)
    sessions = sessions_of(settings)
    migrating.upgrade(sessions.engine)
    _fill_when_empty(sessions)
    sessions.engine.dispose()
    click.echo(f"\nSign in at {settings.base_url}/sign-in · make a referral at {settings.base_url}/referral")
    click.echo(f"Mail is taken from {_folder(settings.mailbox_url)} and goes to {_folder(settings.smtp_url)}")
    click.echo("Stop with Ctrl-C.\n")
    sys.exit(_side_by_side(Server(settings, "127.0.0.1", port).run, lambda: work(settings)))


@click.command()
@PORT
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes.")
def serve(port: int, host: str, workers: int) -> None:
    """Serve the web pages."""
    settings = load()
    must_be_free(host, port)
    Server(settings, host, port, workers).run()


def _fill_when_empty(sessions: Sessions) -> bool:
    with sessions.transaction() as session:
        if not demonstration.is_empty(session):
            return False
        accounts = demonstration.fill(session, datetime.now(UTC))
    click.echo(
        "A demonstration partnership was made. Its people are invented. These passwords are shown once:\n"
    )
    for post, email, password in accounts:
        click.echo(f"  {post:<46} {email:<40} {password}")
    if not load().asks_second_factor:
        click.echo(
            "\nA password is enough here. Who sets up an authenticator app (Your account) is asked for its code;"
            "\nwith JCR_SECOND_FACTOR=true everybody is, as in production."
        )
    return True


def _side_by_side(*jobs: Callable[[], None]) -> int:
    """Runs each job in a process of its own until one ends or we are told to stop; then stops them all and waits.

    The processes are forked, so that what was imported once serves them all.
    """
    fork = get_context("fork")
    children = [fork.Process(target=_alone, args=(job,)) for job in jobs]
    for child in children:
        child.start()
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True
        for child in children:
            child.terminate()

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, stop)
    wait([child.sentinel for child in children])
    was_asked = stopping
    if not was_asked:
        click.echo(
            "The web pages or the worker ended by themselves, so both are stopped. Start again.", err=True
        )
    stop()
    for child in children:
        child.join()
    return 0 if was_asked else 1


def _alone(job: Callable[[], None]) -> None:
    """In a session of its own, so that Ctrl-C reaches the parent only, which then stops both in order."""
    os.setsid()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_DFL)
    job()


def _folder(url: str) -> str:
    return str(Path(url.removeprefix("maildir:"))) if url.startswith("maildir:") else url


def _without_password(url: str) -> str:
    head, at, tail = url.rpartition("@")
    return f"{head.rpartition(':')[0]}:***@{tail}" if at and head.count(":") > 1 else url


COMMANDS = (init, demo, run, serve)
