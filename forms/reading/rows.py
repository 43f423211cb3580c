"""Rows of tables and lists as canonical rows: family, agencies, people alleged responsible, chronology."""

import re
from collections.abc import Sequence

from . import dates, options, split
from .dates import Era
from .labelled_rows import labelled, labelled_lines
from .placeholders import is_blank, is_not_known, says_nothing
from .prompts import RELATION
from .result import RowValues, Value

_NO_DATES = Era(0)  # no row of an agency holds one
_BULLET = re.compile(r"^\s*[-–—*•]\s+")
_EDD = re.compile(r"\b(edd|expected|due)\b", re.I)
_BRACKET = re.compile(
    r"^(?P<first>[^()]+?)\s*\((?P<inner>[^()]+)\)\s*(?:(?:[–—:,-]\s*|(?=\d))(?P<rest>.+))?$", re.S
)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\W*$")
_WORD = r"[^\W\d_a-zà-öø-ÿ][\w'’.-]*"
_TITLE = r"(?i:mr|mrs|ms|miss|dr|prof|sgt|pc|dc|ds|di|dci|cllr|sister|sr|rev)\.?\s+"
_PERSON = re.compile(rf"^(?:{_TITLE})?{_WORD}(?:\s+(?:{_WORD}|de|van|der|von|ap|al|bin)){{1,4}}$")
_AT = re.compile(
    rf"(?:[\w /]{{2,30}},\s*)?(?P<name>{_TITLE}{_WORD}(?:\s+{_WORD}){{0,3}}),?(?P<at> (?:at|of|from))? (?P<agency>\S.+)"
)
_ESTABLISHMENT = re.compile(
    r"(?:day |pre)?-?(?:nursery|school|college|academy|hospital|surgery|(?:care|nursing|residential|childrens?) home"
    r"|hostel|hospice|provider|care agency|gp surgery|practice)",
    re.I,
)  # before a dash: whose own name follows, unless that has a title
_AGED = re.compile(
    r"(?P<name>[^\d()]*[^\W\d])\s+(?:aged? )?(?P<age>\d{1,2}(?: (?:years?|months?|yrs?)(?: old)?)?)"
)
_ROLE_BEFORE = re.compile(
    rf"(?:the )?(?:manager|head|owner|lead|contact|(?:social |key |support )?worker|nurse)[:,]?\s+(?={_WORD} {_WORD}$)"
)
_STATUS = re.compile(
    r"(?:case )?(?P<how>open|active|current|ongoing|closed|ended|discharged|ceased)\b.{0,60}", re.I | re.S
)
_NONE = re.compile(r"\W*(none|nil|no one|n/?a|not applicable|none known)\W*", re.I)
_OPEN = {"open": "yes", "active": "yes", "current": "yes", "ongoing": "yes", "closed": "no", "previous": "no",
         "historic": "no", "ended": "no", "discharged": "no", "ceased": "no"}  # fmt: skip
_PARTY_WORDS = (
    r"(?:the )?(?:alleged |suspected )?(?P<party>victim|deceased|subject|perpetrator|suspect|self|index)"
    r"(?: (?:child|adult|person|of (?:the )?(?:review|referral|report)))?"
)
_PARTY = re.compile(rf"{_PARTY_WORDS}(?:\s*\((?P<relation>[^()]+)\))?\W*", re.I)  # "Perpetrator (husband)"
_PARTY_NAMED = re.compile(rf"{_PARTY_WORDS}\s*[:–—-]\s+(?P<name>\S.+)", re.I | re.S)
_NAMED_PARTY = re.compile(rf"(?P<name>[^()]+?)\s*\({_PARTY_WORDS}\)", re.I)
_PARTIES = {"vic": "subject", "dec": "subject", "sub": "subject", "sel": "subject", "ind": "subject",
            "per": "perpetrator", "sus": "perpetrator"}  # fmt: skip
