"""The poller: keep each message whole, understand it, file it, and only then lay it to rest."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from mail_intake.documents import Read
from mail_intake.matching import Intake
from mail_intake.message import parse
from mail_intake.registry import Kept, Registry
from mail_intake.source import Folder, Mailbox, MailboxAway, MessageGone, Unreadable, Waiting
from mail_intake.understanding import understand

LOG = logging.getLogger(__name__)


@dataclass
class Tally:
    """What one look at a mailbox came to, in messages."""

    met: int = 0
    filed: int = 0
    to_sort: int = 0
    repeated: int = 0
    failed: int = 0


def poll(mailbox: Mailbox, registry: Registry, read: Read, log: logging.Logger = LOG) -> Tally:
    """Take in everything that waits, first what an earlier run kept but could not file.

    One bad message stops nothing. Raises MailboxAway when the mailbox itself cannot be read; what was taken
    in until then stays taken in.
    """
    intake = _Intake(mailbox, registry, read, log, Tally())
    for kept in registry.unfiled():
        intake.file(kept)
    for waiting in mailbox.waiting(intake.met):
        intake.take_in(waiting)
    return intake.tally


@dataclass
class _Intake:
    mailbox: Mailbox
    registry: Registry
    read: Read
    log: logging.Logger
    tally: Tally

    def met(self, handles: Sequence[str]) -> Collection[str]:
        return self.registry.met(self.mailbox.name, handles)

    def take_in(self, waiting: Waiting) -> None:
        """Everything for one message. One that cannot even be kept stays in the mailbox for the next look."""
        try:
            kept = self._kept(waiting)
            folder = self.file(kept) if kept.to_file else kept.folder
            self.mailbox.settle(waiting.handle, folder)
        except MessageGone:
            self.log.info("message %s was moved by somebody else", waiting.handle)
        except MailboxAway:
            raise
        except Exception:
            self.log.exception("message %s of %s stays in the mailbox", waiting.handle, waiting.mailbox)
            self.tally.failed += 1

    def _kept(self, waiting: Waiting) -> Kept:
        already = self.registry.met(waiting.mailbox, [waiting.handle]).get(waiting.handle)
        if already:
            return already
        try:
            kept = self.registry.keep(waiting.read(), waiting)
        except Unreadable as unreadable:
            return self._without_content(waiting, unreadable)
        self.tally.met += 1
        self.tally.repeated += kept.repeated
        return kept

    def _without_content(self, waiting: Waiting, unreadable: Unreadable) -> Kept:
        """Something in its place, with the reason, so that the ledger has it and a person hears of it."""
        kept = self.registry.keep(unreadable.stand_in, waiting)
        self.registry.failed(kept, str(unreadable))
        self.tally.met += 1
        self.tally.failed += 1
        return Kept(kept.id, to_file=False, folder="Failed")

    def file(self, kept: Kept) -> Folder:
        """Understand and file one kept message, and name the folder where it should rest."""
        try:
            intake = understand(parse(self.registry.raw(kept)), self.registry.known, self.read)
            self.registry.file(kept, intake)
        except Exception as why:
            self.log.exception("message %d could not be filed", kept.id)
            self.registry.failed(kept, _in_words(why))
            self.tally.failed += 1
            return "Failed"
        return self._count(intake)

    def _count(self, intake: Intake) -> Folder:
        if intake.waits:
            self.tally.to_sort += 1
            return "To sort"
        self.tally.filed += 1
        return "Filed"


def _in_words(why: Exception) -> str:
    """A reason for the pile. The exception's own text may quote the message, so only its kind is told."""
    return f"the message could not be filed ({type(why).__name__}); the original is kept"
