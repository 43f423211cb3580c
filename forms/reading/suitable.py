"""Whether a paper may go into a pack: what is wrong with a Word or PDF file, in words that say what to do; and what
in a file acts by itself, whoever attached it."""

import io
import re

import pikepdf
from pikepdf import Array, Dictionary, Stream

from .formats import ZIP, sort_of
from .limits import Refused, open_zip
from .office_acts import office_acts

MOST_PAGES = 300
ACTS = re.compile(rb"/S /(?:JavaScript|Launch|ImportData|SubmitForm)\b|/JavaScript (?:<<|\d)")
FILES = re.compile(
    rb"/(?:EmbeddedFiles|EF) (?:<<|\d)|/Subtype /(?:FileAttachment|RichMedia|Movie|Sound|3D)\b"
)
ELSEWHERE = re.compile(rb"/S /(?:GoToR|GoToE)\b")
AS_PDF = "Save it as PDF, and send that."
OTHERS = "It is neither a Word (.docx) nor a PDF file. " + AS_PDF


def fault(content: bytes) -> str:
    """What keeps a file from being taken; nothing when it may be."""
    sort = sort_of(content)
    if sort == "pdf":
        return _of_pdf(content)
    if sort == "docx":
        return _of_word(content)
    if sort == "empty":
        return "It is empty. Choose it again, and send that."
    if sort == "office":
        return "It is an old Office file, or protected with a password. Take the password off, then save it as PDF."
    return OTHERS


def _of_word(content: bytes) -> str:
    try:
        archive = open_zip(content)
        if acts := office_acts(archive):
            return f"{acts} {AS_PDF}"
    except Refused as why:
        return f"It cannot be opened safely: {why}. {AS_PDF}"
    if any("/embeddings/" in name.lower() for name in archive.namelist()):
        return f"Other files are packed into it. {AS_PDF}"
    return ""


def _of_pdf(content: bytes) -> str:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return _inside(pdf)
    except pikepdf.PasswordError:
        return "It is protected with a password. Save it without one, and send that."
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        return "It is damaged. Open it, save it as PDF once more, and send that."


def _inside(pdf: pikepdf.Pdf) -> str:
    if not 0 < len(pdf.pages) <= MOST_PAGES:
        return f"It has more than {MOST_PAGES} pages, or none. Send the part that members need."
    if wrong := _acting(pdf):
        return wrong
    if "/XFA" in pdf.Root.get("/AcroForm", Dictionary()):
        return (
            "It is a form that only Adobe Reader shows. Open it there, print it to a new PDF, and send that."
        )
    return ""


def acting(content: bytes) -> str:
    """What in a PDF or a file of Office does something by itself, or is packed into a PDF; nothing for one that
    cannot be opened either."""
    try:
        if content.startswith(ZIP):
            acts = office_acts(open_zip(content))
            return f"{acts} {AS_PDF}" if acts else ""
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return _acting(pdf)
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):  # a Refused is a ValueError too
        return ""


def _acting(pdf: pikepdf.Pdf) -> str:
    written = [_as_written(thing) for thing in pdf.objects]
    if any(FILES.search(one) for one in written):
        return "Other files are packed into it. Print it to a new PDF, and send that."
    if any(ACTS.search(one) for one in written):
        return "It holds scripts, which are programs. Print it to a new PDF, and send that."
    if any(ELSEWHERE.search(one) for one in written):
        return "It opens other files. Print it to a new PDF, and send that."
    return ""


def _as_written(thing: pikepdf.Object) -> bytes:
    """An object with what is written straight into it, as it would stand in a file; of a stream not what it holds."""
    if isinstance(thing, Stream):
        return bytes(thing.stream_dict.unparse())
    return bytes(thing.unparse(resolved=True)) if isinstance(thing, Dictionary | Array) else b""
