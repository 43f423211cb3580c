"""Tokens at rest: sealed, one for each mailbox, begun anew when a new one is entered."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from jcr.db import Sessions
from jcr.mailroom.keeping import Sealed, token_for
from jcr.mailroom.model import KeptToken
from jcr.settings import Settings, SettingsWrong, load

SECRET = "a secret for the tests that is long enough"
MAILBOX = "imaps+microsoft://office@outlook.office365.com/INBOX"


def test_a_kept_token_is_read_back_and_not_from_a_copy_of_the_database(sessions: Sessions) -> None:
    for text in ("first", "second"):
        Sealed(sessions, "a mailbox", SECRET).save(text)
    assert Sealed(sessions, "a mailbox", SECRET).load() == "second"
    assert Sealed(sessions, "another mailbox", SECRET).load() == ""
    assert Sealed(sessions, "a mailbox", "the secret of another installation").load() == ""
    with sessions.reading() as session:
        [sealed] = session.scalars(select(KeptToken.sealed)).all()
    assert "second" not in sealed


def test_a_new_refresh_token_begins_anew(sessions: Sessions, settings: Settings) -> None:
    names = {token_for(settings, sessions, MAILBOX, token).keeping.name for token in ("old", "new", "new")}
    assert len(names) == 2
    assert token_for(settings, sessions, "imaps://office@mail.example/INBOX", "x") is None


def test_a_mailbox_by_token_wants_to_know_the_program() -> None:
    with pytest.raises(SettingsWrong, match="JCR_OAUTH_CLIENT_ID"):
        load(secret_key=SECRET, mailbox_url=MAILBOX)
    known = load(
        secret_key=SECRET, mailbox_url=MAILBOX, oauth_client_id="an-id", oauth_client_secret="a-secret"
    )
    assert known.mailbox_names == ("imap://office@outlook.office365.com:993/INBOX",)