_RELATION_FIRST = re.compile(rf"(?P<relation>{RELATION})(?:\s*[:–—-]\s*|\s+)(?P<rest>[A-Z][\w'’-]*.*)", re.I)
_RELATION_BEHIND = re.compile(rf"\s*(?P<relation>{RELATION})\b(?P<rest>.*)", re.I | re.S)
_OLD = re.compile(r"(?:aged? )?\d{1,2}(?: ?(?:years?|yrs?|months?|weeks?|y/?o)(?: old)?)?", re.I)
_LIVING = re.compile(r"(?:address|same address|as above|lives|living)\b[\s:]*", re.I)
_BORN = re.compile(r"\b(?:d\.?o\.?b\.?|born|date of birth)\W*$", re.I)
_PARTS = ("forename", "surname")
_HOW_MANY = re.compile(r"\W*(?:\d{1,2}|yes|no|one|two|three|four|five|six|several)\b[\w\s]{0,12}\W*", re.I)
# Agencies a form prints in advance: with nothing beside it, such a row says nothing.
PRINTED_AGENCIES = re.compile(
    r"\W*(police|health|education|probation|housing|gp|ambulance( service)?|fire( and rescue)?( service)?"
    r"|school|cafcass|"
    r"children'?s social care|adult social care|social care|mental health( services?)?|youth (justice"
    r"|offending)( service)?|"
    r"voluntary sector|health visit(or|ing)|midwifery|community health|acute (hospital|trust)|public health|"
    r"substance misuse( service)?s?|other(s)?.{0,20}|early help|care provider|local authority|hospital)\W*",
    re.I,
)
FROM_PRINTED = 4
_STILL = re.compile(r"\b(?:still|current\w*|now|open|closed|previous)\b", re.I)
_BARE_NO = 8  # characters: "N", "No", "None"
_FEWEST_PIECES = 2
_LONGEST_AGENCY = 5  # words before a colon
_DASH = re.compile(r"\s[–—-]\s")


def row_of(group: str, texts: dict[str, str], era: Era) -> RowValues:
    """Return one table row under canonical column names; {} when it says nothing."""
    row: RowValues = {}
    if whole := " ".join(texts[part].strip() for part in ("forename", "surname") if part in texts):
        texts = {"name": whole, **{column: text for column, text in texts.items() if column not in _PARTS}}
    for column, text in texts.items():
        if column.startswith("other:"):
            _more_details(row, group, column.removeprefix("other:"), text)
        elif column == "name_contact" or (
            column == "contact" and "name" not in texts and _PERSON.match(text)
        ):
            row |= _worker(text)
        elif column in ("date", "dob", "time"):
            row |= _dated(column, text, era)
        elif column in ("cp_plan", "still_involved"):
            status = _STATUS.fullmatch(text.strip(" ."))
            meant = _OPEN.get((status["how"] if status else text.strip(" .")).casefold())
            if meant := meant or options.yes_no(text):
                row[column] = meant
        elif (column == "address" and text.casefold().startswith(("as ", "same"))) or not says_nothing(text):
            row[column] = split.gender(text) if column == "gender" else text
    if set(row) <= {"name"} and _NONE.fullmatch(row.get("name", "none")):
        return {}
    return row


def _worker(text: str) -> RowValues:
    """Return name and contact of a worker written in one cell: "DS Lorna Petch 01632 960620"."""
    if says_nothing(text):
        return {}
    reached = [
        found.group().strip()
        for pattern in (split.EMAIL, split.TELEPHONE)
        for found in pattern.finditer(text)
    ]
    name = split.TELEPHONE.sub(" ", split.EMAIL.sub(" ", text)).strip(" \n,;:/–—-")
    row = {"name": " ".join(name.split())} if name else {}
    return {**row, "contact": " / ".join(reversed(reached))} if reached else row


def _more_details(row: RowValues, group: str, head: str, text: str) -> None:
    """Keep the text of a column we have no name for, with its heading."""
    if is_blank(text):
        return
    words = f"{head}: {text}" if head else text
    column = "details" if group == "chronology" else "note"
    row[column] = f"{row[column]}\n{words}" if column in row else words


def _dated(column: str, text: str, era: Era) -> RowValues:
    if says_nothing(text):
        return {}
    if column == "time":
        return {"time": dates.time_in(text) or text}
    when = dates.find(text, era, birth=column == "dob")
    if column == "dob":
        return _birth(text, when)
    if when is None:
        return {"date": text}
    row = {"date": when.iso}
    if when.end:
        row["date_end"] = when.end
    if time := when.time or dates.time_in(text.replace(when.text, " ")):
        row["time"] = time
    if when.precision != "day":
        row["date_precision"] = when.precision
    if dates.is_doubtful(text) or when.doubt in ("no year was written", "one of two days"):
        row["date_uncertain"] = "yes"
    return row


def _birth(text: str, when: dates.When | None) -> RowValues:
    if when and _EDD.search(text):
        return {"edd": when.iso}
    if when and (when.precision == "day" or len(text) < 12):
        return {"dob": when.iso}
    return {"age": text}


