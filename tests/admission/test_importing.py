"""People from a table: each row judged in plain words, nobody added before that was looked at."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jcr.admission import importing
from jcr.correspondence.model import Kind, Letter
from jcr.db import Sessions
from jcr.errors import Incomplete
from jcr.people.model import Person
from jcr.people.service import by_email
from tests.conftest import on_one_database

TABLE = """Name;E-mail;Role;Post;Agency
Ione Prosser;I.Prosser@fire.example;Member;Station Manager;fire
=HYPERLINK("http://x");a@b.example;member;;
Bryn Vaughan;nowhere;decision maker;;
Ione Again;i.prosser@FIRE.example;officer;;
Nia Howell;n.howell@fire.example;king;;Atlantis
\u202eenoI;reverse@fire.example;member;;
"""


def _add(client: FlaskClient, table: str) -> Any:
    return client.post("/people/import", data={"table": (io.BytesIO(table.encode()), "people.csv")})


@on_one_database
def test_each_row_is_judged_in_plain_words(session: Session, partnership: Any) -> None:
    rows = importing.read(session, TABLE)
    good = rows[0]
    assert (good.wrong, good.email, good.agency.code if good.agency else "") == (
        [],
        "i.prosser@fire.example",
        "fire",
    )
    assert [(row.line, row.wrong) for row in rows[1:4]] == [
        (3, ["The name begins with a sign that a spreadsheet would take for a formula."]),
        (4, ["The e-mail address is missing or is none."]),
        (5, ["Somebody has this e-mail address already, here or further up in the file."]),
    ]
    assert rows[4].wrong[0].startswith("The role must be one of: Officer, Support officer, Manager")
    assert rows[4].wrong[1] == "No agency has this code or name."
    assert rows[5].wrong == ["The name holds a line break or a sign that is not seen."]


@on_one_database
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "must name the columns"),
        ("name,email\na,b", "it lacks role"),
        ("name,email,role\n,,\n", "nobody in the file"),
        ("name,email,role,e-mail\nA,a@b.example,member,c@d.example", "email more than once"),
        ("name,email,role\n" + "A,a@b.example,member\n" * 501, "at most 500"),
    ],
)
def test_what_is_no_table_of_people_is_refused(
    session: Session, partnership: Any, text: str, why: str
) -> None:
    with pytest.raises(Incomplete, match=why):
        importing.read(session, text)


def test_nobody_is_added_before_the_administrator_says_so(
    client: FlaskClient, sign_in: Callable[..., None], partnership: Any, sessions: Sessions,
    words: Callable[[str], str],
) -> None:  # fmt: skip
    sign_in(client, partnership.administrator)
    count = select(func.count(Person.id))
    page = _add(client, TABLE)
    assert "1 of 6 can be added. Nobody is added yet." in words(page.text)
    with sessions.reading() as session:
        before = session.scalar(count)
        assert before == len(partnership.people)
    done = words(client.post("/people/import/add", data={"table": TABLE}).text)
    assert "1 of 6 are added." in done
    assert "Left out. The e-mail address is missing or is none." in done
    with sessions.reading() as session:
        assert session.scalar(count) == len(partnership.people) + 1
        assert by_email(session, "i.prosser@fire.example")
        assert session.scalars(select(Letter.recipient).where(Letter.kind == Kind.INVITATION)).all() == [
            "i.prosser@fire.example"
        ]


@on_one_database
def test_a_file_that_is_no_table_comes_back_with_the_reason(
    client: FlaskClient, sign_in: Callable[..., None], partnership: Any
) -> None:
    sign_in(client, partnership.administrator)
    answer = _add(client, "hello")
    assert answer.status_code == 422
    assert "it lacks name, email, role" in answer.text
    assert importing.text_of("Zoë".encode("cp1252")) == "Zoë"


HEADS, GOOD = (
    "name{0}email{0}role{0}post{0}agency",
    "Zoë O’Hara{0}z.ohara@fire.example{0}Member{0}Crew manager{0}fire",
)


@on_one_database
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(("above", "end"), [("", "\r\n"), ("", "\r"), ("sep={0}\r\n", "\n")])
def test_however_a_spreadsheet_saves_the_table_its_rows_are_the_same(
    session: Session, partnership: Any, encoding: str, delimiter: str, above: str, end: str
) -> None:
    saved = (above + HEADS + end + GOOD + end).format(delimiter).encode(encoding)
    [row] = importing.read(session, importing.text_of(saved))
    assert (row.name, row.email, row.post, row.wrong) == (
        "Zoë O’Hara",
        "z.ohara@fire.example",
        "Crew manager",
        [],
    )
    assert row.line == (3 if above else 2)


@on_one_database
@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("A B,a@b.example,member,Head of Service, Children,fire", "more cells than the first row"),
        ("A B,<a@b.example>,member,,", "e-mail address is missing or is none"),
        ("A B,a@b.example;c@d.example,member,,", "e-mail address is missing or is none"),
        ("A B,a@b..example,member,,", "e-mail address is missing or is none"),
        ("A B,a@b.example,chair,,", "appointed on a page of their own"),
        ("@SUM(1),a@b.example,member,,", "take for a formula"),
        ('A B,a@b.example,member,"=1\n+2",', "take for a formula"),
        ("A\u200bB,a@b.example,member,,", "a sign that is not seen"),
    ],
)
def test_a_row_that_would_make_a_wrong_account_is_left_out_with_the_reason(
    session: Session, partnership: Any, row: str, why: str
) -> None:
    [judged] = importing.read(session, f"name,email,role,post,agency\n{row}\n")
    assert why in " ".join(judged.wrong)
