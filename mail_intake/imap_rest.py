"""Where settled mail of an IMAP server comes to rest: folders made when missing, messages moved without harm."""

import contextlib
import logging
from typing import Any

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from mail_intake.source import Folder

log = logging.getLogger(__name__)


def moved_to_rest(client: Any, uids: list[int], folder: Folder) -> bool:
    """Move the messages of the selected folder; False when the server refuses, and they stay where they are."""
    try:
        name = _folder_of_rest(client, folder)
        return _moved(client, uids, name) or _copied(client, uids, name)
    except IMAPClientAbortError:
        raise  # the line is gone, not the wish
    except IMAPClientError as why:
        log.warning("%d messages stay in the mailbox: the server does not move them to %s (%s)",
                    len(uids), folder, why)  # fmt: skip
        return False


def _moved(client: Any, uids: list[int], folder: str) -> bool:
    if not client.has_capability("MOVE"):
        return False
    try:
        client.move(uids, folder)
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        return False
    return True


def _copied(client: Any, uids: list[int], folder: str) -> bool:
    """A plain EXPUNGE would also remove what other people have marked: without UIDPLUS a message stays."""
    if not client.has_capability("UIDPLUS"):
        return False
    client.copy(uids, folder)
    client.delete_messages(uids, silent=True)
    client.uid_expunge(uids)
    return True


def _folder_of_rest(client: Any, folder: Folder) -> str:
    prefix, separator = _namespace(client)
    joined = prefix if not prefix or prefix.endswith(separator) else prefix + separator
    name = joined + folder
    if not client.folder_exists(name):
        with contextlib.suppress(IMAPClientError):
            client.create_folder(name)
            client.subscribe_folder(name)
    return name


def _namespace(client: Any) -> tuple[str, str]:
    """Where this account keeps its own folders: at the top, or under INBOX with some separator."""
    if not client.has_capability("NAMESPACE"):
        return "", "/"
    personal = client.namespace().personal or (("", "/"),)
    return str(personal[0][0]), str(personal[0][1] or "/")
