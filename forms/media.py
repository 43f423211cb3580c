"""A form in any medium, by the ending of its file: for the command line and for pages that offer forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from forms.form import Form, Stamp


@dataclass(frozen=True)
class Medium:
    """What a person calls it, what a browser calls it, and which module of forms writes it.

    What that needs is large, and loaded only once a form is written: the worker seldom does.
    """

    called: str
    content_type: str
    module: str

    def write(
        self, form: type[Form], answers: Mapping[str, Any] | None, stamp: Stamp | None, issuer: str
    ) -> bytes:
        made: str | bytes = import_module(f"forms.{self.module}").blank(form, answers, stamp, issuer)
        return made.encode() if isinstance(made, str) else made


MEDIA = {
    "docx": Medium(
        "Word form", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "word"
    ),
    "pdf": Medium("Fillable PDF", "application/pdf", "pdf"),
    "txt": Medium("Plain text, to paste into an e-mail", "text/plain; charset=utf-8", "text"),
}


def written(
    form: type[Form],
    ending: str,
    answers: Mapping[str, Any] | None = None,
    stamp: Stamp | None = None,
    issuer: str = "",
) -> bytes:
    """The form in the medium of this ending, with what is known filled in. KeyError for another ending.

    `issuer` is the partnership that sends it.
    """
    return MEDIA[ending].write(form, answers, stamp, issuer)


def file_name(stamp: Stamp, ending: str) -> str:
    """A name for the file, such as JCR-2026-0001-scoping-POL.docx: reference and agency, no person's name."""
    parts = (stamp.reference, stamp.kind.replace("_", "-"), stamp.agency)
    return "-".join(part for part in parts if part) + f".{ending}"
