"""What somebody attaches on a page, judged by its bytes and by those of what is packed into it: what runs or acts, and
what pretends to be another kind of file."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath

from forms.reading.limits import MAX_TOTAL_BYTES, Refused, content_of, open_zip
from mail_intake.contents import File
from mail_intake.formats import (
    EXCEL,
    LOCKED_OFFICE,
    MESSAGE,
    OLE_SIGNATURE,
    OPEN_DOCUMENT,
    PDF,
    SLIDES,
    WORD,
    ZIP,
    kind_of,
)  # fmt: skip
from mail_intake.protection import RUNNABLE, has_macros
from mail_intake.unwrapping import SWOLLEN, TOO_DEEP, TOO_MANY, Attachment, unwrap

AS_PDF = "Save what matters as PDF, and attach that."
PROGRAMS = ("application/x-msdownload", "application/x-executable")
STARTS_OF_PROGRAMS = (
    b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xfe\xed\xfa", b"L\0\0\0\x01\x14\x02\0",
)  # fmt: skip
MARKUP = (b"<!doctype html", b"<html", b"<svg", b"<script", b"<iframe")
MARKED_UP = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".svg", ".svgz", ".mht", ".mhtml")
BEFORE_MARKUP = re.compile(rb"(?:\s++|<!--.*?-->|<\?.*?\?>)*+", re.S)  # what a browser passes over
PACKAGE = "\x01Ole10Native".encode("utf-16-le")  # MS-OLEDS 2.3.6: any file, packed into a document
RICH_TEXT_OBJECTS = (b"\\objdata", b"\\objautlink", b"\\objupdate")
OFFICE, ALSO = (".docx", ".xlsx", ".pptx"), (ZIP, LOCKED_OFFICE)  # damaged, or under a password
OFFICE_KINDS = (WORD, EXCEL, SLIDES)
CALLED = {
    ".pdf": PDF, ".docx": WORD, ".xlsx": EXCEL, ".pptx": SLIDES, ".png": "image/png",
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".zip": ZIP,
}  # fmt: skip
MOST_ASKED = 50  # files of which each may take seconds to be judged
TOO_MUCH = frozenset({SWOLLEN, TOO_DEEP, TOO_MANY})
Acting = Callable[[bytes], str]


def fault(name: str, content: bytes, acting: Acting = lambda _: "") -> str:
    """Why a file is not taken, in words that say what to do; nothing when it is. `acting` says what in a PDF or a file
    of Office acts by itself."""
    try:
        asked = 0
        for place, one in enumerate(_with_all_inside(name, content)):
            may_act = _may_act(one)
            asked += may_act
            if asked > MOST_ASKED:
                raise Refused("too much is packed into it")
            if wrong := _danger(one.name, one.content) or (acting(one.content) if may_act else ""):
                return f"{one.path}, which is in it: {wrong}" if place else wrong
    except Refused as why:
        return f"It cannot be opened safely: {why}. {AS_PDF}"
    return _pretends(name.strip(" ."), content)


def _may_act(one: Attachment) -> bool:
    kind = kind_of(one.content)
    return kind in (PDF, *OFFICE_KINDS) or kind.startswith(OPEN_DOCUMENT)


def _danger(name: str, content: bytes) -> str:
    kind, ending = kind_of(content), _ending(name)
    if kind in PROGRAMS or RUNNABLE.search(name) or content.startswith(STARTS_OF_PROGRAMS):
        return f"It is a program, or is called like one. {AS_PDF}"
    if has_macros(name, content):
        return f"It holds macros, which are programs. {AS_PDF}"
    if ending in MARKED_UP or (_is_markup(content, kind) and (kind, ending) != (MESSAGE, ".eml")):
        return "It is a web page or drawing, which can hold programs. Print it to a PDF, and attach that."
    if (content.startswith(OLE_SIGNATURE) and PACKAGE in content) or (
        content.startswith(b"{\\rt") and any(mark in content for mark in RICH_TEXT_OBJECTS)
    ):
        return f"Other files are packed into it. {AS_PDF}"
    return ""


def _is_markup(content: bytes, kind: str) -> bool:
    """Also in letters of two bytes, behind comments, or before the first line of a PDF."""
    text = content.replace(b"\0", b"")
    if kind == PDF:
        text = text.partition(b"%PDF-")[0]
    skipped = BEFORE_MARKUP.match(text)
    start = skipped.end() if skipped else 0
    looked_at = (text[:1024].lower(), text[start : start + 1024].lower())
    return any(mark in one for mark in MARKUP for one in looked_at)


def _pretends(name: str, content: bytes) -> str:
    kind, ending = kind_of(content), _ending(name)
    if kind in (CALLED.get(ending, kind), *(ALSO if ending in OFFICE else ())):
        return ""
    return f"It is called {ending} but is another kind of file. Open it, save it as PDF, and attach that."


def _ending(name: str) -> str:
    return PurePath(name).suffix.lower()


def _with_all_inside(name: str, content: bytes) -> Iterator[Attachment]:
    """The file itself and what is packed into it, at any depth. Raises Refused when that is too much to look at."""
    waiting, looked_at = [(File(name, content),)], 0
    while waiting:
        for one in unwrap(waiting.pop()):
            looked_at += one.size
            if looked_at > MAX_TOTAL_BYTES or not TOO_MUCH.isdisjoint(one.notes):
                raise Refused("too much is packed into it")
            yield one
            if kind_of(one.content) in OFFICE_KINDS:
                waiting.extend(_packed_into(one.content))


def _packed_into(document: bytes) -> Iterator[tuple[File]]:
    """What is packed into a file of Office, such as the sheet behind a chart."""
    archive = open_zip(document)
    for name in archive.namelist():
        if "/embeddings/" in name.lower() and not name.endswith("/"):
            yield (File(name, content_of(archive, name) or b""),)
