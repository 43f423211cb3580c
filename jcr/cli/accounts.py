"""The command that lets an administrator in: the first of an installation, or one who lost password and app."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from jcr.admission import joining, second_factor
from jcr.cli.setting import sessions_of
from jcr.errors import NotAllowed
from jcr.people.service import by_email
from jcr.roles import WORKER, Role
from jcr.settings import load


@click.command()
@click.argument("email")
@click.option("--name", default="Administrator", show_default=True, help="Of one who is not known yet.")
def administrator(email: str, name: str) -> None:
    """Add an administrator, or let one in anew who lost password and app. Prints a link to choose a password."""
    settings, now = load(), datetime.now(UTC)
    if "@" not in email:
        raise ValueError(f"{email} is no e-mail address.")
    with sessions_of(settings).transaction() as session:
        known = by_email(session, email)
        if known and known.role is not Role.ADMINISTRATOR:
            raise NotAllowed(f"{email} is somebody else's: {known.role.shown.lower()}. Use another address.")
        person = known or joining.add(session, name, email, Role.ADMINISTRATOR, "", None, WORKER, now)
        if known:
            second_factor.take_away(session, person, WORKER, now)
        token = joining.new_link(session, person, now)
    click.echo(f"Within {joining.LINK_HOLDS.days} days and once, choose a password at:")
    click.echo(f"{settings.base_url}/invitation/{token}")


COMMANDS = (administrator,)
