"""What a case knows of people beside their names - addresses, days of birth, numbers - and a text without it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from unicodedata import category, combining, normalize

from forms.dates import day_or_none
from jcr.cases.words import STROKES
from jcr.chronology.written_days import DASH, written

NAME, NAME_OR_POST, BORN = "a name", "a name or post", "a date"
NHS, ADDRESS, CONTACT = "an NHS number", "an address", "a telephone number or e-mail address"
REFERENCE = "the reference"
INSTEAD = {NAME: "[name]", BORN: "[date]", NHS: "[NHS number]", ADDRESS: "[address]", CONTACT: "[contact]",
           REFERENCE: "[reference]"}  # fmt: skip
POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b")
BETWEEN = r"[\W_]{0,3}"  # blanks and signs within a number or postcode
# A number before these is a day of the month, or a court is meant
NO_STREET = (
    "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* |(?:Family|County|Crown|Magistrates|High) "
)
# As people write where somebody lives, a telephone or an e-mail address: taken out though the case does not know it
WRITTEN = (
    (ADDRESS, re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)),
    (
        ADDRESS,
        re.compile(
            rf"\b(?:(?:Flat|Apartment|Unit|Room) \d+[A-Za-z]?,? )?\d{{1,3}}[A-Za-z]?,? "
            rf"(?!{NO_STREET})(?:[A-Z][\w'’-]+ ){{1,3}}"
            r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Close|Cl|Drive|Dr|Way|Court|Ct|Crescent|Cres|Gardens|Gdns|Grove|"
            r"Place|Pl|Square|Sq|Terrace|Hill|Row|Rise|Walk|Mews|Park|View|Green|Meadow|Meadows|Orchard|Yard)\b"
        ),
    ),
    (CONTACT, re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (CONTACT, re.compile(r"(?<!\d)(?:\+44 ?(?:\(0\))?|0)(?:[ -]?\d){9,10}(?!\d)")),
    (NHS, re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")),
)
# Words of a street that are also written short, whichever of them is known
STREETS = tuple(rf"(?:{one})" for one in (
    r"street|saint|str?\.?", r"road|rd\.?", r"lane|la?n\.?", r"avenue|ave?\.?", r"close|cl\.?", r"drive|dr\.?",
    r"court|ct\.?", r"crescent|cres\.?", r"gardens|gdns\.?", r"place|pl\.?", r"square|sq\.?", r"terrace|terr?\.?",
))  # fmt: skip
QUOTES, DASHES = dict.fromkeys(map(ord, "’‘`´ʼ′"), ord("'")), dict.fromkeys(map(ord, DASH), ord("-"))
# By the ends of canonical names of questions
ENDS = {
    "name": NAME, "names": NAME, "carer_at_incident": NAME, "address": ADDRESS, "incident_location": ADDRESS,
    "postcode": ADDRESS, "email": CONTACT, "telephone": CONTACT, "nhs_number": NHS, "dob": BORN, "date_of_death": BORN,
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """Something the case knows that must not be published."""

    kind: str
    text: str


def plain(text: str) -> str:
    """The text without accents and what is not seen, apostrophes and dashes alike, blanks single."""
    letters = "".join(
        letter
        for letter in normalize("NFKD", text.translate(STROKES | QUOTES))
        if not combining(letter) and category(letter) != "Cf"
    )
    return re.sub(r"\s+", " ", letters.translate(QUOTES | DASHES))


def folded(text: str) -> str:
    """The same in small letters: so names are found."""
    return plain(text).casefold()


def patterns(known: Known) -> Iterator[re.Pattern[str]]:
    """How a thing that is no name may be written, in a folded text or in one as it was typed."""
    if known.kind == BORN:
        yield written(date.fromisoformat(known.text))
    elif known.kind == NHS:
        yield _digits(known.text)
    elif known.kind == CONTACT:
        yield _digits(known.text) if "@" not in known.text else _mail(known.text)
    elif known.kind == REFERENCE:
        yield _reference(known.text)
    elif known.kind == ADDRESS:
        yield from (plainly(line) for line in _telling_lines(known.text))
        yield from (spread(found[0], BETWEEN) for found in POSTCODE.finditer(folded(known.text)))


def without_particulars(text: str, known: Iterable[Known]) -> str:
    """The text with a word in the place of each address, day, number and contact, known or written as one."""
    for one in known:
        for pattern in patterns(one):
            text = pattern.sub(INSTEAD[one.kind], text)
    for kind, pattern in WRITTEN:
        text = pattern.sub(INSTEAD[kind], text)
    return text


def told(answers: Mapping[str, Any]) -> Iterator[Known]:
    """What answers say of that kind, in rows too."""
    for name, text in _texts(answers):
        kind = _kind(name)
        if kind == BORN:
            day = day_or_none(text)
            text = day.isoformat() if day else ""
        if kind and text:
            yield Known(kind, text.strip())


def _texts(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each name with its text, those of rows among them."""
    for name, value in answers.items():
        if isinstance(value, str):
            yield name, value
        for row in value if isinstance(value, list) else ():
            if isinstance(row, Mapping):
                yield from _texts(row)


