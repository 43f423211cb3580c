"""Asks ClamAV's daemon, clamd, about files: what arrives is kept, and held unopened until it was looked at."""

from __future__ import annotations

import socket
import struct
from datetime import datetime

from sqlalchemy import func, select, update

from jcr.db import Sessions
from jcr.files.model import File
from mail_intake.scanning import Barred, Scan, ScannerAway, ScannerSilent, nothing_to_ask

SECONDS = 150.0  # for one file: clamd itself says after 120 (MaxScanTime) that it leaves it at that
ON_A_PAGE = 20.0  # while somebody waits, and on SQLite everybody else who wants to write
PIECE = 64 * 1024
AT_A_TIME = 20
FOUND, FAILED = " FOUND", " ERROR"


def scan_with(address: str, seconds: float = SECONDS) -> Scan:
    """Asks the clamd at `unix:/PATH` or `HOST:PORT`; without an address nothing is asked."""
    return (lambda content: scan(address, content, seconds)) if address else nothing_to_ask


def scan(address: str, content: bytes, seconds: float = SECONDS) -> None:
    """Raises Barred with what was found, ScannerAway when nobody answers in so many seconds."""
    try:
        with _connected(address, seconds) as connection:
            answer = _asked(connection, content)
    except OSError as why:
        raise ScannerAway(
            f"The virus scanner cannot be reached ({why.strerror or type(why).__name__})."
        ) from why
    if answer.endswith(FOUND):
        raise Barred(f"the virus scanner found {answer.removeprefix('stream: ').removesuffix(FOUND)} in it")
    if answer.endswith(FAILED):
        raise Barred(f"the virus scanner does not take it ({answer.removesuffix(FAILED)})")
    if answer != "stream: OK":
        raise ScannerAway("The virus scanner did not answer as one.")


def scan_waiting(sessions: Sessions, ask: Scan, now: datetime) -> int:
    """Asks about files that nobody asked about yet; how many. Raises ScannerAway; what was told until then is kept.

    In no order, so that those of which the scanner says nothing do not hold up the others; and in no
    transaction, since on SQLite nobody else could write meanwhile.
    """
    waiting = select(File.id).where(File.scanned_at.is_(None)).order_by(func.random()).limit(AT_A_TIME)
    with sessions.reading() as reading:
        files = reading.scalars(waiting).all()
    for file in files:
        with sessions.reading() as reading:
            content = reading.scalars(select(File.content).where(File.id == file)).first()
        if content is None:  # it went meanwhile, with a record that was destroyed
            continue
        infected = ""
        try:
            ask(content)
        except Barred as why:
            infected = str(why)
        except ScannerSilent:
            continue
        told = update(File).where(File.id == file).values(infected=infected, scanned_at=now)
        with sessions.transaction() as writing:
            writing.execute(told)
    if not files:
        ask(b"")  # to hear whether it is there
    return len(files)


def _connected(address: str, seconds: float) -> socket.socket:
    if address.startswith("unix:"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(seconds)
        connection.connect(address.removeprefix("unix:"))
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)


def _asked(connection: socket.socket, content: bytes) -> str:
    """Sends the content as clamd's INSTREAM wants it: each piece behind its length, then a length of none."""
    try:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            connection.sendall(struct.pack("!I", len(piece)) + piece)
        connection.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it hangs up on what is too large, and has said so before
    told = b""
    while not told.endswith(b"\0") and (more := connection.recv(4096)):
        told += more
    return told.rstrip(b"\0\n").decode("utf-8", "replace")
