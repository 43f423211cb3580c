"""Commands that prove the history: `jcr audit verify` and `jcr audit seal`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from jcr.cli.setting import sessions_of
from jcr.errors import Refused
from jcr.history import guard
from jcr.history.chain import Broken, verify
from jcr.history.sealing import line_of, places_in, places_of, seal_the_day
from jcr.settings import load
from jcr.wording import count

SEALS = click.option(
    "--seals",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of seals, or an e-mail that holds one: shows also when the end of the history was cut off.",
)


@click.group()
def audit() -> None:
    """Prove that the history is as it was written."""


@audit.command(name="verify")
@SEALS
def verify_history(seals: Path | None) -> None:
    """Go through the whole history; name the first entry that was changed, removed, moved or put in."""
    sessions = sessions_of(load())
    kept = places_in(seals.read_text(encoding="utf-8", errors="replace").splitlines()) if seals else []
    with sessions.reading() as session:
        try:
            place = verify(session, [*places_of(session), *kept])
        except Broken as broken:
            raise Refused(str(broken)) from None
        unguarded = guard.missing(session.connection())
    if unguarded:
        raise Refused(
            f"The guard was taken off {', '.join(unguarded)}. Find out who did, then run `jcr init`."
        )
    click.echo(
        f"The history is as it was written: {place.number} entries, {count(len(kept), 'seal')} compared."
    )
    click.echo(f"It ends with {place.digest}")


@audit.command()
def seal() -> None:
    """Seal the history as it stands, and print the seal to keep elsewhere."""
    with sessions_of(load()).transaction() as session:
        made = seal_the_day(session, datetime.now(UTC))
        if made is None:
            raise Refused("There is nothing to seal: it was done today already, or nothing was written yet.")
        click.echo(line_of(made))


COMMANDS = (audit,)
