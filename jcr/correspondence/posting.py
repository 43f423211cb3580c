"""Posts what is ready: claimed in one transaction, posted in none, settled in another.

A letter found *sending* after a crash may or may not have gone; a person is asked, nobody is written to twice unseen.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Protocol

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Status
from jcr.cases.service import is_walled_off
from jcr.cases.workflow import perform
from jcr.correspondence import links_sent
from jcr.correspondence.channels import DIRECT, channel_to, send_by
from jcr.correspondence.codes import put_code
from jcr.correspondence.contacts import TO_THE_REFERRER
from jcr.correspondence.model import Channel, Delivery, Kind, Letter, Way
from jcr.correspondence.service import Letterhead, came_back
from jcr.db import Sessions
from jcr.files.service import CALENDAR
from jcr.history.service import record
from jcr.roles import WORKER

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 5
FIRST_WAIT = timedelta(minutes=1)  # doubled at each attempt
CLAIM_HOLDS = timedelta(minutes=15)
BY_ITSELF = {  # RFC 3834, 5: what no person wrote says so, and is answered by no machine
    Kind.ACKNOWLEDGEMENT: "auto-replied",
    Kind.SCOPING_RECEIPT: "auto-replied",
    Kind.DRAFT_LINK: "auto-generated",
    Kind.LINK_CODE: "auto-generated",
    Kind.LINK_ANEW: "auto-generated",
    Kind.SCOPING_REMINDER: "auto-generated",
    Kind.SCOPING_ESCALATION: "auto-generated",
    Kind.MAILBOX_ALARM: "auto-generated",
    Kind.CASE_OPENED: "auto-generated",
    Kind.NEW_BROWSER: "auto-generated",
    Kind.ACCOUNT_CHANGED: "auto-generated",
    Kind.HISTORY_SEAL: "auto-generated",
}


class MayHaveGone(OSError):
    """The line broke when it was too late to tell whether the letter was taken: a person decides."""


class AddressRefused(OSError):
    """There is no such mailbox. Another attempt would change nothing."""


class PostAway(OSError):
    """The mail server cannot be reached, or does not let us in: no other letter would go just now either."""


# What goes to somebody because they are a party to the case: they know of it, whatever they declared
TO_A_PARTY = (*TO_THE_REFERRER, Kind.LINK_CODE, Kind.LINK_ANEW)
BEHIND_A_WALL = (
    "It was not posted: whoever has this address declared a conflict of interest on the case. "
    "Send it to somebody else."
)


class Post(Protocol):
    """Where letters go: SMTP in the field, a folder in the demonstration, a list in a test."""

    def deliver(self, message: EmailMessage) -> None:
        """Hands the message over; raises OSError when it could not, and says which if it matters what comes next."""


def post_ready(
    sessions: Sessions, post: Post, head: Letterhead, now: datetime, kinds: Collection[Kind] = tuple(Kind)
) -> int:
    """Posts every letter of these kinds that is ready and says how many went. Safe to run on several machines at once.

    While the server is away one letter a look finds that out, so that a worker told to stop does not wait for each.
    """
    with sessions.transaction() as session:
        _hand_over_the_unsure(session, now)
        waiting = session.scalars(_ready(now).where(Letter.kind.in_(kinds))).all()
    gone = 0
    for letter_id in waiting:
        try:
            gone += post_one(sessions, letter_id, post, head, now)
        except PostAway:
            break
    return gone


def _ready(now: datetime) -> Select[int]:
    due = or_(Letter.not_before.is_(None), Letter.not_before <= now)
    return select(Letter.id).where(Letter.delivery == Delivery.READY, due).order_by(Letter.id)


def _hand_over_the_unsure(session: Session, now: datetime) -> None:
    stuck = session.scalars(
        select(Letter).where(Letter.delivery == Delivery.SENDING, Letter.not_before <= now)
    )
    for letter in stuck:
        _unsure(
            session,
            letter,
            "The post stopped while this letter was going out. It may or may not have arrived.",
            now,
        )


def _unsure(session: Session, letter: Letter, why: str, now: datetime) -> None:
    letter.delivery, letter.last_error = Delivery.UNSURE, why
    links_sent.blot_out(session, letter)
    record(session, letter.case_id, WORKER, now, "could not tell whether a letter went", letter=letter.id)


def post_one(sessions: Sessions, letter_id: int, post: Post, head: Letterhead, now: datetime) -> bool:
    """Posts this letter if it is ready and no other worker has it; whether it went. Raises PostAway once that is
    noted with the letter."""
    message = _claim(sessions, letter_id, head, now)
    if message is None:
        return False
    try:
        post.deliver(message)
    except (OSError, ValueError) as why:  # ValueError: an address that no server takes
        log.warning("letter %s was not posted: %s", letter_id, type(why).__name__)
        _did_not_go(sessions, letter_id, why, now)
        if isinstance(why, PostAway):
            raise
        return False
    _settle(sessions, letter_id, now)
    return True


def _claim(sessions: Sessions, letter_id: int, head: Letterhead, now: datetime) -> EmailMessage | None:
    """Marks the letter as going out and returns it as a message; None when another worker has it."""
    with sessions.transaction() as session:
        mine = select(Letter).where(Letter.id == letter_id, Letter.delivery == Delivery.READY)
        letter = session.scalar(mine.with_for_update(skip_locked=True, of=Letter))
        if letter is None:
            return None
        if letter.kind not in TO_A_PARTY and is_walled_off(session, letter.case_id, letter.recipient):
            _give_up(session, letter, BEHIND_A_WALL, now)
            return None
        letter.delivery = Delivery.SENDING
        letter.not_before = now + CLAIM_HOLDS
        letter.attempts += 1
        try:
            message = as_message(letter, head, channel := channel_to(session, letter.recipient))
            if letter.kind is Kind.LINK_CODE:
                put_code(session, message, letter)
            send_by(session, message, letter, channel, head, now)
            return message
        except ValueError as why:  # such as an address over two lines: it holds up none of the others
            _give_up(session, letter, f"It cannot be written as an e-mail: {why}", now)
            return None


def as_message(letter: Letter, head: Letterhead, channel: Channel = DIRECT) -> EmailMessage:
    """The letter as an e-mail: one recipient, our own Message-ID, its enclosures under names without names."""
    message = EmailMessage()
    message["From"] = f"{head.partnership} <{head.address}>"
    message["To"] = letter.recipient
    if parseaddr(message["To"])[1] != parseaddr(letter.recipient)[1]:
        raise ValueError("its address stands for another one")
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = letter.message_id
    if letter.in_reply_to:
        message["In-Reply-To"] = message["References"] = letter.in_reply_to
    if letter.kind in BY_ITSELF:
        message["Auto-Submitted"] = BY_ITSELF[letter.kind]
        if BY_ITSELF[letter.kind] == "auto-replied":  # of the others we want to hear that they came back
            message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.body)
    enclosures = letter.enclosures if channel.way is not Way.LINK else ()
    for enclosure in (one for one in enclosures if one.file.type == CALENDAR):
        _as_invitation(message, enclosure.file.content)
    for enclosure in (one for one in enclosures if one.file.type != CALENDAR):
        main, _, sub = enclosure.file.type.partition("/")
        message.add_attachment(enclosure.file.content, maintype=main, subtype=sub, filename=enclosure.name)
    return message


def _as_invitation(message: EmailMessage, content: bytes) -> None:
    """Beside the words and not as a file, with its method: so mail programs offer to put it into the calendar."""
    text = content.decode("utf-8")
    method = text.partition("METHOD:")[2].partition("\r\n")[0]
    message.add_alternative(text, subtype="calendar", params={"method": method})


def _did_not_go(sessions: Sessions, letter_id: int, why: Exception, now: datetime) -> None:
    with sessions.transaction() as session:
        letter = session.get_one(Letter, letter_id)
        if isinstance(why, MayHaveGone):
            _unsure(session, letter, str(why), now)
        elif isinstance(why, AddressRefused):
            came_back(session, letter, str(why), WORKER, now)
        elif letter.attempts >= MAX_ATTEMPTS:
            _give_up(session, letter, str(why), now)
        else:
            letter.delivery, letter.last_error = Delivery.READY, str(why)[:500]
            letter.not_before = now + FIRST_WAIT * 2 ** (letter.attempts - 1)


def _give_up(session: Session, letter: Letter, why: str, now: datetime) -> None:
    letter.delivery, letter.last_error = Delivery.FAILED, why[:500]
    links_sent.blot_out(session, letter)
    record(session, letter.case_id, WORKER, now, "gave up posting a letter", why, letter=letter.id)


def _settle(sessions: Sessions, letter_id: int, now: datetime) -> None:
    with sessions.transaction() as session:
        letter = session.get_one(Letter, letter_id)
        letter.delivery, letter.sent_at, letter.last_error = Delivery.SENT, now, ""
        links_sent.blot_out(session, letter)
        record(
            session, letter.case_id, WORKER, now, f"posted the {letter.kind.shown}",
            letter=letter.id, message_id=letter.message_id,
        )  # fmt: skip
        if letter.kind is Kind.DECISION and letter.case_id:
            _decided(session, session.get_one(Case, letter.case_id), now)


def _decided(session: Session, case: Case, now: datetime) -> None:
    """A case is decided once the referrer's letter went (ToR 7.v)."""
    if case.status is Status.RATIFIED:
        perform(session, case, "tell_referrer", WORKER, now)
