"""A mailbox opened by its address: a Maildir folder, or a folder on an IMAP server."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from mail_intake.imap import Imap
from mail_intake.imap_line import Account
from mail_intake.maildir import Maildir
from mail_intake.source import FOLDERS, Folder, Mailbox, MailboxAway, MessageGone, Waited, Waiting

__all__ = [
    "FOLDERS",
    "Folder",
    "Mailbox",
    "MailboxAway",
    "MessageGone",
    "Waited",
    "Waiting",
    "name_of",
    "open_mailbox",
    "shown_as",
]

EXAMPLES = "maildir:var/mail/in or imaps://user@mail.example.org/INBOX"


def open_mailbox(url: str, password: str = "", token: Callable[[], str] | None = None) -> Mailbox:
    """The mailbox behind `maildir:PATH` or `imap(s)://user@host:port/FOLDER`.

    A scheme such as `imaps+microsoft` or `imaps+google` says where `token` comes from instead of a password.

    Raises ValueError, with a sentence saying what to write, when the address is not understood; MailboxAway
    when a folder cannot be made. An IMAP server is not asked before the first look.
    """
    if url.startswith("maildir:"):
        if not (path := url.removeprefix("maildir:")):
            raise ValueError(f"The mailbox address names no folder: write for example {EXAMPLES}.")
        return Maildir(Path(path))
    return Imap(account_of(url, password, token))


def name_of(url: str) -> str:
    """What the ledger calls the mailbox of this address."""
    return url if url.startswith("maildir:") else account_of(url).name


def shown_as(name: str) -> str:
    """A mailbox's name as a person reads it."""
    if name.startswith("maildir:"):
        return f"The folder {name.removeprefix('maildir:')}"
    account = account_of(name)
    return f"The mailbox {account.user} on {account.host} ({account.folder})"


def account_of(url: str, password: str = "", token: Callable[[], str] | None = None) -> Account:
    """The account that the address names. Raises ValueError as `open_mailbox` does."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise ValueError("The port in the mailbox address is not a number between 1 and 65535.") from None
    scheme = parts.scheme.partition("+")[0]
    if scheme not in ("imap", "imaps") or not parts.hostname or not parts.username:
        raise ValueError(f"The mailbox address is not understood: write for example {EXAMPLES}.")
    return Account(
        host=parts.hostname,
        port=port or (993 if scheme == "imaps" else 143),
        user=unquote(parts.username),
        password=password or unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        encrypted=scheme == "imaps",
        token=token,
    )
