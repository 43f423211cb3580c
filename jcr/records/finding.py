"""Looks through the words of a document for what a case must not give away: names, near-misses, dates, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise, product

from rapidfuzz.distance import OSA

from jcr.chronology.naming import TWO_LETTER_WORDS
from jcr.chronology.particulars import (
    ADDRESS,
    BORN,
    NAME,
    NAME_OR_POST,
    Known,
    folded,
    patterns,
    plain,
    plainly,
    spread,
    street_of,
)
from jcr.chronology.written_days import without_year

SHORTEST, SHORTEST_PIECE, SHORTEST_NEAR = (
    2,
    3,
    4,
)  # letters of a part of a name, of a piece of one, and of a word nearly one
# What stands in the boxes for names and is none
OFFICE = frozenset((
    "and", "the", "for", "from", "named", "lead", "safeguarding", "adult", "adults", "child", "children",
    "officer", "manager", "nurse", "doctor", "service", "services", "social", "worker", "team", "head", "director",
    "designated", "midwife", "teacher", "not", "known", "unknown", "mother", "father", "brother", "sister", "aunt",
    "uncle", "partner", "husband", "wife", "son", "daughter", "grandmother", "grandfather", "home", "mobile",
    "work", "miss", "mrs"
)) | TWO_LETTER_WORDS  # fmt: skip
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
PIECE = re.compile(r"[^\W\d_]+")
HYPHENED = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:- ?[^\W\d_]+){1,9}")
SPACED = re.compile(r"(?<!\w)[^\W\d_](?:[ .-]{1,2}[^\W\d_]){3,39}(?!\w)")
COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:[-'][^\W\d_]+)+")
CAPITALISED = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])")
AROUND = 40  # characters shown on each side of what was found


@dataclass(frozen=True)
class Hit:
    """What was found: the words, what they are, and where. Only an ordinary word may be let stand."""

    words: str
    because: str
    places: tuple[str, ...]
    is_ordinary: bool


def hits(pages: Sequence[str], known: Iterable[Known], place: str = "page {}") -> list[Hit]:
    """Everything found on these pages; the same words once, with each place."""
    known = list(known)
    found: dict[tuple[str, str, bool], list[str]] = {}
    for number, page in enumerate(pages, 1):
        for text, start, end, because, ordinary in _on_page(page, known):
            excerpt = text[max(0, start - AROUND) : end + AROUND].strip()
            places = found.setdefault((text[start:end], because, ordinary), [])
            places.append(f"{place.format(number)}: … {excerpt} …")
    return [
        Hit(words, because, tuple(places), ordinary) for (words, because, ordinary), places in found.items()
    ]


def _on_page(page: str, known: Sequence[Known]) -> Iterator[tuple[str, int, int, str, bool]]:
    """What is found in the folded text of a page, and initials, of which capitals tell, in the plain one."""
    small, capitals = folded(page), plain(page)
    for look in (_patterns_in, _days_in, _places_in, _names_in, _names_apart_in):
        yield from ((small, *found) for found in look(small, known))
    for look in (_initials_in, _short_names_in, _names_run_together_in):
        yield from ((capitals, *found) for found in look(capitals, known))


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


def _days_in(text: str, known: Iterable[Known]) -> Iterator[tuple[int, int, str, bool]]:
    """Days of the case without their year, which may mean another year's."""
    whole = [one for one in known if one.kind == BORN]
    with_year = {found.start() for one in whole for each in patterns(one) for found in each.finditer(text)}
    for one in whole:
        for found in without_year(date.fromisoformat(one.text)).finditer(text):
            if found.start() not in with_year:
                yield found.start(), found.end(), "day and month of a date of the case", True


def _places_in(text: str, known: Iterable[Known]) -> Iterator[tuple[int, int, str, bool]]:
    """How an address without a number begins: a house's name, or a word such as hospital, so it may be ordinary;
    and its street where the number is left out."""
    addresses = [one.text for one in known if one.kind == ADDRESS]
    for place, because in (
        *((one, "perhaps the name of a house of the case") for one in {_house(one) for one in addresses}),
        *((one, "the street of an address of the case") for one in {street_of(one) for one in addresses}),
    ):
        for found in plainly(place).finditer(text) if place else ():
            if not re.search(
                r"\d\w?,?\s$", text[: found.start()]
            ):  # then the whole address is told by itself
                yield found.start(), found.end(), because, True


def _names_in(text: str, known: Iterable[Known]) -> Iterator[tuple[int, int, str, bool]]:
    names = [(one.kind, parts_of_name(one.text)) for one in known if one.kind in (NAME, NAME_OR_POST)]
    whole = {" ".join(parts) for kind, parts in names if kind == NAME and len(parts) > 1}
    for name in sorted(whole):
        # Blanks and hyphens may stand anywhere, as where a line ends in a word
        for found in spread(name, r"[\s'-]*").finditer(text):
            yield found.start(), found.end(), "a whole name of the case", False
    parts = _all_parts(known)
    like = {word: _like(word.removesuffix("'s"), parts) for word in set(WORD.findall(text))}
    for found in WORD.finditer(text):
        if because := like[found[0]]:
            yield found.start(), found.end(), because, True


