"""A child of `forms.reading.sandbox`: reads documents that come over its line under limits, one after another."""

import gc
import json
import os
import resource
import signal
import sys
from collections.abc import Sequence
from typing import BinaryIO

Line = tuple[int, int]  # where questions come from, and where answers go

FILE_BYTES = 64 << 20
GROWN_BYTES = 160 << 20  # a warm reader has some 90 MB
ROOM_BYTES = (
    3 << 20
)  # a PDF's objects refer to each other in circles: so many may stay until rubbish is looked for


def limit(memory: int) -> None:
    """Limit this process for good: memory in bytes, files it may write, no core dumps."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow(seconds: int) -> None:
    """Allow the next document so many seconds of processor time; beyond them the process is killed."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def serve(source: BinaryIO, answers: BinaryIO, seconds: int) -> None:
    """Do task after task until the input ends; after each write the length of the answer, and the answer."""
    answers.write(b"ready\n")
    answers.flush()
    tidy_at = resident() + ROOM_BYTES
    while head := source.readline():
        task_length, name_length, length = map(int, head.split())
        task, name = source.read(task_length).decode(), source.read(name_length).decode("utf-8", "replace")
        allow(seconds)
        answer = done(task, name, source.read(length))
        taken = resident()
        if taken > tidy_at:
            gc.collect()
            gc.freeze()  # what is left are caches: not to be looked through again
            taken = resident()
            tidy_at = taken + ROOM_BYTES
        grown = " grown" if taken > GROWN_BYTES else ""
        answers.write(f"{len(answer)}{grown}\n".encode())
        answers.write(answer)
        answers.flush()
        del answer  # or it takes its room while the next document is worked on


def make_ready(work: str) -> None:
    """Import what the first task would otherwise wait for: all that reads forms, or what packs and judges papers."""
    sys.modules["cryptography"] = None  # type: ignore[assignment]  # ciphers for pypdf, 4 MB: qpdf unlocks for it
    from forms.reading.network import take_away_sockets

    if work == "papers":
        from forms.paper.warm import warm
    else:
        from forms.reading.warm import warm
    warm()
    take_away_sockets()


def forked(lines: Sequence[Line]) -> Line:
    """Fork a process for each line but the first; return the one that is this process's own, the others closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # one that ends leaves nothing to be waited for
    mine = next((line for line in lines[1:] if os.fork() == 0), lines[0])
    for line in lines:
        if line is not mine:
            for end in line:
                os.close(end)
    return mine


def resident() -> int:
    """The memory this process has, in bytes; told on Linux only, elsewhere nothing."""
    try:
        with open("/proc/self/statm", "rb") as told:
            return int(told.read().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def done(task: str, name: str, content: bytes) -> bytes:
    """The answer to one task: what was read, how the document looks, or a pack; empty when that cannot be done."""
    if task in ("read", "letter"):
        from forms.reading import read

        return json.dumps(read(name, content, task == "letter").as_json()).encode()
    try:
        if task in ("fault", "acting"):
            from forms.reading.suitable import acting, fault

            return json.dumps((fault if task == "fault" else acting)(content)).encode()
        if task == "pack":
            from forms.paper.handed_over import from_bytes
            from forms.paper.pack import made

            return made(from_bytes(content))
        from forms.reading.looking import look

        return look(task, content)
    except Exception:  # a document that cannot be shown is downloaded instead
        return b""


def main() -> None:
    """Take the folder of the code, the memory, the seconds, the work and the lines of others from the command line."""
    root, memory, seconds, work, *others = sys.argv[1:]
    sys.path.insert(0, root)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    ends = [os.dup(0), os.dup(1), *map(int, others)]
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # whatever a library prints must not be taken for an answer
    limit(int(memory))
    make_ready(work)
    source, answers = forked(list(zip(ends[::2], ends[1::2], strict=True)))
    serve(os.fdopen(source, "rb"), os.fdopen(answers, "wb"), int(seconds))


if __name__ == "__main__":
    main()
