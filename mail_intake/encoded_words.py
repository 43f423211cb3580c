"""Header text as a person reads it: RFC 2047 encoded words, also where the standard forbids them."""

import binascii
import re
from itertools import islice

from mail_intake.charsets import decode
from mail_intake.transfer import unpadded

WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?(.{0,4000}?)\?=", re.S)
MOST_WORDS = 2000  # in one field; what comes after them stays as it came
BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")


def header_text(raw: bytes, charset: str = "") -> str:
    """A header's value decoded, on one line, without control characters. `charset` as for `plain_text`."""
    text = plain_text(raw, charset)
    if "=?" in text:
        text = decode_words(text)
    line = " ".join(text.split())
    if line.isprintable():
        return line
    return " ".join("".join(c if c.isprintable() or c.isspace() else "" for c in text).split())


def plain_text(raw: bytes, charset: str = "") -> str:
    """Raw header bytes as text: UTF-8 when they are, otherwise what the body is in, or what they look like."""
    return raw.decode("ascii") if raw.isascii() else decode(raw, charset)[0]


def decode_words(text: str) -> str:
    """Every encoded word replaced by what it says; a word that cannot be decoded stays as it came."""
    text = BETWEEN_WORDS.sub(r"\1", text)
    pieces: list[str] = []
    position = 0
    pending: tuple[str, bytes] | None = None
    for word in islice(WORD.finditer(text), MOST_WORDS):
        if pending and (word.start() > position):
            pieces.append(_spoken(pending))
            pending = None
        pieces.append(text[position : word.start()])
        charset, content = word[1].split("*")[0], _word_bytes(word[2], word[3])
        if pending and pending[0].lower() == charset.lower():
            # A character of several bytes may be cut in two between neighbouring words
            pending = (charset, pending[1] + content)
        else:
            pieces.append(_spoken(pending))
            pending = (charset, content)
        position = word.end()
    pieces.append(_spoken(pending))
    return "".join(pieces) + text[position:]


def _spoken(word: tuple[str, bytes] | None) -> str:
    return decode(word[1], word[0])[0] if word else ""


def _word_bytes(encoding: str, content: str) -> bytes:
    data = content.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return binascii.a2b_qp(data, header=True)
    return unpadded(data)
