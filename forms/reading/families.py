"""Relatives and other people as they are told in prose, line by line; who of a table is no relative."""

import re

from . import dates, options, split
from .dates import Era
from .labelled_rows import is_head, labelled_lines
from .placeholders import is_not_known, says_nothing
from .prompts import RELATION
from .result import RowValues, Value
from .rows import BRACKET, EXPECTED, NOBODY, PERSON, birth_of, row_of, under_labels
from .surnames import in_order

_PARTED = re.compile(r",\s*|\n|\s[–—-]\s")
_AGED = re.compile(
    r"(?P<name>[^\d()]*[^\W\d])\s+(?:aged? )?(?P<age>\d{1,2}(?: (?:years?|months?|yrs?)(?: old)?)?)"
)
_PARTY_WORDS = (
    r"(?:the )?(?:alleged |suspected )?(?P<party>victim|deceased|subject|perpetrator|suspect|self|index)"
    r"(?: (?:child|adult|person|of (?:the )?(?:review|referral|report)))?"
)
_PARTY = re.compile(rf"{_PARTY_WORDS}(?:\s*\((?P<relation>[^()]+)\))?\W*", re.I)  # "Perpetrator (husband)"
_PARTY_NAMED = re.compile(
    rf"(?:{_PARTY_WORDS}|(?P<child>child|young person))\s*[:–—-]\s+(?P<name>\S.+)", re.I | re.S
)
_NAMED_PARTY = re.compile(rf"(?P<name>[^()]+?)\s*\({_PARTY_WORDS}\)", re.I)
_PARTIES = {"vic": "subject", "dec": "subject", "sub": "subject", "sel": "subject", "ind": "subject",
            "per": "perpetrator", "sus": "perpetrator"}  # fmt: skip
_RELATION_FIRST = re.compile(
    rf"(?P<relation>{RELATION}|adult child)(?: of (?:the )?(?:victim|deceased|child|adult|subject))?"
    rf"(?:\s*[:,–—-]\s*|\s+)(?P<rest>(?-i:[A-Z])[\w'’-]*.*)",
    re.I,
)
_RELATION_BEHIND = re.compile(rf"\s*(?P<relation>{RELATION})\b(?P<rest>.*)", re.I | re.S)
_OLD = re.compile(r"(?:aged? )?\d{1,2}(?: ?(?:years?|yrs?|months?|weeks?|y/?o)(?: old)?)?", re.I)
_LIVING = re.compile(
    r"(?:address|same address|as above|lives|living|with|placed|in (?:foster )?care|foster)\b[\s:]*", re.I
)
_BORN = re.compile(r"\b(?:d\.?o\.?b\.?|born|date of birth)\W*$", re.I)
_COUNTED = re.compile(  # "One child, Finn Orr"
    r"^(?:an?|one|two|three|four|five|\d) (?:young )?(?:child(?:ren)?|sons?|daughters?|siblings?)\s*[,:–—-]\s*(?=\S)",
    re.I,
)
_HOW_MANY = re.compile(  # "Two children, no concerns": nobody is named
    r"\W*(?:\d{1,2}|(?i:yes|no|one|two|three|four|five|six|several))\b(?:[\w\s]{0,12}\W*|[^A-Z]*)"
)
_NEXT_ONE = re.compile(
    r"\n|;|(?<=\)),(?!\s*(?:d\.?o\.?b|born|\d))|(?<=\))\s+(?:and|&)\s+(?=(?-i:[A-Z]))", re.I
)


def family_from_text(text: str, era: Era) -> list[RowValues]:
    """Return the people named in a free list: "Morag Lee (wife) - same address", one a line."""
    text = "\n".join(line for told in text.split("\n") for line in _without_boxes(told))
    if people := labelled_lines(text, "family_members"):
        return [row for texts in people if (row := row_of("family_members", texts, era))]
    return [
        row
        for item in _NEXT_ONE.split(text)
        if (row := under_labels(item, "family_members", era) or _relative(item.strip(" \t,;•"), era))
    ]


def _without_boxes(line: str) -> list[str]:
    """Return a line as it is, or of one with boxes what is ticked: "Others known? Yes ☐ No ☒" names nobody."""
    ticks = options.chosen(line)
    return [line] if ticks is None else [tick for tick in ticks if not options.yes_no(tick)]


def _relative(item: str, era: Era) -> RowValues:
    item = in_order(_COUNTED.sub("", item))
    if not item or says_nothing(item) or NOBODY.fullmatch(item) or _HOW_MANY.fullmatch(item):
        return {}
    if is_head(item, "family_members"):
        return {}  # "Relationship", left to be filled in
    if relation := _RELATION_FIRST.fullmatch(item):
        return {**_relative(relation["rest"], era), "relationship": relation["relation"]}
    bracket = BRACKET.match(item)
    if bracket:
        row = {"name": bracket["first"].strip(), **_relation_or_birth(bracket["inner"], era)}
        return {**row, **_behind(bracket["rest"] or "", era)}
    pieces = [piece.strip() for piece in re.split(r"\s[–—-]\s|,\s", item, maxsplit=2) if piece.strip()]
    if len(pieces) > 2 and split.GENDER.fullmatch((told := pieces[2].split(",", 1))[0].strip()):
        pieces = [*pieces[:2], *map(str.strip, told)]  # "Callum Orr, 14/02/2016, male, same address"
    row = _named(pieces[0], era)
    for piece in pieces[1:]:
        found = _relation_or_birth(piece, era)
        if _LIVING.match(piece):
            row["address"] = re.sub(r"^address\b[\s:]*", "", piece, flags=re.I)
        elif "relationship" in found and ("relationship" in row or re.search(r"\d", piece)):
            row["address"] = piece
        else:
            row |= found
    return row


