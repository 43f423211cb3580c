"""What a message consists of for a reader: the words of its body on one side, the files on the other."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from mail_intake.charsets import charset_of_html, decode
from mail_intake.formats import kind_of
from mail_intake.plain import text_of_html
from mail_intake.rich_text import text_of_rich_text
from mail_intake.structure import ENCLOSED_MESSAGE, SMIME, Part
from mail_intake.transfer import from_uuencode

BODY_TYPES = ("text/plain", "text/html")
RICH_TEXT = "text/rtf"
HTML_TOO = "html alternative"  # of a plain body, which is the one that is read
RICHER = 3  # HTML with this many times the words of its plain alternative is the real letter
UUENCODED = re.compile(
    rb"^begin [0-7]{3,4} ([^\r\n]+)\r?\n((?:[!-`][^\r\n]*\r?\n)+?)(?:`| )?\r?\n?end\s*$", re.M
)
SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)


@dataclass(frozen=True)
class File:
    """Something attached, before it is named safely and unwrapped."""

    name: str
    content: bytes = field(repr=False)
    declared: str = ""
    part: Part | None = None
    aside: bool = False
    cid: str = ""
    notes: tuple[str, ...] = ()
    inside: "Contents | None" = None

    @cached_property
    def kind(self) -> str:
        """What its bytes say it is."""
        return kind_of(self.content, self.declared)


@dataclass(frozen=True)
class Contents:
    """The body as text and as HTML where it had any, the files, and what was odd."""

    text: str = ""
    html: str = ""
    files: tuple[File, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class _Gathered:
    bodies: list[tuple[str, str]] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def contents_of(part: Part) -> Contents:
    """Body and files of a message, from its tree of parts."""
    gathered = _Gathered()
    _gather(part, gathered, related=False)
    if not gathered.bodies:
        gathered.bodies = _text_of_named_files(gathered.files)
    html = "\n".join(text for kind, text in gathered.bodies if kind in ("text/html", HTML_TOO))
    text = "\n".join(_readable(kind, text) for kind, text in gathered.bodies).strip()
    files = tuple(_set_aside(file, html) for file in gathered.files)
    return Contents(text, html, files, tuple(dict.fromkeys(gathered.notes)))


def _gather(part: Part, into: _Gathered, related: bool) -> None:
    divided = bool(part.parts) and part.type not in ENCLOSED_MESSAGE
    body = not divided and _is_body(part)
    if not (divided or body) and (part.content or part.name or part.parts):
        into.files.append(_file(part, related))  # with the notes on it
        return
    into.notes += part.notes
    if part.type == "multipart/alternative":
        _gather_alternatives(part, into)
    elif divided:
        if part.content:
            # What was signed is read; the wrapping with the signature stands aside
            into.files.append(_file(part, related=True))
        for child in part.parts:
            _gather(child, into, related or part.type == "multipart/related")
    elif body:
        _gather_body(part, into)


def _gather_alternatives(part: Part, into: _Gathered) -> None:
    """Of several wordings of one body keep the plain one, unless the other says far more."""
    inner = _Gathered()
    for child in part.parts:
        _gather(child, inner, related=False)
    plain = [body for body in inner.bodies if body[0] == "text/plain" and body[1].strip()]
    html = [body for body in inner.bodies if body[0] == "text/html"]
    words = sum(len(text.split()) for _, text in plain)
    # The HTML wording is kept as well for its tables; its text is used only when it is the fuller one
    enough = RICHER * max(words, 1)
    fuller = html and _most_words(html) > enough and _words_shown(html) > enough
    into.bodies += html if fuller or not plain else plain + [(HTML_TOO, text) for _, text in html]
    into.files += inner.files
    into.notes += inner.notes


def _most_words(html: list[tuple[str, str]]) -> int:
    """No HTML shows more words than its blanks, tags and signs such as &nbsp; part: counted at no cost."""
    return sum(len(text.split()) + text.count("<") + text.count("&") for _, text in html)


def _words_shown(html: list[tuple[str, str]]) -> int:
    return sum(len(text_of_html(text).split()) for _, text in html)


def _is_body(part: Part) -> bool:
    # RFC 2183 section 2.8: a disposition nobody knows is an attachment's
    if part.name or part.disposition.value not in ("", "inline") or part.type not in BODY_TYPES:
        return False
    return kind_of(part.content, part.type) in (*BODY_TYPES, "message/rfc822")


def _gather_body(part: Part, into: _Gathered) -> None:
    content = part.content
    if part.type == "text/plain" and b"begin " in content:
        for name, block in UUENCODED.findall(content):
            into.files.append(File(name.decode("latin-1"), from_uuencode(block)))
        content = UUENCODED.sub(b"", content)
    charset = part.declared["charset"]
    if part.type == "text/html":
        charset = charset_of_html(content, charset)
    text, step = decode(content, charset)
    if step != "declared" and not content.isascii():
        into.notes.append(f"text read as {step}" + (f", labelled {charset}" if charset else ", not labelled"))
    into.bodies.append((part.type, text))


def _file(part: Part, related: bool) -> File:
    enclosed = part if part.parts and part.type in ENCLOSED_MESSAGE else None
    cid = part.headers.get("content-id").strip("<> ")
    return File(part.name, part.content, part.type, enclosed, related, cid, part.notes)


def _set_aside(file: File, html: str) -> File:
    """Mark the pictures that belong to the body's own look, so that they never hide a real file."""
    named = bool(file.cid) and (file.aside or f"cid:{file.cid}" in html)
    shown = named and file.kind.startswith("image/")
    wrapping = file.declared in SIGNATURES or (file.aside and file.declared in SMIME)
    aside = shown or wrapping
    return file if aside == file.aside else replace(file, aside=aside)


def _text_of_named_files(files: list[File]) -> list[tuple[str, str]]:
    """A message whose only words stand in a named text part, or in rich text, is read from there."""
    readable = (*BODY_TYPES, RICH_TEXT, "message/delivery-status")
    return [_words(file) for file in files if file.declared in readable and not file.aside][:1]


def _words(file: File) -> tuple[str, str]:
    if file.declared == RICH_TEXT:
        return "text/plain", text_of_rich_text(file.content)
    return file.declared, decode(file.content)[0]


def _readable(kind: str, text: str) -> str:
    if kind == HTML_TOO:
        return ""
    return text_of_html(text) if kind == "text/html" else text