def _all_parts(known: Iterable[Known]) -> set[str]:
    """The words of all names, and of those with hyphen or apostrophe each piece and all of them in one."""
    names = [one.text for one in known if one.kind in (NAME, NAME_OR_POST)]
    parts = {part for name in names for part in parts_of_name(name)}
    for name in names:
        for found in COMPOUND.findall(folded(name)):
            pieces = [piece for piece in re.split(r"[-']", found) if piece not in OFFICE]
            parts |= {piece for piece in pieces if len(piece) >= SHORTEST_PIECE}
            parts |= {"".join(pieces)} if len(pieces) > 1 else set()
    return parts


def _names_apart_in(text: str, known: Iterable[Known]) -> Iterator[tuple[int, int, str, bool]]:
    """Parts of names with a hyphen in them, as where a line ends, with a blank, or with something between all their
    letters."""
    parts = {part for part in _all_parts(known) if len(part) >= SHORTEST_NEAR}
    for one, next_one in pairwise(WORD.finditer(text)):
        joined = text[one.end() : next_one.start()] == " " and not {one[0], next_one[0]} & parts
        if joined and one[0] + next_one[0] in parts:
            yield one.start(), next_one.end(), "part of a name of the case", True
    for run in (*HYPHENED.finditer(text), *SPACED.finditer(text)):
        pieces = list(PIECE.finditer(run[0]))
        for first, last in combinations(range(len(pieces)), 2):
            if "".join(piece[0] for piece in pieces[first : last + 1]) in parts:
                yield (
                    run.start() + pieces[first].start(),
                    run.start() + pieces[last].end(),
                    "part of a name of the case",
                    True,
                )


def _short_names_in(text: str, known: Iterable[Known]) -> Iterator[tuple[int, int, str, bool]]:
    """What is nearly a name of four letters and has a capital: without one too many words would be."""
    parts = {part for part in _all_parts(known) if len(part) == SHORTEST_NEAR}
    for found in WORD.finditer(text):
        word = found[0].casefold().removesuffix("'s")
        if found[0][0].isupper() and word not in parts and any(_nearly_short(word, one) for one in parts):
            yield found.start(), found.end(), "nearly part of a name of the case", True


def _names_run_together_in(text: str, known: Iterable[Known]) -> Iterator[tuple[int, int, str, bool]]:
    """Parts of names within words such as #JusticeForMary."""
    parts = {part for part in _all_parts(known) if len(part) >= SHORTEST_PIECE}
    for word in WORD.finditer(text):
        pieces = list(CAPITALISED.finditer(word[0])) if word[0].casefold() not in parts else []
        for piece in pieces if len(pieces) > 1 else ():
            if piece[0].casefold() in parts:
                yield (
                    word.start() + piece.start(),
                    word.start() + piece.end(),
                    "part of a name of the case",
                    True,
                )


def _initials_in(text: str, known: Iterable[Known]) -> Iterator[tuple[int, int, str, bool]]:
    """Initials of whole names: in capitals as Z.Q., Z Q, Z/Q or ZQ, with dots also in small letters or turned about."""
    for one in sorted(
        {each for known_one in known if known_one.kind == NAME for each in _initials(known_one.text)}
    ):
        letters = [re.escape(letter) for letter in one]
        small, turned = r"\. ?".join(letters), r"\. ?".join(reversed(letters))
        pattern = rf"(?:{r'[ ./-]{0,2}'.join(letters)}|(?i:{small})(?=\.)|{turned}(?=\.))"
        for found in re.finditer(rf"(?<![^\W_]){pattern}(?![^\W_])", text):
            yield found.start(), found.end(), "perhaps initials of a name of the case", True


def _initials(name: str) -> set[str]:
    """MASJ, with one letter for a part with a hyphen MS and MSJ, and the first and last; none of a single part."""
    words = [parts for word in name.split() if (parts := parts_of_name(word))]
    letters = [{parts[0][0], "".join(part[0] for part in parts)} for parts in words]
    found = {"".join(each).upper() for each in product(*letters)} if sum(map(len, words)) > 1 else set()
    return {each for one in found for each in (one, one[0] + one[-1]) if len(one) > 1}


def _like(word: str, parts: set[str]) -> str:
    if word in parts or (len(word) >= SHORTEST_NEAR and word.removesuffix("s") in parts):
        return "part of a name of the case"
    if len(word) < SHORTEST_NEAR:
        return ""
    near = any(OSA.distance(word, part, score_cutoff=_slips(part)) <= _slips(part) for part in parts)
    return "nearly part of a name of the case" if near else ""


def _nearly_short(word: str, part: str) -> bool:
    """Of a short name, a letter more, one less or two exchanged behind the same first one: Jon and Jhon for John."""
    if word[0] != part[0] or word == f"{part}s":
        return False
    return (len(word) != len(part) or sorted(word) == sorted(part)) and OSA.distance(
        word, part, score_cutoff=1
    ) <= 1


def _slips(part: str) -> int:
    """How many letters may differ for a near-miss."""
    return 0 if len(part) < 5 else 1 if len(part) < 8 else 2


def _house(address: str) -> str:
    """The first line of several when it has no number."""
    first, *others = (folded(line).strip() for line in re.split(r"[\n,;]", address))
    return first if others and parts_of_name(first) and not re.search(r"\d", first) else ""
