"""Agencies as people list them in prose, and which of those in a table were involved."""

import re
from collections.abc import Sequence

from . import options, split
from .dates import Era
from .glyphs import EMPTY
from .placeholders import is_not_known
from .result import RowValues
from .row_tables import column_of
from .rows import BRACKET, OPEN, PERSON, REACHED, STATUS, TITLE, WORD, said_of, under_labels, worker_in

_NO_DATES = Era(0)  # no row of an agency holds one
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\W*$")
_AT = re.compile(
    rf"(?:[\w /]{{2,30}},\s*)?(?P<name>{TITLE}{WORD}(?:\s+{WORD}){{0,3}}),?(?P<at> (?:at|of|from))? (?P<agency>\S.+)"
)
_GP_NAMED = re.compile(rf"(?P<agency>GP) (?P<name>Dr\.? {WORD}(?: {WORD}){{0,2}})")
_ESTABLISHMENT = re.compile(
    r"(?:day |pre)?-?(?:nursery|school|college|academy|hospital|surgery|(?:care|nursing|residential|childrens?) home"
    r"|hostel|hospice|provider|care agency|gp surgery|practice)",
    re.I,
)  # before a dash: whose own name follows, unless that has a title
_OF_A_SCHOOL = re.compile(
    r"\b(?:primary|secondary|infants?|juniors?|high|grammar|school|academy|college|nursery|st)\b", re.I
)
_ROLE_BEFORE = re.compile(
    rf"(?:the )?(?:manager|head|owner|lead|contact|(?:[\w'’-]+ ){{0,2}}(?:worker|nurse|officer|co-?ordinator|visitor)"
    rf"|[A-Z]{{2,4}}(?=[:,])|[A-Z]\w+(?= [–—-]))(?:[:,]|\s[–—-])?\s+(?={WORD} {WORD}$)"
)
_WHO_AND_WHERE = re.compile(  # "Dr Lal, Glade Surgery"
    rf"(?P<name>(?:{TITLE})?{WORD}(?:\s+{WORD}){{0,3}}),\s+(?P<agency>[A-Z\d].+)"
)
_IN_SMALL_LETTERS = re.compile(r"[a-z][\w'’-]*(?: [a-z\d][\w'’/-]*)+.*")
_COMPANY = re.compile(
    r"\b(?:care|living|support|healthcare|solutions|lodge|house)$", re.I
)  # nobody's last name
_WHAT_THEY_DO = re.compile(
    r"[a-z](?!.*\b[A-Z]\w+ [A-Z])|\w+(?: [a-z][\w'’-]*){2}"
)  # in small letters, as no name is
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
_FEWEST_PIECES, _MOST_PIECES = 2, 12  # of what is told of one agency
_LONGEST_AGENCY = 5  # words before a colon
_DASH = re.compile(r"\s[–—-]\s")
_OTHER = re.compile(
    r"^other\W{1,3}(?=[A-Z])|^other \((?:please )?(?:state|specify)\)\W*", re.I
)  # "Other: Flying Start"
_JOB_NAMED = re.compile(  # "MND nurse Jill Orme"
    rf"(?P<agency>(?:[\w'’-]+ ){{1,2}}(?:nurse|worker|officer|advocate|therapist)) (?P<name>{WORD} {WORD})"
)
_AND_THE = re.compile(
    r"(?P<before>[^,;\n]+?) and (?:the )?(?P<last>(?<=the )[^,;\n]+|gp|police|housing|probation)", re.I
)
_HOW_REACHED = re.compile(r"\b(?:tel(?:ephone)?|phone|mob(?:ile)?|e-?mail|contact|number|no|or|and)\b", re.I)
_WORDS = re.compile(r"[^\W\d_]{2}")
_GAP = re.compile(r"\t+|\s{3,}")


def agencies_from_text(text: str) -> list[RowValues]:
    """Return the agencies named in a free list: "Social Work (Ailsa Page)", "GP: Dr Singh", one a line."""
    text = "\n".join(line for line in text.split("\n") if not _are_heads(line))
    alone = "\n" not in text and ";" not in text
    if alone and ((one := _worker_listed(text)) or "role" in (one := _told_behind(text))):
        return [one]
    return [
        row
        for item in (_OTHER.sub("", one) for one in _last_apart(options.several(text)))
        if not _only_reaches(item)
        and (
            row := under_labels(item, "agencies_involved", _NO_DATES) or _worker_listed(item) or _agency(item)
        )
    ]