def agencies_from_text(text: str) -> list[RowValues]:
    """Return the agencies named in a free list: "Social Work (Ailsa Page)", "GP: Dr Singh", one a line."""
    if "\n" not in text and ";" not in text and (one := _worker_listed(text)):
        return [one]
    return [
        row
        for item in options.several(text)
        if (
            row := _under_labels(item, "agencies_involved", _NO_DATES)
            or _worker_listed(item)
            or _agency(item)
        )
    ]


def _worker_listed(item: str) -> RowValues:
    """Return name, agency and contact of "Jo Rao, Oldport Council, 01632 960315"; {} of any other writing."""
    dashes = _DASH.split(item)
    pieces = [
        piece.strip()
        for piece in (dashes if len(dashes) > _FEWEST_PIECES else item.split(","))
        if piece.strip()
    ]
    reached = [piece for piece in pieces if split.TELEPHONE.search(piece) or split.EMAIL.search(piece)]
    unknown = [piece for piece in pieces if is_not_known(piece)]
    rest = [piece for piece in pieces if piece not in reached + unknown]
    named = [piece for piece in rest if _PERSON.match(piece) and not split.looks_like_work(piece)]
    if (
        not named
        and len(rest) == _FEWEST_PIECES
        and _PERSON.match(rest[1])
        and not split.AGENCY.search(rest[1])
    ):
        named = rest[1:]  # "Ivy House - Manager Joan Tibbs - 01632 960390"
    if len(named) != 1 or len(rest) < _FEWEST_PIECES or not (reached or unknown):
        return {}
    agency = ", ".join(piece for piece in rest if piece not in named)
    row = {"agency": agency, "name": named[0]}
    return {**row, "contact": ", ".join(reached)} if reached else row


def _agency(item: str) -> RowValues:
    bracket = _BRACKET.match(item)
    return (
        _where_they_work(item.strip(" ."))
        or (_told_in_bracket(item, bracket) if bracket else {})
        or _told_behind(item)
        or {"agency": item.strip(" .")}
    )


def _where_they_work(item: str) -> RowValues:
    """Return "Dr Lal at Glade Surgery" as who works where; {} of other writing."""
    at = _AT.fullmatch(item)
    sure = at and (at["at"] or split.AGENCY.search(at["agency"]))
    return {"agency": at["agency"], "name": at["name"]} if at and sure else {}


def _told_in_bracket(item: str, bracket: re.Match[str]) -> RowValues:
    """Return an agency with who works there, or how its case stands, in brackets behind it."""
    if role := _ROLE_BEFORE.match(bracket["inner"]):
        bracket = _BRACKET.match(item.replace(role[0], "", 1)) or bracket
    inner, rest = bracket["inner"].strip(), bracket["rest"]
    if not rest and (status := _STATUS.fullmatch(inner)):
        return {**_agency(bracket["first"]), **_as_it_stands(status)}
    if not rest and (worker := _worker(inner)).keys() == {"name", "contact"}:
        return {"agency": bracket["first"].strip(), **worker}
    if _PERSON.match(inner) and not split.AGENCY.search(inner):
        return _with_contact({"agency": bracket["first"].strip(), "name": inner}, rest)
    return {}


def _told_behind(item: str) -> RowValues:
    """Return an agency with what stands behind a colon or a dash: who works there, or how its case stands."""
    head, colon, rest = item.partition(":")
    by_colon = bool(colon) and len(head.split()) <= _LONGEST_AGENCY and bool(rest.strip())
    first, *last = [head, rest] if by_colon else _DASH.split(item, maxsplit=1)
    if not last:
        return {}
    agency, told = first.strip(), last[0].strip() if by_colon else _IN_BRACKETS.sub("", last[0].strip())
    if status := _STATUS.fullmatch(told):
        return {"agency": agency, **_as_it_stands(status)}
    told = _ROLE_BEFORE.sub("", told)
    worker = _worker(told)
    if worker.keys() == {"name", "contact"} and _PERSON.match(worker["name"]):
        return {"agency": agency, **worker}
    if by_colon:
        return {"agency": agency, "name" if _PERSON.match(told) else "contact": told}
    place = _ESTABLISHMENT.fullmatch(agency) and not re.match(_TITLE, told)
    works = _PERSON.match(told) and not split.AGENCY.search(told) and not split.ROLE.search(told)
    return {"agency": agency, "name": told} if works and not place else {}


def _as_it_stands(status: re.Match[str]) -> RowValues:
    """Return whether an agency still works with somebody, as is said behind its name: "closed Jan 24"."""
    return {"still_involved": _OPEN[status["how"].casefold()], "note": status[0]}


