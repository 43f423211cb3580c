"""Pseudonyms in the place of names: whom they are for, what they are, and a text with every name taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from string import ascii_uppercase
from typing import Any
from unicodedata import normalize

from jcr.cases.words import plain_letters

SHORTEST_PART, SHORTEST_IN_ANY_LETTERS = 2, 3  # a part of two letters is a name only with a capital: Jo, Ng
SHORTEST_WITH_PLURAL = 4  # the Nowaks; with a capital only
# What two letters mostly are when they begin a sentence or stand among names
TWO_LETTER_WORDS = frozenset((
    "de", "of", "or", "in", "at", "to", "no", "on", "is", "be", "by", "he", "it", "as", "we", "us", "me", "my",
    "do", "go", "so", "up", "if", "am", "an", "mr", "ms", "mx", "dr", "gp", "st"
))  # fmt: skip
UNSURE = "[name]"
KINDS = ("Child", "Adult")  # what a subject is called, with a letter
TITLES = "mrs|miss|ms|mr|master|dr"
APOSTROPHES = dict.fromkeys("’‘`´", "'")


def people_named(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name and part in the story of everybody a referral names besides its subjects."""
    for row in answers.get("family_members") or []:
        yield str(row.get("name") or "").strip(), str(row.get("relationship") or "").strip() or "Relative"
    for row in answers.get("alleged_perpetrators") or []:
        yield str(row.get("name") or "").strip(), "Person alleged responsible"
    yield str(answers.get("next_of_kin_name") or "").strip(), "Relative"


def lettered(kind: str, taken: Iterable[str]) -> str:
    """The next free pseudonym of a subject: Child A, Child B."""
    used = set(taken)
    return next(name for letter in _letters() if (name := f"{kind} {letter}") not in used)


def numbered(part: str, taken: Iterable[str]) -> str:
    """The pseudonym of somebody else: Mother, or Sibling 2 where there is one already."""
    used = {name.casefold() for name in taken}
    wording = part[:1].upper() + part[1:]
    if wording.casefold() not in used:
        return wording
    return next(name for number in count(2) if (name := f"{wording} {number}").casefold() not in used)


def tidy(name: str) -> str:
    """The name with one blank between its words, as pseudonyms are kept for it."""
    return " ".join(name.split())


def without_names(text: str, pseudonyms: Mapping[str, str]) -> str:
    """The text with every name, whole or in part, replaced; `pseudonyms` leads from name to pseudonym.

    Capitals, accents and blanks may differ. A family name by itself, or a first name that two people have, may
    mean either of them: it is taken out without saying whom it means. Two names of one person mean that person.
    """
    said, text = _everything_said(pseudonyms), normalize("NFC", text)
    if not said:
        return text
    words = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(said, key=len, reverse=True))
    pattern = rf"(?<!\w)(?:(?:{TITLES}) )?(?P<name>{words})(?P<plural>(?:e?s)?)(?!\w)"
    kept, reached = [], 0
    for found in re.finditer(pattern, _plain(text)):
        if not _is_a_name(found, text[found.start("name")].isupper()):
            continue
        kept += [text[reached : found.start()], said[tidy(found["name"])]]
        reached = found.end()
    return "".join((*kept, text[reached:]))


def _is_a_name(found: re.Match[str], has_capital: bool) -> bool:
    """Short words, and words with the s of many, are names only with a capital."""
    if found["plural"]:
        return has_capital and len(found["name"]) >= SHORTEST_WITH_PLURAL
    return has_capital or len(found["name"]) >= SHORTEST_IN_ANY_LETTERS


def _everything_said(pseudonyms: Mapping[str, str]) -> dict[str, str]:
    """Each whole name and each part of one, plainly spelt -> what is put in its place."""
    whole = {tidy(_plain(name)): pseudonym for name, pseudonym in pseudonyms.items()}
    alone: dict[str, str] = {}
    for name, pseudonym in whole.items():
        for number, part in _parts(name):
            means = UNSURE if number else pseudonym
            alone[part] = means if alone.get(part, means) == means else UNSURE
    return alone | whole


def _parts(name: str) -> Iterator[tuple[int, str]]:
    """The words of a name with their numbers: the first is what a person is called, the others a family's."""
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", name)
    return (
        (number, word)
        for number, word in enumerate(words)
        if len(word) >= SHORTEST_PART and word not in TWO_LETTER_WORDS
    )


def _plain(text: str) -> str:
    """In small letters without accents, letter for letter, so that a place in one is the same place in the other."""
    letters = plain_letters(normalize("NFC", text))
    return "".join(APOSTROPHES.get(letter) or letter.lower()[0] for letter in letters)


def _letters() -> Iterator[str]:
    yield from ascii_uppercase
    yield from (f"{one}{other}" for one in ascii_uppercase for other in ascii_uppercase)
