"""People from a table (.csv): each row read and judged, and nobody added before that was looked at."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from unicodedata import category

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.fields import EMAIL
from forms.question import UNWRITABLE
from jcr.admission import joining
from jcr.correspondence.service import Letterhead
from jcr.documents.sheet import STARTS_A_FORMULA
from jcr.errors import Incomplete
from jcr.people.model import Agency, Person
from jcr.people.service import agencies
from jcr.roles import CHAIRS, GIVEN, SIGNING_IN, Actor, Role

COLUMNS = ("name", "email", "role", "post", "agency")
CALLED = {"e-mail": "email", "e-mail address": "email", "email address": "email", "organisation": "agency"}
NEEDED = COLUMNS[:3]
MOST_ROWS = 500
LONGEST = 200  # characters in a cell
JOINERS = "\u200c\u200d"
MORE = "more"  # what stands in a row behind the last column that has a name


@dataclass(frozen=True)
class Row:
    """One person of the table. `line` is where they stand in the file; `wrong` says why they cannot be added."""

    line: int
    name: str
    email: str
    role: Role | None
    post: str
    agency: Agency | None
    wrong: list[str] = field(default_factory=list)


def text_of(content: bytes) -> str:
    """The file as text: UTF-8, UTF-16 where it begins so ("Unicode text"), else as Excel on Windows saves it."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return UNWRITABLE.sub("", content.decode("utf-16", "replace"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return UNWRITABLE.sub("", text)


def read(session: Session, text: str) -> list[Row]:
    """Every row, good or not. Raises Incomplete when this is no table of people at all."""
    cells = _cells(text)
    listed = {name.casefold(): one for one in agencies(session) for name in (one.code, one.name)}
    known, rows = set(session.scalars(select(Person.email))), []
    for line, row in cells:
        made = _row(line, row, listed, known)
        rows.append(made)
        known.add(made.email)
    return rows


def add_good_ones(
    session: Session, head: Letterhead, rows: Sequence[Row], actor: Actor, now: datetime
) -> list[Person]:
    """Adds and invites everybody in whose row nothing is wrong."""
    added = []
    for row in rows:
        if not row.wrong and row.role:
            person = joining.add(session, row.name, row.email, row.role, row.post, row.agency, actor, now)
            joining.invite(session, head, person, actor, now)
            added.append(person)
    return added


def _cells(text: str) -> list[tuple[int, dict[str, str]]]:
    """Line and cells by column, without empty rows. Excel may name the delimiter in a line above the heads."""
    told = re.match(r"sep=([,;\t])\r?\n", text)
    first = text.split("\n", 1)[0]
    delimiter = told[1] if told else max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    if told:
        next(reader)
    try:
        heads = [CALLED.get(head := cell.strip().casefold(), head) for cell in next(reader, [])]
        rows = [
            (reader.line_num, [cell.strip() for cell in row]) for row in reader if any(map(str.strip, row))
        ]
    except csv.Error as why:
        raise Incomplete(
            f"The file cannot be read as a table: {why}. Save it as CSV and try again."
        ) from None
    if missing := [name for name in NEEDED if name not in heads]:
        raise Incomplete(
            f"The first row must name the columns {', '.join(COLUMNS)}; it lacks {', '.join(missing)}."
        )
    if twice := [name for name in COLUMNS if heads.count(name) > 1]:
        raise Incomplete(f"The first row names {', '.join(twice)} more than once. Take one of them out.")
    if not rows:
        raise Incomplete("There is nobody in the file below the first row.")
    if len(rows) > MOST_ROWS:
        raise Incomplete(f"The file has {len(rows)} rows. Take at most {MOST_ROWS} at a time.")
    return [
        (line, dict(zip(heads, row, strict=False)) | {MORE: "".join(row[len(heads) :])}) for line, row in rows
    ]


def _row(line: int, cells: Mapping[str, str], listed: Mapping[str, Agency], known: Collection[str]) -> Row:
    said = {name: cells.get(name, "") for name in COLUMNS}
    email, agency = said["email"].lower(), listed.get(said["agency"].casefold())
    roles = {word: role for role in SIGNING_IN for word in (role.value, role.shown.casefold())}
    role = roles.get(said["role"].casefold())
    wrong = [f"The {name} begins with a sign that a spreadsheet would take for a formula."
             for name, cell in said.items() if cell.startswith(STARTS_A_FORMULA)]  # fmt: skip
    wrong += [f"The {name} is too long." for name, cell in said.items() if len(cell) > LONGEST]
    wrong += [
        f"The {name} holds a line break or a sign that is not seen."
        for name, cell in said.items()
        if _hides(cell)
    ]
    if cells[MORE]:
        wrong.append(
            "There are more cells than the first row has names: put text with a comma into quotation marks."
        )
    if not said["name"]:
        wrong.append("The name is missing.")
    if not EMAIL.fullmatch(email):
        wrong.append("The e-mail address is missing or is none.")
    elif email in known:
        wrong.append("Somebody has this e-mail address already, here or further up in the file.")
    if role in CHAIRS:
        wrong.append("Chair and vice chair are appointed on a page of their own: add them as members first.")
    if role is None:
        wrong.append(f"The role must be one of: {', '.join(one.shown for one in GIVEN)}.")
    if said["agency"] and agency is None:
        wrong.append("No agency has this code or name.")
    return Row(line, said["name"], email, role, said["post"], agency, wrong)


def _hides(cell: str) -> bool:
    """Line breaks, and signs that turn or hide what stands beside them; two join letters as some languages need."""
    return any(category(sign) in ("Cc", "Cf") and sign not in JOINERS for sign in cell)
