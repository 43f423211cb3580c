"""An IMAP server that misbehaves as told: it hangs, drips, lies, hangs up, forgets, refuses and throttles."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

SECONDS_HANGING = 1.5
BACKOFF = b" NO [UNAVAILABLE] Request is throttled. Suggested Backoff Time: 100 milliseconds\r\n"
ABOUT = b'* 1 FETCH (UID %d RFC822.SIZE %s INTERNALDATE "23-Nov-2026 09:30:00 +0000")\r\n'


@dataclass
class ScriptedImap:
    """Speaks enough IMAP to be read from. `faults` strike at every chance, those of `once` a single time."""

    messages: dict[int, bytes]
    faults: set[str] = field(default_factory=set)
    once: set[str] = field(default_factory=set)
    capabilities: bytes = b"IMAP4rev1 MOVE UIDPLUS IDLE"
    address: str = "127.0.0.1"
    context: ssl.SSLContext | None = None
    heard: list[bytes] = field(default_factory=list)
    moved: dict[int, str] = field(default_factory=dict)
    folders: set[str] = field(default_factory=lambda: {"INBOX"})
    lines: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listener = socket.create_server((self.address, 0))
        self.port: int = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        for line in (self.listener, *self.lines):
            line.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            self.lines.append(line)
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _strikes(self, fault: str) -> bool:
        if fault in self.once:
            self.once.discard(fault)
            return True
        return fault in self.faults

    def _talk(self, line: socket.socket) -> None:
        try:
            line = self.context.wrap_socket(line, server_side=True) if self.context else line
            with line, line.makefile("rb") as heard:
                self._greet(line)
                for command in heard:
                    self.heard.append(command.strip())
                    tag, _, asked = command.strip().partition(b" ")
                    for piece in self._answer(tag, asked or tag):  # DONE comes without a tag
                        line.sendall(piece)
        except (OSError, EOFError):
            return

    def _greet(self, line: socket.socket) -> None:
        if self._strikes("silent from the start"):
            _hang()
        if self._strikes("full"):
            line.sendall(b"* BYE Too many connections\r\n")
            raise EOFError
        line.sendall(b"* OK [CAPABILITY %s] ready\r\n" % self.capabilities)

    def _answer(self, tag: bytes, asked: bytes) -> Iterator[bytes]:
        verb = asked.upper()
        for start, answer in self._answers().items():
            if verb.startswith(start):
                yield from answer(tag, asked)
                return
        if verb.startswith(b"CAPABILITY"):
            yield b"* CAPABILITY %s\r\n" % self.capabilities
        yield tag + b" OK done\r\n"

    def _answers(self) -> dict[bytes, Callable[[bytes, bytes], Iterator[bytes]]]:
        return {
            b"LOGIN": self._login,
            b"SELECT": self._select,
            b"UID SEARCH": self._search,
            b"UID FETCH": self._fetch,
            b"UID MOVE": self._move,
            b"UID COPY": self._copy,
            b"CREATE": self._create,
            b"LIST": self._list,
            b"IDLE": self._idle,
            b"DONE": self._done,
        }

    def _login(self, tag: bytes, asked: bytes) -> Iterator[bytes]:
        if self._strikes("wrong password"):
            yield tag + b" NO [AUTHENTICATIONFAILED] Authentication failed.\r\n"
        elif self._strikes("hangs up in its answer to the password"):
            yield tag[:-1]
            raise EOFError
        elif self._strikes("throttled at the door"):
            yield tag + BACKOFF
        else:
            yield tag + b" OK in\r\n"

    def _select(self, tag: bytes, asked: bytes) -> Iterator[bytes]:
        if self._strikes("no such folder"):
            yield tag + b" NO [NONEXISTENT] Mailbox doesn't exist: Post\r\n"
            return
        yield b"* %d EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n" % len(self.messages)
        yield tag + b" OK done\r\n"

    def _search(self, tag: bytes, asked: bytes) -> Iterator[bytes]:
        if self._strikes("throttled"):
            yield tag + BACKOFF
            return
        here = [uid for uid in self.messages if uid not in self.moved]
        yield b"* SEARCH %s\r\n" % b" ".join(str(uid).encode() for uid in here)
        yield tag + b" OK done\r\n"

    def _fetch(self, tag: bytes, asked: bytes) -> Iterator[bytes]:
        uids, _, what = asked[len(b"UID FETCH ") :].partition(b" ")
        for uid in map(int, uids.split(b",")):
            if self._strikes(f"brackets for {uid}"):
                yield b"* 1 FETCH (UID %d X %s%s)\r\n" % (uid, b"(" * 5000, b")" * 5000)
            elif b"RFC822.SIZE" in what:
                yield ABOUT % (uid, self._size(uid))
            else:
                yield from self._body(uid, what)
        yield tag + b" OK done\r\n"

    def _size(self, uid: int) -> bytes:
        if self._strikes("a size of nothing"):
            return b"NIL"
        if self._strikes("a size too small"):
            return b"5"
        return b"60000000" if self._strikes("a size too large") else b"%d" % len(self.messages[uid])

    def _body(self, uid: int, what: bytes) -> Iterator[bytes]:
        content = self.messages[uid]
        if self._strikes("hangs in the middle"):
            yield b"* 1 FETCH (UID %d BODY[] {%d}\r\n%s" % (uid, len(content), content[:10])
            _hang()
        if self._strikes("hangs up in the middle"):
            yield b"* 1 FETCH (UID %d BODY[] {%d}\r\n%s" % (uid, len(content), content[:10])
            raise EOFError
        if self._strikes("drips"):
            yield b"* 1 FETCH (UID %d BODY[] {%d}\r\n" % (uid, len(content))
            yield from _dripping(content)
        if self._strikes(f"no content for {uid}"):
            yield b"* 1 FETCH (UID %d BODY[] NIL)\r\n" % uid
        elif not self._strikes(f"leaves out {uid}"):
            slices = not self._strikes("knows no slices")
            name, part = _asked_part(what, content) if slices else (b"BODY[]", content)
            length = (
                len(part) + 10 * self._strikes("a length too long") - 5 * self._strikes("a length too short")
            )
            yield b"* 1 FETCH (UID %d %s {%d}\r\n%s)\r\n" % (uid, name, length, part)

    def _move(self, tag: bytes, asked: bytes) -> Iterator[bytes]:
        yield from self._take(tag, asked, "refuses to move")

    def _copy(self, tag: bytes, asked: bytes) -> Iterator[bytes]:
        yield from self._take(tag, asked, "refuses to copy")

    def _take(self, tag: bytes, asked: bytes, fault: str) -> Iterator[bytes]:
        uids, _, folder = asked.split(b" ", 2)[2].partition(b" ")
        name = folder.decode().strip('"')
        if self._strikes(fault) or name not in self.folders:
            yield tag + b" NO [TRYCREATE] not today\r\n"
            return
        self.moved |= {int(uid): name for uid in uids.split(b",")}
        yield tag + b" OK done\r\n"

    def _create(self, tag: bytes, asked: bytes) -> Iterator[bytes]:
        self.folders.add(asked.partition(b" ")[2].decode().strip('"'))
        yield tag + b" OK done\r\n"

    def _list(self, tag: bytes, asked: bytes) -> Iterator[bytes]:
        wanted = asked.split(b" ", 2)[2].decode().strip('"')
        if wanted in self.folders:
            yield b'* LIST () "/" "%s"\r\n' % wanted.encode()
        yield tag + b" OK done\r\n"

    def _idle(self, tag: bytes, asked: bytes) -> Iterator[bytes]:
        if self._strikes("refuses IDLE"):
            yield tag + b" BAD not here\r\n"
            return
        self.idling = tag
        yield b"+ idling\r\n"
        if self._strikes("drops IDLE"):
            raise EOFError

    def _done(self, tag: bytes, asked: bytes) -> Iterator[bytes]:
        if self._strikes("deaf while idle"):
            _hang()
        yield self.idling + b" OK done\r\n"


def _asked_part(what: bytes, content: bytes) -> tuple[bytes, bytes]:
    """The whole body, or the slice asked for, under the name it is answered by."""
    if b"<" not in what:
        return b"BODY[]", content
    start, length = map(int, what.partition(b"<")[2].partition(b">")[0].split(b"."))
    return b"BODY[]<%d>" % start, content[start : start + length]


def _dripping(content: bytes) -> Iterator[bytes]:
    for number in range(len(content)):
        time.sleep(0.1)
        yield content[number : number + 1]


def _hang() -> None:
    time.sleep(SECONDS_HANGING)
    raise EOFError
