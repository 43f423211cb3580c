"""Keeps the worker's heartbeats, and tells the administrators when a mailbox falls silent and when it is read again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.correspondence.model import Kind
from jcr.correspondence.service import Letterhead, write
from jcr.history.model import Seal
from jcr.history.sealing import line_of
from jcr.mailroom.model import Heartbeat
from jcr.mailroom.rules import POST, SCANNER, Pulse, secret_in_words, silence_in_words
from jcr.people.model import Person
from jcr.roles import WORKER, Role
from jcr.settings import Settings
from jcr.wording import local_day
from mail_intake.mailbox import shown_as

HEARTBEATS = select(Heartbeat)


def beat(session: Session, part: str, now: datetime, trouble: str = "") -> None:
    """Notes that a part of the worker is alive, and whether it went well or had trouble."""
    row = _row(session, part, now)
    row.beat_at, row.trouble = now, trouble
    if not trouble:
        row.well_at = now


def pulses(session: Session, parts: Sequence[str]) -> list[Pulse]:
    """How each of these parts does, in their order; one never heard of has no moments."""
    rows = {row.part: row for row in session.scalars(HEARTBEATS)}
    return [_pulse(rows[part]) if part in rows else Pulse(part) for part in parts]


def silences(session: Session, settings: Settings, now: datetime) -> list[str]:
    """The parts of the worker that are silent, a sentence each."""
    scanner = (SCANNER,) if settings.clamd else ()
    return [
        silence_in_words(pulse)
        for pulse in pulses(session, (*settings.mailbox_names, POST, *scanner))
        if pulse.is_silent(now, settings.silence)
    ]


def warnings(session: Session, settings: Settings, now: datetime) -> list[str]:
    """What the desk has to say about the mail: parts that are silent, and a secret about to end."""
    found = silences(session, settings, now)
    secret = secret_in_words(settings.oauth_secret_expires, local_day(now)) if settings.uses_tokens else ""
    return [*found, secret] if secret else found


def raise_alarms(
    session: Session, head: Letterhead, mailboxes: Sequence[str], allowed: timedelta, now: datetime
) -> None:
    """Writes to the administrators once when a mailbox falls silent, and once when it is read again."""
    for mailbox in mailboxes:
        row = _row(session, mailbox, now)
        silent = _pulse(row).is_silent(now, allowed)
        if silent and row.told_at is None:
            _tell(session, head, row, now, recovered=False)
            row.told_at = now
        elif not silent and row.told_at is not None:
            _tell(session, head, row, now, recovered=True)
            row.told_at = None


def tell_seal(session: Session, head: Letterhead, seal: Seal, now: datetime) -> None:
    """Writes a day's seal to the administrators: an e-mail is kept where the holder of the database cannot reach."""
    facts = {"day": seal.day, "number": seal.number, "line": line_of(seal)}
    for person in _administrators(session):
        occasion = f"history_seal:{seal.day.isoformat()}:{person.id}"
        write(session, head, Kind.HISTORY_SEAL, occasion, person.email, facts, WORKER, now)


def _row(session: Session, part: str, now: datetime) -> Heartbeat:
    row = session.scalar(select(Heartbeat).where(Heartbeat.part == part).with_for_update())
    if row is None:
        row = Heartbeat(part=part, since=now)
        session.add(row)
        session.flush()
    return row


def _pulse(row: Heartbeat) -> Pulse:
    return Pulse(row.part, row.since, row.well_at, row.trouble, row.told_at)


def _tell(session: Session, head: Letterhead, row: Heartbeat, now: datetime, recovered: bool) -> None:
    facts = {
        "mailbox": shown_as(row.part),
        "since": _pulse(row).silent_since(),
        "told_at": row.told_at,
        "trouble": row.trouble,
        "recovered": recovered,
    }
    for person in _administrators(session):
        occasion = f"mailbox_alarm:{row.id}:{now.isoformat()}:{person.id}"
        write(session, head, Kind.MAILBOX_ALARM, occasion, person.email, facts, WORKER, now)


def _administrators(session: Session) -> Sequence[Person]:
    mine = select(Person).where(Person.role == Role.ADMINISTRATOR, Person.active)
    return session.scalars(mine.order_by(Person.id)).all()
