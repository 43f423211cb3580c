"""Asks ClamAV's daemon, clamd, about files: what arrives is kept, and held unopened until it was looked at."""

from __future__ import annotations

import socket
import struct
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.files.model import File
from mail_intake.scanning import Barred, Scan, ScannerAway, nothing_to_ask

SECONDS = 60.0  # for one file
PIECE = 64 * 1024
AT_A_TIME = 20
FOUND, FAILED = " FOUND", " ERROR"


def scan_with(address: str) -> Scan:
    """Asks the clamd at `unix:/PATH` or `HOST:PORT`; without an address nothing is asked."""
    return (lambda content: scan(address, content)) if address else nothing_to_ask


def scan(address: str, content: bytes) -> None:
    """Raises Barred with what was found, ScannerAway when nobody answers."""
    try:
        with _connected(address) as connection:
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


def scan_waiting(session: Session, address: str, now: datetime) -> int:
    """Asks about files that nobody asked about yet, the oldest first; how many. Raises ScannerAway."""
    waiting = select(File).where(File.scanned_at.is_(None)).order_by(File.id).limit(AT_A_TIME)
    files = session.scalars(waiting).all()
    for file in files:
        try:
            scan(address, file.content)
        except Barred as why:
            file.infected = str(why)
        file.scanned_at = now
    if not files:
        scan(address, b"")  # to hear whether it is there
    return len(files)


def _connected(address: str) -> socket.socket:
    if address.startswith("unix:"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(SECONDS)
        connection.connect(address.removeprefix("unix:"))
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)


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
