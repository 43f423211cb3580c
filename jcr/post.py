"""The post: SMTP in the field, a folder of messages in the demonstration."""

from __future__ import annotations

import mailbox
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import unquote, urlsplit

from jcr.correspondence.posting import Post

TIMEOUT_SECONDS = 60
SUBMISSION_PORT = 587


class FolderPost:
    """Puts each message into a Maildir."""

    def __init__(self, folder: Path) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if folder.exists() and not folder.is_dir():
            raise OSError(f"Letters cannot be put into {folder}: it is a file, not a folder.")
        self.maildir = mailbox.Maildir(folder, create=True)

    def deliver(self, message: EmailMessage) -> None:
        self.maildir.add(message.as_bytes(policy=SMTP))


class SmtpPost:
    """Hands messages to a mail server, over TLS; never in the clear except on this machine itself."""

    def __init__(self, url: str, password: str) -> None:
        parts = urlsplit(url)
        self.host, self.implicit_tls = parts.hostname or "", parts.scheme == "smtps"
        self.port = parts.port or (smtplib.SMTP_SSL_PORT if self.implicit_tls else SUBMISSION_PORT)
        self.user, self.password = unquote(parts.username or ""), password

    def deliver(self, message: EmailMessage) -> None:
        with self._connected() as server:
            if self.user:
                server.login(self.user, self.password)
            server.send_message(message)

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.implicit_tls:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_SECONDS, context=context)
        server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
        if self.host not in ("127.0.0.1", "localhost", "::1"):
            server.starttls(context=context)
        return server


def open_post(url: str, password: str = "") -> Post:
    """The post that `JCR_SMTP_URL` names."""
    if url.startswith("maildir:"):
        return FolderPost(Path(url.removeprefix("maildir:")))
    return SmtpPost(url, password)
