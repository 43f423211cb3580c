"""The registry the poller files into: keep, look up, file; each in one transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import Stamp
from jcr.db import Sessions
from jcr.files import service as files
from jcr.intake import filing, knowing
from jcr.intake.filing import Office
from jcr.intake.model import Message, Outcome
from jcr.intake.storable import storable
from jcr.roles import WORKER
from mail_intake.known import Known
from mail_intake.matching import Intake
from mail_intake.message import Message as Mail
from mail_intake.message import parse
from mail_intake.registry import Kept
from mail_intake.source import Folder, Waiting


class Ledger:
    """Fulfils `mail_intake.registry.Registry` over the database. Safe with several workers at once."""

    def __init__(self, sessions: Sessions, office: Office, clock: Callable[[], datetime]) -> None:
        self.sessions = sessions
        self.office = office
        self.clock = clock

    def met(self, mailbox: str, handles: Sequence[str]) -> dict[str, Kept]:
        """Those of the handles that are in the ledger already."""
        with self.sessions.reading() as session:
            mine = select(Message).where(Message.mailbox == mailbox, Message.handle.in_(list(handles)))
            return {row.handle: _kept(row) for row in session.scalars(mine)}

    def keep(self, raw: bytes, waiting: Waiting) -> Kept:
        """Stores the bytes and a ledger row; of bytes met before, the row points at the first."""
        now = self.clock()
        mail = parse(raw)
        with self.sessions.transaction() as session:
            file = files.keep(session, raw, now, filing.RAW)
            row = _row(mail, waiting, now)
            row.file_id, row.file = file.id, file
            first = _first(session, mail.sha256)
            if first:
                _repeats(row, first)
            session.add(row)
            session.flush()
            return _kept(row)

    def unfiled(self) -> Iterator[Kept]:
        """Messages kept but not filed."""
        with self.sessions.reading() as session:
            left = session.scalars(
                select(Message).where(Message.outcome.is_(None)).order_by(Message.id)
            ).all()
        return (_kept(row) for row in left)

    def raw(self, kept: Kept) -> bytes:
        """The bytes as they came."""
        with self.sessions.reading() as session:
            return session.get_one(Message, kept.id).file.content

    def known(self, message: Mail, stamps: tuple[Stamp, ...]) -> Known:
        """What the clues of a message lead to."""
        with self.sessions.reading() as session:
            return knowing.known(
                session, message, stamps, self.office.own_addresses, self.office.receiving_servers
            )

    def file(self, kept: Kept, intake: Intake) -> None:
        """Acts on the verdict, once: a row that another worker has filed is left as it is."""
        with self.sessions.transaction() as session:
            row = _locked(session, kept)
            if row.outcome is None:
                filing.act_on(session, self.office, row, intake, WORKER, self.clock())

    def failed(self, kept: Kept, why: str) -> None:
        """Leaves the message on the pile, marked, with the reason."""
        with self.sessions.transaction() as session:
            row = _locked(session, kept)
            if row.outcome is None:
                filing.put_on_pile(row, Outcome.FAILED, [why])


def _locked(session: Session, kept: Kept) -> Message:
    row = select(Message).where(Message.id == kept.id).with_for_update(of=Message)
    return session.scalars(row).one()


def _first(session: Session, sha256: str) -> Message | None:
    same = select(Message).where(Message.sha256 == sha256, Message.same_as_id.is_(None))
    return session.scalar(same.order_by(Message.id))


def _row(mail: Mail, waiting: Waiting, now: datetime) -> Message:
    return Message(
        mailbox=waiting.mailbox,
        handle=waiting.handle,
        uidvalidity=waiting.uidvalidity,
        uid=waiting.uid,
        sha256=mail.sha256,
        message_id=storable(mail.message_id),
        sender=storable(mail.sender),
        sender_name=storable(mail.sender_name),
        subject=storable(mail.subject),
        arrived_at=min(waiting.arrived_at or now, now),
        met_at=now,
        because=[],
        readings=[],
        details={},
    )


def _repeats(row: Message, first: Message) -> None:
    row.same_as_id = first.id
    row.outcome = Outcome.REPEATED
    row.because = [f"the same message was met before (number {first.id})"]
    row.case_id = first.case_id


def _kept(row: Message) -> Kept:
    repeated = row.same_as_id is not None
    return Kept(row.id, to_file=row.outcome is None, repeated=repeated, folder=_folder(row))


def _folder(row: Message) -> Folder:
    if row.outcome is Outcome.FAILED:
        return "Failed"
    return "To sort" if row.waiting else "Filed"
