"""Signing in with access tokens: to a real Dovecot, renewed and rotated, and refused in words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

import pytest

from mail_intake.mailbox import open_mailbox
from mail_intake.oauth import Program
from mail_intake.oauth_google import Google
from mail_intake.oauth_microsoft import Microsoft
from mail_intake.poller import poll
from mail_intake.source import MailboxAway, Refused
from tests.services.dovecot import Dovecot
from tests.services.tokens import SignIn, dovecot_with_tokens, signing_in

Mail = Callable[..., EmailMessage]
BY_ITSELF = Program("an-id", "a-secret", "tenant")
FOR_A_USER = Program("an-id", "a-secret", "tenant", "first")


@dataclass
class Drawer:
    """Where tokens are kept, in a test."""

    text: str = ""

    def load(self) -> str:
        return self.text

    def save(self, text: str) -> None:
        self.text = text


@pytest.fixture
def service() -> Iterator[SignIn]:
    with signing_in() as made:
        yield made


@pytest.fixture
def guarded(service: SignIn) -> Iterator[Dovecot]:
    """A Dovecot that lets in whoever the sign-in service vouches for."""
    with dovecot_with_tokens(service) as made:
        yield made


def microsoft(service: SignIn, program: Program, drawer: Drawer) -> Microsoft:
    return Microsoft(program, drawer, http=service)


def google(service: SignIn, program: Program, drawer: Drawer) -> Google:
    return Google(program, drawer, uri=service.url)


@pytest.mark.parametrize(
    ("provider", "program"), [(microsoft, BY_ITSELF), (microsoft, FOR_A_USER), (google, FOR_A_USER)]
)
def test_mail_is_read_with_a_token(
    service: SignIn, guarded: Dovecot, ledger: Any, read_all: Any, mail: Mail, provider: Any, program: Program
) -> None:
    guarded.deliver("office", mail("REFERRAL").as_bytes())
    inbox = open_mailbox(guarded.url("office"), token=provider(service, program, Drawer()))
    assert poll(inbox, ledger, read_all).filed == 1
    inbox.close()


def test_a_token_the_server_does_not_take_is_told_in_words(service: SignIn, guarded: Dovecot) -> None:
    with pytest.raises(MailboxAway, match="that the program may read this mailbox"):
        list(open_mailbox(guarded.url("office"), token=lambda: "made up").waiting())


@pytest.mark.parametrize("provider", [microsoft, google])
def test_a_token_is_kept_until_it_ends_and_a_rotated_one_is_used_next(service: SignIn, provider: Any) -> None:
    drawer = Drawer()
    assert provider(service, FOR_A_USER, drawer)() == "access-1"
    assert provider(service, FOR_A_USER, drawer)() == "access-1"
    drawer.text = drawer.text.replace("access-1", "access-old")
    drawer.text = _ended(drawer.text)
    assert provider(service, FOR_A_USER, drawer)() == "access-2"
    assert [asked["refresh_token"] for asked in service.asked] == ["first", "refresh-1"]


@pytest.mark.parametrize("provider", [microsoft, google])
def test_while_the_service_is_busy_nobody_is_told_that_the_permission_has_ended(
    service: SignIn, provider: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawer = Drawer()
    provider(service, FOR_A_USER, drawer)()
    drawer.text = _ended(drawer.text.replace("access-1", "access-old"))
    busy, answers = (400, {"error": "temporarily_unavailable"}), service.token
    turns = iter([lambda _: busy])
    monkeypatch.setattr(service, "token", lambda wanted: next(turns, answers)(wanted))
    with suppress(MailboxAway):
        assert provider(service, FOR_A_USER, drawer)() == "access-2"  # Google is asked again at once
    assert [asked["refresh_token"] for asked in service.asked[1:]] in ([], ["refresh-1"])
    assert provider(service, FOR_A_USER, drawer)() == "access-2"


def _ended(kept: str) -> str:
    """The same, as if its access token had run out long ago."""
    kept = re.sub(r'"(expires_on|extended_expires_on)": "\d+"', r'"\1": "1"', kept)
    loaded = json.loads(kept)
    if "expiry" in loaded:
        loaded["expiry"] = "2020-01-01T00:00:00+00:00"
    return json.dumps(loaded)


@pytest.mark.parametrize(
    ("error", "description", "words"),
    [
        ("invalid_client", "AADSTS7000222: the keys are expired", "secret has expired"),
        ("invalid_client", "AADSTS7000215: invalid secret", "not its ID"),
        ("unauthorized_client", "AADSTS700016: not found in the directory", "client ID and the tenant"),
        ("invalid_grant", "AADSTS50173: the grant has expired", "give the program permission anew"),
        ("something_new", "AADSTS1: never heard of", "No token was given .*never heard of"),
    ],
)
@pytest.mark.parametrize("provider", [microsoft, google])
def test_a_refusal_is_told_in_words(
    service: SignIn, provider: Any, error: str, description: str, words: str
) -> None:
    service.refusal = {"error": error, "error_description": description}
    with pytest.raises(Refused, match=words):
        provider(service, FOR_A_USER, Drawer())()


def test_a_sign_in_service_that_is_away_is_no_refusal() -> None:
    with pytest.raises(MailboxAway, match="sign-in service could not be asked") as away:
        Google(FOR_A_USER, Drawer(), uri="http://127.0.0.1:9/token")()
    assert not isinstance(away.value, Refused)


@pytest.mark.parametrize("provider", [microsoft, google])
@pytest.mark.parametrize(
    "answer", [[], {"access_token": "t", "expires_in": "soon"}, {"error": "temporarily_unavailable"}]
)
def test_an_answer_that_makes_no_sense_or_asks_for_patience_is_no_refusal(
    service: SignIn, provider: Any, answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "token", lambda wanted: (400 if "error" in answer else 200, answer))
    with pytest.raises(MailboxAway) as away:
        provider(service, FOR_A_USER, Drawer())()
    assert not isinstance(away.value, Refused)


@pytest.mark.parametrize("provider", [microsoft, google])
def test_a_token_of_nothing_is_none(service: SignIn, provider: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "token", lambda wanted: (200, {"access_token": None, "expires_in": 3600}))
    with pytest.raises(Refused, match="No token was given"):
        provider(service, FOR_A_USER, Drawer())()
