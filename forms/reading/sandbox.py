"""The reader in a warm child process under limits, so that no document can harm the process that asks."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from forms.paper.pack import Pack, as_bytes

from . import conversion
from .converted import read_converted
from .formats import CONVERTED, sort_of
from .limits import MAX_BYTES, Refused
from .network import without_network
from .result import Reading, could_not_be_read

MEMORY_BYTES = 512 << 20
SECONDS = 10
DOCUMENTS = 2000  # a child that has read so many, or has grown, is replaced: nothing can build up in it
MAX_ANSWER_BYTES = 64 << 20
_ROOT = Path(__file__).resolve().parents[2]
_CHILD = Path(__file__).with_name("child.py")
_START_SECONDS = 30
_MEMORY_GIVEN_BACK = {  # for glibc: one heap, and what a large document took goes back to the system at once
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(256 << 10),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 20),
}


class Reader:
    """Reads documents in a child process; one at a time, for any number of threads.

    A child that breaks a limit is killed and replaced; the document comes back as "could not be read safely".
    """

    def __init__(
        self, memory: int = MEMORY_BYTES, seconds: int = SECONDS, documents: int = DOCUMENTS
    ) -> None:
        self.memory, self.seconds, self.documents = memory, seconds, documents
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._read = 0

    def __enter__(self) -> Self:
        self.warm()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm(self) -> None:
        """Start the child before the first document comes."""
        with self._lock:
            self._ready()

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def read(self, name: str, content: bytes) -> Reading:
        """Return the reading of a document; never raises, and takes at most `seconds` and a start of the child."""
        if len(content) > MAX_BYTES:
            return could_not_be_read("it is larger than 25 MB")
        sort = sort_of(content)
        if sort in CONVERTED:
            try:
                return read_converted(content, sort, lambda made: self.read(name, made))
            except Refused as refused:
                return could_not_be_read(str(refused))
        with self._lock:
            try:
                return Reading.from_json(json.loads(self._ask("read", name, content)))
            except Exception as error:  # whatever the child did, the caller gets a reading
                self._end()
                return could_not_be_read(_why(error))

    def layout(self, content: bytes) -> dict[str, Any]:
        """Return how a document looks, as `looking.laid_out` gives it; empty when it cannot be shown."""
        try:
            sort = sort_of(content)
            if sort in CONVERTED and conversion.is_possible():
                content = conversion.to_docx(content, sort)
            answer = self._look("layout", content)
            return json.loads(answer) if answer else {}
        except (Refused, ValueError):
            return {}

    def page(self, content: bytes, number: int) -> bytes:
        """Return a page of a PDF, counted from one, as a PNG picture; empty when it cannot be shown."""
        return self._look(f"page {number}", content)

    def fault(self, content: bytes) -> str:
        """Return what keeps a paper from being taken, in words that say what to do; nothing when it may be."""
        answer = self._look("fault", content)
        return (
            str(json.loads(answer))
            if answer
            else "It cannot be opened safely. Print it to a new PDF, and send that."
        )

    def packed(self, pack: Pack) -> bytes:
        """Return the papers of a meeting as one PDF; empty when that takes more than it may."""
        with self._lock:
            try:
                return self._ask("pack", "", as_bytes(pack))
            except Exception:  # whatever the child did, the caller gets an answer
                self._end()
                return b""

    def _look(self, task: str, content: bytes) -> bytes:
        if len(content) > MAX_BYTES:
            return b""
        with self._lock:
            try:
                return self._ask(task, "", content)
            except Exception:  # whatever the child did, the caller gets an answer
                self._end()
                return b""

    def _ask(self, task: str, name: str, content: bytes) -> bytes:
        child = self._ready()
        timer = threading.Timer(self.seconds, child.kill)
        timer.start()
        try:
            answer, grown = _exchange(child, task, name, content)
        finally:
            timer.cancel()
        self._read += 1
        if grown or self._read >= self.documents:
            self._end()
        return answer

    def _ready(self) -> "subprocess.Popen[bytes]":
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._end()
        self._child = _start(self.memory, self.seconds)
        self._read = 0
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


def _start(memory: int, seconds: int) -> "subprocess.Popen[bytes]":
    """Start a child with nothing of our environment, and wait until it is warm."""
    command = [*without_network(), sys.executable, "-I", str(_CHILD), str(_ROOT), str(memory), str(seconds)]
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "LANG": "C.UTF-8"} | _MEMORY_GIVEN_BACK,
        cwd="/",
        close_fds=True,
    )
    timer = threading.Timer(_START_SECONDS, child.kill)
    timer.start()
    try:
        assert child.stdout is not None
        if child.stdout.readline() != b"ready\n":
            child.kill()
            child.wait()
            raise ChildDied("the reader could not be started")
    finally:
        timer.cancel()
    return child


class ChildDied(RuntimeError):
    """The child ended without an answer."""


def _exchange(child: "subprocess.Popen[bytes]", task: str, name: str, content: bytes) -> tuple[bytes, bool]:
    """Send one document; return the child's answer, and whether it has grown. A line of lengths goes before each."""
    assert child.stdin is not None
    assert child.stdout is not None
    asked, called = task.encode(), name.encode("utf-8", "replace")[:1000]
    child.stdin.write(f"{len(asked)} {len(called)} {len(content)}\n".encode() + asked + called + content)
    child.stdin.flush()
    length, _, grown = child.stdout.readline(32).strip().partition(b" ")
    if not length.isdigit() or int(length) > MAX_ANSWER_BYTES:
        raise ChildDied("it needs more time or memory than a document may take")
    answer = child.stdout.read(int(length))
    if len(answer) != int(length):
        raise ChildDied("it needs more time or memory than a document may take")
    return answer, bool(grown)


def _why(error: Exception) -> str:
    if isinstance(error, ChildDied):
        return str(error)
    if isinstance(error, OSError):
        return "it needs more time or memory than a document may take"
    return f"the reader failed on it ({type(error).__name__})"
