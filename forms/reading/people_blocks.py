"""People told of label by label under a heading each: "Child 2", "Sibling 1", "Father", with "Name: ..." below it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from .labels import plain
from .layout import Layout, Line
from .meaning import Match
from .naming import PLAINLY
from .pairs import Pair, Pairs
from .placeholders import says_nothing
from .prompts import RELATION
from .row_tables import RowTable, column_of

_LONGEST_HEAD = 50  # characters
_NUMBER = r"(?P<at>\d{1,2}|one|two|three|four|five|[a-d])"
_ROUND = re.compile(
    r"^(?:details of|about|particulars of) (?:the )?|(?:s? (?:details|particulars|information))$"
)
_HEAD = re.compile(
    rf"(?:(?P<subject>child|young person|subject|victim) {_NUMBER}"
    rf"|(?P<second>second|third|fourth|2nd|3rd|4th|other|further|additional) (?:child|young person)"
    r"|(?:other )?(?:(?:household|family) member|(?:significant )?(?:adult|person)|relative|carer)(?: \d{1,2}| [a-d])"
    rf"|(?:childs )?(?P<relation>(?:other )?(?:{RELATION}|parent)(?: (?:or )?(?:carer"
    rf"|partner))?)(?: \d{{1,2}}| [a-d])?)"
    r"(?: (?:sibling|child|subject))?",
    re.I,
)
_ASKED_OF_FURTHER = re.compile(rf"(?P<who>child|young person|sibling) {_NUMBER}s? (?P<asked>\w.*)")
_BORN = re.compile(
    r"[\s,(–-]*\b(?:d\.?o\.?b\.?|born)?[\s:]*(?P<day>\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}(?:st|nd|rd"
    r"|th)? [A-Z][a-z]+ \d{4})",
    re.I,
)
_FIRST = frozenset({"1", "one", "a"})
_PARENTS = re.compile(r"(?:birth |step ?)?(?:mother|father|parent)\b")
_OF_PEOPLE = ("subject_", "cp_plan_", "parents_", "next_of_kin_", "open_to_")
_NAMED = {"name", "surname", "forename"}
_ADULT = re.compile(r"\W*(?:adult|person) (?:\d{1,2}|[a-d])\b", re.I)
_FEWEST = 2  # labels of somebody
_NAME_STANDS = 2  # among so many labels


def with_people_in_blocks(made: Pairs, layout: Layout) -> Pairs:
    """Turn the labels below each heading that says "Sibling 1" or "Mother" into that person's row."""
    inside = {
        number
        for pair in made.pairs
        if pair.answer.strip() or not _says_who(pair.label)
        for number in pair.lines
    }
    inside |= {number for table in made.tables for numbers in table.row_lines for number in numbers}
    heads = [line for line in layout.lines() if line.number not in inside and _says_who(line.text)]
    edges = sorted({line.number for line in (*made.headings, *heads)})
    _take_numbered(made)
    stand = sorted((pair for pair in made.pairs if pair.lines), key=lambda pair: pair.lines[0])
    lines = [pair.lines[0] for pair in stand]
    instead: dict[int, Pair | None] = {}
    seen, named = 0, False  # whether the form named above whom it is about
    for head in heads:
        at, first = bisect_right(edges, head.number), bisect_right(lines, head.number)
        end = bisect_left(lines, edges[at]) if at < len(edges) else len(lines)
        named = named or any(_names_subject(pair) and id(pair) not in instead for pair in stand[seen:first])
        instead |= _take(made, head, stand[first:end], named)
        seen = first
    _put(made, instead)
    _family_told(made)
    return made


def _names_subject(pair: Pair) -> bool:
    return pair.match is not None and "subject_name" in pair.match.names


def _family_told(made: Pairs) -> None:
    """Turn labels on lines of their own in a part about the family, "Name:", "Relationship:", into rows of people."""
    people: list[dict[str, Pair]] = []
    out: dict[int, Pair | None] = {}
    for pair in made.pairs:
        column = column_of("family_members", pair.label) if pair.section == "family" else ""
        if pair.how != "line" or not column:
            continue
        if column == "name" or (people and column in people[-1]):
            people.append({})
        if people:
            people[-1][column] = pair
    for theirs in people:
        texts = {
            column: pair.answer.strip() for column, pair in theirs.items() if not says_nothing(pair.answer)
        }
        if len(theirs) < _FEWEST or "name" not in texts:
            continue
        out |= dict.fromkeys(map(id, theirs.values()))
        lines = tuple(number for pair in theirs.values() for number in pair.lines)
        heads = tuple(pair.label for pair in theirs.values())
        made.tables.append(RowTable("family_members", heads, (), (texts,), (lines,), theirs["name"].where))
    _put(made, out)


