"""The line to an IMAP server: given up on any trouble, opened again after a growing pause."""

import contextlib
import random
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, ProtocolError

from mail_intake.source import MailboxAway, Refused, Waited
from mail_intake.trouble import Trouble, in_words, is_passing, pause_asked_for

CONNECT_SECONDS, READ_SECONDS = 15, 60
DEADLINE_SECONDS = 240.0  # for what is done at a time: a server that drips keeps nobody waiting for ever
FIRST_PAUSE, LONGEST_PAUSE, REFUSED_PAUSE = 1.0, 300.0, 900.0  # seconds
THIS_MACHINE = ("127.0.0.1", "::1", "localhost")
# What the client's parser makes of an answer that makes no sense, such as a size of NIL or 5,000 brackets
NONSENSE = (ProtocolError, ValueError, LookupError, TypeError, AttributeError,
            RecursionError, MemoryError, OverflowError)  # fmt: skip
TROUBLE = (IMAPClientError, OSError, EOFError, *NONSENSE)


@dataclass(frozen=True)
class Account:
    """Whose mailbox, where. `folder` is the one read; the folders of rest are made beside it.

    `token` gives an access token good now, for a server that takes no password any more.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    encrypted: bool = True
    token: Callable[[], str] | None = field(default=None, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The same in every run; it says nothing of how one signs in."""
        return f"imap://{self.user}@{self.host}:{self.port}/{self.folder}"


@dataclass(frozen=True)
class Selected:
    """What the server says of the folder: the numbering's own number, and what changes when mail comes."""

    uidvalidity: int = 0
    next_mail: tuple[int, int] = (0, 0)


class Line:
    """One connection with the folder selected; of two threads that use it one waits until the other has done."""

    def __init__(
        self, account: Account, connect: Callable[[Account], Any] | None, clock: Callable[[], float]
    ) -> None:
        self.account = account
        self.selected = Selected()
        self._connect = connect or connected
        self._clock = clock
        self._client: Any = None
        self._in_use = threading.RLock()
        self._pause = 0.0
        self._not_before = 0.0
        self._last_trouble = ""

    @contextlib.contextmanager
    def open(self, deadline: float | None = None) -> Iterator[Any]:
        """The client, logged in. Trouble inside drops the line and raises MailboxAway in plain words.

        What is done inside must be done within `deadline` seconds, DEADLINE_SECONDS when left out.
        """
        with self._in_use:
            try:
                client = self._opened()
                with _within(client, deadline or DEADLINE_SECONDS):
                    yield client
            except Waited:
                raise
            except MailboxAway as why:
                self._give_up(str(why), REFUSED_PAUSE if isinstance(why, Refused) else self._growing())
                raise
            except TROUBLE as why:
                self._give_up(in_words(why, self.account.host), max(self._growing(), pause_asked_for(why)))
                raise MailboxAway(self._last_trouble) from why

    def _growing(self) -> float:
        """A longer pause each time, with full jitter, so that several workers do not come back all at once."""
        self._pause = min(max(self._pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
        return random.uniform(0, self._pause)  # nothing secret # nosec B311

    def _give_up(self, why: str, pause: float) -> None:
        self.drop()
        self._last_trouble = why
        self._not_before = self._clock() + pause

    @property
    def uidvalidity(self) -> int:
        return self.selected.uidvalidity

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
                raise Waited(f"{self._last_trouble} It is tried again in a while.")
            client = self._client = self._connect(self.account)
            with _within(client, DEADLINE_SECONDS):
                self.selected = selected(client, self.account)
        return self._client


def connected(account: Account) -> IMAPClient:
    """A logged-in client, encrypted where asked for. Raises Refused when the server refuses the account."""
    client = greeted(account)
    try:
        with _within(client, DEADLINE_SECONDS):
            sign_in(client, account)
    except BaseException:
        client.shutdown()
        raise
    return client


def greeted(account: Account, patience: float | None = None) -> IMAPClient:
    """A client that has reached the server and, before anything is said, made the line safe."""
    timeouts = SocketTimeout(connect=patience or CONNECT_SECONDS, read=patience or READ_SECONDS)
    client = IMAPClient(account.host, account.port, ssl=account.encrypted, timeout=timeouts)
    client._imap.debug = 0  # else each message is written out in full for a log that nobody keeps
    client.socket().setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    try:
        if not account.encrypted and client.has_capability("STARTTLS"):
            client.starttls()
        elif not account.encrypted and account.host not in THIS_MACHINE:
            raise Refused(Trouble.IN_THE_CLEAR.format(host=account.host) + ".")
    except BaseException:
        client.shutdown()
        raise
    return client


def sign_in(client: IMAPClient, account: Account) -> None:
    """Raises Refused when the server refuses user and password or token, not when it is only busy."""
    token = account.token() if account.token else ""
    try:
        if token:
            client.oauth2_login(account.user, token)
        elif f"{account.user}{account.password}".isascii():
            client.login(account.user, account.password)
        else:  # LOGIN knows ASCII alone; PLAIN is in UTF-8 (RFC 4616), such as for a pound sign
            client.plain_login(account.user, account.password)
    except IMAPClientError as why:
        if is_passing(why):
            raise
        check = "that the program may read this mailbox" if token else "user name and password"
        raise Refused(f"{account.host} refuses the account {account.user}: check {check}.") from why


def selected(client: Any, account: Account) -> Selected:
    """Selects the folder, anew if need be. Raises MailboxAway when there is none of that name."""
    try:
        told = client.select_folder(account.folder)
    except IMAPClientAbortError:
        raise
    except IMAPClientError as why:
        if is_passing(why):
            raise
        missing = Trouble.NO_FOLDER.format(host=account.host)
        raise MailboxAway(f"{missing} ({account.folder}).") from why
    next_mail = (told.get(b"UIDNEXT", 0), 0 if told.get(b"UIDNEXT") else told.get(b"EXISTS", 0))
    return Selected(told.get(b"UIDVALIDITY", 0), next_mail)


@contextlib.contextmanager
def _within(client: Any, seconds: float) -> Iterator[None]:
    """Cuts the line when what is done takes longer; a timeout on each read does not stop a server that drips."""
    timer = threading.Timer(seconds, _cut, [client])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(client: Any) -> None:
    with contextlib.suppress(*TROUBLE):
        client.socket().shutdown(socket.SHUT_RDWR)
