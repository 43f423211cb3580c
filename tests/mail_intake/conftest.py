"""An office for the intake tests: mail made up on the spot, a simple reader, a registry in a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import pytest

from forms import Stamp
from mail_intake.clues import Clues
from mail_intake.documents import ReadAll, one_by_one
from mail_intake.known import Known, Letter, Request
from mail_intake.matching import Intake
from mail_intake.registry import Arrived, Kept
from mail_intake.source import Folder, Waiting

OFFICE = "jcr@partnership.example"
AGENCY = "records@probation.example"


@pytest.fixture
def mail() -> Callable[..., EmailMessage]:
    """A letter to the office; headers by keyword with underscores, attachments as (name, content)."""

    def write(text: str = "Good morning.", *files: tuple[str, bytes], **headers: str) -> EmailMessage:
        made = EmailMessage()
        made["From"] = headers.pop("sender", f"Records <{AGENCY}>")
        made["To"] = headers.pop("to", OFFICE)
        made["Subject"] = headers.pop("subject", "A letter")
        made["Date"] = "Mon, 23 Nov 2026 09:30:00 +0000"
        for name, value in headers.items():
            made[name.replace("_", "-")] = value
        made.set_content(text)
        for name, content in files:
            made.add_attachment(content, "application", "octet-stream", filename=name)
        return made

    return write


@dataclass(frozen=True)
class FakeReading:
    kind: str = "other"
    form: str | None = None
    edition: int | None = None
    stamp: Stamp | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read(name: str, content: bytes) -> FakeReading:
    """Knows a form by its first words, as a fake may: REFERRAL, SCOPING token, MARAC, and BROKEN ones."""
    words = content.decode("utf-8", "replace").split()
    if "BURST" in words:
        raise RuntimeError("the reader fell over")
    first, token = (*words, "", "")[:2]
    if first == "REFERRAL":
        return FakeReading("referral", "Referral", 1, Stamp("referral", 1))
    if first == "SCOPING":
        return FakeReading("scoping", "Scoping return", 1, Stamp("scoping", 1, token=token))
    if first == "MARAC":
        return FakeReading("other", "MARAC referral", problems=("This looks like a MARAC referral",))
    if first == "BROKEN":
        return FakeReading(problems=("could not be read safely: it is damaged",))
    return FakeReading()


@pytest.fixture(name="read")
def reader() -> Callable[[str, bytes], FakeReading]:
    return read


@pytest.fixture
def read_all() -> ReadAll:
    return one_by_one(read)


@dataclass
class Ledger:
    """The registry of cases as a list, with everything a test may want to see."""

    listed: set[str] = field(default_factory=lambda: {AGENCY})
    letters: dict[str, Letter] = field(default_factory=dict)
    requests: dict[str, Request] = field(default_factory=dict)
    cases: set[str] = field(default_factory=set)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    contents: list[bytes] = field(default_factory=list)
    repeats: set[int] = field(default_factory=set)
    intakes: dict[int, Intake] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    deaths: dict[int, int] = field(default_factory=dict)

    def met(self, mailbox: str, handles: Sequence[str]) -> dict[str, Kept]:
        return {one: self._kept(self.rows[mailbox, one]) for one in handles if (mailbox, one) in self.rows}

    def keep(self, arrived: Sequence[Arrived]) -> dict[str, Kept]:
        return {one.waiting.handle: self._keep(one.raw, one.waiting) for one in arrived}

    def _keep(self, raw: bytes, waiting: Waiting) -> Kept:
        repeated = raw in self.contents
        if repeated:
            number = self.contents.index(raw)
        else:
            self.contents.append(raw)
            number = len(self.contents) - 1
        self.rows[waiting.mailbox, waiting.handle] = number
        kept = self._kept(number)
        return Kept(kept.id, kept.to_file and not repeated, repeated, kept.folder)

    def unfiled(self, mailbox: str) -> Iterator[Kept]:
        return iter([kept for number in range(len(self.contents)) if (kept := self._kept(number)).to_file])

    def started(self, kept: Kept) -> int:
        return self.deaths.get(kept.id, 0)

    def raw(self, kept: Kept) -> bytes:
        return self.contents[kept.id]

    def known(self, clues: Sequence[Clues]) -> list[Known]:
        return [self.known_of(one) for one in clues]

    def known_of(self, clues: Clues) -> Known:
        return Known(
            sender_listed=clues.sender in self.listed,
            letters={one: self.letters[one] for one in clues.message_ids if one in self.letters},
            requests={one: self.requests[one] for one in clues.tokens if one in self.requests},
            cases=frozenset(self.cases & set(clues.references)),
            own_addresses=frozenset({OFFICE}),
        )

    def file(self, understood: Sequence[tuple[Kept, Intake]]) -> dict[int, Kept]:
        for kept, intake in understood:
            assert kept.id not in self.intakes, "filed twice"
            self.intakes[kept.id] = intake
        return {kept.id: self._kept(kept.id) for kept, _ in understood}

    def failed(self, kept: Kept, why: str, unread: bool = False) -> None:
        self.reasons[kept.id] = why

    def _kept(self, number: int) -> Kept:
        if number in self.reasons:
            return Kept(number, False, folder="Failed")
        filed = self.intakes.get(number)
        folder: Folder = "To sort" if filed is None or filed.waits else "Filed"
        return Kept(number, filed is None, folder=folder)


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()