def _last_apart(items: Sequence[str]) -> list[str]:
    """Return the items of a list with the last parted from the one before it: "..., Oak Housing and the GP"."""
    last = _AND_THE.fullmatch(items[-1]) if len(items) > 1 else None
    return [*items[:-1], last["before"], last["last"]] if last else [*items]


def _are_heads(line: str) -> bool:
    """Say whether a line is heads typed side by side, "Agency      Name      Contact", over a list left blank."""
    heads = _GAP.split(line.strip())
    return len(heads) >= _FEWEST_PIECES and all(column_of("agencies_involved", head) for head in heads)


def _worker_listed(item: str) -> RowValues:
    """Return name, agency and contact of "Jo Rao, Oldport Council, 01632 960315"; {} of any other writing."""
    dashes = _DASH.split(item)
    pieces = [
        piece.strip()
        for piece in (dashes if len(dashes) > _FEWEST_PIECES else item.split(","))
        if piece.strip()
    ]
    if len(pieces) > _MOST_PIECES:
        return {}
    reached = [piece for piece in pieces if split.TELEPHONE.search(piece) or split.EMAIL.search(piece)]
    unknown = [piece for piece in pieces if is_not_known(piece)]
    rest = [piece for piece in pieces if piece not in reached + unknown]
    named = [piece for piece in rest if PERSON.match(piece) and not split.looks_like_work(piece)]
    if (
        not named
        and len(rest) == _FEWEST_PIECES
        and PERSON.match(rest[1])
        and not split.AGENCY.search(rest[1])
    ):
        named = rest[1:]  # "Ivy House - Manager Joan Tibbs - 01632 960390"
    if len(named) != 1 or len(rest) < _FEWEST_PIECES or not (reached or unknown):
        return {}
    agency = ", ".join(piece for piece in rest if piece not in named)
    row = {"agency": agency, "name": named[0]}
    return {**row, "contact": ", ".join(reached)} if reached else row


def _only_reaches(item: str) -> bool:
    """Say whether a line gives a telephone number or an e-mail address and no agency: "Tel 01632 960455"."""
    return bool(REACHED.search(item)) and not _WORDS.search(_HOW_REACHED.sub(" ", REACHED.sub(" ", item)))


def _agency(item: str) -> RowValues:
    bracket = BRACKET.match(item)
    return (
        _where_they_work(item.strip(" ."))
        or (_told_in_bracket(item, bracket) if bracket else {})
        or _told_behind(item)
        or {"agency": item.strip(" .")}
    )


def _where_they_work(item: str) -> RowValues:
    """Return "Dr Lal at Glade Surgery" as who works where; {} of other writing."""
    if named := _GP_NAMED.fullmatch(item) or _JOB_NAMED.fullmatch(item):
        return {"agency": named["agency"], "name": named["name"]}
    at = _AT.fullmatch(item)
    sure = at and (at["at"] or split.AGENCY.search(at["agency"]))
    return {"agency": at["agency"], "name": at["name"]} if at and sure else {}


def _told_in_bracket(item: str, bracket: re.Match[str]) -> RowValues:
    """Return an agency with who works there, or how its case stands, in brackets behind it."""
    if role := _ROLE_BEFORE.match(bracket["inner"]):
        bracket = BRACKET.match(item.replace(role[0], "", 1)) or bracket
    inner, rest = bracket["inner"].strip(), bracket["rest"]
    if not rest and (status := STATUS.fullmatch(inner)):
        return {**_agency(bracket["first"]), **_as_it_stands(status)}
    if not rest and (worker := worker_in(inner)).keys() == {"name", "contact"}:
        return {"agency": bracket["first"].strip(), **worker}
    if worker := _with_job(inner):
        return {"agency": bracket["first"].strip(), **worker}
    named = PERSON.match(inner) and not inner.startswith("The ") and not _COMPANY.search(inner)
    if named and not split.AGENCY.search(inner):
        return _with_contact({"agency": bracket["first"].strip(), "name": inner}, rest)
    first = bracket["first"].strip()
    does = not rest and split.AGENCY.search(first) and _IN_SMALL_LETTERS.fullmatch(inner)
    return {"agency": first, "note": inner} if does else {}


