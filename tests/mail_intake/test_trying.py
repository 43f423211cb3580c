"""The connection tried step by step, and what a person is told of each thing that can be wrong."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mail_intake import trying
from mail_intake.oauth import Program
from mail_intake.oauth_google import Google
from mail_intake.trying import tried
from tests.mail_intake.test_oauth import Drawer
from tests.services.dovecot import PASSWORD, Dovecot, running
from tests.services.postgresql import free_port
from tests.services.scripted_imap import ScriptedImap
from tests.services.tokens import signing_in

Made = Callable[..., str]


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    """The address of a mailbox on a server with a fault."""
    monkeypatch.setattr(trying, "PATIENCE", 1.0)
    made: list[ScriptedImap] = []

    def make(*faults: str, scheme: str = "imap", **more: Any) -> str:
        made.append(ScriptedImap({}, set(faults), **more))
        return f"{scheme}://office@{made[-1].address}:{made[-1].port}/Post"

    yield make
    for server in made:
        server.close()


def test_a_good_connection_is_told_step_by_step(dovecot: Dovecot) -> None:
    dovecot.deliver("tried", b"Subject: x\r\n\r\nhello\r\n")
    steps = tried(dovecot.url("tried"), PASSWORD)
    assert [(step.name, step.well) for step in steps] == [
        ("Reach the server", True), ("Sign in", True), ("Open the folder", True),
    ]  # fmt: skip
    assert (
        steps[-1].words == "INBOX is there, and 1 message waits in it. The server tells of new mail by itself"
    )
    assert len(tried(dovecot.url("tried"), PASSWORD)) == 3


def test_a_password_may_hold_a_pound_sign() -> None:
    with running("passdb {\n  driver = static\n  args = password=Spring£2026\n}\n") as made:
        assert tried(made.url("pound"), "Spring£2026")[-1].well
        assert "check user name and password" in tried(made.url("pound"), "Spring€2026")[-1].words


def test_a_server_that_answers_and_then_is_slow_is_told_from_one_that_is_not_there(
    scripted: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: object) -> None:
        raise TimeoutError("timed out")

    monkeypatch.setattr(trying, "sign_in", slow)
    step = tried(scripted(), "x")[-1]
    assert (step.name, "servers do so after wrong passwords" in step.words) == ("Sign in", True)


def test_a_wrong_password_is_told(dovecot: Dovecot) -> None:
    last = tried(dovecot.url("tried"), "not it")[-1]
    assert (last.name, last.well) == ("Sign in", False)
    assert "check user name and password" in last.words


@pytest.mark.parametrize(
    ("fault", "step", "words"),
    [
        ("silent from the start", "Reach the server", "does not answer"),
        ("full", "Reach the server", "throttled"),
        ("throttled at the door", "Sign in", "throttled"),
        ("no such folder", "Open the folder", "no such folder"),
    ],
)
def test_what_the_server_says_no_to_is_told(scripted: Made, fault: str, step: str, words: str) -> None:
    last = tried(scripted(fault), "x")[-1]
    assert (last.name, last.well) == (step, False)
    assert words in last.words


def test_a_server_without_tls_is_told(scripted: Made) -> None:
    assert "does not speak TLS on this port" in tried(scripted(scheme="imaps"), "x")[-1].words


def test_a_name_nobody_knows_and_a_port_nobody_listens_at_are_told() -> None:
    assert "is not known" in tried("imaps://office@mail.invalid/INBOX", "x")[-1].words
    assert "Nothing listens" in tried(f"imaps://office@127.0.0.1:{free_port()}/INBOX", "x")[-1].words


def test_a_certificate_nobody_vouches_for_is_told(scripted: Made, tmp_path: Path) -> None:
    make = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=mail.example -keyout key.pem -out cert.pem"
    subprocess.run(["openssl", *make.split()], cwd=tmp_path, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    last = tried(scripted(scheme="imaps", context=context), "x")[-1]
    assert "certificate of 127.0.0.1 cannot be trusted" in last.words


def test_a_secret_that_ended_is_told(scripted: Made) -> None:
    with signing_in() as service:
        service.refusal = {"error": "invalid_client", "error_description": "AADSTS7000222: expired"}
        token = Google(Program("id", "secret", "tenant", "first"), Drawer(), uri=service.url)
        steps = tried(scripted(), token=token)
    assert [step.well for step in steps] == [True, False]
    assert "secret has expired" in steps[-1].words


def test_a_folder_of_mail_is_tried_too(tmp_path: Path) -> None:
    [step] = tried(f"maildir:{tmp_path}/in")
    assert step.well
    (tmp_path / "file").write_text("no folder")
    [step] = tried(f"maildir:{tmp_path}/file")
    assert not step.well
