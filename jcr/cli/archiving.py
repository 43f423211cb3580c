"""Commands about archives of whole cases: `jcr archive` and `jcr check-archive`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.words import as_reference
from jcr.cli.setting import sessions_of
from jcr.correspondence.service import letterhead
from jcr.errors import Refused
from jcr.records.archive import Made, check, export, file_name, taken_out
from jcr.roles import Actor, Role
from jcr.settings import Settings, load
from jcr.wording import count, local_day, plain_date

NOT_COMPARED = (
    "Somebody who wrote all of it anew, the manifest too, is found out by the history alone: give --history where the "
    "system runs, or ask the office for the digest of the manifest."
)
OPERATOR = Actor("The operator, at the command line", Role.SYSTEM)


@click.command()
@click.argument("reference", metavar="CASE")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; named after the case."
)
def archive(reference: str, out: Path | None) -> None:
    """Write a case's whole record as one .zip with a manifest; it is put on record."""
    settings = load()
    with sessions_of(settings).transaction() as session:
        case = session.scalar(select(Case).where(Case.reference == as_reference(reference)))
        if case is None:
            raise LookupError(f"There is no case {reference!r}. Give a reference such as JCR-2026-0001.")
        path = out or Path(file_name(case))
        made = _written(session, case, settings, path)
    click.echo(f"Wrote {path}: {count(made.files, 'file')}, manifest {made.digest}")


def _written(session: Session, case: Case, settings: Settings, path: Path) -> Made:
    """Writes a new file, for its owner only; none stays behind when that fails."""
    with path.open("xb") as file:
        path.chmod(0o600)
        try:
            at, scanner = datetime.now(UTC), bool(settings.clamd)
            return export(session, letterhead(settings), case, file, None, OPERATOR, at, scanner)
        except BaseException:
            path.unlink()
            raise


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--history", is_flag=True, help="Also find in this system's history who took it out, and when.")
def check_archive(file: Path, history: bool) -> None:
    """Count every digest of such an archive anew, and those of the history in it."""
    with file.open("rb") as opened:
        made = check(opened)
    said = f"{count(made.files, 'file')}, manifest {made.digest}"
    if not history:
        click.echo(f"As it was written: {said}")
        click.echo(NOT_COMPARED)
        return
    with sessions_of(load()).reading() as session:
        entry = taken_out(session, made)
        if entry is None:
            raise Refused(f"Nobody took such an archive out of this system, as its history tells: {said}.")
        day = plain_date(local_day(entry.at))
    click.echo(
        f"As it was taken out on {day} by {entry.actor_name} (entry {entry.id} of the history): {said}"
    )


COMMANDS = (archive, check_archive)
