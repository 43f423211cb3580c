"""Keeps a file's bytes in the act's own transaction; the same content is kept once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jcr.db import add_missing
from jcr.files.model import File

MAX_UPLOAD_BYTES = 25 * 1024 * 1024
BINARY = "application/octet-stream"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
CALENDAR = "text/calendar"
MAGIC = (
    (b"%PDF-", PDF),
    (b"PK\x03\x04", WORD),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"BEGIN:VCALENDAR", CALENDAR),
)
STORED = (
    select(File.sha256, File.id)
    .where(File.sha256.in_(bindparam("contents", expanding=True)))
    .order_by(File.id)
    .with_for_update(key_share=True)
)


def keep(session: Session, content: bytes, now: datetime, type: str = "") -> File:
    """The stored file with this content, new or already there."""
    sha256 = hashlib.sha256(content).hexdigest()
    known = select(File).where(File.sha256 == sha256)
    if found := session.scalar(known):
        return found
    file = File(sha256=sha256, content=content, size=len(content), type=type or type_of(content), kept_at=now)
    try:
        with session.begin_nested():
            session.add(file)
    except IntegrityError:  # the same content came to somebody else at this moment
        return session.scalars(known).one()
    return file


def keep_all(session: Session, contents: Mapping[str, bytes], now: datetime, type: str) -> dict[str, int]:
    """Keeps many contents, named by their SHA-256, and returns the number of each file.

    The files are locked until the transaction ends, so that of two workers with the same content one waits.
    """
    rows = (
        {"sha256": sha256, "content": content, "size": len(content), "type": type, "kept_at": now}
        for sha256, content in sorted(contents.items())
    )
    add_missing(session, File, list(rows), "sha256")
    return {row.sha256: row.id for row in session.execute(STORED, {"contents": list(contents)})}


def type_of(content: bytes) -> str:
    """The type the first bytes tell; what a sender calls a file is not asked."""
    return next((type for magic, type in MAGIC if content.startswith(magic)), BINARY)
