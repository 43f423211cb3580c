"""Commands that prove the history: `jcr audit verify` and `jcr audit seal`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from jcr.cli.setting import sessions_of
from jcr.errors import Refused
from jcr.history import guard
from jcr.history.proof import Broken, verify
from jcr.history.sealing import line_of, places_in, seal_the_day
from jcr.settings import load
from jcr.wording import count

SEALS = click.option(
    "--seals",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of seals, or an e-mail that holds one, instead of JCR_SEALS_FILE: shows also when the end of the "
    "history was cut off.",
)
NOT_COMPARED = (
    "No seal kept elsewhere was compared: somebody who holds the database could have cut off its end unseen. Give "
    "a seal that was e-mailed with --seals."
)


@click.group()
def audit() -> None:
    """Prove that the history is as it was written."""


@audit.command(name="verify")
@SEALS
def verify_history(seals: Path | None) -> None:
    """Go through the whole history; name the first entry that was changed, removed, moved or put in."""
    settings = load()
    written = settings.seals_file if settings.seals_file and settings.seals_file.exists() else None
    file = seals or written
    kept = places_in(file.read_text(encoding="utf-8", errors="replace").splitlines()) if file else []
    with sessions_of(settings).reading() as session:
        try:
            place = verify(session, kept)
        except Broken as broken:
            raise Refused(str(broken)) from None
        unguarded = guard.missing(session.connection())
    if unguarded:
        raise Refused(
            f"The guard was taken off {', '.join(unguarded)}. Find out who did, then run `jcr init`."
        )
    click.echo(
        f"The history is as it was written: {place.number} entries, {count(len(kept), 'seal')} from elsewhere compared."
    )
    click.echo(f"It ends with {place.digest}")
    if not kept:
        click.echo(NOT_COMPARED)


@audit.command()
def seal() -> None:
    """Seal the history as it stands, and print the seal to keep elsewhere."""
    with sessions_of(load()).transaction() as session:
        made = seal_the_day(session, datetime.now(UTC))
        if made is None:
            raise Refused("There is nothing to seal: it was done today already, or nothing was written yet.")
        click.echo(line_of(made))


COMMANDS = (audit,)
