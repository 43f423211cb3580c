"""Rows of tables, lists in prose and criteria with a narrative, taken into the answers."""

import re
from collections.abc import Sequence
from dataclasses import replace

from . import agencies, families, options, rows
from .gathered import Answers, found_of
from .pairs import Pair
from .placeholders import is_blank, state_of
from .result import Found, RowValues
from .row_tables import RowTable

_LETTERED = re.compile(r"\s*\(?([a-z]|[ivx]{1,4}|\d{1,2})\s*[.)]", re.I)
_NEXT_NAME = re.compile(r"\s*[;\n]\s*|\s+(?:and|&)\s+")
_OF_SUBJECT = ("name", "dob", "age", "gender", "address", "ethnicity")
_OF_SUBJECTS = {"cp_plan": "cp_plan_current"}
_NOT_OF_SUBJECTS = ("note", "edd", "relationship")
FROM_TEXT = {"agencies_involved": "agencies", "family_members": "family"}


def take_free_rows(answers: Answers, pair: Pair) -> bool:
    """Take a list written in prose where rows are meant, and parts of one person that belong in a row."""
    assert pair.match is not None
    taken = False
    for name in pair.match.names:
        if name in FROM_TEXT and not is_blank(pair.answer):
            made = (agencies.agencies_from_text(pair.answer) if name == "agencies_involved"
                    else families.family_from_text(pair.answer, answers.era))  # fmt: skip
            if name == "family_members":
                made = _without_the_parties(answers, made, pair.where, pair.how)
            taken |= _add_rows(answers, name, made, found_of(pair))
        elif name == "alleged_perpetrators" and state_of(pair.answer) == "answer":
            people = families.family_from_text(pair.answer, answers.era) or [{"name": pair.answer.strip()}]
            taken |= _add_rows(answers, name, people, found_of(pair))
    return taken | _take_parts(answers, pair, [name for name in pair.match.names if "." in name])


def _take_parts(answers: Answers, pair: Pair, names: Sequence[str]) -> bool:
    """Take facts about a person that belong in a row, one of them or several told in one answer."""
    if not names:
        return False
    if len(names) == 1:
        return _add_part(answers, pair, names[0])
    group = names[0].split(".")[0]
    parts = [part.strip() for part in re.split(r"\s+/\s+|\n", pair.answer.strip())]
    if len(parts) == len(names):  # "Name / DOB / address", answered so
        columns = [name.split(".")[1] for name in names]
        made = [rows.row_of(group, dict(zip(columns, parts, strict=True)), answers.era)]
        return not answers.rows.get(group) and _add_rows(answers, group, made, found_of(pair))
    made = families.family_from_text(pair.answer, answers.era)
    return not answers.rows.get(group) and _add_rows(answers, group, made, found_of(pair))


def _add_rows(answers: Answers, name: str, made: list[RowValues], found: Found) -> bool:
    known = {row.get("name", row.get("agency")) for row in answers.rows.get(name, ())}
    fresh = [row for row in made if row.get("name", row.get("agency")) not in known]
    if not fresh or (known and name != "family_members"):
        return False
    answers.rows.setdefault(name, []).extend(fresh)
    if before := answers.found.get(name):
        found = replace(found, text=f"{before.text}\n{found.text}")
    answers.note(name, found)
    return True


def _add_part(answers: Answers, pair: Pair, name: str) -> bool:
    """Put one fact about a person ("alleged_perpetrators.dob") into that person's row."""
    group, column = name.split(".", 1)
    ticks = options.chosen(pair.answer)
    made = rows.row_of(
        group, {column: pair.answer.strip() if ticks is None else ", ".join(ticks)}, answers.era
    )
    if (
        column == "name"
        and len(told := families.family_from_text(pair.answer, answers.era)) == 1
        and {"dob", "relationship"} & set(told[0])
    ):
        made = told[0]
    if (
        column == "name"
        and len(named := _NEXT_NAME.split(pair.answer.strip())) > 1
        and all(map(rows.PERSON.match, named))
    ):
        return _add_rows(answers, group, [{"name": name} for name in named], found_of(pair))
    people = answers.rows.setdefault(group, [{}])
    if column == "name" and pair.section == "perpetrator" and _is_another(made, people[-1]):
        people.append({})
    if column in ("forename", "surname") and made:
        parts = [made["name"], people[-1].get("name", "")]
        made["name"] = " ".join(parts if column == "forename" else reversed(parts)).strip()
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


