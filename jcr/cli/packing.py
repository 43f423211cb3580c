"""The command that writes the pack of a meeting for one reader."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jcr.cases.holidays import calendar_of
from jcr.cli.archiving import OPERATOR
from jcr.cli.setting import sessions_of
from jcr.correspondence.service import letterhead
from jcr.meetings import packing, papers, service
from jcr.meetings.model import Meeting
from jcr.people.model import Person
from jcr.settings import load


@click.command()
@click.argument("meeting", type=int)
@click.option(
    "--reader", required=True, help="E-mail address of whose copy it is; their name is on every page."
)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write; it is new."
)
@click.option("--password", default="", help="Lock the file with it (AES-256); 12 letters or more.")
def pack(meeting: int, reader: str, out: Path | None, password: str) -> None:
    """Write the pack of a meeting (the number in its address) as its reader may see it; it is put on record."""
    settings, now = load(), datetime.now(UTC)
    with sessions_of(settings).transaction() as session:
        person = _reader(session, reader)
        found = _meeting(session, person, meeting)
        content = packing.pack(
            session, letterhead(settings), found, person, calendar_of(session, settings.one_off_bank_holidays),
            settings.council_directorates_apart, OPERATOR, now, password,
        )  # fmt: skip
        path = out or Path(papers.file_name(found, "pack"))
        with path.open("xb") as file:
            path.chmod(0o600)
            file.write(content)
    click.echo(f"Wrote {path}")


def _reader(session: Session, email: str) -> Person:
    found = session.scalar(select(Person).where(func.lower(Person.email) == email.strip().lower()))
    if found is None:
        raise LookupError(f"Nobody has the address {email!r}. Give the one they sign in with.")
    return found


def _meeting(session: Session, person: Person, number: int) -> Meeting:
    found = service.by_id(session, person, number)
    if found is None:
        raise LookupError(
            f"{person.name} sees no meeting {number}. Its number stands in the address of its page."
        )
    return found


COMMANDS = (pack,)
