"""Time from mailbox to case or pile, message by message, against parsing alone and a plain pipeline."""

from __future__ import annotations

import io
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path

import docx
from sqlalchemy import func, select

from forms import FORMS, Stamp
from forms import text as text_form
from forms import word as word_form
from forms.reading.sandbox import Reader
from jcr import demonstration, migrating
from jcr.correspondence.model import Letter
from jcr.db import Sessions, make_engine
from jcr.files.service import WORD
from jcr.intake.model import Message, Outcome
from jcr.intake.poll import Tally, poll_once
from jcr.settings import Settings
from jcr.worker import opened
from tests.bench.referral import answers_about, message
from tests.bench.table import Times, ms, show
from tests.bench.walking import NOW

A_KIND = 50  # messages
KINDS = ("referral in our Word form", "referral as plain text", "reply or other letter")


@dataclass
class Raced:
    """How long messages of one kind took: ours, the floor, and the plain pipeline."""

    ours: Times = field(default_factory=Times)
    floor: Times = field(default_factory=Times)
    plain: Times = field(default_factory=Times)


def bench(folder: Path) -> None:
    """Prints the table. Raises RuntimeError when a message did not get where it belongs."""
    settings = Settings(
        secret_key="a secret for the bench that is long enough",
        database_url=f"sqlite:///{folder}/intake.db",
        mailbox_url=f"maildir:{folder}/mailbox",
    )
    sessions = Sessions(make_engine(settings.database_url))
    migrating.upgrade(sessions.engine)
    with sessions.transaction() as session:
        demonstration.fill(session, NOW)
    raced = {kind: Raced() for kind in KINDS}
    with Reader() as reader, opened(settings, sessions) as [mailbox], PlainPipeline(folder) as plain:

        def look() -> Tally:
            return poll_once(sessions, settings, mailbox, reader, _now)

        look()  # the code is loaded
        for number, (kind, made) in enumerate(_messages(sessions)):
            path = folder / "messages" / str(number)
            path.write_bytes(made.as_bytes(policy=SMTP))
            shutil.copy(path, folder / "mailbox" / "new")
            _race(raced[kind], path, look, plain)
    _must_have_arrived(sessions)
    _print(raced)


def _messages(sessions: Sessions) -> Iterator[tuple[str, EmailMessage]]:
    """The kinds one after the other: replies answer the letters that the referrals before them caused."""
    for number in range(A_KIND):
        yield KINDS[0], word_referral(number)
    for number in range(A_KIND, 2 * A_KIND):
        yield KINDS[1], text_referral(number)
    with sessions.reading() as session:
        letters = session.scalars(select(Letter.message_id).order_by(Letter.id)).all()
    for number in range(A_KIND):
        yield KINDS[2], reply(number, letters[number]) if number % 2 else question(number)


def sender(number: int) -> str:
    """Each referral from somebody else: one sender gets one acknowledgement a day."""
    return f"Morwenna Hartigan <m.hartigan.{number}@police.example>"


def word_referral(number: int) -> EmailMessage:
    form = FORMS["referral"]
    content = word_form.blank(form, answers_about(number), Stamp(kind="referral", edition=form.edition))
    made = message(
        number, sender(number), "Referral for a joint case review", "Please find our referral attached."
    )
    main, _, sub = WORD.partition("/")
    made.add_attachment(content, maintype=main, subtype=sub, filename="referral.docx")
    return made


def text_referral(number: int) -> EmailMessage:
    form = FORMS["referral"]
    words = text_form.blank(form, answers_about(number), Stamp(kind="referral", edition=form.edition))
    return message(number, sender(number), "Referral for a joint case review", words)


def reply(number: int, to: str) -> EmailMessage:
    words = f"Thank you for your letter.\nThe answer to question {number} follows next week.\n"
    made = message(1000 + number, sender(number), "Re: your letter", words)
    made["In-Reply-To"] = made["References"] = to
    return made


def question(number: int) -> EmailMessage:
    words = f"Dear colleagues,\nwhen do you meet next, and may I bring matter {number}?\nKind regards\n"
    return message(2000 + number, f"A Colleague <colleague{number}@elsewhere.example>", "A question", words)


def _race(raced: Raced, path: Path, look: Callable[[], Tally], plain: Callable[[Path], None]) -> None:
    """Each of the three starts from the bytes in a file."""
    raced.floor.take(lambda: parsed(path))
    raced.plain.take(lambda: plain(path))
    tally = raced.ours.take(look)
    if (tally.met, tally.failed, tally.repeated) != (1, 0, 0):
        raise RuntimeError(f"a message was not taken in as it should be: {tally}")


def parsed(path: Path) -> EmailMessage:
    """The floor: the message taken apart by the standard library, every part decoded."""
    found = message_from_bytes(path.read_bytes(), policy=default)
    for part in found.walk():
        if not part.is_multipart():
            part.get_content()
    return found


class PlainPipeline:
    """What a plain script would do: parse, read every cell with python-docx, one durable commit a message."""

    def __init__(self, folder: Path) -> None:
        (folder / "messages").mkdir()
        self.database = sqlite3.connect(folder / "plain.db")

    def __enter__(self) -> Callable[[Path], None]:
        for setting in ("journal_mode=WAL", "synchronous=FULL"):
            self.database.execute(f"PRAGMA {setting}")
        self.database.execute("CREATE TABLE messages (id INTEGER PRIMARY KEY, raw BLOB, words TEXT)")
        return self.take_in

    def __exit__(self, *_: object) -> None:
        self.database.close()

    def take_in(self, path: Path) -> None:
        found = parsed(path)
        words = "\n".join(_words(part) for part in found.walk() if not part.is_multipart())
        with self.database:
            self.database.execute(
                "INSERT INTO messages (raw, words) VALUES (?, ?)", (path.read_bytes(), words)
            )


def _words(part: EmailMessage) -> str:
    if part.get_content_type() != WORD:
        return str(part.get_content())
    document = docx.Document(io.BytesIO(part.get_content()))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def _must_have_arrived(sessions: Sessions) -> None:
    with sessions.reading() as session:
        found = dict(session.execute(select(Message.outcome, func.count()).group_by(Message.outcome)).all())
    if found.get(Outcome.REFERRAL) != 2 * A_KIND or sum(found.values()) != 3 * A_KIND:
        raise RuntimeError(f"messages did not get where they belong: {found}")


def _print(raced: dict[str, Raced]) -> None:
    every = Raced()
    for one in raced.values():
        for name in ("ours", "floor", "plain"):
            getattr(every, name).each.extend(getattr(one, name).each)
    rows = [_row(kind, one) for kind, one in (*raced.items(), ("all", every))]
    heads = (
        "message", "median ms", "p95 ms", "parse only ms", "× parse only", "plain pipeline ms",
        "× plain pipeline",
    )  # fmt: skip
    note = (
        "From the file in the mailbox to the case or the pile, committed to disk; forms read in the sandbox."
    )
    show(f"Mail, {len(every.ours.each)} messages", heads, rows, note)


def _row(kind: str, one: Raced) -> tuple[str, ...]:
    ours, floor, plain = one.ours, one.floor, one.plain
    return (
        kind, ms(ours.median), ms(ours.p95), ms(floor.median), ours.times(floor), ms(plain.median),
        ours.times(plain),
    )  # fmt: skip


def _now() -> datetime:
    return datetime.now(UTC)
