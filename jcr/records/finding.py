"""Looks through the words of a document for what a case must not give away: names, near-misses, dates, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from jcr.chronology.naming import TWO_LETTER_WORDS
from jcr.chronology.particulars import ADDRESS, NAME, NAME_OR_POST, Known, folded, patterns, plainly, spread

SHORTEST, SHORTEST_NEAR = 2, 4  # letters of a part of a name, and of a word that is nearly one
# What stands in the boxes for names and is none
OFFICE = frozenset((
    "and", "the", "for", "from", "named", "lead", "safeguarding", "adult", "adults", "child", "children",
    "officer", "manager", "nurse", "doctor", "service", "services", "social", "worker", "team", "head", "director",
    "designated", "midwife", "teacher", "not", "known", "unknown", "mother", "father", "brother", "sister", "aunt",
    "uncle", "partner", "husband", "wife", "son", "daughter", "grandmother", "grandfather", "home", "mobile",
    "work", "miss", "mrs"
)) | TWO_LETTER_WORDS  # fmt: skip
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
AROUND = 40  # characters shown on each side of what was found


@dataclass(frozen=True)
class Hit:
    """What was found: the words, what they are, and where. Only an ordinary word may be let stand."""

    words: str
    because: str
    places: tuple[str, ...]
    is_ordinary: bool


def hits(pages: Sequence[str], known: Iterable[Known]) -> list[Hit]:
    """Everything found on these pages; the same words once, with each place."""
    known = list(known)
    found: dict[tuple[str, str, bool], list[str]] = {}
    for number, page in enumerate(pages, 1):
        text = folded(page)
        for start, end, because, ordinary in (
            *_patterns_in(text, known),
            *_houses_in(text, known),
            *_names_in(text, known),
        ):
            excerpt = text[max(0, start - AROUND) : end + AROUND].strip()
            places = found.setdefault((text[start:end], because, ordinary), [])
            places.append(f"page {number}: … {excerpt} …")
    return [
        Hit(words, because, tuple(places), ordinary) for (words, because, ordinary), places in found.items()
    ]


def parts_of_name(name: str) -> list[str]:
    """The words of a name that tell somebody: no titles, no posts, no initials."""
    words = WORD.findall(folded(name))
    return [word for word in words if len(word) >= SHORTEST and word not in OFFICE]


def _patterns_in(text: str, known: Iterable[Known]) -> Iterator[tuple[int, int, str, bool]]:
    for one in known:
        for pattern in patterns(one):
            yield from (
                (found.start(), found.end(), f"{one.kind} of the case", False)
                for found in pattern.finditer(text)
            )


def _houses_in(text: str, known: Iterable[Known]) -> Iterator[tuple[int, int, str, bool]]:
    """How an address without a number begins: a house's name, or a word such as hospital, so it may be ordinary."""
    for house in sorted({_house(one.text) for one in known if one.kind == ADDRESS} - {""}):
        for found in plainly(house).finditer(text):
            yield found.start(), found.end(), "perhaps the name of a house of the case", True


def _names_in(text: str, known: Iterable[Known]) -> Iterator[tuple[int, int, str, bool]]:
    names = [(one.kind, parts_of_name(one.text)) for one in known if one.kind in (NAME, NAME_OR_POST)]
    whole = {" ".join(parts) for kind, parts in names if kind == NAME and len(parts) > 1}
    for name in sorted(whole):
        # Blanks and hyphens may stand anywhere, as where a line ends in a word
        for found in spread(name, r"[\s'-]*").finditer(text):
            yield found.start(), found.end(), "a whole name of the case", False
    parts = {part for _, name in names for part in name}
    like = {word: _like(word.removesuffix("'s"), parts) for word in set(WORD.findall(text))}
    for found in WORD.finditer(text):
        if because := like[found[0]]:
            yield found.start(), found.end(), because, True


def _like(word: str, parts: set[str]) -> str:
    if word in parts or (len(word) >= SHORTEST_NEAR and word.removesuffix("s") in parts):
        return "part of a name of the case"
    if len(word) < SHORTEST_NEAR:
        return ""
    near = any(OSA.distance(word, part, score_cutoff=_slips(part)) <= _slips(part) for part in parts)
    return "nearly part of a name of the case" if near else ""


def _slips(part: str) -> int:
    """How many letters may differ for a near-miss."""
    return 0 if len(part) < 5 else 1 if len(part) < 8 else 2


def _house(address: str) -> str:
    """The first line of several when it has no number."""
    first, *others = (folded(line).strip() for line in re.split(r"[\n,;]", address))
    return first if others and parts_of_name(first) and not re.search(r"\d", first) else ""
