"""What intake asks of the registry of cases: keep, look up, file; each one a transaction of its own."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from mail_intake.clues import Clues
from mail_intake.known import Known
from mail_intake.matching import Intake
from mail_intake.source import Folder, Unreadable, Waiting


@dataclass(frozen=True)
class Kept:
    """A message in the ledger.

    `to_file` until it was filed or failed; `repeated` when the same bytes were met before and this is only
    another receipt of them; `folder` is where it rests once it is settled.
    """

    id: int
    to_file: bool
    repeated: bool = False
    folder: Folder = "To sort"


@dataclass(frozen=True)
class Arrived:
    """A message that waits in the mailbox, with its bytes as they came; or, where it was lost, with a stand-in."""

    waiting: Waiting
    raw: bytes = field(repr=False)
    lost: Unreadable | None = None

    @cached_property
    def sha256(self) -> str:
        """The fingerprint of the bytes."""
        return hashlib.sha256(self.raw).hexdigest()


class Registry(Protocol):
    """Fulfilled by the registry of cases; by a list in a test."""

    def met(self, mailbox: str, handles: Sequence[str]) -> dict[str, Kept]:
        """Those of the handles that the ledger of this mailbox has already."""

    def keep(self, arrived: Sequence[Arrived]) -> dict[str, Kept]:
        """Store the bytes and a ledger row of each; all or none. Returns them by handle.

        The same bytes again get a row linked to the first; a handle that is in the ledger keeps the row it has.
        """

    def unfiled(self, mailbox: str) -> Iterator[Kept]:
        """Messages kept but not filed, as a crash leaves them: of this mailbox, or of one that nobody reads now."""

    def started(self, kept: Kept) -> int:
        """Notes for good that this worker begins an unfiled message; returns how many others did and died over it."""

    def raw(self, kept: Kept) -> bytes:
        """The bytes of a kept message as they came."""

    def known(self, clues: Sequence[Clues]) -> Sequence[Known]:
        """What the clues of each message lead to."""

    def file(self, understood: Sequence[tuple[Kept, Intake]]) -> dict[int, Kept]:
        """Act on each verdict: case, return, reply or pile; on all or none. Leaves what another worker has filed.

        Returns each by its number as it stands then: an act may be refused, and the message waits after all.
        """

    def failed(self, kept: Kept, why: str, unread: bool = False) -> None:
        """Leave it on the pile, marked, with the reason; where `unread`, without another look at its bytes."""