def _is_another(made: RowValues, before: RowValues) -> bool:
    """Say whether a name told where one was told already is somebody else's."""
    words = [set(row.get("name", "").casefold().split()) for row in (made, before)]
    return all(words) and not words[0] <= words[1] and not words[1] <= words[0]


def take_criteria(answers: Answers, criteria: Sequence[Pair]) -> None:
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
        grounds.append(_ground(pair.label))
        if pair.how == "met":
            pair = replace(pair, answer=options.details(pair.answer))
        if not pair.answer:
            continue
        if pair.match and pair.match.name == "agency_concerns" and "agency_concerns" not in answers.fields:
            answers.put("agency_concerns", pair.answer.strip(), found_of(pair))
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


def _ground(label: str) -> str:
    """Return the letter of a lettered criterion, else its printed words."""
    lettered = _LETTERED.match(label)
    return lettered[1].casefold() if lettered else label.strip()


def _without_the_parties(answers: Answers, made: list[RowValues], where: str, how: str) -> list[RowValues]:
    """Return the family of a table of people, once whom the form is about and who harmed them are taken out of it."""
    family: list[RowValues] = []
    for row in made:
        party, bare = families.party_of(row)
        found = Found(" | ".join(row.values()), where, how, 0.9)
        if party == "perpetrator":
            answers.rows.setdefault("alleged_perpetrators", []).append(bare)
            answers.note("alleged_perpetrators", found)
        elif party == "subject" and "subject_name" not in answers.fields:
            for part in [
                part for part in bare if f"subject_{part}" not in answers.fields and part in _OF_SUBJECT
            ]:
                answers.put(f"subject_{part}", bare[part], found)
        elif party == "subject" and bare.get("name") != row.get("name"):
            if bare.get("name") != answers.fields["subject_name"]:
                family.append({"relationship": "Child", **bare})  # of whoever the form is about
        else:
            family.append(row)
    return family


def _after_the_first(answers: Answers, made: list[RowValues], table: RowTable) -> list[RowValues]:
    """Put the first of several children under the subject's own names; return the others as rows of subjects."""
    named = [
        {
            _OF_SUBJECTS.get(column, f"subject_{column}"): text
            for column, text in row.items()
            if column not in _NOT_OF_SUBJECTS
        }
        for row in made
    ]
    known = answers.fields.get("subject_name") or answers.fields.get("subject_surname")
    first = named[0].get("subject_name") if named else None
    if known and first and str(known).casefold() != first.casefold():
        return named  # "Child 2" by itself
    for name, text in named[0].items() if named else ():
        if name not in answers.fields:
            answers.put(name, text, Found(text, table.where, "table", 0.9))
    return named[1:]


def take_table(answers: Answers, table: RowTable) -> None:
    """Take a row table, row by row; rows that say nothing are left to the list of unplaced text."""
    answers.labels += table.heads
    answers.claim(*table.head_lines)
    made: list[RowValues] = []
    texts: list[str] = []
    for source, lines in zip(table.rows, table.row_lines, strict=True):
        answers.claim(*lines)
        text = " | ".join(source.values())
        row = rows.row_of(table.group, source, answers.era)
        if row and not (
            table.group == "agencies_involved" and agencies.had_nothing_to_do(source, table.heads)
        ):
            made.append(row)
            texts.append(text)
        else:
            answers.leave(lines[0], text)
    if table.group == "subjects":
        made = _after_the_first(answers, made, table)
    if table.group == "family_members":
        made = _without_the_parties(answers, made, table.where, "table")
    if table.group == "agencies_involved":
        made, bare = agencies.drop_printed_agencies(made)
        for row in bare:
            answers.leave((table.head_lines or table.row_lines[0])[0], row["agency"])
    if not made:
        return
    before = answers.found.get(table.group)
    answers.rows.setdefault(table.group, []).extend(made)
    text = "\n".join([before.text, *texts] if before else texts)
    answers.note(table.group, Found(text, table.where, "table", 0.95))
