"""Pairs become canonical answers; whatever becomes none is listed, so that no text is lost."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import dates, options, rows, split
from .dates import Era
from .layout import Layout, Line
from .pairs import Pair, Pairs
from .placeholders import is_blank, state_of, without_leaders
from .result import Found, RowValues, Value
from .row_tables import RowTable
from .subjects import named_subject
from .values import Taken, value_of

_WORD = re.compile(r"[^\W_]+")
_PAGE_NUMBER = re.compile(r"page \d+(?: ?(?:of|/) ?\d+)?", re.I)
_WHOSE = ("subject", "referrer", "author", "safeguarding_lead", "next_of_kin")
_ATTRIBUTES = {
    "date_of_referral": "date", "date_completed": "date", "incident_date": "date",
    "incident_time": "time",
    "incident_location": "place", "subject_place_of_death": "place",
}  # fmt: skip
_ALIVE = re.compile(r"\balive\b|\bliving\b", re.I)
_OTHERWISE = {"yes": "no", "no": "yes"}
_YES_NAMELY = re.compile(r"(?:yes|y)\b[\s,:;.–—-]*(?P<name>(?:[^\W\d_][\w'’.-]*,? ?){0,6})", re.I)
_REASONS = frozenset({"incident_summary", "case_summary", "criteria_grounds_text"})
_SHORT_REVIEWS = frozenset({"sar", "dhr", "cspr", "lcspr", "scr", "dardr"})
_FROM_TEXT = {"agencies_involved": "agencies", "family_members": "family"}


@dataclass
class Answers:
    """What is being gathered from one document."""

    era: Era
    fields: dict[str, Value] = field(default_factory=dict)
    rows: dict[str, list[RowValues]] = field(default_factory=dict)
    found: dict[str, Found] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    unplaced: list[tuple[int, str]] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def claim(self, *numbers: int) -> None:
        """Mark lines as accounted for."""
        self.claimed.update(numbers)

    def leave(self, number: int, text: str) -> None:
        """List text that became no answer, in the order of the document."""
        if text.strip():
            self.unplaced.append((number, text.strip()))

    def put(self, name: str, value: Value, found: Found) -> None:
        """Keep an answer; the first to a name stays."""
        self.fields[name] = value
        self.note(name, found)

    def note(self, name: str, found: Found) -> None:
        """Keep where an answer came from; what stood there before, such as a "not known", is listed."""
        before = self.found.get(name)
        if before and before.text not in found.text:
            self.leave(0, before.text)
        self.found[name] = found

    def words(self) -> set[str]:
        """Return every word that is in an answer's text, a label or the list of unplaced text."""
        kept = [
            *(found.text for found in self.found.values()),
            *self.labels,
            *(text for _, text in self.unplaced),
        ]
        return words_of(" ".join(kept))


def era_of(layout: Layout, this_year: int) -> Era:
    """Return what the document's own dates say about years that are left out."""
    era = Era(this_year)
    full = [when.iso for line in layout.lines() for when in dates.every(line.text, era)
            if when.precision == "day" and not when.doubt and len(when.text) >= 8]  # fmt: skip
    recent = [iso for iso in full if int(iso[:4]) <= this_year + 1]
    return Era(this_year, dates.date.fromisoformat(max(recent))) if recent else era


def gather(layout: Layout, pairs: Pairs, era: Era, kind: str) -> Answers:
    """Return the answers in a stranger's form, with every line of it accounted for."""
    answers = Answers(era)
    for pair in sorted(pairs.pairs, key=lambda one: -(one.match.score if one.match else 0)):
        _take_pair(answers, pair, kind)
    _take_criteria(answers, pairs.criteria)
    for table in pairs.tables:
        _take_table(answers, table)
    for line in pairs.headings:
        answers.labels.append(line.text)
        answers.claim(line.number)
    account(answers, layout)
    return answers


def account(answers: Answers, layout: Layout) -> None:
    """List every visible line nobody claimed, with prompts as labels and struck-out words as such.

    A line that was claimed although one of its words is kept nowhere is listed too: the law of the reader
    does not rest on every stage being right.
    """
    kept, whole, running = answers.words(), {"", *answers.labels}, set[str]()
    for line in layout.lines():
        answers.labels += line.prompts
        for words in line.struck:
            answers.leave(line.number, f"(struck out) {words}")
        if line.number in answers.claimed and line.text in whole:
            continue
        if line.number in answers.claimed and words_of(line.text) <= kept:
            continue
        if _is_furniture(line, running):
            answers.labels.append(line.text)
        else:
            answers.leave(line.number, _with_reason(line))


def _is_furniture(line: Line, running: set[str]) -> bool:
    """Say whether a line only numbers a page or repeats a running title, which `running` remembers."""
    if line.aside not in ("header", "footer") or not line.text.strip():
        return False
    text = line.text.strip()
    if _PAGE_NUMBER.fullmatch(text) or text in running:
        return True
    running.add(text)
    return False


