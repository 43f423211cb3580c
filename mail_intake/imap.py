"""A folder on an IMAP server as a mailbox; the registry's ledger decides what is new, never a flag."""

import contextlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from mail_intake.batches import BATCH_BYTES, in_batches
from mail_intake.imap_fetch import (
    MOST_SLICES,
    batches,
    bodies,
    no_content,
    slice_of,
)
from mail_intake.imap_line import DEADLINE_SECONDS, NONSENSE, TROUBLE, Account, Line, selected
from mail_intake.imap_listen import IdleRefused, listen
from mail_intake.imap_rest import moved_to_rest
from mail_intake.source import Folder, MailboxAway, MessageGone, Met, Waiting, nothing_met, rest

ASKED_AT_ONCE = 500  # messages: a server need take no command longer than 8,192 bytes (RFC 7162 4)
ATTEMPTS = 3  # to fetch a message before a person is told of it instead
# A server may miss what comes in the very moment IDLE begins, and listening in vain would be long: short at first.
# Re-issued at the latest after five minutes, because a firewall drops a silent connection without a word.
FIRST_IDLE_SECONDS, IDLE_SECONDS = 1.0, 300.0
MOVES_REST = 600.0  # seconds without moving anything after the server refused to

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Listed:
    """A message as the server lists it: the size it claims, zero when it claims none, and its arrival.

    A server put back from a backup may give a number out again: only with its arrival is a handle one message's.
    """

    uidvalidity: int
    uid: int
    size: int
    arrived: datetime | None

    @property
    def handle(self) -> str:
        when = f".{self.arrived:%Y%m%dT%H%M%S}" if self.arrived else ""
        return f"{self.uidvalidity}.{self.uid}{when}"


def _listed(uidvalidity: int, uid: int, about: Mapping[bytes, Any]) -> _Listed:
    """IMAPClient gives local time without a zone."""
    size, moment = about.get(b"RFC822.SIZE"), about.get(b"INTERNALDATE")
    return _Listed(
        uidvalidity, uid, size if isinstance(size, int) else 0, moment.astimezone(UTC) if moment else None
    )


