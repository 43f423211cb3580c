"""Content-Transfer-Encoding undone: base64, quoted-printable and uuencode, also when damaged."""

import binascii
import re
from collections.abc import Iterator
from contextlib import suppress

import pybase64

LINE_ENDS, PADDING = b"\r\n", b"="
AT_ONCE = 1 << 16  # bytes: what is copied is still at hand when it is decoded
NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
STRANGE = re.compile(rb"[^A-Za-z0-9+/=\s]")
INNER_BLANK = re.compile(rb"\S[ \t]+(?=\S)")
TOLERATED_NOISE = 0.1
BEGIN = re.compile(rb"^begin ", re.M)
SOFT_BREAK = re.compile(
    rb"=[ \t]*(?:\r\n?|\n)"
)  # of which the standard library knows neither blanks nor a bare CR
# PDF, zip and with it Word, older Office, PNG, JPEG and RTF, as base64 begins them
BASE64_OF_FILES = (b"JVBERi", b"UEsDB", b"0M8R4K", b"iVBORw0KGg", b"/9j/", b"e1xydG")


def decoded(content: bytes | memoryview, encoding: str) -> tuple[bytes, str]:
    """The bytes meant by some transfer-encoded content, and a note when it was damaged (else empty)."""
    if encoding == "base64":
        return from_base64(content)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(SOFT_BREAK.sub(b"", content)), ""
    if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
        if not BEGIN.search(content):
            return bytes(content), "labelled uuencode but is not"
        return from_uuencode(bytes(content)), ""
    if bytes(content[:80]).lstrip().startswith(BASE64_OF_FILES):
        return from_base64(content)[0], "base64 that was not labelled so"
    return bytes(content), ""


def from_base64(encoded: bytes | memoryview) -> tuple[bytes, str]:
    """Base64 to bytes; text that was only labelled base64 is given back as it stands."""
    with suppress(binascii.Error):
        return b"".join(_decoded_in_pieces(encoded)), ""
    content = bytes(encoded)
    with suppress(binascii.Error):  # ten times as slow, and lets padding pass that nothing needed
        return binascii.a2b_base64(content.translate(None, LINE_ENDS), strict_mode=True), ""
    encoded = _without_footer(content)
    if not encoded.strip():
        return content, "labelled base64 but is not"
    # Padding ends a piece: some programs join several
    return b"".join(unpadded(run) for run in re.split(rb"=+", encoded)), "damaged base64"


def _decoded_in_pieces(encoded: bytes | memoryview) -> Iterator[bytes]:
    """Well-formed base64 piece by piece: a large file is never copied as a whole. Raises binascii.Error."""
    left = b""  # the last four characters at most, which may end in padding
    for start in range(0, len(encoded), AT_ONCE):
        joined = left + bytes(encoded[start : start + AT_ONCE]).translate(None, LINE_ENDS)
        ready = max(0, len(joined) - 1) // 4 * 4
        piece, left = joined[:ready], joined[ready:]
        if piece.endswith(PADDING):
            raise binascii.Error("something stands behind the padding")
        yield pybase64.b64decode(piece, validate=True)
    yield pybase64.b64decode(left, validate=True)


def _without_footer(content: bytes) -> bytes:
    """What stands above the words that a list or gateway wrote underneath; all of it where more base64 follows."""
    at = 0
    for line in content.splitlines(keepends=True):
        if _is_prose(line):
            return content[:at] if _is_prose(content[at:]) else content
        at += len(line)
    return content


def _is_prose(run: bytes) -> bool:
    noise = len(STRANGE.findall(run)) + len(INNER_BLANK.findall(run))
    return noise > len(run) * TOLERATED_NOISE


def unpadded(run: bytes) -> bytes:
    """Base64 without regard for its padding or for strange characters in it. Never raises."""
    run = NOT_BASE64.sub(b"", run)
    if len(run) % 4 == 1:
        run = run[:-1]
    return binascii.a2b_base64(run + b"=" * (-len(run) % 4))


def from_uuencode(content: bytes) -> bytes:
    """The bytes of a uuencoded block, from its begin line to its end line."""
    lines = content.splitlines()
    start = next((i + 1 for i, line in enumerate(lines) if line.startswith(b"begin ")), 0)
    out = []
    for line in lines[start:]:
        if line.strip() == b"end":
            break
        out.append(_uuencoded_line(line))
    return b"".join(out)


def _uuencoded_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        try:
            # Some writers pad lines with rubbish: read only as much as the first byte promises
            length = (((line[0] - 32) & 63) * 4 + 5) // 3
            return binascii.a2b_uu(line[:length])
        except (binascii.Error, IndexError):
            return b""