def _behind(text: str, era: Era) -> RowValues:
    """Return what stands behind "Kyle Mundy (ex partner)": a date of birth, an address, or both."""
    when = dates.find(text, era, birth=True)
    first = (
        when is not None
        and when.precision == "day"
        and not _BORN.sub("", text[: text.find(when.text)]).strip(" ,;")
    )
    left = text[text.find(when.text) + len(when.text) :] if when and first else text
    left = left.strip(" .,;–—-")
    row: RowValues = {"dob": when.iso} if when and first else {}
    return {**row, "address": left} if left else row


def _named(text: str, era: Era) -> RowValues:
    """Return the name of a relative, and the date of birth written behind it: "Hana Shah 30/03/2012"."""
    if aged := _AGED.fullmatch(text):
        return {"name": aged["name"], "age": aged["age"]}
    when = dates.find(text, era, birth=True)
    name = (
        _BORN.sub("", text[: text.find(when.text)]).strip(" ,;(–—-")
        if when and when.precision == "day"
        else ""
    )
    if not name or not when:
        return {"name": text}
    behind = text[text.find(when.text) + len(when.text) :].strip(" ,;)–—-")
    return {"name": name, "dob": when.iso, **(_relation_or_birth(behind, era) if behind else {})}


def relative_named(text: str) -> dict[str, Value]:
    """Return the next of kin written as "Gareth Tully (father), 3 Kiln Close"; {} of any other writing."""
    if told := _RELATION_FIRST.match(text.strip()):
        name, _, rest = split.without_contacts(told["rest"]).partition(",")
        name = re.split(r"\s[–—-]\s|\s*[(;]", name)[0].strip()
        address = rest.strip(" ,;()–—-")
        found: dict[str, Value] = {"next_of_kin_name": name, "next_of_kin_relationship": told["relation"]}
        return {**found, "next_of_kin_address": address} if re.search(r"\d", address) else found
    named, *more = _PARTED.split(text.strip())
    if len(more) > 1 and not _RELATION_BEHIND.match(more[0]) and _RELATION_BEHIND.match(more[-1]):
        more = [more[-1], *more[:-1]]  # "Jo Fay, 3 Hill St, Oldport - mother"
    rest = ", ".join(more)
    if PERSON.match(named) and (told := _RELATION_BEHIND.match(rest)):
        left = split.without_contacts(told["rest"]).strip(" ,;()–—-")
        found = {"next_of_kin_name": named, "next_of_kin_relationship": told["relation"]}
        return {**found, "next_of_kin_address": left} if re.search(r"\d", left) else found
    bracket = BRACKET.match(text)
    if not bracket or not PERSON.match(bracket["first"].strip()) or re.search(r"\d", bracket["inner"]):
        return {}
    made: dict[str, Value] = {
        "next_of_kin_name": bracket["first"].strip(),
        "next_of_kin_relationship": bracket["inner"].strip(),
    }
    left = split.without_contacts(bracket["rest"] or "").strip(" ,;–—-")
    return {**made, "next_of_kin_address": left} if re.search(r"[^\W\d_]", left) else made


def _relation_or_birth(text: str, era: Era) -> RowValues:
    row: RowValues = {}
    left = text
    if split.GENDER.fullmatch(text.strip("() .")):
        return {"gender": split.gender(text)}
    if _OLD.fullmatch(text.strip()):
        return {"age": text.strip()}
    if when := dates.find(text, era, birth=True):
        row |= birth_of(when.text if not EXPECTED.search(text) else text, when)
        left = re.sub(r"(?:d\.?o\.?b\.?|born)\s*:?\s*", "", text.replace(when.text, " "), flags=re.I)
    left = left.strip(" ,;–—-")
    if left and not is_not_known(left):
        row["relationship"] = left
    return row


def party_of(row: RowValues) -> tuple[str, RowValues]:
    """Return "subject", "perpetrator" or nothing as a row of people says, and the row without the words that say so."""
    if named := _PARTY_NAMED.match(row.get("name", "")) or _NAMED_PARTY.fullmatch(row.get("name", "")):
        party = (named["party"] or "subject").casefold()[:3]  # "Child: Jo Fay" is named as no other
        return _PARTIES[party], {**row, "name": named["name"].strip()}
    for column in ("relationship", "note"):
        if called := _PARTY.fullmatch(row.get(column, "").rpartition(":")[2].strip()):
            bare = {name: text for name, text in row.items() if name != column}
            bare |= {"relationship": called["relation"]} if called["relation"] else {}
            return _PARTIES[called["party"].casefold()[:3]], bare
    return "", row
