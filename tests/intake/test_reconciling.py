"""Mailbox and ledger side by side, with a real Dovecot: what is not accounted for has a name."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from flask.testing import FlaskClient

from forms.reading import read
from jcr.db import Sessions
from jcr.intake.reconciling import reconcile
from mail_intake.documents import one_by_one
from mail_intake.mailbox import Mailbox, open_mailbox
from mail_intake.poller import poll
from mail_intake.registry import Arrived
from tests.services.dovecot import PASSWORD, Dovecot

Write = Callable[..., EmailMessage]
NUMBERS = itertools.count()


@pytest.fixture
def account() -> str:
    return f"ledger{next(NUMBERS)}"


@pytest.fixture
def inbox(dovecot: Dovecot, account: str) -> Iterator[Mailbox]:
    opened = open_mailbox(dovecot.url(account), PASSWORD)
    yield opened
    opened.close()


def kept_only(inbox: Mailbox, mailroom: Any) -> None:
    """As a worker leaves them that is killed before it files and settles."""
    mailroom.ledger.keep([Arrived(waiting, waiting.read()) for waiting in inbox.waiting()])


@pytest.mark.tor("B.3")
def test_a_message_not_taken_in_yet_is_named(
    dovecot: Dovecot, account: str, inbox: Mailbox, mailroom: Any, sessions: Sessions, write: Write
) -> None:
    dovecot.deliver(account, write("The first.").as_bytes())
    kept_only(inbox, mailroom)
    dovecot.deliver(account, write("The second.", Message_ID="<second@health.example>").as_bytes())
    found = reconcile(sessions, inbox)
    assert (found.waiting, found.unmet) == (2, ("second@health.example",))
    poll(inbox, mailroom.ledger, one_by_one(read))
    assert reconcile(sessions, inbox).waiting == 0
    assert [row.outcome is not None for row in mailroom.rows()] == [True, True]


@pytest.mark.tor("B.3")
def test_a_rebuilt_mailbox_changes_nothing(
    dovecot: Dovecot, account: str, inbox: Mailbox, mailroom: Any, sessions: Sessions, write: Write
) -> None:
    for number in range(3):
        dovecot.deliver(account, write(f"Letter {number}", Message_ID="<scanner@health.example>").as_bytes())
    kept_only(inbox, mailroom)
    dovecot.renumber(account)
    inbox.close()
    assert reconcile(sessions, inbox).unmet == ()
    tally = poll(inbox, mailroom.ledger, one_by_one(read))
    assert (tally.met, tally.repeated, tally.filed + tally.to_sort) == (3, 3, 3)
    firsts, again = mailroom.rows()[:3], mailroom.rows()[3:]
    assert {row.same_as_id for row in again} == {row.id for row in firsts}
    assert {row.message_id for row in again} == {"scanner@health.example"}


def test_what_is_kept_and_not_filed_is_named_on_the_page(
    dovecot: Dovecot,
    account: str,
    inbox: Mailbox,
    mailroom: Any,
    write: Write,
    client: FlaskClient,
    partnership: Any,
    sign_in: Any,
    words: Callable[[str], str],
) -> None:
    dovecot.deliver(account, write("A letter.").as_bytes())
    kept_only(inbox, mailroom)
    sign_in(client, partnership.officer)
    page = words(client.get("/ledger").text)
    assert "1 message in all, 1 not yet accounted for." in page
    assert "Kept and not filed yet" in page
