"""Tries a mailbox step by step, as the poller would, and says in plain words what works and what is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mail_intake.imap_line import TROUBLE, Account, greeted, selected, sign_in
from mail_intake.mailbox import account_of
from mail_intake.maildir import Maildir
from mail_intake.source import MailboxAway
from mail_intake.trouble import Trouble, in_words

PATIENCE = 10.0  # seconds: a person waits for the answer
STEPS = ("Reach the server", "Sign in", "Open the folder")


@dataclass(frozen=True)
class Step:
    """One step, whether it went well, and in words what was found."""

    name: str
    well: bool
    words: str


def tried(url: str, password: str = "", token: Callable[[], str] | None = None) -> list[Step]:
    """The steps up to the first that fails. Changes nothing in the mailbox; never raises."""
    if url.startswith("maildir:"):
        return list(_tried_folder(Path(url.removeprefix("maildir:"))))
    account, found = account_of(url, password, token), list[Step]()
    try:
        for step in _tried(account):
            found.append(step)
    except MailboxAway as why:
        found.append(Step(STEPS[len(found)], False, str(why)))
    except TROUBLE as why:
        slow = bool(found) and isinstance(why, TimeoutError)
        words = f"{Trouble.SLOW.format(host=account.host)}." if slow else in_words(why, account.host)
        found.append(Step(STEPS[len(found)], False, words))
    return found


def _tried(account: Account) -> Iterator[Step]:
    client = greeted(account, PATIENCE)
    try:
        yield Step(STEPS[0], True, _safety(account))
        sign_in(client, account)
        yield Step(STEPS[1], True, f"{account.user} is let in")
        selected(client, account)
        there = f"{account.folder} is there, and {_messages(len(client.search('ALL')))} in it"
        yield Step(STEPS[2], True, f"{there}. {_told(client)}")
    finally:
        client.shutdown()


def _safety(account: Account) -> str:
    return f"{account.host} answers" + (", and its certificate is good" if account.encrypted else "")


def _told(client: Any) -> str:
    if client.has_capability("IDLE"):
        return "The server tells of new mail by itself"
    return "The server does not tell of new mail by itself, so it is looked at from time to time"


def _messages(count: int) -> str:
    return "1 message waits" if count == 1 else f"{count} messages wait"


def _tried_folder(path: Path) -> Iterator[Step]:
    try:
        count = sum(1 for _ in Maildir(path).waiting())
    except MailboxAway as why:
        yield Step(STEPS[2], False, str(why))
    else:
        yield Step(STEPS[2], True, f"{path} is there, and {_messages(count)} in it")
