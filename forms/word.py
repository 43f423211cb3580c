"""The Word medium: a form to fill in as a .docx file, in the house style."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from docx.oxml import parse_xml

from forms.form import Form, Stamp
from forms.word_base import base_document
from forms.word_pages import pages
from forms.word_xml import SPACES


def blank(
    form: type[Form], answers: Mapping[str, Any] | None = None, stamp: Stamp | None = None, issuer: str = ""
) -> bytes:
    """The form as a .docx file, with what is known filled in, who sends it, and the stamp in its properties."""
    stamp = stamp or Stamp(form.kind, form.edition)
    document, furniture = base_document(form.title, stamp)
    written = pages(form, answers, stamp, issuer, furniture)
    last = document.element.body.sectPr
    for element in list(parse_xml(f"<w:body {SPACES}>{written}</w:body>")):
        last.addprevious(element)
    _set_properties(document, form, stamp)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_properties(document: Any, form: type[Form], stamp: Stamp) -> None:
    properties = document.core_properties
    properties.title = form.title
    properties.subject = stamp.subject
    properties.identifier = stamp.identifier
    properties.language = "en-GB"
    properties.author = properties.last_modified_by = ""
    properties.comments = properties.keywords = properties.category = ""
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)