def _kind(name: str) -> str:
    return next((kind for end, kind in ENDS.items() if name == end or name.endswith(f"_{end}")), "")


def _digits(number: str) -> re.Pattern[str]:
    """The digits with or without blanks and brackets; a leading 0 may be written as +44."""
    digits = re.sub(r"\D", "", re.sub(r"^\s*(?:\+|00)\s*44\s*(?:\(0\))?", "0", number))
    if len(digits) < 6:
        return re.compile(r"(?!)")
    first = rf"(?:0|(?:\+|00)?44{BETWEEN}0?)" if digits[0] == "0" else digits[0]
    return re.compile(rf"(?<!\d){BETWEEN.join([first, *digits[1:]])}(?!\d)")


def plainly(text: str) -> re.Pattern[str]:
    """The words with blanks or commas between; a street's word may be written short, an apostrophe left out."""
    words = r"[\s,]+".join(map(_word, re.split(r"[\s,]+", folded(text).strip())))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def street_of(address: str) -> str:
    """The street of an address without its number; empty where no line ends in a street's word."""
    for line in re.split(r"[\n,;]", address):
        found = re.fullmatch(r"(?:.*\d\w*\s+)?([^\W\d]\D*\s\D+)", folded(line).strip())
        if found and _word(found[1].split()[-1]) in STREETS:
            return found[1]
    return ""


def _word(word: str) -> str:
    return next(
        (street for street in STREETS if re.fullmatch(street, word)), re.escape(word).replace("'", "'?")
    )


def _mail(address: str) -> re.Pattern[str]:
    """An e-mail address, also as people hide it from machines: b.vane (at) wyevalley dot example."""
    at, dot = (
        rf"\s*(?:{sign}|[(\[{{]\s*{word}\s*[)\]}}]|\s{word}\s)\s*"
        for sign, word in (("@|%40", "at"), (r"\.|%2e", "dot"))
    )
    pieces = re.escape(folded(address).strip()).replace("@", at).replace(r"\.", dot)
    return re.compile(rf"(?<!\w){pieces}(?!\w)", re.IGNORECASE)


def _reference(text: str) -> re.Pattern[str]:
    """With whatever signs between, and the number without its noughts."""
    *parts, number = text.split("-")
    signs = [*"".join(parts), f"0*{number.lstrip('0')}"]
    return re.compile(rf"(?<![^\W_]){BETWEEN.join(signs)}(?![^\W_])", re.IGNORECASE)


def spread(text: str, gap: str) -> re.Pattern[str]:
    """The letters of a text with this between any two of them."""
    letters = gap.join(map(re.escape, re.sub(r"\s", "", text)))
    return re.compile(rf"(?<![^\W_]){letters}(?![^\W_])", re.IGNORECASE)


def _telling_lines(address: str) -> list[str]:
    """The lines that tell where it is: those with a number."""
    lines = [line.strip() for line in re.split(r"[\n,;]", address)]
    return [line for line in lines if re.search(r"\d", line) and len(line) > 4]
