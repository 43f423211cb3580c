"""The registry the poller files into: keep, look up, file; each in one transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, lazyload

from jcr.db import Sessions
from jcr.intake import filing, keeping, knowing
from jcr.intake.filing import Office
from jcr.intake.model import Message, Outcome
from jcr.roles import WORKER
from mail_intake.clues import Clues
from mail_intake.known import Known
from mail_intake.matching import Intake
from mail_intake.message import parse
from mail_intake.registry import Arrived, Kept
from mail_intake.scanning import BARRED

LOCKED = (
    select(Message)
    .where(Message.id.in_(bindparam("ids", expanding=True)))
    .order_by(Message.id)
    .with_for_update(of=Message, key_share=True)
    .options(lazyload("*"))
)


class Ledger:
    """Fulfils `mail_intake.registry.Registry` over the database. Safe with several workers at once."""

    def __init__(
        self, sessions: Sessions, office: Office, clock: Callable[[], datetime], mailboxes: Sequence[str] = ()
    ) -> None:
        """`mailboxes` are those that are read now: what was left of another is taken up with any of them."""
        self.sessions = sessions
        self.office = office
        self.clock = clock
        self.mailboxes = frozenset(mailboxes)

    def met(self, mailbox: str, handles: Sequence[str]) -> dict[str, Kept]:
        """Those of the handles that are in the ledger already."""
        with self.sessions.reading() as session:
            return keeping.met(session, mailbox, handles)

    def keep(self, arrived: Sequence[Arrived]) -> dict[str, Kept]:
        """Stores the bytes and a ledger row of each; of bytes met before, the row points at the first."""
        with self.sessions.transaction() as session:
            return keeping.keep(session, arrived, self.clock())

    def unfiled(self, mailbox: str) -> Iterator[Kept]:
        """Messages kept but not filed, without those that somebody else may have in hand at this moment."""
        with self.sessions.reading() as session:
            left = keeping.unfiled(session, elsewhere=self.mailboxes - {mailbox})
        return (keeping.kept(row) for row in left)

    def started(self, kept: Kept) -> int:
        """Whoever had it in hand before and is not this worker has died over it; a look in vain is no death."""
        with self.sessions.transaction() as session:
            row = _locked(session, [kept.id])[kept.id]
            row.deaths += row.in_hand_of not in ("", self.sessions.worker)
            row.in_hand_of = self.sessions.worker
            return row.deaths

    def raw(self, kept: Kept) -> bytes:
        """The bytes as they came."""
        with self.sessions.reading() as session:
            return session.get_one(Message, kept.id).file.content

    def known(self, clues: Sequence[Clues]) -> Sequence[Known]:
        """What the clues of each message lead to."""
        with self.sessions.reading() as session:
            return knowing.known(session, clues, self.office.own_addresses, self.office.receiving_servers)

    def file(self, understood: Sequence[tuple[Kept, Intake]]) -> dict[int, Kept]:
        """Acts on each verdict, once: a row that another worker has filed is left as it is. Returns them as filed."""
        with self.sessions.transaction() as session:
            rows = _locked(session, [kept.id for kept, _ in understood])
            for kept, intake in understood:
                if rows[kept.id].outcome is None:
                    filing.act_on(session, self.office, rows[kept.id], intake, WORKER, self.clock())
            keeping.tell_repeats(session, rows)
            return {id: keeping.kept(row) for id, row in rows.items()}

    def failed(self, kept: Kept, why: str, unread: bool = False) -> None:
        """Leaves the message on the pile, marked, with the reason; nameless where it must stay unread."""
        with self.sessions.transaction() as session:
            row = _locked(session, [kept.id])[kept.id]
            if row.outcome is None:
                if not unread:
                    filing.name(row, parse(row.file.content))
                if why.startswith(BARRED):
                    row.file.infected, row.file.scanned_at = why.removeprefix(BARRED), self.clock()
                filing.put_on_pile(row, Outcome.FAILED, [why])


def _locked(session: Session, ids: Sequence[int]) -> dict[int, Message]:
    """In the order of their numbers, so that two workers wait for each other instead of for ever; who keeps a copy
    of one, and only points at it, does not wait."""
    return {row.id: row for row in session.scalars(LOCKED, {"ids": list(ids)})}