def _told_behind(item: str) -> RowValues:
    """Return an agency with what stands behind a colon or a dash: who works there, or how its case stands."""
    head, colon, rest = item.partition(":")
    by_colon = bool(colon) and len(head.split()) <= _LONGEST_AGENCY and bool(rest.strip()) and "(" not in head
    first, *last = [head, rest] if by_colon else _DASH.split(item, maxsplit=1)
    if not last:
        return {}
    agency, told = first.strip(), last[0].strip() if by_colon else _IN_BRACKETS.sub("", last[0].strip())
    if status := STATUS.fullmatch(told):
        return {"agency": agency, **_as_it_stands(status)}
    told = told[role.end() :] if (role := _ROLE_BEFORE.match(told)) else told
    both = _WHO_AND_WHERE.fullmatch(told)
    if both and split.looks_like_role(agency) and not split.looks_like_work(both["name"]):
        return {
            "agency": both["agency"],
            "name": both["name"],
            "role": agency,
        }  # "GP – Dr Lal, Glade Surgery"
    if worker := _with_job(told):
        return {"agency": agency, **worker}
    worker = worker_in(told)
    if worker.keys() == {"name", "contact"} and PERSON.match(worker["name"]):
        return {"agency": agency, **worker}
    if by_colon and _ESTABLISHMENT.fullmatch(agency) and _OF_A_SCHOOL.search(told):
        return {"agency": told}  # "School: Oak Primary"
    if by_colon:
        column = "name" if PERSON.match(told) else "contact" if REACHED.search(told) else "note"
        return {"agency": agency, column: told}
    place = _ESTABLISHMENT.fullmatch(agency) and not re.match(TITLE, told)
    works = PERSON.match(told) and not split.AGENCY.search(told) and not split.ROLE.search(told)
    if works and not place:
        return {"agency": agency, "name": told}
    named = split.AGENCY.search(agency) or PRINTED_AGENCIES.fullmatch(agency)
    does = named and _WHAT_THEY_DO.match(told) and (told[0].islower() or not split.AGENCY.search(told))
    return {"agency": agency, "note": last[0].strip()} if does else {}


def _with_job(text: str) -> RowValues:
    """Return name and job of "Hana Wood, social worker"; {} of any other writing."""
    person, _, job = (part.strip() for part in text.partition(","))
    named = PERSON.match(person) and not split.looks_like_work(person)
    return {"name": person, "role": job} if named and "," not in job and split.looks_like_role(job) else {}


def _as_it_stands(status: re.Match[str]) -> RowValues:
    """Return whether an agency still works with somebody, as is said behind its name: "closed Jan 24"."""
    return {"still_involved": OPEN[status["how"].casefold()], "note": status[0]}


def _with_contact(row: RowValues, rest: str | None) -> RowValues:
    return {**row, "contact": rest.strip()} if rest and rest.strip() else row


def had_nothing_to_do(source: dict[str, str], heads: Sequence[str]) -> bool:
    """Say whether a row only says of an agency that it did not know them: "Probation | N | N".

    "Are they still involved? - No" is asked of an agency that was.
    """
    answers = {column: text for column, text in source.items() if column != "agency"}
    still = any(_STILL.search(head) for head in heads)
    said = [_said(column, part) for column, text in answers.items() for part in text.split("\n")]
    return bool(said) and not still and max(map(len, answers.values())) <= _BARE_NO and set(said) == {"no"}


def _said(column: str, text: str) -> str:
    if STATUS.fullmatch(text.strip(" .")):
        return "was"  # "Closed": it knew them
    return "no" if text.strip() == EMPTY else said_of(column, text)


def drop_printed_agencies(rows: list[RowValues]) -> tuple[list[RowValues], list[RowValues]]:
    """Part rows somebody filled from agencies the form printed and nobody answered for."""
    bare = [row for row in rows if set(row) == {"agency"} and PRINTED_AGENCIES.fullmatch(row["agency"])]
    answered = any("still_involved" in row for row in rows)
    if len(bare) < FROM_PRINTED and not answered:
        return rows, []
    return [row for row in rows if row not in bare], bare
