"""Tick boxes and other signs that fonts hide, turned into characters every later stage knows."""

import re
import unicodedata
from functools import lru_cache

TICKED, EMPTY, CROSSED = "☒", "☐", "✗"  # a cross means yes or no, as the rest of the document tells
_TICKED_SYMBOLS = {"F0FE", "F0FD", "F0FC", "F052", "F053", "F054", "F050", "F04F", "F078"}
_EMPTY_SYMBOLS = {"F0A8", "F06F", "F071", "F0A3", "F072", "F063", "F02A", "F035", "F030", "F099"}
_WINGDINGS_LETTERS = {"û": CROSSED} | dict.fromkeys("xþýüRSTPQ", TICKED) | dict.fromkeys("oq¨cr£", EMPTY)
_TICKED = re.compile("[☑☒✓✔✅🗹⌧⊠■⮽🗵\uf0fe\uf0fd\uf0fc\uf052\uf053\uf054\uf050\uf04f\uf078]")
_EMPTY = re.compile("[☐□◻❏❐❑❒▢⬜🗆◯○\uf0a8\uf06f\uf071\uf0a3\uf072\uf063\uf099]")
_CROSS = re.compile("[✗✘🗷\uf0fb]")
_MARKS = "✓✔✅🗹🗷✗✘⌧⊠■⮽🗵◯○"
_BOX = re.compile(
    "[☐☑☒□◻❏❐❑❒▢⬜\ue000-\uf8ff]"
    rf"|\b(?:yes|no|n/?a|male|female)\b[\s:]*[{_MARKS}]|[{_MARKS}]\s*(?:yes|no|n/?a|male|female)\b",
    re.I,
)
_MARK_AT_EDGE = re.compile(rf"^\s*[{_MARKS}]|[{_MARKS}]\W*$")
_FEWEST_WORDS = 8
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
_UNBREAKING = str.maketrans({"\xa0": " ", "\u2010": "-", "\u2011": "-"})


def symbol(code: str) -> str:
    """Return the character for a `w:sym` code of the Wingdings family; a bullet for those not known."""
    code = code.upper().rjust(4, "F")
    if code == "F0FB":
        return CROSSED
    if code in _TICKED_SYMBOLS:
        return TICKED
    return EMPTY if code in _EMPTY_SYMBOLS else "•"


def wingdings(text: str) -> str:
    """Return text that was set in a Wingdings font: a box typed as "o" or "x" becomes a box again."""
    return "".join(_WINGDINGS_LETTERS.get(character, character) for character in text)


@lru_cache(maxsize=1024)  # a form repeats its few signs and its own words
def plain(text: str) -> str:
    """Return `text` composed (NFC), with boxes of every kind as ☒ or ☐, and without invisible characters.

    A space or hyphen that keeps a line together is a space or hyphen: dates and numbers are written with them too.
    """
    if text.isascii():
        return text
    if "\n" in text:
        return "\n".join(map(plain, text.split("\n")))
    if not _in_prose(text):
        text = _TICKED.sub(TICKED, _EMPTY.sub(EMPTY, _CROSS.sub(CROSSED, text)))
    text = _PRIVATE.sub("•", text)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_UNBREAKING)


def _in_prose(text: str) -> bool:
    """Say whether the ticks and marks of a text stand inside somebody's sentence, where no form prints a box."""
    return not _BOX.search(text) and len(text.split()) >= _FEWEST_WORDS and not _MARK_AT_EDGE.search(text)


def broken(text: str) -> list[str]:
    """Return the lines of a text in which a return sign stands for a line break."""
    return [line.strip() for line in text.split("⏎")] if "⏎" in text else [text]


def visible(text: str) -> bool:
    """Say whether anything can be seen in `text`."""
    return bool(text.strip())
