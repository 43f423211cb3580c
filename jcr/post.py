"""The post: SMTP in the field, a folder of messages in the demonstration."""

from __future__ import annotations

import base64
import mailbox
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from pathlib import Path
from time import monotonic
from urllib.parse import unquote, urlsplit

from jcr.correspondence.posting import AddressRefused, MayHaveGone, PostAway
from mail_intake.source import MailboxAway
from mail_intake.trouble import trouble_of
from mail_intake.trying import PATIENCE, STEPS, Step

TIMEOUT_SECONDS = 60
SUBMISSION_PORT = 587
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
LET_IN = 235  # RFC 4954, 4
NO_SUCH_MAILBOX = (550, 551, 553)  # RFC 5321, 4.2.3
# RFC 3463: refused for what we are and not for who is written to, or for a mailbox that is full; another day it may go
ANOTHER_DAY = re.compile(r"\b5\.(?:7\.\d+|2\.2)\b")
ANSWERS = ("auto-replied",)

Token = Callable[[], str]


class FolderPost:
    """Puts each message into a Maildir."""

    def __init__(self, folder: Path) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if folder.exists() and not folder.is_dir():
            raise OSError(f"Letters cannot be put into {folder}: it is a file, not a folder.")
        self.maildir = mailbox.Maildir(folder, create=True)
        self.folder = folder

    def steps(self) -> Iterator[Step]:
        """Trying it; nothing is put there."""
        yield Step(STEPS[2], True, f"{self.folder} is there")

    def deliver(self, message: EmailMessage) -> None:
        self.maildir.add(message.as_bytes(policy=SMTP))


