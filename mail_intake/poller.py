"""The poller: keep each message whole, understand it, file it, and only then lay it to rest.

Messages go through in batches: one transaction keeps a batch, another files it, and while its documents are read
the next is fetched, kept and taken apart and the last one filed.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from threading import Lock
from typing import TypeVar

from mail_intake.arriving import Arrivals
from mail_intake.batches import ahead, each_alone_if_need_be
from mail_intake.documents import ReadAll
from mail_intake.matching import Intake
from mail_intake.message import parse
from mail_intake.registry import Arrived, Kept, Registry
from mail_intake.scanning import BARRED, Barred, Scan, ScannerAway, nothing_to_ask
from mail_intake.source import Folder, Mailbox, MailboxAway, Unreadable
from mail_intake.understanding import Opened, Screened, opened, screened

LOG = logging.getLogger(__name__)
TOGETHER = 200  # messages moved at once: the ledger has them, so nothing hangs on when
MOST_DEATHS = 10  # a worker that dies for reasons of its own hardly ever does so each time over one message
DIED_OVER = (
    f"the program stopped each of the {MOST_DEATHS} times it began to read it; the original is kept, unopened"
)


@dataclass
class Tally:
    """What one look at a mailbox came to, in messages."""

    met: int = 0
    filed: int = 0
    to_sort: int = 0
    repeated: int = 0
    failed: int = 0


def poll(
    mailbox: Mailbox,
    registry: Registry,
    read_all: ReadAll,
    log: logging.Logger = LOG,
    scan: Scan = nothing_to_ask,
    go_on: Callable[[], bool] = lambda: True,
) -> Tally:
    """Take in everything that waits, first what an earlier run kept but could not file.

    Once `go_on` says no, no further batch is begun: what is under way is finished, the rest waits for the next look.

    One bad message stops nothing. Raises MailboxAway when the mailbox itself cannot be read; what was taken
    in until then stays taken in. While the scanner is away messages are kept, and wait unopened.
    """
    intake = _Intake(mailbox, registry, read_all, log, scan, go_on)
    if not intake.may_open():
        intake.only_keep()
        intake.tally.failed += intake.left
        return intake.tally
    for kept in takewhile(lambda _: go_on(), registry.unfiled(mailbox.name)):
        intake.take_up(kept)
    for batch in ahead(intake.understood, intake.arriving()):
        intake.file(batch)
        intake.lay_to_rest(TOGETHER)
    intake.lay_to_rest()
    intake.tally.failed += intake.left
    return intake.tally


class DiedOver(Exception):
    """Understanding the message has ended the worker itself, again and again."""


@dataclass(frozen=True)
class _Held:
    """A kept message: its handle where it still waits in the mailbox, its bytes where they are at hand.

    `lost` says why something else was kept in its place.
    """

    kept: Kept
    handle: str = ""
    raw: bytes | None = None
    lost: Unreadable | None = None


# What is made of one message, step by step: an exception where that failed, nothing where it was filed before
Found = Screened | Opened | Intake | Exception | None
Batch = Sequence[tuple[_Held, Found]]
Step = TypeVar("Step", Screened, Opened)


@dataclass
class _Intake:
    mailbox: Mailbox
    registry: Registry
    read_all: ReadAll
    log: logging.Logger
    scan: Scan = nothing_to_ask
    go_on: Callable[[], bool] = lambda: True
    tally: Tally = field(default_factory=Tally)
    left: int = 0  # messages that could not be kept, counted by the thread that fetches
    _settled: int = 0
    # Of two transactions one waits for the other, which in line costs less than to ask a busy database again and again
    _writing: Lock = field(default_factory=Lock)

    def may_open(self) -> bool:
        """Whether the scanner can be asked, if there is one."""
        try:
            self.scan(b"")
        except ScannerAway:
            return False
        return True

    def only_keep(self) -> None:
        """Messages stay in the mailbox as well, and are met again at the next look."""
        self.tally.failed += sum(one.kept.to_file for batch in self.arriving() for one in batch)

    def take_up(self, kept: Kept) -> None:
        """One that a worker kept and died before filing, perhaps over this very message: alone, and not for ever."""
        if self.registry.started(kept) >= MOST_DEATHS:
            self._settle(_Held(kept), why=DiedOver(DIED_OVER))
        else:
            self.file(self.understood([_Held(kept)]))

    def arriving(self) -> Iterator[list[_Held]]:
        """Whatever waits in the mailbox, kept."""
        arrivals = Arrivals(self.mailbox, self.registry, self.log)
        for batch in takewhile(lambda _: self.go_on(), arrivals.batches()):
            met_before = [_Held(kept, waiting.handle) for waiting, kept in batch.met_before]
            if held := met_before + self._keep(batch.new):
                yield held
        self.left += arrivals.failed

    def _keep(self, new: Sequence[Arrived]) -> list[_Held]:
        """One that cannot be kept stays in the mailbox for the next look."""
        kept: dict[str, Kept] = {}
        with self._writing:
            lost = each_alone_if_need_be(lambda some: kept.update(self.registry.keep(some)), new)
        for arrived, why in lost:
            self.log.error("message %s stays in the mailbox", arrived.waiting.handle, exc_info=why)
            self.left += 1
        self.tally.met += len(kept)
        self.tally.repeated += sum(one.repeated for one in kept.values())
        held = ((kept.get(arrived.waiting.handle), arrived) for arrived in new)
        return [_Held(one, arrived.waiting.handle, arrived.raw, arrived.lost) for one, arrived in held if one]

    def understood(self, batch: list[_Held]) -> Batch:
        """Each message taken apart, once the scanner has let it pass, and its documents read.

        Takes the messages out of `batch`, so that the bytes of each as they came are let go. Asks the registry
        for nothing but bytes, so that it and the mailbox may be used meanwhile.
        """
        held: list[_Held] = []
        apart: list[Found] = []
        while batch:
            one = batch.pop(0)
            held.append(replace(one, raw=None))
            apart.append(self._screened(one))
        found = _next_step(Screened, lambda some: opened(some, self.read_all), apart)
        return list(zip(held, found, strict=True))

    def _screened(self, held: _Held) -> Screened | Exception | None:
        if not held.kept.to_file:
            return None
        if held.lost:
            return held.lost
        try:
            raw = self.registry.raw(held.kept) if held.raw is None else held.raw
            self.scan(raw)
            message = parse(raw)
            for attachment in message.attachments:  # as they are once decoded and unpacked
                self.scan(attachment.content)
            return screened(message)
        except Exception as why:
            return why

    def file(self, batch: Batch) -> None:
        """File what can be understood, put the rest on the pile, and settle both."""
        judged = _next_step(Opened, self._judged, [found for _, found in batch])
        all_pairs = zip((held for held, _ in batch), judged, strict=True)
        pairs = [(held, what) for held, what in all_pairs if not isinstance(what, ScannerAway)]
        self.tally.failed += len(batch) - len(pairs)
        ready = [(held.kept, what) for held, what in pairs if isinstance(what, Intake)]
        filed: dict[int, Kept] = {}
        with self._writing:
            refused = each_alone_if_need_be(lambda some: filed.update(self.registry.file(some)), ready)
        failed = {held.kept.id: what for held, what in pairs if isinstance(what, Exception)}
        failed |= {kept.id: why for (kept, _), why in refused}
        for held, what in pairs:
            now = filed.get(held.kept.id) if isinstance(what, Intake) else None
            self._settle(held, now, failed.get(held.kept.id))

    def _judged(self, some: Sequence[Opened]) -> list[Intake]:
        known = self.registry.known([one.clues for one in some])
        return [one.judged(what) for one, what in zip(some, known, strict=True)]

    def _settle(self, held: _Held, filed: Kept | None = None, why: Exception | None = None) -> None:
        try:
            folder = self._resting_place(held.kept, filed, why)
            if held.handle:
                self.mailbox.settle(held.handle, folder)
                self._settled += 1
        except MailboxAway:
            raise
        except Exception:
            self.log.exception("message %s stays in the mailbox", held.handle)
            self.tally.failed += 1

    def lay_to_rest(self, at_least: int = 1) -> None:
        """Move what was settled, once there are so many. May raise MailboxAway."""
        if self._settled >= at_least:
            self._settled = 0
            self.mailbox.lay_to_rest()

    def _resting_place(self, kept: Kept, filed: Kept | None, why: Exception | None) -> Folder:
        if why:
            trouble = None if isinstance(why, Barred) else why
            self.log.error("message %d could not be filed", kept.id, exc_info=trouble)
            with self._writing:
                self.registry.failed(kept, _in_words(why), unread=isinstance(why, DiedOver | Barred))
            self.tally.failed += 1
            return "Failed"
        if filed:
            self.tally.filed += filed.folder == "Filed"
            self.tally.to_sort += filed.folder == "To sort"
        return (filed or kept).folder


def _next_step(
    done: type[Step], act: Callable[[Sequence[Step]], Sequence[Found]], batch: Sequence[Found]
) -> list[Found]:
    """The batch, each message that came as far as `done` replaced by what `act` makes of it, or by why it could not."""
    made = list(batch)

    def replace(some: Sequence[tuple[int, Step]]) -> None:
        for (at, _), one in zip(some, act([item for _, item in some]), strict=True):
            made[at] = one

    as_far = [(at, item) for at, item in enumerate(batch) if isinstance(item, done)]
    for (at, _), why in each_alone_if_need_be(replace, as_far):
        made[at] = why
    return made


def _in_words(why: Exception) -> str:
    """A reason for the pile. An exception's own text may quote the message, so only its kind is told."""
    if isinstance(why, Unreadable | DiedOver):
        return str(why)
    if isinstance(why, Barred):
        return f"{BARRED}{why}; the original is kept"
    return f"the message could not be filed ({type(why).__name__}); the original is kept"
