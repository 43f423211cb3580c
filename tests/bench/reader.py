"""The child process that reads documents, watched from outside: its own processor time and its memory at most."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from forms.reading.sandbox import Reader
from tests.bench.mail.run import children

DOCUMENTS = 100_000  # more than any bench reads, so that one child reads them all
LIBRARIES = "import sys, lxml.etree, pikepdf, pypdf, wtforms; print('ready', flush=True); sys.stdin.read()"


class Watched:
    """A warm reader and its child."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.child = children(os.getpid())[-1]
        self._clock = (~self.child << 3) | 2  # clock_getcpuclockid, which Python does not offer

    def read(self, content: bytes) -> float:
        """Read a document; return the milliseconds its child was at work. RuntimeError when it is refused."""
        began = time.clock_gettime(self._clock)
        reading = self.reader.read("document", content)
        if reading.kind == "other":
            raise RuntimeError(f"a document of the bench was not read: {reading.problems}")
        return (time.clock_gettime(self._clock) - began) * 1000

    def most_memory(self) -> float:
        """The most megabytes the child has had resident so far."""
        return _most_memory(self.child)


@contextmanager
def watched() -> Iterator[Watched]:
    with Reader(documents=DOCUMENTS) as reader:
        yield Watched(reader)


def memory_of_libraries() -> float:
    """The megabytes of a Python that has only imported the libraries a reader needs."""
    program = [sys.executable, "-c", LIBRARIES]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        found = _most_memory(process.pid)
        process.kill()
    return found


def _most_memory(process: int) -> float:
    said = re.search(r"^VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(), re.M)
    assert said is not None
    return int(said[1]) / 1024
