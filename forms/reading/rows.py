"""Rows of tables as canonical rows: family, agencies, people alleged responsible, chronology."""

import re

from forms.vocabulary import SUBJECT_ONLY

from . import dates, options, split
from .attributes import attribute
from .dates import Era
from .glyphs import TICKED
from .labelled_rows import labelled
from .labels import plain
from .placeholders import is_blank, says_nothing
from .result import RowValues
from .surnames import in_order
from .values import value_of

EXPECTED = re.compile(r"\b(edd|expected|due)\b", re.I)
WORD = r"[^\W\d_a-zà-öø-ÿ][\w'’.-]*"
TITLE = r"(?i:mr|mrs|ms|miss|dr|prof|sgt|pc|dc|ds|di|dci|cllr|sister|sr|rev)\.?\s+"
PERSON = re.compile(rf"^(?:{TITLE})?{WORD}(?:\s+(?:{WORD}|de|van|der|von|ap|al|bin)){{1,4}}$")
STATUS = re.compile(
    r"(?:case )?(?P<how>open|active|current|ongoing|historic(?:al)?|previous|past"
    r"|closed|ended|discharged|ceased)\b.{0,60}",
    re.I | re.S,
)
NOBODY = re.compile(r"\W*(none|nil|no one|n/?a|not applicable|none known)\W*", re.I)
OPEN = {"open": "yes", "active": "yes", "current": "yes", "ongoing": "yes", "closed": "no", "previous": "no",
         "historic": "no", "historical": "no", "past": "no", "ended": "no", "discharged": "no",
         "ceased": "no"}  # fmt: skip
BRACKET = re.compile(
    r"^(?P<first>[^()]+?)\s*\((?P<inner>[^()]+)\)\s*(?:(?:[–—:,-]\s*|(?=\d|(?i:d\.?o\.?b|born|lives|living)\b))(?P<rest>.+))?$",
    re.S,
)
_CLOCK = re.compile(r"^([01]\d|2[0-3])([0-5]\d)$")
_BULLET = re.compile(r"^\s*[-–—*•]\s+")
_JOB_FIRST = re.compile(
    rf"^(?:[\w'’-]+ ){{0,2}}(?i:manager|worker|nurse|officer|lead|co-?ordinator):\s+(?={WORD} {WORD}$)"
)
_BY_COLLAR = re.compile(rf"(?:W?PC|DC|DS|PS|PCSO|Sgt) \d{{2,6}} {WORD}(?: {WORD})?")
_PARTS = ("forename", "surname")
REACHED = re.compile(f"{split.EMAIL.pattern}|{split.TELEPHONE.pattern}", re.I)
_YES_NO = {"cp_plan": "cp_plan", "still_involved": "still_involved", "not_involved": "still_involved"}
_OTHERWISE = {"yes": "no"}
_MARKS = frozenset({TICKED.casefold(), "x", "✓", "√"})


def row_of(group: str, texts: dict[str, str], era: Era) -> RowValues:
    """Return one table row under canonical column names; {} when it says nothing."""
    row: RowValues = {}
    if whole := " ".join(texts[part].strip() for part in _PARTS if part in texts):
        texts = {"name": whole, **{column: text for column, text in texts.items() if column not in _PARTS}}
    for column, text in texts.items():
        if group == "subjects" and (fact := _fact_of_subject(column, text, era)):
            row |= fact
        elif column.startswith("other:") or column == "details":
            _more_details(row, group, column.removeprefix("other:"), text)
        elif column == "contact" and "name" not in texts and (told := _worker_behind(text)):
            row |= told
        else:
            row |= _cell(column, text, era)
    if set(row) <= {"name"} and NOBODY.fullmatch(row.get("name", "none")):
        return {}
    return row


def _fact_of_subject(column: str, text: str, era: Era) -> RowValues:
    """Return what a column that is asked of the person a form is about alone says, such as the date of death."""
    asked = attribute(plain(column.removeprefix("other:"))) if column.startswith("other:") else None
    name = f"subject_{asked}"
    told = value_of(name, text, era).values.get(name) if asked in SUBJECT_ONLY else None
    return {asked: told} if asked and isinstance(told, str) else {}


def _cell(column: str, text: str, era: Era) -> RowValues:
    """Return what one cell says under the name of its column."""
    if column == "name_contact":
        return worker_in(text)
    if column in ("date", "dob", "time"):
        return _dated(column, text, era)
    if column in _YES_NO:
        if meant := said_of(column, text):
            return {_YES_NO[column]: meant}
        return {"note": text} if column == "still_involved" and " " in text and not says_nothing(text) else {}
    if says_nothing(text) and not (column == "address" and text.casefold().startswith(("as ", "same"))):
        return {}
    if column == "name":
        text = in_order(_JOB_FIRST.sub("", text))
    return {column: split.gender(text) if column == "gender" else text}


def said_of(column: str, text: str) -> str:
    """Return the yes or no of a cell: "Closed", "Y", a mark; a mark under "Not involved" says no."""
    bare = text.strip(" .").casefold()
    status = STATUS.fullmatch(text.strip(" ."))
    meant = "yes" if bare in _MARKS else OPEN.get(status["how"].casefold() if status else bare)
    meant = meant or options.yes_no(text)
    return _OTHERWISE.get(meant, "") if column == "not_involved" else meant


def worker_in(text: str) -> RowValues:
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


def _worker_behind(text: str) -> RowValues:
    """Return who stands under "Contact", where no column asks for a name: "Jo Rao, social worker, 01632 960315"."""
    if PERSON.match(text) or _BY_COLLAR.fullmatch(text.strip()):
        return worker_in(text) if PERSON.match(text) else {"name": text.strip()}
    if (told := worker_in(text)).keys() == {"name", "contact"} and PERSON.match(told["name"]):
        return told if not split.looks_like_work(told["name"]) else {}
    first, *rest = (piece.strip() for piece in text.split(","))
    named = PERSON.match(first) and not split.looks_like_work(first)
    if not named or not rest:
        return {}
    row = worker_in(", ".join([first, *(piece for piece in rest if REACHED.search(piece))]))
    jobs = [piece for piece in rest if not REACHED.search(piece)]
    return {**row, "role": ", ".join(jobs)} if jobs else row


def _more_details(row: RowValues, group: str, head: str, text: str) -> None:
    """Keep the text of a column we have no name for, with its heading where it is not just "Details"."""
    if is_blank(text):
        return
    words = text if head in ("", "details") else f"{head}: {text}"
    column = "details" if group == "chronology" else "note"
    if head == "details" and group == "agencies_involved" and REACHED.search(text):
        column = "contact"
    row[column] = f"{row[column]}\n{words}" if column in row else words


def _dated(column: str, text: str, era: Era) -> RowValues:
    if says_nothing(text):
        return {}
    if column == "time":
        return {"time": dates.time_in(text) or _CLOCK.sub(r"\1:\2", text.strip())}
    when = dates.find(text, era, birth=column == "dob")
    if column == "dob":
        return birth_of(text, when)
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


def birth_of(text: str, when: dates.When | None) -> RowValues:
    if when and EXPECTED.search(text):
        return {"edd": when.iso}
    if when and (when.precision == "day" or len(text) < 12):
        return {"dob": when.iso}
    return {"age": text}


def under_labels(item: str, group: str, era: Era) -> RowValues:
    texts = labelled(_BULLET.sub("", item).strip(), group) if ":" in item else {}
    return row_of(group, texts, era) if texts else {}
