"""The floor and the plain pipeline of the mail race: `python -m tests.bench.mail.contestants NAME URL PASSWORD FOLDER`.

Each is made ready first; its run is then measured and printed as one line of JSON.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

import docx
from imapclient import IMAPClient
from pypdf import PdfReader

from tests.bench.mail.run import Taken, measured

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
AT_ONCE = 50  # messages fetched
Act = Callable[[], Taken]


def floor(url: str, password: str, folder: Path) -> Act:
    """Every message fetched, and nothing done with it."""
    return lambda: Taken(sum(len(raws) for raws in _fetched(url, password)))


def plain(url: str, password: str, folder: Path) -> Act:
    """What a plain script does: the standard parser, python-docx, pypdf, files and a commit for each message."""
    database = sqlite3.connect(folder / "plain.db", isolation_level=None)
    for setting in ("journal_mode=WAL", "synchronous=FULL"):
        database.execute(f"PRAGMA {setting}")
    database.execute("CREATE TABLE messages (sha256 TEXT PRIMARY KEY, body TEXT, fields TEXT)")
    return lambda: Taken(
        sum(_take_in(raw, database, folder) for raws in _fetched(url, password) for raw in raws)
    )


def _take_in(raw: bytes, database: sqlite3.Connection, folder: Path) -> int:
    found = message_from_bytes(raw, policy=default)
    assert isinstance(found, EmailMessage)
    _put(folder / hashlib.sha256(raw).hexdigest(), raw)
    fields = [_fields(part, folder) for part in found.iter_attachments()]
    body = found.get_body(("plain", "html"))
    row = (hashlib.sha256(raw).hexdigest(), body.get_content() if body else "", json.dumps(fields))
    database.execute("BEGIN IMMEDIATE")
    database.execute("INSERT INTO messages VALUES (?, ?, ?)", row)
    database.execute("COMMIT")
    return 1


def _fields(part: EmailMessage, folder: Path) -> dict[str, str]:
    content = part.get_content()
    _put(folder / hashlib.sha256(content).hexdigest(), content)
    if part.get_content_type() == WORD:
        rows = (row.cells for table in docx.Document(io.BytesIO(content)).tables for row in table.rows)
        return {cells[0].text: cells[-1].text for cells in rows}
    if part.get_content_type() == PDF:
        fields = PdfReader(io.BytesIO(content)).get_fields() or {}
        return {name: str(field.value) for name, field in fields.items()}
    return {}


def _put(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _fetched(url: str, password: str) -> Iterator[list[bytes]]:
    parts = urlsplit(url)
    client = IMAPClient(parts.hostname, parts.port, ssl=False)
    client.login(parts.username, password)
    client.select_folder("INBOX")
    uids = client.search("ALL")
    for start in range(0, len(uids), AT_ONCE):
        answer = client.fetch(uids[start : start + AT_ONCE], ["BODY.PEEK[]"])
        yield [parts[b"BODY[]"] for parts in answer.values()]
    client.logout()


CONTESTANTS = {"floor": floor, "plain": plain}

if __name__ == "__main__":
    name, url, password, folder = sys.argv[1:]
    measured(CONTESTANTS[name](url, password, Path(folder)))