class Imap:
    """The mailbox behind one line. Keep it between looks: it remembers what failed and when to try again."""

    def __init__(
        self,
        account: Account,
        connect: Callable[[Account], Any] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._line = Line(account, connect, clock)
        self._clock = clock
        self._resting: dict[tuple[Folder, int], list[int]] = {}  # by folder and UIDVALIDITY
        self._failures: dict[str, int] = {}
        self._idle_refused = False
        self._silent_seconds = 0.0
        self._no_moves_before = 0.0

    @property
    def name(self) -> str:
        return self._line.account.name

    def waiting(self, met: Met = nothing_met) -> Iterator[Waiting]:
        """Each message of the folder; those not met yet are fetched in batches. Raises MailboxAway."""
        with self._line.open() as client:
            # Selected anew: new mail is then seen at once, and so is a folder renamed or numbered anew
            self._line.selected = selected(client, self._line.account)
            there = list(dict.fromkeys(client.search("ALL")))
            listed = [one for some in in_batches(there, ASKED_AT_ONCE) for one in self._listed(some)]
        self._line.works()
        listed.sort(key=self._order)
        known = {
            handle
            for some in in_batches(listed, ASKED_AT_ONCE)
            for handle in met([one.handle for one in some])
        }
        for one in listed:
            if one.handle in known:
                yield self._waiting(one)
        yield from self._new([one for one in listed if one.handle not in known])

    def _listed(self, uids: Sequence[int]) -> list[_Listed]:
        """Size and arrival of each message. Where the answer about many makes no sense, it is asked for in halves."""
        with self._line.open() as client:
            try:
                about = client.fetch(uids, ["RFC822.SIZE", "INTERNALDATE"])
                return [_listed(self._line.uidvalidity, uid, about.get(uid, {})) for uid in uids]
            except NONSENSE:
                self._line.drop()
        if middle := len(uids) // 2:
            return self._listed(uids[:middle]) + self._listed(uids[middle:])
        return [_listed(self._line.uidvalidity, uids[0], {})]

    def settle(self, handle: str, folder: Folder) -> None:
        """Noted now, moved by `lay_to_rest`: the ledger has the message, so nothing hangs on the move."""
        uidvalidity, uid = map(int, handle.split(".")[:2])
        if self._clock() >= self._no_moves_before:
            self._resting.setdefault((folder, uidvalidity), []).append(uid)

    def lay_to_rest(self) -> None:
        """Move what was settled. What the server does not move stays, and is offered again after a while."""
        resting, self._resting = self._resting, {}
        for (folder, uidvalidity), uids in resting.items():
            with self._line.open() as client:
                if self._line.uidvalidity == uidvalidity and not moved_to_rest(client, uids, folder):
                    self._no_moves_before = self._clock() + MOVES_REST

    def wait(self, pause: float, go_on: Callable[[], bool]) -> bool:
        """Listen with IDLE, longer each time nothing comes; where the server has none, rest for the pause."""
        if not self._idle_refused:
            with self._line.open(deadline=IDLE_SECONDS + DEADLINE_SECONDS) as client:
                if client.has_capability("IDLE"):
                    with contextlib.suppress(IdleRefused):
                        return self._has_come(client) or self._listened(client, go_on)
                    self._idle_refused = True
        rest(pause, go_on)
        return False

    def _has_come(self, client: Any) -> bool:
        """Whether mail came since the last look began, of which the server has told during some other command."""
        before, self._line.selected = self._line.selected, selected(client, self._line.account)
        if has_come := self._line.selected != before:
            self._silent_seconds = 0.0
        return has_come

    def _listened(self, client: Any, go_on: Callable[[], bool]) -> bool:
        seconds = min(max(FIRST_IDLE_SECONDS, self._silent_seconds), IDLE_SECONDS)
        told = listen(client, seconds, go_on)
        self._silent_seconds = 0.0 if told else 2 * seconds
        return told

    def close(self) -> None:
        """Finish the moves and log out."""
        if self._line.is_open:
            with contextlib.suppress(MailboxAway):
                self.lay_to_rest()
            self._line.log_out()

    def _order(self, one: _Listed) -> tuple[int, int]:
        """One that failed before comes last, so that it cannot stand in the way of the others."""
        return self._failures.get(one.handle, 0), one.uid

    def _new(self, new: Sequence[_Listed]) -> Iterator[Waiting]:
        there = {one.uid: one for one in new}
        alone = [one.uid for one in new if one.handle in self._failures]
        for batch in batches({one.uid: one.size for one in new}, alone):
            fetched = self._fetch(batch)
            for uid in batch:
                # One the server left out is asked for again by itself, and may be gone by then
                yield self._waiting(there[uid], fetched.pop(uid, None))

    def _waiting(self, one: _Listed, raw: bytes | None = None) -> Waiting:
        def read() -> bytes:
            return raw if raw is not None else self._fetch_one(one.uid, one.handle, one.size)

        return Waiting(self.name, one.handle, read, one.uidvalidity, one.uid, one.arrived)

    def _fetch(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The bodies of a batch. A batch that fails as a whole is asked for one by one instead."""
        if len(uids) == 1:
            return {}
        with self._line.open() as client:
            try:
                return bodies(client, uids)
            except TROUBLE:
                log.info("a batch of %d messages failed; they are asked for one by one", len(uids))
                self._line.drop()
                return {}

    def _fetch_one(self, uid: int, handle: str, size: int) -> bytes:
        """One message, a large one slice by slice, so that each has a deadline of its own."""
        if size <= BATCH_BYTES:
            return self._asked(uid, handle, lambda client: bodies(client, [uid]).get(uid))
        whole = bytearray()
        for _ in range(MOST_SLICES):
            piece = self._asked(uid, handle, partial(slice_of, uid=uid, start=len(whole)))
            if not piece:
                return bytes(whole)
            whole += piece
        raise no_content(self.name, handle, "sends more than 150 MB for it")

    def _asked(self, uid: int, handle: str, ask: Callable[[Any], bytes | None]) -> bytes:
        """What the server gives when asked. One that cannot be had is told to a person after some attempts."""
        with self._line.open() as client:
            if not handle.startswith(f"{self._line.uidvalidity}."):
                raise MessageGone(f"message {handle}: the server has numbered its messages anew")
            try:
                given = ask(client)
                there = given is not None or client.search(["UID", uid])
            except TROUBLE:
                self._failures[handle] = self._failures.get(handle, 0) + 1
                if self._failures[handle] < ATTEMPTS:
                    raise
                self._line.drop()
                raise no_content(self.name, handle, "could not send its content") from None
        if not there:
            raise MessageGone(f"message {handle} is no longer there")
        if given is None:
            raise no_content(self.name, handle, "gives no content for it")
        return given
