"""A folder on an IMAP server as a mailbox; the registry's ledger decides what is new, never a flag."""

import contextlib
import logging
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from imapclient.exceptions import IMAPClientError

from mail_intake.imap_line import TROUBLE, Account, Line
from mail_intake.source import Folder, MailboxAway, MessageGone, Met, Waiting, nothing_met

BATCH_MESSAGES, BATCH_BYTES = 50, 8_000_000
ASKED_AT_ONCE = 1000  # handles looked up in the ledger by one question
ATTEMPTS = 3  # to fetch a message before a person is told of it instead
IDLE_SECONDS = 300  # re-issued this often, because a firewall drops a silent connection without a word

log = logging.getLogger(__name__)


class Imap:
    """The mailbox behind one line. Keep it between looks: it remembers what failed and when to try again."""

    def __init__(
        self,
        account: Account,
        connect: Callable[[Account], Any] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._line = Line(account, connect, clock)
        self._resting: dict[Folder, list[int]] = {}
        self._failures: dict[str, int] = {}

    @property
    def name(self) -> str:
        account = self._line.account
        return f"imap://{account.user}@{account.host}:{account.port}/{account.folder}"

    def waiting(self, met: Met = nothing_met) -> Iterator[Waiting]:
        """Each message of the folder; those not met yet are fetched in batches. Raises MailboxAway."""
        with self._line.open() as client:
            # A server may tell of new mail only after a command: without this it is seen one look late
            client.noop()
            uids = sorted(client.search("ALL"), key=self._order)
        self._line.works()
        known = {handle for some in _chunks(uids) for handle in met([self._handle(uid) for uid in some])}
        for uid in uids:
            if self._handle(uid) in known:
                yield self._waiting(uid, {})
        yield from self._new([uid for uid in uids if self._handle(uid) not in known])
        self._lay_to_rest()

    def settle(self, handle: str, folder: Folder) -> None:
        """Noted now, moved with its batch: the ledger has the message, so nothing hangs on the move."""
        uidvalidity, _, uid = handle.partition(".")
        if int(uidvalidity) == self._line.uidvalidity:
            self._resting.setdefault(folder, []).append(int(uid))

    def wait(self, seconds: float) -> bool:
        """Wait for new mail with IDLE, at most so long. True when the server told of some; or MailboxAway."""
        with self._line.open() as client:
            if not client.has_capability("IDLE"):
                time.sleep(seconds)
                return False
            # What came between the last look and now is told here, and might be swallowed by IDLE's beginning
            _, told = client.noop()
            if not _speaks_of_mail(told):
                client.idle()
                told = client.idle_check(timeout=min(seconds, IDLE_SECONDS))
                # A dropped line looks like silence: only a server that answers DONE was still there
                _, late = client.idle_done()
                told = [*told, *late]
        return _speaks_of_mail(told)

    def close(self) -> None:
        """Finish the moves and log out."""
        if self._line.is_open:
            with contextlib.suppress(MailboxAway):
                self._lay_to_rest()
            self._line.log_out()

    def _order(self, uid: int) -> tuple[int, int]:
        """One that failed before comes last, so that it cannot stand in the way of the others."""
        return self._failures.get(self._handle(uid), 0), uid

    def _handle(self, uid: int) -> str:
        return f"{self._line.uidvalidity}.{uid}"

    def _new(self, uids: list[int]) -> Iterator[Waiting]:
        if not uids:
            return
        with self._line.open() as client:
            about = client.fetch(uids, ["RFC822.SIZE", "INTERNALDATE"])
        alone = [uid for uid in uids if self._handle(uid) in self._failures]
        for batch in _batches(uids, about, alone):
            fetched = self._fetch(batch)
            for uid in batch:
                # One the server left out is asked for again by itself, and may be gone by then
                yield self._waiting(uid, about.get(uid, {}), fetched.get(uid))
            self._lay_to_rest()

    def _waiting(self, uid: int, about: dict[bytes, Any], raw: bytes | None = None) -> Waiting:
        handle = self._handle(uid)

        def read() -> bytes:
            return raw if raw is not None else self._fetch_one(uid, handle)

        arrived = _aware(about.get(b"INTERNALDATE"))
        return Waiting(self.name, handle, read, self._line.uidvalidity, uid, arrived)

    def _fetch(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The bodies of a batch. A batch that fails as a whole is asked for one by one instead."""
        if len(uids) == 1:
            return {}
        with self._line.open() as client:
            try:
                answer = client.fetch(uids, ["BODY.PEEK[]"])
            except TROUBLE:
                log.info("a batch of %d messages failed; they are asked for one by one", len(uids))
                self._line.drop()
                return {}
        return {uid: parts[b"BODY[]"] for uid, parts in answer.items() if parts.get(b"BODY[]") is not None}

    def _fetch_one(self, uid: int, handle: str) -> bytes:
        with self._line.open() as client:
            if self._handle(uid) != handle:
                raise MessageGone(f"message {handle}: the server has numbered its messages anew")
            try:
                answer = client.fetch([uid], ["BODY.PEEK[]"])
            except TROUBLE:
                self._failures[handle] = self._failures.get(handle, 0) + 1
                if self._failures[handle] < ATTEMPTS:
                    raise
                self._line.drop()
                return _stand_in(uid)
        if uid not in answer:
            raise MessageGone(f"message {handle} is no longer there")
        body = answer[uid].get(b"BODY[]")
        return _stand_in(uid) if body is None else bytes(body)

    def _lay_to_rest(self) -> None:
        """Move what was settled. A refused move is tried again at the next look: it still waits there."""
        resting, self._resting = self._resting, {}
        for folder, uids in resting.items():
            uidvalidity = self._line.uidvalidity
            with self._line.open() as client:
                if self._line.uidvalidity == uidvalidity:
                    _move(client, uids, _folder_of_rest(client, folder))


def _move(client: Any, uids: list[int], folder: str) -> None:
    if client.has_capability("MOVE"):
        client.move(uids, folder)
        return
    # A plain EXPUNGE would also remove what other people have marked: better to leave the message where it is
    if client.has_capability("UIDPLUS"):
        client.copy(uids, folder)
        client.delete_messages(uids, silent=True)
        client.uid_expunge(uids)


def _folder_of_rest(client: Any, folder: Folder) -> str:
    prefix, separator = _namespace(client)
    joined = prefix if not prefix or prefix.endswith(separator) else prefix + separator
    name = joined + folder
    if not client.folder_exists(name):
        with contextlib.suppress(IMAPClientError):
            client.create_folder(name)
    return name


def _namespace(client: Any) -> tuple[str, str]:
    """Where this account keeps its own folders: at the top, or under INBOX with some separator."""
    if not client.has_capability("NAMESPACE"):
        return "", "/"
    personal = client.namespace().personal or (("", "/"),)
    return str(personal[0][0]), str(personal[0][1] or "/")


def _stand_in(uid: int) -> bytes:
    """What is kept of a message whose content the server does not give, so that a person hears of it."""
    return (
        f"Subject: A message could not be fetched\r\n\r\nThe mail server holds message {uid} but gives no "
        "content for it. It is in the folder To sort of the mailbox: open it there.\r\n"
    ).encode()


def _chunks(uids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(uids), ASKED_AT_ONCE):
        yield uids[start : start + ASKED_AT_ONCE]


def _batches(
    uids: list[int], about: dict[int, dict[bytes, Any]], alone: Collection[int]
) -> Iterator[list[int]]:
    """Runs of messages that together stay within the memory allowed; sizes are hints from the server."""
    batch: list[int] = []
    filled = 0
    for uid in uids:
        size = about.get(uid, {}).get(b"RFC822.SIZE", 0)
        if batch and (len(batch) >= BATCH_MESSAGES or filled + size > BATCH_BYTES or uid in alone):
            yield batch
            batch, filled = [], 0
        batch.append(uid)
        filled += size
    if batch:
        yield batch


def _speaks_of_mail(told: Sequence[Any]) -> bool:
    return any(len(one) > 1 and one[1] in (b"EXISTS", b"RECENT") for one in told)


def _aware(moment: datetime | None) -> datetime | None:
    """IMAPClient gives local time without a zone."""
    return moment.astimezone(UTC) if moment else None
