"""The command that destroys a record after its review: `jcr destroy`."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from sqlalchemy import select

from jcr.cases.model import Case
from jcr.cases.words import as_reference
from jcr.cli.setting import sessions_of
from jcr.records import of_no_case
from jcr.records.destroying import Destroyed
from jcr.records.destroying import destroy as take_out
from jcr.records.rules import OF_NO_CASE
from jcr.roles import Actor, Role
from jcr.settings import load
from jcr.wording import count

OPERATOR = Actor("The operator, at the command line", Role.SYSTEM)


@click.command()
@click.argument("reference", metavar="CASE")
@click.option("--again", metavar="CASE", help="The same reference once more. Without it you are asked.")
def destroy(reference: str, again: str | None) -> None:
    """Destroy the record of a case, after review, once two people decided so; what went is put on record."""
    wanted = as_reference(reference)
    if as_reference(again or click.prompt(f"This cannot be undone. Type {wanted} once more")) != wanted:
        raise ValueError("The two references differ. Nothing was destroyed.")
    settings = load()
    with sessions_of(settings).transaction() as session:
        case = session.scalar(select(Case).where(Case.reference == wanted))
        if case is None:
            raise LookupError(f"There is no case {reference!r}. Give a reference such as JCR-2026-0001.")
        gone = take_out(session, case, settings.retention_years, OPERATOR, datetime.now(UTC))
    click.echo(_told(gone, wanted))


@click.command()
@click.argument("kind", type=click.Choice(list(OF_NO_CASE)))
@click.option("--again", metavar="KIND", help="The same word once more. Without it you are asked.")
def destroy_old(kind: str, again: str | None) -> None:
    """Destroy what belongs to no case and was marked and agreed on the page Records; what went is put on record."""
    if (again or click.prompt(f"This cannot be undone. Type {kind} once more")).strip() != kind:
        raise ValueError("The two words differ. Nothing was destroyed.")
    with sessions_of(load()).transaction() as session:
        gone = of_no_case.destroy(session, kind, OPERATOR, datetime.now(UTC))
    click.echo(_told(gone, OF_NO_CASE[kind].lower()))


def _told(gone: Destroyed, of: str) -> str:
    return (
        f"Destroyed {count(sum(gone.counts.values()), 'row')} and {count(len(gone.files), 'file')} of {of}. "
        f"Digest {gone.digest}. Backups and the mailbox still have what they had."
    )


COMMANDS = (destroy, destroy_old)
