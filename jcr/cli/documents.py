"""Commands that read documents and messages, and write blank forms; none of them touches the database."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from forms import FORMS, Stamp
from forms import pdf as pdf_form
from forms import text as text_form
from forms import word as word_form
from forms.reading.sandbox import Reader
from mail_intake.explaining import explain as explained

WRITERS: dict[str, Callable[..., bytes]] = {
    "docx": word_form.blank,
    "pdf": pdf_form.blank,
    "txt": lambda *what: text_form.blank(*what).encode(),
}
FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")


@click.command()
@FILES
def read(files: tuple[Path, ...]) -> None:
    """Read returned forms: one JSON object a file, with every text that found no field."""
    with Reader() as reader:
        _each(files, lambda path: {"file": str(path), **reader.read(path.name, path.read_bytes()).as_json()})


@click.command()
@FILES
def explain(files: tuple[Path, ...]) -> None:
    """Say what would become of messages (.eml, .msg) and because of what: one JSON object a message."""
    with Reader() as reader:
        _each(files, lambda path: explained(str(path), path.read_bytes(), reader.read))


@click.command()
@click.argument("kind", type=click.Choice(sorted(FORMS)))
@click.option("--format", "form", default="docx", show_default=True, type=click.Choice(sorted(WRITERS)))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="File to write."
)
def blank(kind: str, form: str, output: Path) -> None:
    """Write an empty form to send out."""
    definition = FORMS[kind]
    output.write_bytes(WRITERS[form](definition, None, Stamp(kind=kind, edition=definition.edition)))
    click.echo(f"Wrote {output}")


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