def _with_contact(row: RowValues, rest: str | None) -> RowValues:
    return {**row, "contact": rest.strip()} if rest and rest.strip() else row


def family_from_text(text: str, era: Era) -> list[RowValues]:
    """Return the people named in a free list: "Morag Lee (wife) - same address", one a line."""
    if people := labelled_lines(text, "family_members"):
        return [row for texts in people if (row := row_of("family_members", texts, era))]
    return [
        row
        for item in re.split(r"\n|;|(?<=\)),(?!\s*(?:d\.?o\.?b|born|\d))", text, flags=re.I)
        if (row := _under_labels(item, "family_members", era) or _relative(item.strip(" \t,;•"), era))
    ]


def _under_labels(item: str, group: str, era: Era) -> RowValues:
    texts = labelled(_BULLET.sub("", item).strip(), group) if ":" in item else {}
    return row_of(group, texts, era) if texts else {}


def _relative(item: str, era: Era) -> RowValues:
    if not item or says_nothing(item) or _NONE.fullmatch(item) or _HOW_MANY.fullmatch(item):
        return {}
    if relation := _RELATION_FIRST.fullmatch(item):
        return {**_relative(relation["rest"], era), "relationship": relation["relation"]}
    bracket = _BRACKET.match(item)
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
    named, _, rest = text.strip().partition(",")
    if _PERSON.match(named) and (told := _RELATION_BEHIND.match(rest)):
        left = split.without_contacts(told["rest"]).strip(" ,;()–—-")
        found = {"next_of_kin_name": named, "next_of_kin_relationship": told["relation"]}
        return {**found, "next_of_kin_address": left} if re.search(r"\d", left) else found
    bracket = _BRACKET.match(text)
    if not bracket or not _PERSON.match(bracket["first"].strip()) or re.search(r"\d", bracket["inner"]):
        return {}
    made: dict[str, Value] = {
        "next_of_kin_name": bracket["first"].strip(),
        "next_of_kin_relationship": bracket["inner"].strip(),
    }
    return {**made, "next_of_kin_address": bracket["rest"].strip()} if bracket["rest"] else made


def _relation_or_birth(text: str, era: Era) -> RowValues:
    row: RowValues = {}
    left = text
    if split.GENDER.fullmatch(text.strip("() .")):
        return {"gender": split.gender(text)}
    if _OLD.fullmatch(text.strip()):
        return {"age": text.strip()}
    if when := dates.find(text, era, birth=True):
        row |= _birth(when.text if not _EDD.search(text) else text, when)
        left = re.sub(r"(?:d\.?o\.?b\.?|born)\s*:?\s*", "", text.replace(when.text, " "), flags=re.I)
    left = left.strip(" ,;–—-")
    if left and not is_not_known(left):
        row["relationship"] = left
    return row


def party_of(row: RowValues) -> tuple[str, RowValues]:
    """Return "subject", "perpetrator" or nothing as a row of people says, and the row without the words that say so."""
    if named := _PARTY_NAMED.match(row.get("name", "")) or _NAMED_PARTY.fullmatch(row.get("name", "")):
        return _PARTIES[named["party"].casefold()[:3]], {**row, "name": named["name"].strip()}
    for column in ("relationship", "note"):
        if called := _PARTY.fullmatch(row.get(column, "").rpartition(":")[2].strip()):
            bare = {name: text for name, text in row.items() if name != column}
            bare |= {"relationship": called["relation"]} if called["relation"] else {}
            return _PARTIES[called["party"].casefold()[:3]], bare
    return "", row


def had_nothing_to_do(source: dict[str, str], heads: Sequence[str]) -> bool:
    """Say whether a row only says of an agency that it did not know them: "Probation | N | N".

    "Are they still involved? - No" is asked of an agency that was.
    """
    answers = [text for column, text in source.items() if column != "agency"]
    still = any(_STILL.search(head) for head in heads)
    said = [options.yes_no(part) for text in answers for part in text.split("\n")]
    return bool(said) and not still and all(len(text) <= _BARE_NO for text in answers) and set(said) == {"no"}


def drop_printed_agencies(rows: list[RowValues]) -> tuple[list[RowValues], list[RowValues]]:
    """Part rows somebody filled from agencies the form printed and nobody answered for."""
    bare = [row for row in rows if set(row) == {"agency"} and PRINTED_AGENCIES.fullmatch(row["agency"])]
    answered = any("still_involved" in row for row in rows)
    if len(bare) < FROM_PRINTED and not answered:
        return rows, []
    return [row for row in rows if row not in bare], bare
