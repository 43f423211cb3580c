"""The line to an IMAP server: given up on any trouble, opened again after a growing pause."""

import contextlib
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from mail_intake.source import MailboxAway

CONNECT_SECONDS, READ_SECONDS = 15, 60
FIRST_PAUSE, LONGEST_PAUSE, REFUSED_PAUSE = 1.0, 300.0, 900.0  # seconds
SUGGESTED_PAUSE = re.compile(r"Suggested Backoff Time: (\d{1,9}) milliseconds", re.I)
PASSING = re.compile(r"UNAVAILABLE|INUSE|LIMIT|throttl|not connected|EOF|closed|reset|timed out", re.I)
TROUBLE = (IMAPClientError, OSError, EOFError, ValueError)


@dataclass(frozen=True)
class Account:
    """Whose mailbox, where. `folder` is the one read; the folders of rest are made beside it."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    encrypted: bool = True


class Refused(MailboxAway):
    """The server knows us and says no: trying again soon would only lock the account."""


class Line:
    """One connection with the folder selected. `uidvalidity` is that of the selected folder."""

    def __init__(
        self, account: Account, connect: Callable[[Account], Any] | None, clock: Callable[[], float]
    ) -> None:
        self.account = account
        self.uidvalidity = 0
        self._connect = connect or connected
        self._clock = clock
        self._client: Any = None
        self._pause = 0.0
        self._not_before = 0.0

    @contextlib.contextmanager
    def open(self) -> Iterator[Any]:
        """The client, logged in. Trouble inside drops the line and raises MailboxAway in plain words."""
        try:
            yield self._opened()
        except Refused:
            self._not_before = self._clock() + REFUSED_PAUSE
            self.drop()
            raise
        except TROUBLE as why:
            self.drop()
            self._pause = min(max(self._pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
            # Full jitter, so that several workers do not come back all at once
            self._not_before = self._clock() + max(random.uniform(0, self._pause), _asked_for(why))
            raise MailboxAway(f"{self.account.host} cannot be read just now: {_in_words(why)}.") from why

    @property
    def is_open(self) -> bool:
        return self._client is not None

    def works(self) -> None:
        """A look went well: the next trouble starts again with the shortest pause."""
        self._pause = 0.0

    def drop(self) -> None:
        """Let the connection go without a word; the next use opens a new one."""
        if self._client is not None:
            with contextlib.suppress(*TROUBLE):
                self._client.shutdown()
        self._client = None

    def log_out(self) -> None:
        """End the connection politely; a server that is gone already is no trouble."""
        if self._client is not None:
            with contextlib.suppress(*TROUBLE):
                self._client.logout()
        self._client = None

    def _opened(self) -> Any:
        if self._client is None:
            if self._clock() < self._not_before:
                raise Waited(f"{self.account.host} did not answer; it is tried again in a while.")
            self._client = self._connect(self.account)
            self.uidvalidity = self._client.select_folder(self.account.folder).get(b"UIDVALIDITY", 0)
        return self._client


class Waited(MailboxAway):
    """The pause after some trouble is not over: nothing was tried."""


def connected(account: Account) -> IMAPClient:
    """A logged-in client, encrypted where asked for. Raises Refused when the server refuses the account."""
    timeouts = SocketTimeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    client = IMAPClient(account.host, account.port, ssl=account.encrypted, timeout=timeouts)
    try:
        if not account.encrypted and client.has_capability("STARTTLS"):
            client.starttls()
        client.login(account.user, account.password)
    except IMAPClientError as why:
        client.shutdown()
        if PASSING.search(str(why)):
            raise
        refusal = f"{account.host} refuses the account {account.user}: check user name and password."
        raise Refused(refusal) from why
    return client


def _asked_for(why: BaseException) -> float:
    """The pause in seconds that a server asks for when it throttles, as Microsoft 365 does."""
    suggested = SUGGESTED_PAUSE.search(str(why))
    return min(int(suggested[1]) / 1000, LONGEST_PAUSE) if suggested else 0.0


def _in_words(why: BaseException) -> str:
    if isinstance(why, TimeoutError):
        return "it does not answer"
    if isinstance(why, ConnectionRefusedError):
        return "nothing listens at that address"
    return str(why).rstrip(".")[:200] or type(why).__name__
