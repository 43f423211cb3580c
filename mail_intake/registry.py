"""What intake asks of the registry of cases: keep, look up, file; each one a transaction of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from forms import Stamp
from mail_intake.known import Known
from mail_intake.matching import Intake
from mail_intake.message import Message
from mail_intake.source import Folder, Waiting


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


class Registry(Protocol):
    """Fulfilled by the registry of cases; by a list in a test."""

    def met(self, mailbox: str, handles: Sequence[str]) -> dict[str, Kept]:
        """Those of the handles that the ledger of this mailbox has already."""

    def keep(self, raw: bytes, waiting: Waiting) -> Kept:
        """Store the bytes and a ledger row. The same bytes again get a row linked to the first."""

    def unfiled(self) -> Iterator[Kept]:
        """Messages kept but not filed, as a crash between the two leaves them."""

    def raw(self, kept: Kept) -> bytes:
        """The bytes of a kept message as they came."""

    def known(self, message: Message, stamps: tuple[Stamp, ...]) -> Known:
        """What the clues of a message lead to; `mail_intake.clues.gather` lists what is worth looking up."""

    def file(self, kept: Kept, intake: Intake) -> None:
        """Act on the verdict: case, return, reply or pile. Does nothing when another worker has done so."""

    def failed(self, kept: Kept, why: str) -> None:
        """Leave it on the pile, marked, with the reason."""
