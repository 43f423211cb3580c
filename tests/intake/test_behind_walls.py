"""Mail that belongs to a walled case without saying so: split, come again, or from somebody who wrote about it."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.cases.model import Case, Status
from jcr.cases.service import put_up_wall
from jcr.db import Sessions
from jcr.files.model import File
from jcr.history.service import reads_of
from jcr.intake import parting
from jcr.intake.model import Message
from jcr.records import keeping
from jcr.records.destroying import destroy
from jcr.roles import WORKER
from jcr.settings import RETENTION_YEARS
from tests.conftest import MONDAY
from tests.intake.test_settling import STRANGER, about

Write = Callable[..., EmailMessage]


@pytest.fixture
def officer(client: FlaskClient, partnership: Any, sign_in: Any) -> FlaskClient:
    sign_in(client, partnership.officer)
    return client


@pytest.fixture
def split(
    officer: FlaskClient, mailroom: Any, write: Write, sessions: Sessions, partnership: Any
) -> list[int]:
    """The whole and its two parts, each a case of its own by now."""
    sent = write("Two.", ("one.docx", about("Ann Alder")), ("two.docx", about("Ben Beech")), From=STRANGER)
    whole = mailroom.take_in(sent)
    mailroom.take_in(sent)  # the same once more, while the first waits
    with sessions.transaction() as session:
        parted = session.get_one(Message, whole.id)
        parts = parting.split(session, parted, [["one.docx"], ["two.docx"]], "Two.", partnership.officer.as_actor(),
                              MONDAY)  # fmt: skip
        numbers = [whole.id, *(part.id for part in parts)]
    for number, path in zip(numbers[1:], ("one.docx", "two.docx"), strict=True):
        said = {"act": "referral", "path": path, "why": "It is a referral."}
        assert officer.post(f"/pile/{number}", data=said).status_code == 302
    return numbers


def _wall_off(sessions: Sessions, partnership: Any, initials: str) -> None:
    with sessions.transaction() as session:
        case = next(one for one in session.scalars(select(Case)) if one.initials == initials)
        who = session.merge(partnership.officer)
        put_up_wall(session, case, who, "A neighbour", partnership.manager.as_actor(), MONDAY)


def test_of_a_split_message_the_part_of_another_case_is_seen_and_the_whole_is_not(
    officer: FlaskClient, split: list[int], sessions: Sessions, partnership: Any
) -> None:
    whole, walled, other = split
    pages = [f"/pile/{number}{end}" for number in split for end in ("", "/message.eml", "/attachments/0")]
    assert [officer.get(page).status_code for page in pages] == [200] * 9
    _wall_off(sessions, partnership, "AA")
    open_still = [page for page in pages if officer.get(page).status_code == 200]
    assert open_still == [f"/pile/{other}", f"/pile/{other}/attachments/0"]
    ledger = officer.get("/ledger").text
    assert all(
        f'/pile/{number}"' not in ledger for number in (whole, whole + 1, walled)
    )  # whole + 1 came again


@pytest.mark.parametrize(
    ("sender", "subject", "seen"),
    [
        (STRANGER, "One more thing", False),  # who wrote about the walled case
        ("OUTREACH@shelter.example", "One more thing", False),
        ("x@elsewhere.example", "The late ann alder", False),  # whom the walled case is about
        ("x@elsewhere.example", "The late Ann Aldridge", True),
        (STRANGER, "About JCR-2026-0002", True),  # which names the other case
        (STRANGER, "About JCR-2026-0001", False),
    ],
)  # fmt: skip
def test_unsorted_mail_of_a_correspondent_or_about_a_person_of_a_walled_case_waits_for_somebody_else(
    officer: FlaskClient, split: list[int], mailroom: Any, write: Write, sessions: Sessions, partnership: Any,
    sign_in: Any, sender: str, subject: str, seen: bool,
) -> None:  # fmt: skip
    _wall_off(sessions, partnership, "AA")
    came = mailroom.take_in(write("Hello.", From=sender, Subject=subject, Message_ID="<later@x>"))
    assert came.waiting
    assert officer.get(f"/pile/{came.id}").status_code == (200 if seen else 404)
    assert (subject in officer.get("/pile").text) is seen
    sign_in(officer, partnership.support)
    assert officer.get(f"/pile/{came.id}").status_code == 200


@pytest.mark.parametrize(("of_whom", "seen"), [("Zoë Ångström", False), ("Zoë Angst", True)])
def test_a_form_about_a_person_of_a_walled_case_waits_for_somebody_else_whatever_letters_the_name_has(
    officer: FlaskClient, mailroom: Any, write: Write, sessions: Sessions, partnership: Any, of_whom: str, seen: bool
) -> None:  # fmt: skip
    first = mailroom.take_in(write("One.", ("one.docx", about("Zoë Ångström")), From=STRANGER))
    said = {"act": "referral", "path": "one.docx", "why": "It is a referral."}
    assert officer.post(f"/pile/{first.id}", data=said).status_code == 302
    _wall_off(sessions, partnership, "ZÅ")
    again = write("Hello.", ("two.docx", about(of_whom)), From="x@elsewhere.example", Message_ID="<later@x>")
    came = mailroom.take_in(again)
    assert came.waiting
    assert officer.get(f"/pile/{came.id}").status_code == (200 if seen else 404)


def test_a_split_message_and_its_repeats_go_with_the_last_of_its_records(
    split: list[int], sessions: Sessions, partnership: Any
) -> None:
    then = MONDAY.replace(year=2040)
    for initials, left in (("AA", {split[0], split[0] + 1, split[2]}), ("BB", set())):
        with sessions.transaction() as session:
            case = next(one for one in session.scalars(select(Case)) if one.initials == initials)
            case.status, case.closed_on = Status.CLOSED, MONDAY.date()
            stands = keeping.keeping_of(session, case, RETENTION_YEARS)
            keeping.mark(session, case, stands, "Its time is up.", partnership.manager.as_actor(), then)
            session.flush()
            stands = keeping.keeping_of(session, case, RETENTION_YEARS)
            keeping.agree(session, case, stands, "Read.", partnership.officer.as_actor(), then)
            session.flush()
            destroy(session, case, RETENTION_YEARS, WORKER, then)
        with sessions.reading() as session:
            messages = session.scalars(select(Message)).all()
            assert {one.id for one in messages} == left
            assert "Alder" not in str([one.readings for one in messages])
    with sessions.reading() as session:
        assert not [file for file in session.scalars(select(File)) if b"shelter.example" in file.content]


def test_who_reads_the_mail_of_a_case_is_on_record_as_of_its_other_documents(
    officer: FlaskClient, split: list[int], sessions: Sessions, partnership: Any
) -> None:
    part = split[1]
    for end in ("", "/message.eml", "/attachments/0"):
        assert officer.get(f"/pile/{part}{end}").status_code == 200
    with sessions.reading() as session:
        case = session.get_one(Message, part).case_id
        read = [one.details["page"] for one in reads_of(session, case or 0)]
    assert read.count(f"mail/{part}") == 1