def words_of(text: str) -> set[str]:
    """Return the words of a text, in small letters."""
    return set(_WORD.findall(text.casefold()))


def _with_reason(line: Line) -> str:
    return f"({line.aside}) {line.text.strip()}" if line.aside and line.text.strip() else line.text


def _take_pair(answers: Answers, pair: Pair, kind: str) -> None:
    answers.claim(*pair.lines)
    at = pair.lines[0] if pair.lines else 0
    if pair.match is None:
        answers.leave(at, f"{pair.label.strip()} {pair.answer.strip()}")
        return
    answers.labels.append(pair.label)
    if not pair.answer.strip() and not pair.marked:
        return
    taken = _taken(answers, pair, kind)
    fresh = {name: value for name, value in taken.values.items() if name not in answers.fields}
    rows_taken = _take_free_rows(answers, pair)
    for name, value in fresh.items():
        answers.put(name, value, _found(pair, taken.doubt if name == pair.match.name else ""))
    if fresh or rows_taken:
        return
    name = pair.match.name
    if taken.values or name in answers.found:
        answers.leave(at, f"{pair.label.strip()} {pair.answer.strip()}")
    else:
        answers.note(name, _found(pair, taken.doubt or state_of(pair.answer)))


def _found(pair: Pair, doubt: str = "") -> Found:
    assert pair.match is not None
    return Found(pair.answer.strip(), pair.where, pair.how, pair.match.score, doubt, pair.label.strip())


def _taken(answers: Answers, pair: Pair, kind: str) -> Taken:
    """Return the values of a pair's answer under the one name or the several its label asks for."""
    assert pair.match is not None
    names = [name for name in pair.match.names if name not in _FROM_TEXT and "." not in name]
    if not names:
        return Taken()
    if names == ["subject_details"] or (len(names) > 1 and state_of(pair.answer) == "answer"):
        return _compound(pair.answer, names, answers.era)
    if names[0] in _REASONS and (kinds := _reviews_ticked(pair.answer)):
        return Taken({"review_type_requested": kinds}, "ticked under another question")
    taken = value_of(names[0], pair.answer, answers.era, pair.marked)
    if names[0] == "subject_died" and _ALIVE.search(pair.label):
        return Taken({name: _OTHERWISE.get(str(value), value) for name, value in taken.values.items()})
    if names[0] == "safeguarding_lead_name" and (named := _YES_NAMELY.fullmatch(pair.answer.strip())):
        return Taken({names[0]: named["name"]} if named["name"] else {})
    if names[0] in ("author_name", "referrer_name") and names[0] in taken.values:
        return _writer(names[0], str(taken.values[names[0]]), "name" in pair.label.casefold())
    if names == ["criteria_grounds"] and pair.how == "below" and options.chosen(pair.answer) is None:
        return Taken({}, "printed criteria, with nothing ticked")
    if names[0] == "next_of_kin_name" and "next_of_kin_name" in taken.values:
        return Taken(rows.relative_named(str(taken.values["next_of_kin_name"])) or taken.values)
    if names[0] == "subject_name" and "subject_name" in taken.values:
        return named_subject(str(taken.values["subject_name"]), answers.era)
    return taken


def _reviews_ticked(text: str) -> list[str]:
    """Return the reviews ticked under "reason for referral", when every tick there names a review."""
    ticks = options.chosen(text) or []
    words = [" ".join(words_of(tick)) for tick in ticks]
    return ticks if ticks and all("review" in word or word in _SHORT_REVIEWS for word in words) else []


def _compound(text: str, names: Sequence[str], era: Era) -> Taken:
    """Take one answer to several questions apart and give each part its canonical name."""
    if options.chosen(text) == []:
        return Taken({}, "blank")
    if list(names) == ["subject_details"]:
        names = ["subject_name", "subject_address", "subject_nhs_number", "subject_dob", "subject_gender"]
        if is_blank(text):
            return Taken()
    if "incident_date" in names:
        names = [*names, "incident_time"]
    for stem in [name.removesuffix("contact") for name in names if name.endswith("_contact")]:
        names = [*names, f"{stem}telephone", f"{stem}email"]
    wanted = {name: _attribute(name) for name in names}
    parts = split.particulars(without_leaders(text) if "\n" not in text else text, list(wanted.values()), era)
    values: dict[str, Value] = {}
    for name, attribute in wanted.items():
        if part := parts.get(attribute):
            values |= named_subject(part, era).values if name == "subject_name" else {name: part}
    if not values:
        values[names[0]] = text.strip()
    return Taken(values, "one answer to several questions")


def _attribute(name: str) -> str:
    if name == "agency_name":
        return "agency"
    if name in _ATTRIBUTES:
        return _ATTRIBUTES[name]
    for whose in _WHOSE:
        if name.startswith(whose + "_"):
            return name.removeprefix(whose + "_")
    return name


