"""The lines to the children that read: questions go out all at once, and each answer must come within its time."""

import fcntl
import itertools
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .network import without_network

TOO_MUCH = "it needs more time or memory than a document may take"
MAX_ANSWER_BYTES = 64 << 20
_ROOT = Path(__file__).resolve().parents[2]
_CHILD = Path(__file__).with_name("child.py")
_START_SECONDS = 30
_AT_ONCE = 1 << 16
_ON_THE_WAY = 1 << 20  # as much as Linux allows anybody
_MEMORY_GIVEN_BACK = {  # for glibc: one heap, of which little is kept free: each child has its own
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(1 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 20),
}


class ChildDied(RuntimeError):
    """The child ended, or had to be given up, without an answer; the text says why, fit for the officer."""


@dataclass(frozen=True)
class Question:
    """A task for the child, over a document of that name and content."""

    task: str
    name: str
    content: bytes

    def parts(self) -> Iterable[bytes]:
        """What goes over the line: a line of lengths before all the rest."""
        task, name = self.task.encode(), self.name.encode("utf-8", "replace")[:1000]
        return f"{len(task)} {len(name)} {len(self.content)}\n".encode(), task, name, self.content


class Nest:
    """Children under limits, warm for their work from the start, with a line to each.

    The first makes itself ready and forks the others, which share its memory. They end together.
    """

    def __init__(self, memory: int, seconds: int, work: str, children: int) -> None:
        pipes = [(os.pipe(), os.pipe()) for _ in range(children - 1)]
        theirs = [end for (source, _), (_, answers) in pipes for end in (source, answers)]
        self.process = _started(memory, seconds, work, theirs)
        for end in theirs:
            os.close(end)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.lines = [Line(self.process.stdin, self.process.stdout, seconds)]
        for (_, questions), (answers, _) in pipes:
            self.lines.append(Line(os.fdopen(questions, "wb"), os.fdopen(answers, "rb"), seconds))
        self._asked = 0
        try:
            for line in self.lines:
                line.wait_until_ready()
        except ChildDied:
            self.end()
            raise ChildDied("the reader could not be started") from None

    @property
    def is_open(self) -> bool:
        return self.process.poll() is None and all(line.is_open for line in self.lines)

    def ask(self, questions: Sequence[Question]) -> "Iterator[Line]":
        """Ask the children in turn; return the line at which each answer comes, in the order of the questions."""
        begins = self._asked % len(self.lines)  # or the same one always had the document more
        self._asked += len(questions)
        lines = [*self.lines[begins:], *self.lines[:begins]]
        for at, line in enumerate(lines[: len(questions)]):
            line.ask(questions[at :: len(lines)])
        return itertools.islice(itertools.cycle(lines), len(questions))

    def end(self) -> None:
        """End the children, whatever they are at."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for line in self.lines:
            line.close()


class Line:
    """The line to one child. `ask`, as often as need be, and take each `answer` in turn."""

    def __init__(self, questions: IO[bytes], answers: IO[bytes], seconds: int) -> None:
        self.seconds = seconds
        self._questions, self._answers = questions, answers
        _widen(questions)
        self._feeder: threading.Thread | None = None
        self._received = bytearray()

    @property
    def is_open(self) -> bool:
        """Whether the child still holds its end."""
        return not self._tells(0, select.POLLHUP)

    def wait_until_ready(self) -> None:
        """Raises ChildDied when the child cannot make itself ready."""
        del self._received[: self._receive_line(time.monotonic() + _START_SECONDS)]

    def ask(self, questions: Sequence[Question]) -> None:
        """Send the questions on their way: while the child works on one, the next is at hand."""
        self._feeder = threading.Thread(target=self._feed, args=(questions, self._feeder), daemon=True)
        self._feeder.start()

    def answer(self) -> tuple[bytes, bool]:
        """Return the next answer, and whether the child has grown over it. Raises ChildDied when it takes too long."""
        ends = time.monotonic() + self.seconds
        start = self._receive_line(ends)
        length, _, grown = bytes(self._received[: start - 1]).partition(b" ")
        if not length.isdigit() or int(length) > MAX_ANSWER_BYTES:
            raise ChildDied(TOO_MUCH)
        end = start + int(length)
        while len(self._received) < end:
            self._receive(ends)
        answer = bytes(self._received[start:end])
        del self._received[:end]
        return answer, bool(grown)

    def close(self) -> None:
        """Let go of the line, once its child has ended."""
        if self._feeder is not None:
            self._feeder.join()
        for pipe in (self._questions, self._answers):
            with suppress(OSError):  # what was still on its way finds nobody
                pipe.close()

    def _feed(self, questions: Sequence[Question], before: threading.Thread | None) -> None:
        if before is not None:
            before.join()
        with suppress(OSError, ValueError):  # the child has ended: whoever waits for its answer will know
            for question in questions:
                self._questions.writelines(question.parts())
                self._questions.flush()

    def _receive_line(self, ends: float) -> int:
        """Return where the first line of what was received ends."""
        while (at := self._received.find(b"\n")) < 0:
            self._receive(ends)
        return at + 1

    def _receive(self, ends: float) -> None:
        if not self._tells(max(0.0, ends - time.monotonic()), select.POLLIN):
            raise ChildDied(TOO_MUCH)
        piece = os.read(self._answers.fileno(), _AT_ONCE)
        if not piece or len(self._received) > 2 * MAX_ANSWER_BYTES:
            raise ChildDied(TOO_MUCH)
        self._received += piece

    def _tells(self, seconds: float, what: int) -> bool:
        waiting = select.poll()
        waiting.register(self._answers, what)
        return bool(waiting.poll(seconds * 1000))


def _widen(pipe: IO[bytes]) -> None:
    """Let more than one document lie in a pipe, so that the child has the next one whatever we are at. Linux only."""
    with suppress(AttributeError, OSError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _ON_THE_WAY)


def _started(memory: int, seconds: int, work: str, others: Sequence[int]) -> "subprocess.Popen[bytes]":
    """Return a child with nothing of our environment, and the ends of the lines to `others` in pairs."""
    told = [str(_ROOT), str(memory), str(seconds), work, *map(str, others)]
    command = [*without_network(), sys.executable, "-I", str(_CHILD), *told]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "LANG": "C.UTF-8"} | _MEMORY_GIVEN_BACK,
        cwd="/",
        close_fds=True,
        pass_fds=others,
        process_group=0,  # that they can be ended together
    )
