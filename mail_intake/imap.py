"""A folder on an IMAP server as a mailbox; the registry's ledger decides what is new, never a flag."""

import contextlib
import logging
import random
import re
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from mail_intake.source import Folder, MailboxAway, MessageGone, Met, Waiting, nothing_met

CONNECT_SECONDS, READ_SECONDS = 15, 60
BATCH_MESSAGES, BATCH_BYTES = 50, 8_000_000
ATTEMPTS = 3  # to fetch a message before a person is told of it instead
FIRST_PAUSE, LONGEST_PAUSE, REFUSED_PAUSE = 1.0, 300.0, 900.0  # seconds
SUGGESTED_PAUSE = re.compile(r"Suggested Backoff Time: (\d{1,9}) milliseconds", re.I)
IDLE_SECONDS = 300  # re-issued this often, because a firewall drops a silent connection without a word

log = logging.getLogger(__name__)
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


class Imap:
    """One connection, opened when needed, and given up on any trouble; pauses grow until it works again."""

    def __init__(
        self,
        account: Account,
        connect: Callable[[Account], IMAPClient] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.account = account
        self._connect = connect or connected
        self._clock = clock
        self._client: Any = None
        self._uidvalidity = 0
        self._resting: dict[Folder, list[int]] = {}
        self._failures: dict[int, int] = {}
        self._pause = 0.0
        self._not_before = 0.0

    @property
    def name(self) -> str:
        account = self.account
        return f"imap://{account.user}@{account.host}:{account.port}/{account.folder}"

    def waiting(self, met: Met = nothing_met) -> Iterator[Waiting]:
        """Each message of the folder; those not met yet are fetched in batches. Raises MailboxAway."""
        with self._watched():
            self._open()
            # A server may tell of new mail only after a command: without this it is seen one look late
            self._client.noop()
            # One that failed before comes last, so that it cannot stand in the way of the others
            uids = sorted(self._client.search("ALL"), key=lambda uid: (self._failures.get(uid, 0), uid))
        self._pause = 0.0
        known = set(met([self._handle(uid) for uid in uids])) if uids else set()
        for uid in uids:
            if self._handle(uid) in known:
                yield self._waiting(uid, {})
        yield from self._new([uid for uid in uids if self._handle(uid) not in known])
        self._lay_to_rest()

    def settle(self, handle: str, folder: Folder) -> None:
        """Noted now, moved with its batch: the ledger has the message, so nothing hangs on the move."""
        uidvalidity, _, uid = handle.partition(".")
        if int(uidvalidity) == self._uidvalidity:
            self._resting.setdefault(folder, []).append(int(uid))

    def wait(self, seconds: float) -> bool:
        """Wait for new mail with IDLE, at most so long. True when the server told of some; or MailboxAway."""
        with self._watched():
            self._open()
            if not self._client.has_capability("IDLE"):
                time.sleep(seconds)
                return False
            # What came between the last look and now is told here, and might be swallowed by IDLE's beginning
            _, told = self._client.noop()
            if not _speaks_of_mail(told):
                self._client.idle()
                told = self._client.idle_check(timeout=min(seconds, IDLE_SECONDS))
                # A dropped line looks like silence: only a server that answers DONE was still there
                _, late = self._client.idle_done()
                told = [*told, *late]
        return _speaks_of_mail(told)

    def close(self) -> None:
        """Finish the moves and log out; a server that is gone already is no trouble."""
        if self._client is not None:
            with contextlib.suppress(*TROUBLE, MailboxAway):
                self._lay_to_rest()
                self._client.logout()
            self._client = None

    def _new(self, uids: list[int]) -> Iterator[Waiting]:
        if not uids:
            return
        with self._watched():
            about = self._client.fetch(uids, ["RFC822.SIZE", "INTERNALDATE"])
        for batch in _batches(uids, about, alone=self._failures):
            fetched = self._fetch(batch)
            for uid in batch:
                # One the server left out is asked for again by itself, and may be gone by then
                yield self._waiting(uid, about.get(uid, {}), fetched.get(uid))
            self._lay_to_rest()

    def _waiting(self, uid: int, about: dict[bytes, Any], raw: bytes | None = None) -> Waiting:
        def read() -> bytes:
            return raw if raw is not None else self._fetch_one(uid)

        arrived = about.get(b"INTERNALDATE")
        return Waiting(self.name, self._handle(uid), read, self._uidvalidity, uid, _aware(arrived))

    def _handle(self, uid: int) -> str:
        return f"{self._uidvalidity}.{uid}"

    def _fetch(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The bodies of a batch. A batch that fails as a whole is asked for one by one instead."""
        if len(uids) == 1:
            return {}
        try:
            answer = self._client.fetch(uids, ["BODY.PEEK[]"])
        except TROUBLE:
            log.info("a batch of %d messages failed; they are asked for one by one", len(uids))
            self._drop()
            return {}
        return {uid: parts[b"BODY[]"] for uid, parts in answer.items() if parts.get(b"BODY[]") is not None}

    def _fetch_one(self, uid: int) -> bytes:
        uidvalidity = self._uidvalidity
        with self._watched():
            self._open()
            if self._uidvalidity != uidvalidity:
                raise MessageGone(f"message {uid}: the server has numbered its messages anew")
            try:
                answer = self._client.fetch([uid], ["BODY.PEEK[]"])
            except TROUBLE:
                self._failures[uid] = self._failures.get(uid, 0) + 1
                if self._failures[uid] < ATTEMPTS:
                    raise
                self._drop()
                return _stand_in(uid)
        if uid not in answer:
            raise MessageGone(f"message {uid} is no longer there")
        body = answer[uid].get(b"BODY[]")
        return _stand_in(uid) if body is None else bytes(body)

    def _lay_to_rest(self) -> None:
        """Move what was settled. A refused move is tried again at the next look: it still waits there."""
        resting, self._resting = self._resting, {}
        for folder, uids in resting.items():
            with self._watched():
                self._open()
                self._move(uids, self._folder_of_rest(folder))

    def _move(self, uids: list[int], folder: str) -> None:
        if self._client.has_capability("MOVE"):
            self._client.move(uids, folder)
            return
        self._client.copy(uids, folder)
        if self._client.has_capability("UIDPLUS"):
            self._client.delete_messages(uids, silent=True)
            # Never a plain EXPUNGE: it would remove what other people have marked
            self._client.uid_expunge(uids)

    def _folder_of_rest(self, folder: Folder) -> str:
        prefix, separator = self._namespace()
        name = (
            f"{prefix}{folder}"
            if prefix.endswith(separator) or not prefix
            else f"{prefix}{separator}{folder}"
        )
        if not self._client.folder_exists(name):
            with contextlib.suppress(IMAPClientError):
                self._client.create_folder(name)
        return name

    def _namespace(self) -> tuple[str, str]:
        """Where this account keeps its own folders: at the top, or under INBOX with some separator."""
        if not self._client.has_capability("NAMESPACE"):
            return "", "/"
        personal = self._client.namespace().personal or (("", "/"),)
        return str(personal[0][0]), str(personal[0][1] or "/")

    def _open(self) -> None:
        if self._client is not None:
            return
        if self._clock() < self._not_before:
            raise MailboxAway(f"{self.account.host} did not answer; it is tried again in a while.")
        self._client = self._connect(self.account)
        self._uidvalidity = self._client.select_folder(self.account.folder).get(b"UIDVALIDITY", 0)

    def _drop(self) -> None:
        if self._client is not None:
            with contextlib.suppress(*TROUBLE):
                self._client.shutdown()
        self._client = None

    @contextlib.contextmanager
    def _watched(self) -> Iterator[None]:
        """Trouble of any kind ends the connection, lengthens the pause and is told in plain words."""
        try:
            yield
        except Refused:
            self._not_before = self._clock() + REFUSED_PAUSE
            self._drop()
            raise
        except TROUBLE as why:
            self._drop()
            self._pause = min(max(self._pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
            # Full jitter, so that several workers do not come back all at once
            self._not_before = self._clock() + max(random.uniform(0, self._pause), _asked_for(why))
            raise MailboxAway(f"{self.account.host} cannot be read just now: {_in_words(why)}.") from why


def connected(account: Account) -> IMAPClient:
    """A logged-in client, encrypted where asked for. Raises MailboxAway when the account is refused."""
    timeouts = SocketTimeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    client = IMAPClient(account.host, account.port, ssl=account.encrypted, timeout=timeouts)
    if not account.encrypted and client.has_capability("STARTTLS"):
        client.starttls()
    try:
        client.login(account.user, account.password)
    except IMAPClientError as why:
        client.shutdown()
        raise Refused(
            f"{account.host} refuses the account {account.user}: check user name and password."
        ) from why
    return client


def _stand_in(uid: int) -> bytes:
    """What is kept of a message whose content the server does not give, so that a person hears of it."""
    return (
        f"Subject: A message could not be fetched\r\n\r\nThe mail server holds message {uid} but gives no "
        "content for it. It is in the folder To sort of the mailbox: open it there.\r\n"
    ).encode()


def _batches(
    uids: list[int], about: dict[int, dict[bytes, Any]], alone: Collection[int] = ()
) -> Iterator[list[int]]:
    """Runs of messages that together stay within the memory allowed; sizes are hints from the server."""
    batch: list[int] = []
    size = 0
    for uid in uids:
        size += about.get(uid, {}).get(b"RFC822.SIZE", 0)
        full = len(batch) >= BATCH_MESSAGES or size > BATCH_BYTES
        if batch and (full or uid in alone):
            yield batch
            batch, size = [], about.get(uid, {}).get(b"RFC822.SIZE", 0)
        batch.append(uid)
    if batch:
        yield batch


def _speaks_of_mail(told: Sequence[Any]) -> bool:
    return any(len(one) > 1 and one[1] in (b"EXISTS", b"RECENT") for one in told)


def _aware(moment: datetime | None) -> datetime | None:
    """IMAPClient gives local time without a zone."""
    return moment.astimezone(UTC) if moment else None


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
