"""Commands that read documents and messages and write forms to send out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import FORMS, Stamp
from forms.media import MEDIA, written
from forms.reading.sandbox import Reader
from jcr.cases.model import Case
from jcr.cli.setting import sessions_of
from jcr.referrals import service as referrals
from jcr.scoping import service as scoping
from jcr.scoping.asking import stamp_of
from jcr.settings import load
from mail_intake.explaining import explain as explained

FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")


@click.command()
@FILES
def read(files: tuple[Path, ...]) -> None:
    """Read returned forms: one JSON object a file, with every text that found no field."""
    with Reader() as reader:
        _each(files, lambda path: {"file": str(path), **reader.read(path.name, path.read_bytes()).as_json()})


@click.command()
@FILES
@click.option(
    "--receiving-servers",
    envvar="JCR_RECEIVING_SERVERS",
    default="",
    help="Servers whose word on a sender counts, with commas between them.",
)
def explain(files: tuple[Path, ...], receiving_servers: str) -> None:
    """Say what would become of messages (.eml, .msg) and because of what: one JSON object a message."""
    servers = frozenset(name.strip().lower() for name in receiving_servers.split(",") if name.strip())
    with Reader() as reader:
        _each(files, lambda path: explained(str(path), path.read_bytes(), reader.read, servers=servers))


@click.command()
@click.argument("kind", type=click.Choice(sorted(FORMS)))
@click.option("--format", "form", default="docx", show_default=True, type=click.Choice(sorted(MEDIA)))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="File to write."
)
@click.option("--case", "reference", help="Fill in what is known of this case, such as JCR-2026-0001.")
@click.option("--agency", help="Code of the agency asked; a scoping form of a case needs it.")
def blank(kind: str, form: str, output: Path, reference: str | None, agency: str | None) -> None:
    """Write a form to send out: empty, or filled with what is known of a case."""
    definition = FORMS[kind]
    answers, stamp = None, Stamp(kind=kind, edition=definition.edition)
    if reference:
        with sessions_of(load()).reading() as session:
            answers, stamp = _known(session, stamp, reference, agency or "")
    output.write_bytes(written(definition, form, answers, stamp))
    click.echo(f"Wrote {output}")


def _known(session: Session, stamp: Stamp, reference: str, agency: str) -> tuple[dict[str, Any], Stamp]:
    """What a case's form says already, and the stamp it carries. Raises LookupError with what to do."""
    if stamp.kind == "scoping":
        request = scoping.of_agency(session, reference, agency)
        if request is None:
            raise LookupError(f"{reference} has no scoping request to an agency with the code {agency!r}.")
        return request.known, stamp_of(request)
    case = session.scalar(select(Case).where(Case.reference == reference.upper()))
    referral = referrals.of_case(session, case) if case else None
    if stamp.kind != "referral" or referral is None:
        raise LookupError(f"Nothing is known of {reference} that a {stamp.kind} form could be filled with.")
    return referral.best_known, replace(stamp, reference=referral.case.reference)


def _each(files: tuple[Path, ...], look: Callable[[Path], dict[str, Any]]) -> None:
    """Does every file that can be opened, then says which could not."""
    missing = []
    for path in files:
        try:
            click.echo(json.dumps(look(path), ensure_ascii=False, default=str))
        except OSError as why:
            missing.append(f"{path}: {why.strerror}")
    if missing:
        raise OSError("; ".join(missing))


COMMANDS = (read, explain, blank)
