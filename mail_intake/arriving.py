"""What waits in a mailbox, read in batches that fit into memory together."""

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from mail_intake.batches import BATCH_BYTES, BATCH_MESSAGES
from mail_intake.registry import Arrived, Kept, Registry
from mail_intake.source import Mailbox, MailboxAway, MessageGone, Unreadable, Waiting


@dataclass
class Batch:
    """Messages that wait: those in the ledger already, as a crash may leave them, and new ones with their bytes."""

    met_before: list[tuple[Waiting, Kept]] = field(default_factory=list)
    new: list[Arrived] = field(default_factory=list)

    @property
    def full(self) -> bool:
        many = len(self.met_before) + len(self.new) >= BATCH_MESSAGES
        return many or sum(len(arrived.raw) for arrived in self.new) >= BATCH_BYTES


@dataclass
class Arrivals:
    """One look at a mailbox. `failed` counts the messages that could not be read and wait for the next look."""

    mailbox: Mailbox
    registry: Registry
    log: logging.Logger
    failed: int = 0
    _asked: set[str] = field(default_factory=set)
    _known: dict[str, Kept] = field(default_factory=dict)

    def batches(self) -> Iterator[Batch]:
        """Everything that waits. When the mailbox goes away, first what was read until then."""
        batch = Batch()
        try:
            for waiting in self.mailbox.waiting(self._met):
                self._put(waiting, batch)
                if batch.full:
                    yield batch
                    batch = Batch()
        except MailboxAway:
            yield batch
            raise
        yield batch

    def _met(self, handles: Sequence[str]) -> Collection[str]:
        """Those that the ledger has; what a mailbox asks for is remembered, so that nothing is looked up twice."""
        found = self.registry.met(self.mailbox.name, handles)
        self._asked.update(handles)
        self._known |= found
        return found

    def _put(self, waiting: Waiting, batch: Batch) -> None:
        if waiting.handle not in self._asked:
            self._met([waiting.handle])
        if kept := self._known.get(waiting.handle):
            batch.met_before.append((waiting, kept))
            return
        try:
            batch.new.append(Arrived(waiting, waiting.read()))
        except Unreadable as lost:
            batch.new.append(Arrived(waiting, lost.stand_in, lost))
        except MessageGone:
            self.log.info("message %s was moved by somebody else", waiting.handle)
        except MailboxAway:
            raise
        except Exception:
            self.log.exception("message %s of %s stays in the mailbox", waiting.handle, waiting.mailbox)
            self.failed += 1
