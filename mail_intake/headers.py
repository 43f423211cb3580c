"""The header block of a message or part: unfolded, kept as it came, decoded when asked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime
from functools import cached_property

from mail_intake.encoded_words import decode_words, header_text, plain_text
from mail_intake.parameters import Typed, typed

BLANK_LINE = re.compile(rb"\r*\n\r*\n|\r\r(?!\n)")
LINE_END = re.compile(rb"\r*\n|\r")
FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:[ \t]*(.*)", re.S)
BRACKETED_ID = re.compile(r"<([^<>\s]+)>")
# What only a header block has: a line of rubbish above it, as gateways leave, does not make the message plain text
OF_A_BLOCK = re.compile(rb"[\r\n](?:content-type|mime-version|message-id|received|return-path):", re.I)
MIME_FIELD = re.compile(rb"(?:^|[\r\n])(?:content-|mime-version)", re.I)
# Begun only where a word begins: else a long word without an @ would be searched from each of its letters
LOOKS_LIKE_ADDRESS = re.compile(r"(?<![^\s<>\"'(),;:])[^\s<>\"'(),;:@]+@[^\s<>\"'(),;:]+")
# One address as nearly all are written; anything else is the standard library's, at ten times the cost
WORD_OF_NAME = r"(?:[\w'-]+|=\?[\w-]+\?[BbQq]\?[\w=+/.'-]*\?=)"
USUAL_ADDRESS = re.compile(
    rf"(?:(?P<q>\"?)(?P<name>{WORD_OF_NAME}(?: {WORD_OF_NAME})*)(?P=q) )?<(?P<address>[\w.+-]+@[\w.-]+)>"
    r"|(?P<bare>[\w.+-]+@[\w.-]+)"
)

MOST_PEOPLE = 2000  # of one field; a field with more was written by no person

ABSENT = Typed("")


@dataclass(frozen=True)
class Headers:
    """Header fields in order: lower-case name and the unfolded bytes."""

    fields: tuple[tuple[str, bytes], ...] = ()

    @cached_property
    def _first(self) -> dict[str, bytes]:
        return dict(reversed(self.fields))

    @cached_property
    def _structured(self) -> dict[str, Typed]:
        return {}

    @cached_property
    def charset(self) -> str:
        """What the body says it is in, and so are bytes that its program put into the headers as they were."""
        return self.typed("content-type")["charset"]

    def __contains__(self, name: str) -> bool:
        return name in self._first

    def raw(self, name: str) -> bytes:
        """The first field of that name as it came, or nothing."""
        return self._first.get(name, b"")

    def get(self, name: str) -> str:
        """The first field of that name as a person reads it, or an empty text."""
        return self._read(self._first[name]) if name in self._first else ""

    def all(self, name: str) -> tuple[str, ...]:
        """Each field of that name, decoded, from the top down."""
        return tuple(self._read(value) for key, value in self.fields if key == name)

    def _read(self, value: bytes) -> str:
        return header_text(value) if value.isascii() else header_text(value, self.charset)

    def typed(self, name: str) -> Typed:
        """A structured field such as Content-Type with its parameters."""
        if name not in self._first:
            return ABSENT
        if name not in self._structured:
            self._structured[name] = typed(self._first[name])
        return self._structured[name]

    def token(self, name: str) -> str:
        """The first word of a field in lower case, without parameters: `auto-replied` of Auto-Submitted."""
        return re.split(r"[;\s(]", self.get(name).strip().lower(), maxsplit=1)[0] if name in self else ""


def divide(content: bytes) -> tuple[Headers, memoryview]:
    """A message or part as its headers and its body, which is not copied. Text without any header is all body."""
    content = _without_envelope(content)
    whole = memoryview(content)
    if content[:1] in (b"\r", b"\n"):
        return Headers(), without_first_line_end(content)
    blank = BLANK_LINE.search(content)
    block, body = (content[: blank.start()], whole[blank.end() :]) if blank else (content, whole[:0])
    fields, spilled = _fields(block)
    if spilled:
        body = whole[spilled:] if fields else whole
    return Headers(tuple(fields)), body


def without_first_line_end(content: bytes) -> memoryview:
    """Content that begins with the end of a line, from the next line on."""
    end = LINE_END.match(content)
    return memoryview(content)[end.end() if end else 0 :]


def _without_envelope(content: bytes) -> bytes:
    """Drop what mailbox files put before the first header: empty lines and the `From ` line."""
    start = content.lstrip(b"\r\n")
    if start.startswith((b"From ", b">From ")):
        end = LINE_END.search(start)
        return start[end.end() :] if end else b""
    return start if FIELD.match(start[:200]) else content


def _fields(block: bytes) -> tuple[list[tuple[str, bytes]], int]:
    """The fields of a header block, and where the body begins when it was not set off by an empty line."""
    fields: list[tuple[str, bytes]] = []
    folded: list[bytes] = []
    last_mime_field = max((m.start() for m in MIME_FIELD.finditer(block)), default=-1)
    position, rubbish_above = 0, False
    for line, start in _lines(block):
        if line[:1] in (b" ", b"\t") and folded:
            folded.append(line)
        elif FIELD.match(line):
            _finish(fields, folded)
            folded = [line]
        elif fields or folded:
            # A stray line among the headers is passed over as long as the structure is still to come
            _finish(fields, folded)
            folded = []
            if line.strip() and (start > last_mime_field or _divides(line, fields)):
                position = start
                break
        elif line.strip():
            rubbish_above = rubbish_above or bool(OF_A_BLOCK.search(block))
            if not rubbish_above:
                return [], 1
    _finish(fields, folded)
    return fields, position


def _lines(block: bytes) -> Iterable[tuple[bytes, int]]:
    start = 0
    for end in LINE_END.finditer(block):
        yield block[start : end.start()], start
        start = end.end()
    yield block[start:], start


def _divides(line: bytes, fields: Iterable[tuple[str, bytes]]) -> bool:
    """Whether the line is the boundary that these fields declare: the first part begins, empty line or not."""
    mark = line.strip()[2:]
    declared = (value for name, value in fields if name == "content-type")
    return (
        line.startswith(b"--")
        and bool(mark)
        and any(b"boundary" in one.lower() and mark in one for one in declared)
    )


def _finish(fields: list[tuple[str, bytes]], folded: list[bytes]) -> None:
    match = FIELD.match(b"".join(folded)) if folded else None
    if match:
        fields.append((match[1].decode("ascii").lower(), match[2].strip()))


def addresses(headers: Headers, *names: str) -> list[tuple[str, str]]:
    """(display name, lower-case address) of each person named in these fields; odd ones as best they go."""
    found: list[tuple[str, str]] = []
    for key, raw in headers.fields:
        if key in names:
            found += _addresses_in(plain_text(raw, "" if raw.isascii() else headers.charset))
    return found


def _addresses_in(value: str) -> list[tuple[str, str]]:
    pairs = _pairs(value)
    if not pairs and "=?" in value:
        # Some senders encode the whole field, address and all
        value = decode_words(value)
        pairs = _pairs(value)
    if not pairs:
        pairs = [("", address) for address in LOOKS_LIKE_ADDRESS.findall(value)]
    people = pairs[:MOST_PEOPLE]
    return [(header_text(name.encode()), address.strip().strip("<>").lower()) for name, address in people]


def _pairs(value: str) -> list[tuple[str, str]]:
    if usual := USUAL_ADDRESS.fullmatch(value):
        return [(usual["name"] or "", usual["address"] or usual["bare"])]
    try:
        return [(name, address) for name, address in getaddresses([value]) if "@" in address]
    except RecursionError:
        # Comments within comments without end: the standard library goes down with them
        return []


def message_ids(headers: Headers, name: str) -> tuple[str, ...]:
    """The message identifiers in a field, without their angle brackets."""
    text = " ".join(headers.all(name))
    return tuple(BRACKETED_ID.findall(text)) or tuple(word for word in text.split() if "@" in word)


def moment(headers: Headers, name: str = "date") -> datetime | None:
    """The date of a field as an aware moment, or None when it says nothing sensible."""
    try:
        found = parsedate_to_datetime(headers.get(name))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
