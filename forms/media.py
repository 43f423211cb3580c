"""A form in any medium, by the ending of its file: for the command line and for pages that offer forms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from forms import pdf, text, word
from forms.form import Form, Stamp


@dataclass(frozen=True)
class Medium:
    """What a person calls it, what a browser calls it, and how a form is written in it."""

    called: str
    content_type: str
    write: Callable[[type[Form], Mapping[str, Any] | None, Stamp | None], bytes]


def _as_text(form: type[Form], answers: Mapping[str, Any] | None, stamp: Stamp | None) -> bytes:
    return text.blank(form, answers, stamp).encode()


MEDIA = {
    "docx": Medium(
        "Word form", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", word.blank
    ),
    "pdf": Medium("Fillable PDF", "application/pdf", pdf.blank),
    "txt": Medium("Plain text, to paste into an e-mail", "text/plain; charset=utf-8", _as_text),
}


def written(
    form: type[Form], ending: str, answers: Mapping[str, Any] | None = None, stamp: Stamp | None = None
) -> bytes:
    """The form in the medium of this ending, with what is known filled in. KeyError for another ending."""
    return MEDIA[ending].write(form, answers, stamp)


def file_name(stamp: Stamp, ending: str) -> str:
    """A name for the file, such as JCR-2026-0001-scoping-POL.docx: reference and agency, no person's name."""
    parts = (stamp.reference, stamp.kind.replace("_", "-"), stamp.agency)
    return "-".join(part for part in parts if part) + f".{ending}"
