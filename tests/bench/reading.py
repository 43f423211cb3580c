"""How long the reader takes for a document: our own forms, a stranger's, each beside the least it could take."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from lxml import etree
from pypdf import PdfReader

from forms import FORMS, Stamp, pdf, word
from tests.bench.reader import Watched, memory_of_libraries, watched
from tests.bench.table import Times, ms, show

ROUNDS = 30
RETURNS = 10  # of each of our forms, answered differently: what was met before is not all that is read
WORD_XML = "word/document.xml"
OWN_TARGET, PDF_TARGET, STRANGERS_TARGET = 10, 15, 25  # milliseconds
MEMORY_TARGET = 150  # MB
Row = tuple[str, ...]
IN_OWN_WORDS = ("referrer_name", "incident_summary", "agency_name", "involvement_summary")
ANSWERS: dict[str, dict[str, Any]] = {
    "referral": {
        "referrer_name": "Siân Ŵyn-Łukaszewska",
        "referrer_agency": "Fellshire Police",
        "incident_date": "2026-02-03",
        "incident_summary": "She was found by a neighbour. " * 20,
        "subjects": [{"subject_name": "Σοφία Okafor", "subject_dob": "2019-02-03"}],
        "agencies_involved": [{"agency": "Police"}, {"agency": "Health visiting", "name": "Fern Cole"}],
    },
    "scoping": {
        "agency_name": "Police",
        "agency_involved": "yes",
        "involvement_summary": "Two calls.\n\nNo arrest. " * 20,
        "chronology": [{"date": "2026-01-02", "event": "Call"}] * 5,
    },
}


@dataclass(frozen=True)
class Document:
    """Documents of one sort to read by turns, and the floor: the least that any reader of one must do."""

    what: str
    contents: Sequence[bytes]
    floor: Callable[[bytes], object]
    against: str
    target: int


def bench() -> None:
    """Print the times of the warm child and its memory."""
    with watched() as child:
        rows = [_row(child, document) for document in documents()]
        memory = child.most_memory()
    heads = ("document", "median ms", "p95 ms", "target ms", "ratio", "beside")
    show(f"Reading a document ({ROUNDS} times each, processor time of the warm child)", heads, rows)
    libraries = memory_of_libraries()
    found = (f"{memory:.0f}", f"< {MEMORY_TARGET}", f"{memory / libraries:.1f}×", "its libraries, imported")
    show(
        "Memory of the child at its most",
        ("process", "MB", "target MB", "ratio", "beside"),
        [("child", *found)],
    )


def _row(child: Watched, document: Document) -> Row:
    """Return what a document is, its times and target; its floor takes turns with it, so that noise hits both."""
    ours, floor = Times(), Times()
    for number in range(ROUNDS + 2):
        content = document.contents[number % len(document.contents)]
        ours.each.append(child.read(content))
        floor.each.append(_time_of(lambda content=content: document.floor(content)))
    del ours.each[:2], floor.each[:2]  # the first only warm up
    target = f"< {document.target}"
    return document.what, ms(ours.median), ms(ours.p95), target, ours.times(floor), document.against


def _time_of(act: Callable[[], object]) -> float:
    """Return the processor time of an act, in milliseconds; other work on the machine does not count."""
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def documents() -> list[Document]:
    """Return our forms in both media, blank and filled, and a stranger's Word form of 60 KB."""
    made = []
    for kind, answers in ANSWERS.items():
        given = [word.blank(FORMS[kind], *_return(kind, answers, number)) for number in range(RETURNS)]
        made.append(Document(f"our {kind} form, Word", given, _parse_word, "zip and XML", OWN_TARGET))
        box = [pdf.blank(FORMS[kind], *_return(kind, answers, number)) for number in range(RETURNS)]
        made.append(Document(f"our {kind} form, PDF", box, _get_fields, "pypdf get_fields", PDF_TARGET))
        made.append(Document(f"our {kind} form, PDF (same)", box, _open_qpdf, "qpdf open", PDF_TARGET))
    name = "a stranger's form, Word, 60 KB"
    made.append(Document(name, [strangers()], _parse_word, "zip and XML", STRANGERS_TARGET))
    return made


def _return(kind: str, answers: Mapping[str, Any], number: int) -> tuple[dict[str, Any], Stamp]:
    """Return the answers of an agency in its own words, and the stamp of the form it was sent."""
    told = {name: f"{answers[name]} ({number})" for name in IN_OWN_WORDS if name in answers}
    return {**answers, **told}, Stamp(
        kind, FORMS[kind].edition, f"JCR-2026-{number:04}", "POL", f"k7Qx{number}"
    )


def _parse_word(content: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(WORD_XML))


def _get_fields(content: bytes) -> object:
    return PdfReader(io.BytesIO(content)).get_fields()


def _open_qpdf(content: bytes) -> object:
    with pikepdf.open(io.BytesIO(content)) as document:
        return [str(field.get("/V", "")) for field in document.Root.AcroForm.Fields]


def strangers() -> bytes:
    """Return a made-up referral as boards print them, in a Word file of about 60 KB."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    pairs = [
        ("Section 1: Referrer", ""), ("Name", "Ada Moss"), ("Designation", "Team Manager"), ("Tel", "01632 960401"),
        ("Section 2: Details of the adult", ""), ("Name", "Bert Lund"), ("Date of birth", "3 May 1947"),
        ("Home address", "2 Home Row, QQ99 1AB"), ("Ethnicity", "White British"), ("GP", "Dr Croft"),
        ("Section 3: Criteria", ""), ("How does this case meet the criteria?", "He died after weeks of neglect."),
        ("Concerns about how agencies worked together", "The plan was not shared. " * 20),
        ("Summary of the case", "Mr Lund lived alone. " * 60), ("Are there any other investigations?", "No"),
    ]  # fmt: skip

    def cell(text: str) -> str:
        return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    table = "".join(f"<w:tr>{cell(label)}{cell(answer)}</w:tr>" for label, answer in pairs)
    events = "".join(
        f"<w:tr>{cell(f'{day}/3/2025')}{cell('Visit by the nurse')}</w:tr>" for day in range(1, 29)
    )
    body = f"<w:p/><w:tbl>{table}</w:tbl><w:tbl><w:tr>{cell('Date')}{cell('Event')}</w:tr>{events}</w:tbl>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(WORD_XML, f"<w:document {space}><w:body>{body}</w:body></w:document>")
        archive.writestr(
            zipfile.ZipInfo("word/media/crest.png"), bytes(range(256)) * 230
        )  # as a crest would be
    return file.getvalue()


if __name__ == "__main__":
    bench()
