"""A real SMTP server of the tests' own, which can be told to refuse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.services.postgresql import free_port


@dataclass
class Received:
    """What the server took in."""

    url: str
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    refuses: bool = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuses:
            return "451 try again later"
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.recipients.append(envelope.rcpt_tos)
        return "250 taken"


@pytest.fixture
def smtp() -> Iterator[Received]:
    port = free_port()
    received = Received(f"smtp://127.0.0.1:{port}")
    server = Controller(received, hostname="127.0.0.1", port=port)
    server.start()
    yield received
    server.stop()
