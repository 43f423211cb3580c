"""Delivery reports that name no letter of ours: a person says at one press which one came back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.cases.service import put_up_wall
from jcr.correspondence.model import Delivery, Letter
from jcr.db import Sessions
from jcr.intake.model import Message, Resolution
from jcr.roles import WORKER

Write = Callable[..., EmailMessage]
WORDS = "Mimecast could not deliver your message to rowan.ashdown@health.example: 550 invalid recipient."


@pytest.fixture
def sent(mailroom: Any, sessions: Sessions, write: Write, form: bytes) -> int:
    """The acknowledgement of a referral, which went at once."""
    mailroom.take_in(write("Please see attached.", ("referral.docx", form)))
    with sessions.transaction() as session:
        letter = session.scalars(select(Letter).order_by(Letter.id)).first()
        assert letter
        letter.delivery, letter.sent_at = Delivery.SENT, letter.written_at
        return letter.id


def reported(mailroom: Any, write: Write, words: str = WORDS, subject: str = "Undelivered mail") -> Message:
    report = write(
        words, From="postmaster@gateway.example", Subject=subject, Message_ID="<report@gateway.example>"
    )
    found: Message = mailroom.take_in(report)
    return found


def press(client: FlaskClient, row: Message) -> Any:
    page = client.get(f"/pile/{row.id}").text
    return client.post(
        f"/pile/{row.id}/agree", data={"proposal": page.split('name="proposal" value="')[1][:16]}
    )


def test_a_report_that_names_an_address_is_noted_on_its_letter_at_a_press(
    client: FlaskClient, partnership: Any, sign_in: Any, mailroom: Any, write: Write, sessions: Sessions, sent: int,
    words: Any,
) -> None:  # fmt: skip
    row = reported(mailroom, write)
    assert row.waiting
    sign_in(client, partnership.officer)
    page = words(client.get(f"/pile/{row.id}").text)
    assert (
        "1. Note that the acknowledgement of JCR-2026-0001 to rowan.ashdown@health.example came back" in page
    )
    assert press(client, row).status_code == 302
    with sessions.reading() as session:
        letter, settled = session.get_one(Letter, sent), session.get_one(Message, row.id)
        assert letter.delivery is Delivery.BOUNCED
        assert "Write next to" in letter.last_error
        assert (settled.waiting, settled.resolved_how) == (False, Resolution.CASE)
        assert settled.case
        assert settled.case.reference == "JCR-2026-0001"


def test_the_letter_whose_subject_it_repeats_comes_first(
    client: FlaskClient, partnership: Any, sign_in: Any, mailroom: Any, write: Write, sessions: Sessions, sent: int,
    words: Any,
) -> None:  # fmt: skip
    with sessions.transaction() as session:
        first = session.get_one(Letter, sent)
        first.subject = "The very letter"
        same = {column.name: getattr(first, column.name) for column in Letter.__table__.columns}
        later = {"id": 999, "occasion": "later", "message_id": "<later@x.example>", "subject": "Another"}
        session.add(Letter(**same | later))
    row = reported(mailroom, write, subject="Undeliverable: The very letter")
    sign_in(client, partnership.officer)
    assert "and repeats its subject" in words(client.get(f"/pile/{row.id}").text)
    press(client, row)
    with sessions.reading() as session:
        assert session.get_one(Letter, sent).delivery is Delivery.BOUNCED


@pytest.mark.parametrize(
    "change",
    [
        lambda letter: setattr(letter, "recipient", "somebody@else.example"),
        lambda letter: setattr(letter, "sent_at", letter.sent_at - timedelta(days=60)),
    ],
)
def test_no_letter_is_named_that_went_to_another_address_or_long_ago(
    client: FlaskClient, partnership: Any, sign_in: Any, mailroom: Any, write: Write, sessions: Sessions, sent: int,
    change: Callable[[Letter], None],
) -> None:  # fmt: skip
    with sessions.transaction() as session:
        change(session.get_one(Letter, sent))
    row = reported(mailroom, write)
    sign_in(client, partnership.officer)
    assert "Note that" not in client.get(f"/pile/{row.id}").text


def test_a_letter_that_is_only_delayed_is_no_letter_that_came_back(
    client: FlaskClient, partnership: Any, sign_in: Any, mailroom: Any, write: Write, sent: int
) -> None:
    row = reported(mailroom, write, f"{WORDS} The server will keep trying.")
    sign_in(client, partnership.officer)
    assert "Note that" not in client.get(f"/pile/{row.id}").text


def test_nothing_is_said_of_a_case_behind_a_wall(
    client: FlaskClient, partnership: Any, sign_in: Any, mailroom: Any, write: Write, sessions: Sessions, sent: int
) -> None:  # fmt: skip
    row = reported(mailroom, write)
    with sessions.transaction() as session:
        case = session.get_one(Letter, sent).case
        officer = session.merge(partnership.officer)
        assert case
        put_up_wall(session, case, officer, "A relative.", WORKER, case.opened_at)
    sign_in(client, partnership.officer)
    assert "JCR-2026-0001" not in client.get(f"/pile/{row.id}").text
