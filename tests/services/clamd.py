"""A small server that speaks clamd's protocol on a socket, and knows one virus: the test file of EICAR."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingUnixStreamServer
from threading import Thread

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LARGEST = 1_000_000  # bytes; clamd's StreamMaxLength


class _Scan(StreamRequestHandler):
    def handle(self) -> None:
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > LARGEST:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.meanwhile()  # type: ignore[attr-defined]
        self.wfile.write(b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0")


@contextmanager
def clamd(folder: Path, meanwhile: Callable[[], object] = lambda: None) -> Iterator[str]:
    """The address at which it answers until the block ends; `meanwhile` is done before each answer."""
    path = folder / "clamd.ctl"
    path.unlink(missing_ok=True)
    with ThreadingUnixStreamServer(str(path), _Scan) as server:
        server.meanwhile = meanwhile  # type: ignore[attr-defined]
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield f"unix:{path}"
        finally:
            server.shutdown()
