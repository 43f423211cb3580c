"""Where mail comes from, as the poller sees it: messages waiting, and folders where they come to rest."""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Folder = Literal["Filed", "To sort", "Failed"]
FOLDERS: tuple[Folder, ...] = ("Filed", "To sort", "Failed")
STEP_SECONDS = 0.5  # between two looks whether to go on waiting


class MailboxAway(Exception):
    """The mailbox cannot be read just now; the text says why in words an administrator can use."""


class Refused(MailboxAway):
    """The other side knows us and says no: trying again soon would only lock the account."""


class Waited(MailboxAway):
    """The pause after some trouble is not over: nothing was tried, and there is nothing new to say."""


class MessageGone(Exception):
    """The message was there a moment ago and is not now: somebody moved it. There is nothing to do."""


class Unreadable(Exception):
    """The source holds a message but gives no content for it; the text says why.

    `stand_in` is what is kept in its place, so that a person hears of it.
    """

    def __init__(self, why: str, stand_in: bytes) -> None:
        super().__init__(why)
        self.stand_in = stand_in


@dataclass(frozen=True)
class Waiting:
    """A message in the mailbox that is not at rest yet.

    `handle` names it for good within its mailbox, also after a crash: "UIDVALIDITY.UID" or a file's name.
    `read` fetches the bytes as they came and may raise MessageGone, Unreadable or MailboxAway. `arrived_at` is aware.
    """

    mailbox: str
    handle: str
    read: Callable[[], bytes]
    uidvalidity: int = 0
    uid: int = 0
    arrived_at: datetime | None = None


Met = Callable[[Sequence[str]], Collection[str]]


def nothing_met(handles: Sequence[str]) -> Collection[str]:
    """For a mailbox looked at without a ledger: every message is new."""
    return ()


def rest(seconds: float, go_on: Callable[[], bool]) -> None:
    """Wait so long, or until `go_on()` says no."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and go_on():
        time.sleep(min(left, STEP_SECONDS))


class Mailbox(Protocol):
    """A source of mail."""

    @property
    def name(self) -> str:
        """The same in every run: the ledger's rows are kept under it."""

    def waiting(self, met: Met = nothing_met) -> Iterator[Waiting]:
        """Each message not at rest. Those among `met(handles)` are kept already: no need to fetch ahead."""

    def settle(self, handle: str, folder: Folder) -> None:
        """Note where a message comes to rest; one that is gone counts as settled."""

    def lay_to_rest(self) -> None:
        """Move what was settled since, if settling has not done so already. May raise MailboxAway."""

    def wait(self, pause: float, go_on: Callable[[], bool]) -> bool:
        """Wait for mail: until the server tells of some (True), or `pause` seconds where none can tell.

        Ends soon after `go_on()` says no. May raise MailboxAway.
        """

    def close(self) -> None:
        """Finish what was asked for and let the connection go."""
