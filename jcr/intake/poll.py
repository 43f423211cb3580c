"""One look at the mailbox that the settings name: everything that waits is kept, understood and filed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from forms.reading.sandbox import Reader
from jcr.cases.holidays import calendar_of
from jcr.correspondence.service import letterhead
from jcr.db import Sessions
from jcr.files.patience import patient_scan
from jcr.intake.filing import Office
from jcr.intake.registry import Ledger
from jcr.settings import Settings
from mail_intake.mailbox import Mailbox
from mail_intake.poller import Tally, poll

__all__ = ["Tally", "office_of", "poll_once"]


def poll_once(
    sessions: Sessions,
    settings: Settings,
    mailbox: Mailbox,
    reader: Reader,
    clock: Callable[[], datetime],
    go_on: Callable[[], bool] = lambda: True,
) -> Tally:
    """Takes in what waits, for as long as it may `go_on`, and counts it. Raises MailboxAway when it cannot be read.

    The mailbox is the caller's, opened once: it remembers when to try again and what it could not fetch.
    """
    ledger = Ledger(sessions, office_of(sessions, settings), clock, settings.mailbox_names)
    return poll(mailbox, ledger, reader.read_all, scan=patient_scan(settings.clamd), go_on=go_on)


def office_of(sessions: Sessions, settings: Settings) -> Office:
    """Whose letters go out, which days are worked, and which servers vouch for senders."""
    with sessions.reading() as session:
        calendar = calendar_of(session, settings.one_off_bank_holidays)
    return Office(letterhead(settings), calendar, frozenset(settings.receiving_servers))
