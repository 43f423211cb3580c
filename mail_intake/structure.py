"""The tree of parts in a message, cut straight from the bytes and bounded in depth and number.

The standard library's parser works line by line in Python, gives up on deep nesting and leaves base64 wrapped
around enclosed messages alone; on large attachments it is the greatest cost of taking a message in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mail_intake.headers import Headers, divide, without_first_line_end
from mail_intake.parameters import Typed
from mail_intake.signed import signed_message
from mail_intake.transfer import decoded

MAX_DEPTH = 20
MAX_PARTS = 20_000
SMIME = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
ENCLOSED_MESSAGE = frozenset({"message/rfc822", "message/global", "message/news"})
MEANT_AS_PLAIN = ("text/", "plain/text", "text/ascii", "text/enriched")
GUESSED_BOUNDARY = re.compile(rb"(?:\A|[\r\n])--([^\s-][^\r\n]{0,68}?)[ \t]*(?:\r|\n)")


@dataclass(frozen=True)
class Part:
    """One part: its headers, its declared type, its content with the transfer encoding undone, its parts."""

    headers: Headers
    declared: Typed
    content: bytes = b""
    parts: tuple["Part", ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        return self.declared.value

    @property
    def disposition(self) -> Typed:
        return self.headers.typed("content-disposition")

    @property
    def name(self) -> str:
        """The file name the sender gave it, unsafe as it came; empty when there is none."""
        return self.disposition["filename"] or self.declared["name"] or self.disposition["name"]

    def walk(self) -> Iterator["Part"]:
        """This part and everything under it, in the order of the message."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.parts))


@dataclass
class _Budget:
    parts: int = MAX_PARTS
    notes: list[str] = field(default_factory=list)


def take_apart(raw: bytes) -> Part:
    """The tree of parts of a whole message. Never raises; what is beyond the bounds stays in one piece."""
    return _part(raw, MAX_DEPTH, _Budget(), "text/plain", whole=True)


def _part(content: bytes, depth: int, budget: _Budget, default_type: str, whole: bool = False) -> Part:
    budget.parts -= 1
    headers, body = divide(content) if whole else _divided_part(content, default_type)
    declared = _declared(headers, default_type)
    if declared.value.startswith("multipart/"):
        return _multipart(headers, declared, content, len(content) - len(body), depth, budget)
    encoding = headers.token("content-transfer-encoding").strip("\"'")
    meant, note = decoded(body, encoding)
    notes = tuple(filter(None, (note, _elsewhere(declared))))
    inner = _enclosed(declared.value, meant)
    if inner is None:
        return Part(headers, declared, meant, (), notes)
    if depth <= 0 or budget.parts <= 0:
        return Part(headers, declared, meant, (), (*notes, "nested too deeply to be opened"))
    return Part(headers, declared, meant, (_part(inner, depth - 1, budget, "text/plain", whole=True),), notes)


def _divided_part(content: bytes, default_type: str) -> tuple[Headers, memoryview]:
    """A part's headers and body. "Name: Tom" on its first line is no header, but the first line of a form."""
    headers, body = divide(content)
    digested = default_type != "text/plain" and content[:1] in (b"\r", b"\n")
    if not digested and any(name.startswith("content-") for name, _ in headers.fields):
        return headers, body
    begins_below = content[:1] in (b"\r", b"\n")
    return Headers(), without_first_line_end(content) if begins_below else memoryview(content)


def _elsewhere(declared: Typed) -> str:
    """What an officer must know of a part that does not hold what it stands for."""
    if declared.value == "message/partial":
        number, total = declared["number"] or "?", declared["total"] or "?"
        return f"the sender's program cut the message up: this is piece {number} of {total}, ask for it whole"
    if declared.value == "message/external-body":
        return "the file was not sent with the message: ask the sender for it"
    return ""


