"""Charsets of one script that are taken for each other: the right one leaves the words whole."""

import re

CYRILLIC = "\u0400-\u052f"
KINDS = tuple(
    (codecs, re.compile(unfit))
    for codecs, unfit in (
        # Latin letters inside Arabic words
        (("cp1256", "iso8859-6"), "[\u0621-\u064a][a-zà-ÿ×÷¬]|[a-zà-ÿ×÷¬][\u0621-\u064a]"),
        # a sign before a word where the other charset has an accented capital
        (("iso8859-7", "cp1253"), "(?<![Ͱ-Ͽ])[¶’΅][Ͱ-Ͽ]"),
        # capitals after small letters, and lines of boxes beside letters
        (
            ("cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866"),
            f"[а-яёіїєґ][А-ЯЁІЇЄҐ]|[{CYRILLIC}][\u2500-\u25ff°±µ¶·№]|[\u2500-\u25ff°±µ¶·][{CYRILLIC}]",
        ),
    )
)
LETTERS_FOR_ONE_BAD = 100


def best_of_its_kind(content: bytes, codec: str) -> str:
    """The charset of the same script that leaves fewest signs inside words and fewest bytes unread; the first where
    it cannot tell."""
    for codecs, unfit in KINDS:
        if codec in codecs:
            return min((codec, *codecs), key=lambda one: _unfit(content.decode(one, "replace"), unfit))
    return codec


def _unfit(text: str, unfit: re.Pattern[str]) -> int:
    letters = sum(character.isalpha() and character > "\x7f" for character in text)
    return len(unfit.findall(text)) + 2 * text.count("\ufffd") - letters // LETTERS_FOR_ONE_BAD
