"""Commands that do the work behind the pages."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from jcr.cli.setting import sessions_of
from jcr.settings import load
from jcr.worker import keep_polling, poll_now, watch_over, work


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


@click.command()
@click.pass_context
def watch(context: click.Context) -> None:
    """Look whether the worker lives; when it does not, tell so here, with exit code 1, and by e-mail."""
    settings = load()
    silent = watch_over(settings, sessions_of(settings), datetime.now(UTC))
    for sentence in silent or ["All is well: the mail is read, and letters can go out."]:
        click.echo(sentence, err=bool(silent))
    context.exit(int(bool(silent)))


COMMANDS = (worker, poll, watch)
