"""Commands that do the work behind the pages."""

from __future__ import annotations

import click

from jcr.cli.setting import sessions_of
from jcr.settings import load
from jcr.worker import keep_polling, poll_now, work


@click.command()
def worker() -> None:
    """Take mail in, post letters and watch the clocks, until stopped."""
    work(load())


@click.command()
@click.option("--once", is_flag=True, help="Stop after one look at the mailbox.")
def poll(once: bool) -> None:
    """Take mail in from the mailbox and nothing else."""
    settings = load()
    if once:
        click.echo(poll_now(settings, sessions_of(settings)))
    else:
        keep_polling(settings)


COMMANDS = (worker, poll)
