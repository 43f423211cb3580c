"""Commands that look: the ledger of mail, the clocks, the promises, the routes, the migrations."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import click

from jcr import migrating
from jcr.app import create_app
from jcr.cases.holidays import calendar_of
from jcr.cli import promises
from jcr.cli.setting import sessions_of
from jcr.db import Sessions
from jcr.desk import service as desk
from jcr.intake import service as intake
from jcr.intake.reconciling import reconcile
from jcr.permissions import Permission, roles_with
from jcr.settings import load
from jcr.web.access import Open, openness
from jcr.wording import local_day
from jcr.worker import opened
from mail_intake.mailbox import Mailbox, MailboxAway


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a message.")
def ledger(as_json: bool) -> None:
    """List each message ever met, its outcome, and because of what; then compare with the mailbox."""
    settings = load()
    sessions = sessions_of(settings)
    with sessions.reading() as session:
        rows = intake.ledger(session)
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False, default=str) if as_json else _in_a_line(row))
    if not as_json:
        _account(rows)
        with opened(settings, sessions) as mailboxes:
            for mailbox in mailboxes:
                _compare(sessions, mailbox)


def _in_a_line(row: Mapping[str, Any]) -> str:
    return f"{row['id']:>5}  {row['outcome']:<15} {row['case'] or '-':<14} {'; '.join(row['because'])}"


def _account(rows: Sequence[Mapping[str, Any]]) -> None:
    unfiled = [row for row in rows if not row["outcome"]]
    click.echo(f"{len(rows)} messages met, {len(rows) - len(unfiled)} accounted for")
    for row in unfiled:
        click.echo(f"  kept and not filed yet: number {row['id']} ({row['mailbox']}, {row['handle']})")


def _compare(sessions: Sessions, mailbox: Mailbox) -> None:
    try:
        found = reconcile(sessions, mailbox)
    except MailboxAway as away:
        click.echo(f"{mailbox.name} cannot be compared just now: {away}")
        return
    met = found.waiting - len(found.unmet)
    click.echo(f"{found.mailbox}: {found.waiting} wait in the mailbox, {met} of them in the ledger")
    for name in found.unmet:
        click.echo(f"  not in the ledger yet: {name}")


@click.command()
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to look from (today when left out).")
def clock(on: datetime | None) -> None:
    """List every date that is due, with the reason for it."""
    today = on.date() if on else local_day(datetime.now(UTC))
    settings = load()
    with sessions_of(settings).reading() as session:
        rows = desk.clocks(session, today, calendar_of(session, settings.one_off_bank_holidays))
    for row in rows:
        click.echo(f"{row.on}  {row.state:<8} {row.reference:<14} {row.label}: {row.because} ({row.source})")
    if not rows:
        click.echo("Nothing is due.")


@click.command()
def register() -> None:
    """List each promise of the terms of reference with the tests that keep it; the others are shown as open."""
    for promise in promises.register():
        click.echo(f"{promise.id:<5} {'kept' if promise.tests else 'OPEN'}  {promise.text}")
        for test in promise.tests:
            click.echo(f"            {test}")


@click.command()
def routes() -> None:
    """List every page with who may open it."""
    app = create_app(load())
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        asked = openness(app.view_functions[rule.endpoint])
        who = "everybody" if asked is Open.TO_EVERYBODY or rule.endpoint == "static" else _who(asked)
        methods = "/".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        click.echo(f"{methods:<9} {rule.rule:<60} {who}")


@click.command()
@click.option("--write", metavar="MESSAGE", help="Write a new migration from the difference.")
def migrations(write: str | None) -> None:
    """Check that the migrations make the tables the models describe."""
    if write:
        migrating.write_revision(write)
    elif lacking := migrating.differences():
        raise ValueError(f"The migrations and the models differ: {'; '.join(lacking)}")
    else:
        click.echo("The migrations make the tables the models describe.")


COMMANDS = (ledger, clock, register, routes, migrations)


def _who(asked: Permission | Open) -> str:
    return "NOBODY" if isinstance(asked, Open) else f"{asked}: {', '.join(sorted(roles_with(asked)))}"
