"""What somebody attaches on a page, judged by its bytes: programs, and what pretends to be another kind of file."""

import io
import zipfile
from pathlib import PurePath

from mail_intake.formats import EXCEL, LOCKED_OFFICE, PDF, SLIDES, WORD, ZIP, kind_of
from mail_intake.protection import MACROS, OFFICE_FILES, RUNNABLE

AS_PDF = "Save what matters as PDF, and attach that."
PROGRAMS = ("application/x-msdownload", "application/x-executable")
STARTS_OF_PROGRAMS = (
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xfe\xed\xfa",
    b"L\0\0\0\x01\x14\x02\0",
)
MARKUP = (b"<!doctype html", b"<html", b"<svg", b"<script", b"<iframe")
MARKED_UP = (".html", ".htm", ".xhtml", ".svg", ".mht", ".mhtml")
OFFICE, ALSO = (".docx", ".xlsx", ".pptx"), (ZIP, LOCKED_OFFICE)  # damaged, or under a password
CALLED = {
    ".pdf": PDF, ".docx": WORD, ".xlsx": EXCEL, ".pptx": SLIDES, ".png": "image/png",
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".zip": ZIP,
}  # fmt: skip


def fault(name: str, content: bytes) -> str:
    """Why a file is not taken, in words that say what to do; nothing when it is."""
    kind, ending = kind_of(content), PurePath(name.strip(" .")).suffix.lower()
    if kind in PROGRAMS or RUNNABLE.search(name.strip(" .")) or content.startswith(STARTS_OF_PROGRAMS):
        return f"It is a program, or is called like one. {AS_PDF}"
    if kind == ZIP and any(RUNNABLE.search(inside) for inside in _names_in(content)):
        return f"There is a program in it. {AS_PDF}"
    if content.startswith(OFFICE_FILES) and any(mark in content for mark in MACROS):
        return f"It holds macros, which are programs. {AS_PDF}"
    if kind != PDF and (ending in MARKED_UP or any(mark in content[:1024].lower() for mark in MARKUP)):
        return "It is a web page or drawing, which can hold programs. Print it to a PDF, and attach that."
    if kind not in (CALLED.get(ending, kind), *(ALSO if ending in OFFICE else ())):
        return f"It is called {ending} but is another kind of file. Open it, save it as PDF, and attach that."
    return ""


def _names_in(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return []