def _enclosed(kind: str, body: bytes) -> bytes | None:
    """The message inside a part: a whole message, or what was signed and wrapped in its signature."""
    if kind in ENCLOSED_MESSAGE:
        return body
    # Some gateways take the label off what is signed
    return signed_message(body) if kind in SMIME or kind == "application/octet-stream" else None


def _declared(headers: Headers, default_type: str) -> Typed:
    declared = headers.typed("content-type")
    if "/" in declared.value and declared.value not in MEANT_AS_PLAIN:
        return declared
    return Typed("text/html" if declared.value == "html" else default_type, declared.parameters)


def _multipart(headers: Headers, declared: Typed, whole: bytes, at: int, depth: int, budget: _Budget) -> Part:
    """The parts of a body that begins `at` so many bytes into `whole`, and is not copied."""
    boundary = declared["boundary"].encode("utf-8", "replace").rstrip() or _guessed_boundary(whole, at)
    pieces = list(_pieces(whole, at, boundary, budget.parts)) if boundary and depth > 0 else []
    if not pieces and depth > 0 and (guess := _guessed_boundary(whole, at)) and guess != boundary:
        pieces = list(_pieces(whole, at, guess, budget.parts))
    if not pieces and depth > 0 and (undone := _undone(headers, whole[at:])):
        return _multipart(headers, declared, undone, 0, depth - 1, budget)
    if not pieces:
        note = "nested too deeply to be opened" if depth <= 0 else "the parts of the message are not divided"
        return Part(headers, Typed("text/plain", declared.parameters), whole[at:], (), (note,))
    inner_type = "message/rfc822" if declared.value == "multipart/digest" else "text/plain"
    parts = []
    for piece in pieces:
        if budget.parts <= 0:
            break
        parts.append(_part(piece, depth - 1, budget, inner_type))
    notes = (f"more than {MAX_PARTS} parts: the rest is in the original only",) if budget.parts <= 0 else ()
    return Part(headers, declared, b"", tuple(parts), notes)


def _undone(headers: Headers, body: bytes) -> bytes:
    """The parts of a message that was encoded as a whole, against RFC 2045 section 6.4; nothing where it was not."""
    content, _ = decoded(body, headers.token("content-transfer-encoding").strip("\"'"))
    return content if content != body else b""


def _guessed_boundary(whole: bytes, at: int) -> bytes:
    found = GUESSED_BOUNDARY.search(whole[at : at + 100_000])
    return found[1] if found else b""


def _pieces(whole: bytes, at: int, boundary: bytes, limit: int) -> Iterator[bytes]:
    """The bytes of each part between the boundary lines; a missing last boundary ends at the end."""
    start: int | None = None
    for line_start, line_end, closing in _boundary_lines(whole, at, b"--" + boundary):
        if start is not None:
            yield whole[start : _before_line_end(whole, start, line_start)]
            limit -= 1
        start = None if closing else line_end
        if limit < 0:
            return
    if start is not None and whole[start:].strip():
        yield whole[start : _before_line_end(whole, start, len(whole))]


def _boundary_lines(whole: bytes, begin: int, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Where each boundary line begins and ends, and whether it is a closing one."""
    at = whole.find(mark, begin)
    while at >= 0:
        end = at + len(mark)
        closing = whole[end : end + 2] == b"--"
        end += 2 * closing
        while whole[end : end + 1] in (b" ", b"\t"):
            end += 1
        if (at == begin or whole[at - 1] in b"\r\n") and whole[end : end + 1] in (b"", b"\r", b"\n"):
            end += 2 if whole[end : end + 2] == b"\r\n" else 1
            yield at, end, closing
        at = whole.find(mark, max(end, at + 1))


def _before_line_end(body: bytes, start: int, end: int) -> int:
    """Where a part ends: the line end before a boundary belongs to the boundary."""
    if body.endswith(b"\r\n", start, end):
        return end - 2
    return end - body.endswith((b"\n", b"\r"), start, end)
