"""The house typeface in four styles, which characters it prints, and right-to-left words in visual order."""

import io
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib import import_module
from itertools import groupby
from threading import Lock
from typing import Any

from arabic_reshaper import reshape
from bidi.algorithm import get_display
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

BODY, BOLD, ITALIC, BOLD_ITALIC = "Body", "Body-Bold", "Body-Italic", "Body-BoldItalic"
FILES = {BODY: "Regular", BOLD: "Bold", ITALIC: "Italic", BOLD_ITALIC: "BoldItalic"}

# Hebrew, Arabic, Syriac, Thaana and their presentation forms; the two joiners matter to Persian spelling.
_LETTER = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
# What may stand between two of them: a hyphen of a double name, a comma, a number; and brackets at the end.
_BETWEEN = " \u200c\u200d0-9.,:;/'\"\u2019\u2010-\u2015\\-"
_WORDS = f"[{_LETTER}](?:[{_LETTER}{_BETWEEN}]*[{_LETTER}])?"
RIGHT_TO_LEFT = re.compile(rf"({_WORDS}(?: ?\({_WORDS}\))?)")
_AS_SHOWN = re.compile(rf"(?:\({_WORDS}\) ?)?{_WORDS}")

INVISIBLE = "\u00ad\u200b\u2060\ufeff"  # soft hyphen, and marks of where a line may be broken
TICK_BOXES = {"☐": "[ ]", "☑": "[x]", "☒": "[x]", "✓": "[x]", "✔": "[x]", "✗": "[x]", "✘": "[x]"}
SCRIPTS = {"CJK": "Chinese or Japanese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}
REPEATED_NOTE = re.compile(r"(\[in [^\]]+ script\])(?: ?\1)+")
# What `printable` writes in the place of a sign or a script that is missing.
STAND_IN = re.compile(r"\[(?:in [A-Z][A-Za-z ]+ script|[a-z][a-z -]+)\]")

_registering = Lock()


class HouseFont(TTFont):
    """The typeface; words of ASCII, which are their own codes in its first subset, go without a look at each letter."""

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        """The words in pieces, each with the number of the subset that has its letters."""
        if text.isascii() and text.isprintable():
            self._assignState(doc)
            return [(0, text.encode("ascii"))] if text else []
        pieces: list[tuple[int, bytes]] = super().splitString(text, doc, encoding)
        return pieces


@cache
def register() -> None:
    """Make the four styles known to ReportLab; costs a quarter of a second, once in a process."""
    with _registering:
        if BODY in pdfmetrics.getRegisteredFontNames():  # another thread was first
            return
        for name in FILES:
            pdfmetrics.registerFont(HouseFont(name, io.BytesIO(font_file(name)), shapable=False))
        for bold, italic, name in ((0, 0, BODY), (1, 0, BOLD), (0, 1, ITALIC), (1, 1, BOLD_ITALIC)):
            addMapping(BODY, bold, italic, name)


def font_file(name: str = BODY) -> bytes:
    """The TrueType file of one style, for those who must embed it by other means."""
    return bytes(import_module(f"pymupdf_fonts.FiraGO_{FILES[name]}").fontbuffer)


@cache
def coverage() -> frozenset[int]:
    """The code points that the typeface can print."""
    register()
    return frozenset(pdfmetrics.getFont(BODY).face.charToGlyph)


def printable(text: str) -> str:
    """The text as it can be printed: letters composed, no controls, words where a letter is missing.

    A letter outside the typeface is never shown as an empty box: a run of them becomes "[in Bengali script]",
    a symbol its name, a ticked box "[x]". The record keeps the words as they were written.
    """
    if text.isascii() and text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    runs = groupby(unicodedata.normalize("NFC", lines), _kind())
    return REPEATED_NOTE.sub(r"\1", "".join(_words(kind, "".join(run)) for kind, run in runs))


@cache
def _kind() -> Callable[[str], str]:
    """A function from character to "print", "space", "drop", "symbol" or the script that is missing."""
    covered = coverage()

    @cache
    def kind(char: str) -> str:
        if char in INVISIBLE:
            return "drop"
        if ord(char) in covered or char in "\n\u200c\u200d":
            return "print"
        category = unicodedata.category(char)
        if char in TICK_BOXES or category[0] in "SNP":
            return "symbol"
        if category[0] == "Z":
            return "space"
        script = _script(char)
        return "drop" if category[0] == "C" or script == "Combining" else script

    return kind


def _script(char: str) -> str:
    first_word = unicodedata.name(char, "an unknown").split()[0]
    return SCRIPTS.get(first_word, first_word.title())


def _words(kind: str, run: str) -> str:
    match kind:
        case "print":
            return run
        case "drop":
            return ""
        case "space":
            return " "
        case "symbol":
            return "".join(TICK_BOXES.get(c) or f"[{unicodedata.name(c, 'symbol').lower()}]" for c in run)
    return f"[in {kind} script]"


def visual(run: str) -> str:
    """A run of right-to-left words as glyphs from left to right, letters joined."""
    shown = get_display(reshape(run), base_dir="R")
    covered = coverage()
    # The typeface has no isolated forms at their own code points; the plain letter is the same picture.
    plain = (c if ord(c) in covered else unicodedata.normalize("NFKC", c) for c in shown)
    return "".join(c for letters in plain for c in letters if ord(c) in covered)


def as_read(shown: str) -> str:
    """What stands on paper from left to right in the order it is read in: `visual` undone."""
    return _AS_SHOWN.sub(lambda run: get_display(run[0], base_dir="R"), shown)


def width(text: str, size: float, name: str = BODY) -> float:
    """The width in points of one line of printable text."""
    register()
    return float(pdfmetrics.stringWidth(text, name, size))
