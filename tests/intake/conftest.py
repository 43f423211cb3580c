"""A mailbox of the office, messages to put into it, and the poller that empties it into the ledger."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from forms import ReferralForm, Stamp, word
from forms.reading import read
from jcr.cases.rules import england
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.intake.filing import Office
from jcr.intake.model import Message
from jcr.intake.registry import Ledger
from mail_intake.documents import Read, one_by_one
from mail_intake.maildir import Maildir
from mail_intake.poller import Tally, poll
from mail_intake.scanning import Scan, nothing_to_ask

WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
REFERRAL: dict[str, Any] = {
    "review_type_requested": ["adult"],
    "referrer_name": "Rowan Ashdown",
    "referrer_role": "Named nurse",
    "referrer_agency": "Wye Valley NHS Trust",
    "referrer_email": "rowan.ashdown@health.example",
    "safeguarding_lead_name": "Dr Imogen Fairlie",
    "safeguarding_lead_email": "imogen.fairlie@health.example",
    "subjects": [
        {
            "subject_name": "Corwin Marlowe",
            "subject_dob": "1951-03-14",
            "subject_gender": "male",
            "subject_ethnicity": "White British",
            "subject_address": "4 Quarry Bank, Ledbury",
            "subject_died": "no",
            "subject_care_support_needs": "Memory loss",
        }
    ],
    "incident_date": "2026-11-12",
    "date_aware": "2026-11-13",
    "incident_summary": "He was found at home with injuries that were not explained.",
    "case_summary": "He had been known to adult social care since the spring.",
    "criteria_evidence": "The consultant’s opinion.",
    "agency_concerns": "Two earlier attendances were not shared.",
    "agencies_involved": [{"agency": "West Mercia Police"}],
    "immediate_concerns": "no",
}


@pytest.fixture
def answers() -> dict[str, Any]:
    return deepcopy(REFERRAL)


@pytest.fixture
def form(answers: dict[str, Any]) -> bytes:
    """The office's own Word form, filled in."""
    return word.blank(ReferralForm, answers, Stamp("referral", 1))


def letter(text: str = "Please see attached.", *files: tuple[str, bytes], **headers: str) -> EmailMessage:
    """An e-mail from the hospital to the office, unless the headers say otherwise."""
    message = EmailMessage()
    standard = {
        "From": "Rowan Ashdown <rowan.ashdown@health.example>",
        "To": "jcr@partnership.example",
        "Subject": "A referral",
        "Message-ID": "<first@health.example>",
    }
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in (standard | named).items():
        message[name] = value
    message.set_content(text)
    for name, content in files:
        main, sub = WORD if name.endswith(".docx") else ("application", "octet-stream")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message


@pytest.fixture
def write() -> Callable[..., EmailMessage]:
    return letter


@dataclass
class Mailroom:
    """`drop` puts a message into the mailbox, `empty` has the poller take everything in."""

    sessions: Sessions
    ledger: Ledger
    folder: Path
    dropped: int = 0
    tallies: list[Tally] = field(default_factory=list)

    def drop(self, message: EmailMessage | bytes) -> None:
        self.dropped += 1
        raw = message if isinstance(message, bytes) else message.as_bytes()
        (self.folder / "new" / f"message-{self.dropped}").write_bytes(raw)

    def empty(self, read: Read = read, scan: Scan = nothing_to_ask) -> Tally:
        self.tallies.append(poll(Maildir(self.folder), self.ledger, one_by_one(read), scan=scan))
        return self.tallies[-1]

    def take_in(self, message: EmailMessage | bytes) -> Message:
        """The ledger's row of a message that was dropped and taken in."""
        self.drop(message)
        self.empty()
        return self.rows()[-1]

    def rows(self) -> list[Message]:
        with self.sessions.reading() as session:
            return list(session.scalars(select(Message).order_by(Message.id)))

    def resting_in(self, folder: str) -> int:
        return len(list((self.folder / f".{folder}" / "cur").iterdir()))


@pytest.fixture
def office(head: Letterhead) -> Office:
    return Office(head, england())


@pytest.fixture
def mailroom(sessions: Sessions, office: Office, partnership: Any, tmp_path: Path, NOW: datetime) -> Mailroom:
    folder = tmp_path / "mailbox"
    shutil.rmtree(folder, ignore_errors=True)
    Maildir(folder)
    return Mailroom(sessions, Ledger(sessions, office, lambda: NOW), folder)
