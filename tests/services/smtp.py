"""A real SMTP server of the tests' own, with or without TLS, which can be told to refuse or to break off."""

from __future__ import annotations

import base64
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.services.postgresql import free_port

USER, PASSWORD, TOKEN = "office@partnership.example", "a password", "a token that is good now"


@dataclass
class Received:
    """What the server took in, from which return path, and who logged in."""

    url: str
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    logged_in: list[str] = field(default_factory=list)
    password: str = PASSWORD
    refuses: bool = False
    breaks_off: bool = False
    taken: str = "250 taken"
    farewell: str = "221 goodbye"
    answers: dict[str, str] = field(default_factory=dict)  # to an address, in place of a welcome
    trusted: ssl.SSLContext | None = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 welcome"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuses:
            return "451 try again later"
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.recipients.append(envelope.rcpt_tos)
        self.senders.append(envelope.mail_from)
        if self.breaks_off:
            server.transport.abort()
        return self.taken

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:
        return self.farewell

    async def auth_XOAUTH2(self, server: Any, args: list[str]) -> AuthResult:
        """As Microsoft and Google do: a bad token gets a complaint that has to be answered first."""
        said = base64.b64decode(args[1]).decode()
        if said == f"user={USER}\x01auth=Bearer {TOKEN}\x01\x01":
            self.logged_in.append("XOAUTH2")
            return AuthResult(success=True)
        await server.challenge_auth('{"status":"401"}')
        return AuthResult(success=False, handled=False)

    def knows(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        good = (data.login.decode(), data.password.decode()) == (USER, self.password)
        self.logged_in += ["password"] if good else []
        return AuthResult(success=good, handled=False)


@pytest.fixture
def smtp() -> Iterator[Received]:
    port = free_port()
    received = Received(f"smtp://127.0.0.1:{port}")
    server = Controller(received, hostname="127.0.0.1", port=port)
    server.start()
    yield received
    server.stop()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for this machine that nobody trusts unless told to, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture(params=["smtp", "smtps"])
def secure_smtp(request: pytest.FixtureRequest, certificate: tuple[Path, Path]) -> Iterator[Received]:
    """A server that takes nothing before TLS and a login: by STARTTLS, and by TLS from the first byte."""
    port = free_port()
    secured = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    secured.load_cert_chain(*certificate)
    received = Received(f"{request.param}://{USER.replace('@', '%40')}@localhost:{port}")
    received.trusted = ssl.create_default_context(cafile=str(certificate[0]))
    asked: dict[str, Any] = {
        "auth_required": True,
        "authenticator": received.knows,
        "auth_require_tls": False,
    }
    if request.param == "smtps":
        asked["ssl_context"] = secured
    else:
        asked |= {"tls_context": secured, "require_starttls": True, "auth_require_tls": True}
    server = Controller(received, hostname="localhost", port=port, **asked)
    server.start()
    yield received
    server.stop()