def _writer(name: str, text: str, name_alone: bool) -> Taken:
    """Take apart a writer given in one line: name, role, agency, and how to be reached."""
    stem = name.removesuffix("_name")
    reached = split.contacts(text)
    parts = split.author(split.without_contacts(text))
    if (
        stem == "referrer"
        and name_alone
        and not any(split.looks_like_work(part) for part in list(parts.values())[1:])
    ):
        parts = {"name": text}
        reached = {}
    parts |= {part: reached[part] for part in ("telephone", "email") if part in reached}
    return Taken({"agency_name" if f"{stem}_{part}" == "author_agency" else f"{stem}_{part}": value
                  for part, value in parts.items()})  # fmt: skip


def _take_free_rows(answers: Answers, pair: Pair) -> bool:
    """Take a list written in prose where rows are meant, and parts of one person that belong in a row."""
    assert pair.match is not None
    taken = False
    for name in pair.match.names:
        if name in _FROM_TEXT and not is_blank(pair.answer):
            made = (rows.agencies_from_text(pair.answer) if name == "agencies_involved"
                    else rows.family_from_text(pair.answer, answers.era))  # fmt: skip
            taken |= _add_rows(answers, name, made, _found(pair))
        elif name == "alleged_perpetrators" and state_of(pair.answer) == "answer":
            taken |= _add_rows(answers, name, [{"name": pair.answer.strip()}], _found(pair))
        elif "." in name:
            taken |= _add_part(answers, pair, name)
    return taken


def _add_rows(answers: Answers, name: str, made: list[RowValues], found: Found) -> bool:
    if not made or (name in answers.rows):
        return False
    answers.rows[name] = made
    answers.note(name, found)
    return True


def _add_part(answers: Answers, pair: Pair, name: str) -> bool:
    """Put one fact about a person ("alleged_perpetrators.dob") into that person's row."""
    group, column = name.split(".", 1)
    made = rows.row_of(group, {column: pair.answer}, answers.era)
    people = answers.rows.setdefault(group, [{}])
    if not made or column in people[-1]:
        if not people[-1]:
            del answers.rows[group]
        return False
    people[-1].update(made)
    before = answers.found.get(group)
    text = f"{before.text}\n{pair.answer.strip()}" if before else pair.answer.strip()
    answers.note(
        group, Found(text, pair.where, pair.how, pair.match.score if pair.match else 0.0, label=pair.label)
    )
    return True


def _take_criteria(answers: Answers, criteria: Sequence[Pair]) -> None:
    """Take criteria whose narrative was filled; a printed criterion alone is never evidence."""
    grounds: list[str] = []
    evidence: list[Pair] = []
    for pair in criteria:
        answers.claim(*pair.lines)
        answers.labels.append(pair.label)
        ticks = options.chosen(f"{pair.label} {pair.answer}")
        if state_of(pair.answer) != "answer" or ticks == [] or options.yes_no(pair.answer) == "no":
            answers.leave(pair.lines[0], pair.answer)
            continue
        letter = pair.label.strip(" (")[:4].split(")")[0].split(".")[0].strip().casefold()
        grounds.append(letter)
        if pair.match and pair.match.name == "agency_concerns" and "agency_concerns" not in answers.fields:
            answers.put("agency_concerns", pair.answer.strip(), _found(pair))
        else:
            evidence.append(pair)
    if grounds:
        text = "\n".join(pair.answer for pair in criteria if pair.answer.strip())
        answers.put("criteria_grounds", grounds, Found(text, criteria[0].where, "criterion", 0.9))
    if evidence and "criteria_evidence" not in answers.fields:
        text = "\n".join(pair.answer.strip() for pair in evidence)
        answers.put("criteria_evidence", text, Found(text, evidence[0].where, "criterion", 0.8))
    elif evidence:
        for pair in evidence:
            answers.leave(pair.lines[0], pair.answer)


def _take_table(answers: Answers, table: RowTable) -> None:
    """Take a row table, row by row; rows that say nothing are left to the list of unplaced text."""
    answers.labels += table.heads
    answers.claim(*table.head_lines)
    made: list[RowValues] = []
    texts: list[str] = []
    for source, lines in zip(table.rows, table.row_lines, strict=True):
        answers.claim(*lines)
        text = " | ".join(source.values())
        row = rows.row_of(table.group, source, answers.era)
        if row:
            made.append(row)
            texts.append(text)
        else:
            answers.leave(lines[0], text)
    if table.group == "agencies_involved":
        made, bare = rows.drop_printed_agencies(made)
        for row in bare:
            answers.leave(table.head_lines[0], row["agency"])
    if not made:
        return
    before = answers.found.get(table.group)
    answers.rows.setdefault(table.group, []).extend(made)
    text = "\n".join([before.text, *texts] if before else texts)
    answers.note(table.group, Found(text, table.where, "table", 0.95))
