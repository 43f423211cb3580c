"""Commands that read documents and messages and write forms to send out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from errno import EINVAL
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import FORMS, Stamp
from forms.media import MEDIA, file_name, written
from forms.reading.limits import MAX_BYTES
from forms.reading.result import Reading
from forms.reading.sandbox import Reader
from jcr.cases.model import Case
from jcr.cases.words import as_reference
from jcr.cli.setting import sessions_of
from jcr.people.service import agencies
from jcr.settings import Settings, load
from jcr.submissions.filled import About, action_of, filled
from mail_intake.explaining import explain as explained

FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")


@click.command()
@FILES
def read(files: tuple[Path, ...]) -> None:
    """Read returned forms: one JSON object a file, with every text that found no field."""
    with Reader() as reader:
        _each(
            files, lambda path: reader.read(path.name, _content(path, MAX_BYTES + 1)).as_json(), _not_opened
        )


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
        _each(files, lambda path: explained(_name(path), _content(path), reader.read, servers=servers))


@click.command()
@click.argument("kind", type=click.Choice(sorted(FORMS)))
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(MEDIA)),
    help="Without it, what the ending of --output says, else docx.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; without it, one named after reference and agency in this folder.",
)
@click.option("--case", "reference", help="Fill in what is known of this case, such as JCR-2026-0001.")
@click.option(
    "--agency", "code", help="Code of the agency that fills it in; a scoping form of a case needs it."
)
@click.option("--action", "label", help="The action an update is about, such as A12.")
@click.option(
    "--partnership",
    envvar="JCR_PARTNERSHIP",
    default=Settings.model_fields["partnership"].default,
    show_default=True,
    help="Who sends the form; it stands below its title.",
)
def blank(
    kind: str,
    form: str | None,
    output: Path | None,
    reference: str | None,
    code: str | None,
    label: str | None,
    partnership: str,
) -> None:
    """Write a form to send out: empty, or filled with what is known of a case, an agency or an action."""
    answers: dict[str, Any] = {}
    stamp = Stamp(kind=kind, edition=FORMS[kind].edition)
    if any(given is not None for given in (reference, code, label)):
        with sessions_of(load()).reading() as session:
            answers, stamp = filled(session, kind, _about(session, reference, code, label), datetime.now(UTC))
    medium = form or (output and _ending(output)) or "docx"
    path = output or Path(file_name(stamp, medium))
    try:
        path.write_bytes(written(FORMS[kind], medium, answers, stamp, partnership))
    except OSError as why:
        raise OSError(
            f"{path} cannot be written: {why.strerror}. Name a folder that there is and that you may write to."
        ) from why
    click.echo(f"Wrote {path}")


def _ending(path: Path) -> str | None:
    """The medium that the ending of a file's name stands for, if one does."""
    ending = path.suffix.lower().removeprefix(".")
    return ending if ending in MEDIA else None


def _about(session: Session, reference: str | None, code: str | None, label: str | None) -> About:
    """What was named on the command line. Raises LookupError for a name that nothing has."""
    case = agency = action = None
    if reference is not None:
        case = session.scalar(select(Case).where(Case.reference == as_reference(reference)))
        if case is None:
            raise LookupError(f"There is no case {reference!r}. Give a reference such as JCR-2026-0001.")
    if code is not None:
        listed = {one.code: one for one in agencies(session)}
        agency = listed.get(code.strip().lower())
        if agency is None:
            raise LookupError(f"No agency has the code {code!r}. The codes are: {', '.join(sorted(listed))}.")
    if label is not None:
        action = action_of(session, label)
        if action is None:
            raise LookupError(f"There is no action {label!r}. Give a number such as A12.")
    return About(case, agency, action)


def _name(path: Path) -> str:
    """What a file was called; its name may hold bytes that are no text."""
    return str(path).encode(errors="replace").decode()


def _content(path: Path, most: int = -1) -> bytes:
    """The bytes of a file, or so many of them. Raises OSError when it is no file or may not be read."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(EINVAL, "Not an ordinary file", str(path))  # a pipe would keep us waiting
    with path.open("rb") as file:
        return file.read(most)


def _not_opened(why: OSError) -> dict[str, Any]:
    """What is told of a file of which nothing could be read."""
    problem = f"The file could not be opened: {why.strerror}. Check its name, and that you may read it."
    return Reading(kind="other", problems=[problem]).as_json()


def _each(
    files: tuple[Path, ...],
    look: Callable[[Path], dict[str, Any]],
    instead: Callable[[OSError], dict[str, Any]] | None = None,
) -> None:
    """Prints what is found in every file, or what is said `instead`; then says which could not be opened."""
    missing = []
    for path in files:
        try:
            found = look(path)
        except OSError as why:
            missing.append(f"{_name(path)}: {why.strerror}")
            if instead is None:
                continue
            found = instead(why)
        click.echo(json.dumps({"file": _name(path), **found}, ensure_ascii=False, default=str))
    if missing:
        raise OSError("; ".join(missing))


COMMANDS = (read, explain, blank)