class SmtpPost:
    """Hands messages to a mail server, over TLS; never in the clear except on this machine itself.

    `token` gives an access token that is good now, for servers that take no password any more; `context` says whose
    certificates are trusted, and has TLS used on this machine as well; `patience` is in seconds.
    """

    def __init__(
        self,
        url: str,
        password: str,
        token: Token | None = None,
        context: ssl.SSLContext | None = None,
        patience: float = TIMEOUT_SECONDS,
    ) -> None:
        self.patience = patience
        parts = urlsplit(url)
        self.host, self.implicit_tls = parts.hostname or "", parts.scheme == "smtps"
        self.port = parts.port or (smtplib.SMTP_SSL_PORT if self.implicit_tls else SUBMISSION_PORT)
        self.user, self.password, self.token = unquote(parts.username or ""), password, token
        self.in_the_clear = context is None and self.host in THIS_MACHINE
        self.context = context or ssl.create_default_context()

    def deliver(self, message: EmailMessage) -> None:
        """Raises AddressRefused when there is no such mailbox, MayHaveGone when the line broke too late to tell,
        PostAway when the server takes no letter at all, any other OSError when this one surely did not go."""
        with _away_in_words(self.host):
            server = self._connected()
        with _left(server):
            with _away_in_words(self.host):
                self._log_in(server)
            with _in_words(self.host):
                _hand_over(server, message)

    def steps(self) -> Iterator[Step]:
        """Trying it, step by step; no letter goes. Raises PostAway at the step that does not work."""
        with _away_in_words(self.host):
            server = self._connected()
        with _left(server):
            safe = "" if self.in_the_clear else ", and its certificate is good"
            yield Step(STEPS[0], True, f"{self.host} answers{safe}")
            with _away_in_words(self.host):
                self._log_in(server)
            yield Step(STEPS[1], True, f"{self.user} is let in" if self.user else "No name is asked for")

    def _connected(self) -> smtplib.SMTP:
        if self.implicit_tls:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.patience, context=self.context)
        server = smtplib.SMTP(self.host, self.port, timeout=self.patience)
        if not self.in_the_clear:
            server.starttls(context=self.context)
        return server

    def _log_in(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        if self.token:
            server.auth("XOAUTH2", _bearer(self.user, self.token()))
        elif f"{self.user}{self.password}".isascii():
            if self.user:
                server.login(self.user, self.password)
        else:  # the library writes ASCII alone; PLAIN is in UTF-8 (RFC 4616), such as for a pound sign
            _log_in_plainly(server, self.user, self.password)


@contextmanager
def _left(server: smtplib.SMTP) -> Iterator[smtplib.SMTP]:
    """The server, left at the end. Whatever it says to our farewell, a letter it took is taken."""
    try:
        yield server
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _bearer(user: str, token: str) -> Callable[..., str]:
    """What XOAUTH2 asks for; a second question is the server's complaint and is answered by nothing."""

    def answer(complaint: bytes | None = None) -> str:
        return "" if complaint else f"user={user}\x01auth=Bearer {token}\x01\x01"

    return answer


def _log_in_plainly(server: smtplib.SMTP, user: str, password: str) -> None:
    asked = base64.b64encode(f"\0{user}\0{password}".encode()).decode("ascii")
    code, said = server.docmd("AUTH", f"PLAIN {asked}")
    if code != LET_IN:
        raise smtplib.SMTPAuthenticationError(code, said)


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    """One recipient, so that none sees another. An answer to mail goes without a return path (RFC 3834, 3.3)."""
    sender = "" if message["Auto-Submitted"] in ANSWERS else parseaddr(message["From"])[1]
    recipient = parseaddr(message["To"])[1]
    if not recipient.isascii():
        raise AddressRefused(f"The address {recipient} has letters that no mail server takes in an address")
    _must(server.mail(sender))
    code, said = server.rcpt(recipient)
    if code in NO_SUCH_MAILBOX and not ANOTHER_DAY.search(_text(said)):
        raise AddressRefused(f"The mail server does not know the address {recipient}. It said: {_text(said)}")
    _must((code, said))
    try:
        answer = server.data(message.as_bytes(policy=SMTP))
    except smtplib.SMTPDataError:  # before a word of it was sent
        raise
    except (
        smtplib.SMTPServerDisconnected,
        smtplib.SMTPResponseException,
        TimeoutError,
        ConnectionError,
    ) as why:
        raise MayHaveGone(
            "The mail server broke off while it took the letter. It may or may not have arrived."
        ) from why
    if not (200 <= answer[0] < 300 or 400 <= answer[0] < 600):
        raise MayHaveGone(
            "The mail server took the letter with an answer that makes no sense. It may or may not have arrived."
        )
    _must(answer)


def _must(answer: tuple[int, bytes]) -> None:
    code, said = answer
    if code >= 400:
        raise smtplib.SMTPResponseException(code, said)


@contextmanager
def _away_in_words(host: str) -> Iterator[None]:
    """What keeps us from the server, as PostAway with a sentence for the desk."""
    try:
        yield
    except MailboxAway as no_token:
        raise PostAway(str(no_token)) from no_token
    except OSError as why:
        raise PostAway(_sentence(why, host)) from why


@contextmanager
def _in_words(host: str) -> Iterator[None]:
    """Turns what the library says about a letter into a sentence for the desk."""
    try:
        yield
    except (MayHaveGone, AddressRefused):
        raise
    except OSError as why:
        raise OSError(_sentence(why, host)) from why


def _sentence(why: OSError, host: str) -> str:
    if isinstance(why, smtplib.SMTPResponseException):
        refused = isinstance(why, smtplib.SMTPAuthenticationError)
        what = "accept our name and password or token" if refused else "take the letter"
        return f"The mail server did not {what}. It said: {why.smtp_code} {_text(why.smtp_error)}"
    if isinstance(why, smtplib.SMTPException) and not isinstance(why, smtplib.SMTPServerDisconnected):
        return f"The mail server cannot do what is asked of it: {why}"
    return f"{trouble_of(why).format(host=host).partition('. ')[0]}. ({_text(str(why))})"


def _text(said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(words.split())[:300]


def open_post(
    url: str, password: str = "", token: Token | None = None, patience: float = TIMEOUT_SECONDS
) -> FolderPost | SmtpPost:
    """The post that `JCR_SMTP_URL` names."""
    if url.startswith("maildir:"):
        return FolderPost(Path(url.removeprefix("maildir:")))
    return SmtpPost(url, password, token, patience=patience)


def tried(url: str, password: str = "", token: Token | None = None) -> list[Step]:
    """The steps to the post up to the first that fails, in plain words. No letter goes; never raises."""
    found: list[Step] = []
    try:
        for step in open_post(url, password, token, PATIENCE).steps():
            found.append(step)
    except OSError as why:
        found.append(Step(STEPS[len(found)], False, str(why)))
    return found


@dataclass
class Watched:
    """A post, and what keeps letters from its server: known from the last letter, and asked anew while it lasts.

    Not more often than `pause` seconds: a server that refuses the password locks whoever tries it again and again.
    """

    post: FolderPost | SmtpPost
    pause: float = 60.0
    trouble: str = ""
    asked_at: float = 0.0

    def deliver(self, message: EmailMessage) -> None:
        self.trouble = ""
        try:
            self.post.deliver(message)
        except PostAway as away:
            self.trouble, self.asked_at = str(away), monotonic()
            raise

    def ask_anew(self) -> None:
        """Whether the server can be reached again, where it could not."""
        if not self.trouble or monotonic() < self.asked_at + self.pause:
            return
        self.asked_at = monotonic()
        try:
            for _ in self.post.steps():
                pass
            self.trouble = ""
        except PostAway as away:
            self.trouble = str(away)