def _says_who(text: str) -> re.Match[str] | None:
    if not 0 < len(text.strip()) <= _LONGEST_HEAD:
        return None
    who = _HEAD.fullmatch(_ROUND.sub("", plain(text)))
    return None if who is None or (who["at"] or "").casefold() in _FIRST else who


def _take(made: Pairs, head: Line, below: Sequence[Pair], named: bool) -> dict[int, Pair | None]:
    """Take the labels between a heading and the next as one person's, where their name is among the first.

    Return what each of those pairs becomes: nothing, or an answer of its own. Where the form named above whom it is
    about, "Adult 1" is somebody in the household.
    """
    theirs: dict[str, Pair] = {}
    for pair in takewhile(_of_somebody, below):
        column = column_of("family_members", pair.label) or f"other:{pair.label.strip(' :')}"
        if column in theirs:
            break
        theirs[column] = pair
    if len(theirs) < _FEWEST or not _NAMED & set(list(theirs)[:_NAME_STANDS]):
        return {}
    who = _says_who(head.text)
    assert who is not None
    about = bool(who["subject"] or who["second"] or (_ADULT.match(head.text) and not named))
    texts = {column: pair.answer.strip() for column, pair in theirs.items() if not says_nothing(pair.answer)}
    if who["relation"] and texts:
        texts.setdefault("relationship", who["relation"].capitalize())
    parent = head.text.strip() if who["relation"] and _PARENTS.match(who["relation"]) else ""
    instead = {id(pair): _as_parent(pair, parent) for pair in theirs.values()}
    if not (_NAMED & set(texts)):
        return instead
    lines = tuple(number for pair in theirs.values() for number in pair.lines)
    heads = (head.text, *(pair.label for pair in theirs.values()))
    group = "subjects" if about else "family_members"
    made.tables.append(
        RowTable(group, heads, (head.number,), (texts,), (lines,), theirs[next(iter(theirs))].where)
    )
    return instead


def _take_numbered(made: Pairs) -> None:
    """Turn labels that name a further child, "Child 2 name and date of birth", into rows of their own."""
    people: dict[str, dict[str, str]] = {}
    theirs: list[Pair] = []
    for pair in made.pairs:
        asked = _ASKED_OF_FURTHER.fullmatch(plain(pair.label))
        if asked is None or (asked["at"] in _FIRST and asked["who"] != "sibling"):
            continue
        column = "name" if asked["asked"].startswith("name") else column_of("family_members", asked["asked"])
        if not column:
            continue
        theirs.append(pair)
        if says_nothing(pair.answer):
            continue
        row = people.setdefault(f"{asked['who']} {asked['at']}", {})
        born = _BORN.search(pair.answer) if column == "name" else None
        row[column] = (pair.answer[: born.start()] if born else pair.answer).strip(" ,(–-\n")
        if born:
            row["dob"] = born["day"]
    out = set(map(id, theirs))
    made.pairs[:] = [pair for pair in made.pairs if id(pair) not in out]
    for group, sort in (("subjects", False), ("family_members", True)):
        rows = tuple(
            row for who, row in people.items() if who.startswith("sibling") is sort and "name" in row
        )
        if rows:
            lines = tuple(number for pair in theirs for number in pair.lines)
            table = RowTable(
                group, tuple(pair.label for pair in theirs), (), rows, (lines,) * len(rows), theirs[0].where
            )
            made.tables.append(table)


def _of_somebody(pair: Pair) -> bool:
    """Whether a label asks what is asked of a child or a relative."""
    if not pair.answer.strip() and _says_who(pair.label):
        return False
    return bool(column_of("family_members", pair.label)) or (
        pair.match is not None and pair.match.name.startswith(_OF_PEOPLE)
    )


def _as_parent(pair: Pair, parent: str) -> Pair | None:
    """Return a parent's name as an answer of its own; nothing of what else is told of somebody."""
    if not parent or column_of("family_members", pair.label) != "name" or not pair.answer.strip():
        return None
    named = Match(("parents_carers_names",), PLAINLY, "parents", True)
    return replace(pair, label=f"{parent}\n{pair.label}", match=named)


def _put(made: Pairs, instead: Mapping[int, Pair | None]) -> None:
    """Put what somebody's pairs become in their place."""
    put = ((instead.get(id(pair), pair)) for pair in made.pairs)
    made.pairs[:] = [pair for pair in put if pair]
