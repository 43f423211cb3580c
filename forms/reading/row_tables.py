"""Tables with a heading row and a row for each person, agency or event."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import takewhile

from .attributes import ATTRIBUTE_OF
from .columns import COLUMNS, HEADS, TELLING
from .labels import ends_as_label, plain, without_brackets
from .layout import Row
from .likeness import words_sorted
from .nearest import Nearest
from .placeholders import is_prompt
from .prompts import RELATION
from .sections import section_of
from .whose import only_says_whose

_FITS_SECTION = {
    "family": "family_members",
    "parents": "family_members",
    "agencies": "agencies_involved",
    "perpetrator": "alleged_perpetrators",
    "chronology": "chronology",
    "incident": "chronology",
}
_NEEDED = {"family_members": {"name"}, "agencies_involved": {"agency"}, "alleged_perpetrators": {"name"},
           "chronology": {"date"}}  # fmt: skip
MOSTLY = 0.6
LONGEST_HEAD = 80
MANY_HEADS = 4
NO_ROWS: tuple[str, list[str]] = ("", [])  # what heads that are none of a row table name
_FEW_CELLS = 2
_MARKS = ("yes", "no", "y", "n")
_LONGEST_WORDING = 70
_TWO_PAIRS = 4  # cells
_TOLD_WHEN = re.compile(r"\d|(?i:undated|not known|unknown|ongoing|throughout|n/?k)")
_BY_LETTERS = 82  # per cent of a head's letters, its words in any order
_OF_MANY = re.compile(
    r"\binvolved\b|^(?:other )?(?:agencies|services|organi[sz]ations|professionals)\b|^relationship"
)
_IN_THE_CASE = re.compile(
    r"(?:(?:alleged |suspected )?(?:perpetrator|offender|suspect)|victim|deceased|subject|(?:the )?(?:child|adult)"
    rf"(?: subject)?|ex-?partner|{RELATION})(?: \d)?",
    re.I,
)
_TO_PERPETRATOR = re.compile(r"\b(?:perpetrator|suspect|accused|offender)", re.I)
_HINTED = re.compile(r"\([^()]*[/,][^()]*\)\s*$")  # "Outcome (died / life-changing / other)"
_NUMBERS = re.compile(r"\W*(?:no|nr|ref|entry|row|item|line|#)(?:\.? ?(?:no|number|ref))?\W*", re.I)
_EITHER = re.compile(r"/| or ", re.I)
_NAMED_PART = re.compile(
    r"\W*(?:section|part) (?:\d|[a-z]\b|one|two|three|four|five|six|seven|eight|nine|ten)", re.I
)
_PART = re.compile(r"\W*(?:section|part|appendix)\b|\d{1,2}(?:\.\d)*[.)]?\s+\w+ \w+", re.I)
_FEWEST_PROMPTS = 3  # one below another


@dataclass(frozen=True)
class RowTable:
    """A row table understood: its group, the words of its heading row, and each row as column -> text."""

    group: str
    heads: tuple[str, ...]
    head_lines: tuple[int, ...]
    rows: tuple[dict[str, str], ...]
    row_lines: tuple[tuple[int, ...], ...]
    where: str
    blank_rows: int = 0


def row_table(
    rows: Sequence[Row], at: int, section: str, number: int, asks: Callable[[str], bool]
) -> RowTable | None:
    """Return the row table whose heading row is `rows[at]`, or None when that is no such heading row.

    `asks` says whether a text is a prompt of the form; at a row that begins with one the table ends.
    """
    heads = [cell.text for cell in rows[at]]
    group, columns = columns_of(heads, section)
    if not group or _asked_in_turn(heads):
        return None
    if group == "chronology" and "event" not in columns and "details" in columns:
        columns[columns.index("details")] = "event"
    body = _body(rows, at, heads, asks)
    if len(heads) == _FEW_CELLS and len(body) >= _FEWEST_PROMPTS and all(asks(row[0].text) for row in body):
        return None  # "Job title / agency" | "Lead Officer": one label with its answer among others
    if group == "chronology":
        body = list(
            takewhile(lambda row: not _stands_for_no_date(row[columns.index("date")].text, asks), body)
        )
    if not body and "still_involved" in columns and any(plain(head) in _MARKS for head in heads):
        return None  # "Agency involvement" | "Yes" | "Social care": an answer
    if group == "chronology" and section == "incident" and "event" not in columns and len(body) == 1:
        return None  # "Date" | "Time" | "Location", once
    taken: list[dict[str, str]] = []
    lines: list[tuple[int, ...]] = []
    for row in body:
        texts = _texts(row, columns, heads)
        if texts:
            taken.append(texts)
            lines.append(tuple(line.number for cell in row for line in cell.lines))
    if (
        section == "subject"
        and len(body) == 1
        and group == "family_members"
        and "relationship" not in columns
    ):
        return None
    head_lines = tuple(line.number for cell in rows[at] for line in cell.lines)
    return RowTable(
        group, tuple(heads), head_lines, tuple(taken), tuple(lines), f"table {number}", len(body) - len(taken)
    )


def with_roles(table: RowTable) -> RowTable:
    """Return a table of people whose first column, of no head that we know, says what each is in the case."""
    if table.group != "family_members" or any("relationship" in row for row in table.rows):
        return table
    first = f"other:{table.heads[0].strip()}"
    if not table.rows or not all(_IN_THE_CASE.fullmatch(row.get(first, "").strip()) for row in table.rows):
        return table
    named = tuple(
        {"relationship" if name == first else name: text for name, text in row.items()} for row in table.rows
    )
    return replace(table, rows=named)


def of_subjects(table: RowTable) -> RowTable:
    """Return a table of people as one of those the form is about, unless it says whose relatives they are."""
    people = table.group == "family_members" and not any("relationship" in row for row in table.rows)
    return replace(table, group="subjects") if people else table


def columns_of(heads: Sequence[str], section: str) -> tuple[str, list[str]]:
    """Return the group a heading row belongs to and the column each head names ("" for none); or ("", [])."""
    if len(heads) < 2 or sum(bool(head.strip()) for head in heads) < 2:
        return "", []
    best: tuple[float, str, list[str]] = (0.0, "", [])
    for group in COLUMNS:
        columns = _columns(group, heads)
        if not columns:
            continue
        named = [column for column in columns if column]
        named += ["name"] if {"surname", "forename"} & set(named) else []
        if not _NEEDED[group] <= set(named) or len(set(named)) < 2:
            continue
        told = set(named) & TELLING[group] or _FITS_SECTION.get(section) == group
        if not told:
            continue
        score = len(set(named)) / len(heads) + (0.5 if _FITS_SECTION.get(section) == group else 0)
        score += 0.1 * len(set(named) & TELLING[group])
        if score > best[0]:
            best = (score, group, columns)
    elsewhere = section in ("referrer", "author", "lead", "office", "prefilled", "gp")
    if elsewhere and best[1] != "chronology" and not any(map(_OF_MANY.search, map(plain, heads))):
        return "", []
    return best[1], best[2]


def _columns(group: str, heads: Sequence[str]) -> list[str]:
    """Return the column of each head, and none at all once too few of them can still be named."""
    if len(heads) == _FEW_CELLS and not all(_is_head(group, head) for head in heads):
        return []  # "Position | Service Lead": a label with its answer, however like a head that is
    columns: list[str] = []
    strange = 0  # heads
    for head in heads:
        theirs = group == "agencies_involved" and only_says_whose(head)  # "Victim": known to them
        columns.append(column_of(group, head) or ("known" if theirs else ""))
        foremost = len(columns) == 1  # which may have none, or number the rows
        strange += not columns[-1] and not (foremost and (not head.strip() or _NUMBERS.fullmatch(head)))
        if (len(heads) - strange) / len(heads) < MOSTLY:
            return []
    if columns.count("relationship") > 1:  # to the victim, and to the perpetrator
        columns = ["" if column and _TO_PERPETRATOR.search(head) else column
                   for column, head in zip(columns, heads, strict=True)]  # fmt: skip
    first = columns.index("contact") if columns.count("contact") > 1 and "name" not in columns else -1
    if group == "agencies_involved" and first >= 0 and plain(heads[first]) in ("contact", "contacts"):
        columns[first] = "name"  # "Contact" beside "Email / phone"
    return columns


@lru_cache(maxsize=1024)
def column_of(group: str, head: str) -> str:
    """Return the column of a group that a head asks for, or nothing."""
    text = plain(head)
    if not text or len(text) > _LONGEST_WORDING:
        return ""
    if named := _named(group, head):
        return named
    columns, nearest = _wordings(group)
    if close := nearest.to(words_sorted(text)):
        return list(columns.values())[close.at]
    return _by_first_words(group, text)


@lru_cache(maxsize=1024)
def _is_head(group: str, head: str) -> bool:
    """Say whether a text is a head of the group as it stands, and not only like one."""
    text = plain(head)
    return bool(_named(group, head) or _by_first_words(group, text))


def _named(group: str, head: str) -> str:
    """Return the column whose wording a head is, or one of the two it names: "Agency / service"."""
    columns, _ = _wordings(group)
    if (text := plain(head)) in columns:
        return columns[text]
    bare = without_brackets(head)
    halves = [columns.get(plain(half)) for half in _EITHER.split(bare)] if not is_prompt(bare) else []
    return next((column for column in COLUMNS[group] if column in halves), "")


def _by_first_words(group: str, text: str) -> str:
    return next((column for column, words in HEADS.get(group, ()) if words.search(text)), "")


@cache
def _wordings(group: str) -> tuple[dict[str, str], Nearest]:
    """Return the column of each wording of a group, and the wordings with their words sorted."""
    columns = {wording: column for column, wordings in COLUMNS[group].items() for wording in wordings}
    return columns, Nearest([words_sorted(wording) for wording in columns], _BY_LETTERS)


def _body(rows: Sequence[Row], at: int, heads: Sequence[str], asks: Callable[[str], bool]) -> list[Row]:
    """Return the rows under a heading row: as many cells, until a row that asks anew or another shape."""
    body = []
    for row in rows[at + 1 :]:
        if len(row) != len(heads) or _asks_anew(row, asks):
            break
        body.append(row)
    return body


def _asks_anew(row: Row, asks: Callable[[str], bool]) -> bool:
    """Say whether a row under a heading row is no person, agency or event but the next part or prompt of the form."""
    first = row[0].text.strip()
    others = sum(bool(cell.text.strip()) for cell in row[1:])
    if _asks_in_turn(row, asks):
        return True
    if not first or others > 1:
        return False
    prompt = len(plain(first).split()) > 1 and asks(first)
    if not others and first.isupper() and section_of(first):
        return True
    if others:
        question = first.endswith("?") and len(first.split()) > MANY_HEADS
        named = question or bool(_NAMED_PART.match(first))
        return named or (prompt and (ends_as_label(first) or len(row) > _FEW_CELLS))
    return prompt or ends_as_label(first) or len(first) > LONGEST_HEAD or bool(_PART.match(first))


def _stands_for_no_date(text: str, asks: Callable[[str], bool]) -> bool:
    """Say whether a prompt of the form stands where each event has its date."""
    return bool(text.strip()) and not _TOLD_WHEN.search(text) and asks(text.strip())


def _asks_in_turn(row: Row, asks: Callable[[str], bool]) -> bool:
    """Say whether a row is labels with their answers in turn: "Ethnicity" | "Irish" | "School" | "Oak Primary"."""
    labels, answers = row[::2], row[1::2]
    if len(row) < _TWO_PAIRS or len(row) % 2:
        return False
    asked = all(plain(cell.text) in ATTRIBUTE_OF or asks(cell.text) for cell in labels)
    return asked and asks(row[0].text) and not any(asks(cell.text) for cell in answers)


def _texts(row: Row, columns: Sequence[str], heads: Sequence[str]) -> dict[str, str]:
    """Return a row as column -> text; two columns of one name are joined; a column we do not know keeps its head."""
    texts: dict[str, str] = {}
    for cell, column, head in zip(row, columns, heads, strict=True):
        text = cell.text.strip()
        if text:
            name = column if column not in ("", "dates", "known") else f"other:{head.strip()}"
            texts[name] = f"{texts[name]}\n{text}" if name in texts else text
    return texts


def _asked_in_turn(texts: Sequence[str]) -> bool:
    """Say whether texts are labels with their answers in turn, as their colons show: "Agency:" | "Police" | ..."""
    labels, answers = map(ends_as_label, texts[::2]), map(ends_as_label, texts[1::2])
    return len(texts) % 2 == 0 and all(labels) and not any(answers)


def is_heading_row(row: Row, known: Callable[[str], bool]) -> bool:
    """Say whether the cells of a row read as labels; of many, one or two may mean nothing to us."""
    texts = [cell.text.strip() for cell in row]
    if len(texts) < 2 or not all(texts) or max(map(len, texts)) >= LONGEST_HEAD:
        return False
    if _asked_in_turn(texts):
        return False
    unknown = strange = 0
    for text in texts:
        if not known(text):  # looked up no further than need be: most rows are a label and somebody's answer
            unknown, strange = unknown + 1, strange + (not _HINTED.search(text))
            if unknown * 2 > len(texts) or strange > len(texts) // MANY_HEADS:
                return False
    return True
