"""The words a case is found by: folded, so that case and accents do not matter, and matched from their beginning."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

PART = re.compile(r"[^\W_]+")
WORD = re.compile(rf"[a-z]+-\d{{4}}-\d+|{PART.pattern}")  # a reference is one word
# As people type one: with other dashes or blanks, the number without its noughts
REFERENCE = re.compile(r"\bjcr[\s/‐‑–—-]*(\d{4})[\s/‐‑–—-]+(\d+)\b", re.IGNORECASE)
NHS_NUMBER = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?!\d)")
APOSTROPHES = re.compile("['’‘`]")
# Letters with a stroke, which Unicode does not take apart into a letter and an accent; by keyboard they are plain
STROKES = str.maketrans("łŁøØđĐðÐħĦŧŦı", "lLoOdDdDhHtTi")


def folded(text: str) -> str:
    """The text in small letters without accents; an NHS number without its spaces."""
    return NHS_NUMBER.sub(r"\1\2\3", (text if text.isascii() else _without_accents(text)).casefold())


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.translate(STROKES))
    return "".join(one for one in apart if not unicodedata.combining(one))


def plain_letters(text: str) -> str:
    """The text without accents, letter for letter, so that a place in one is the same place in the other.

    The text is one of whole letters (NFC): an accent that is a letter of its own stays.
    """
    if text.isascii():
        return text
    return "".join(unicodedata.normalize("NFKD", letter)[0] for letter in text.translate(STROKES))


def name_key(name: str) -> str:
    """The words of a name in the order of the alphabet: Tolland, Wren and Wren Tolland are one name."""
    return " ".join(sorted(asked(name)))


def as_reference(text: str) -> str:
    """The text with a case's reference in it as references are given: JCR-2026-0006 for jcr 2026 6."""
    return REFERENCE.sub(lambda found: f"JCR-{found[1]}-{found[2].lstrip('0'):0>4}", text.strip())


def asked(text: str) -> list[str]:
    """The words somebody looks for; a reference is one word."""
    return list(dict.fromkeys(WORD.findall(APOSTROPHES.sub("", folded(as_reference(text))))))


def stored(texts: Iterable[str]) -> set[str]:
    """The words to find a case by: a reference whole and in its parts, O'Neill as oneill and as neill."""
    found: set[str] = set()
    for text in texts:
        found |= _parts(text)
    return found


@lru_cache(maxsize=4096)  # the same agencies stand behind many cases
def _parts(text: str) -> frozenset[str]:
    small = folded(text)
    whole = WORD.findall(APOSTROPHES.sub("", small))
    return frozenset((*whole, *PART.findall(small)))
