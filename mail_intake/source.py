"""Where mail comes from, as the poller sees it: messages waiting, and folders where they come to rest."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Folder = Literal["Filed", "To sort", "Failed"]
FOLDERS: tuple[Folder, ...] = ("Filed", "To sort", "Failed")


class MailboxAway(Exception):
    """The mailbox cannot be read just now; the text says why in words an administrator can use."""


class MessageGone(Exception):
    """The message was there a moment ago and is not now: somebody moved it. There is nothing to do."""


@dataclass(frozen=True)
class Waiting:
    """A message in the mailbox that is not at rest yet.

    `handle` names it for good within its mailbox, also after a crash: "UIDVALIDITY.UID" or a file's name.
    `read` fetches the bytes as they came and may raise MessageGone or MailboxAway. `arrived_at` is aware.
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


class Mailbox(Protocol):
    """A source of mail."""

    @property
    def name(self) -> str:
        """The same in every run: the ledger's rows are kept under it."""

    def waiting(self, met: Met = nothing_met) -> Iterator[Waiting]:
        """Each message not at rest. Those among `met(handles)` are kept already: no need to fetch ahead."""

    def settle(self, handle: str, folder: Folder) -> None:
        """Lay a message to rest. It may take effect later; one that is gone counts as settled."""

    def close(self) -> None:
        """Finish what was asked for and let the connection go."""
