"""The child of `forms.reading.sandbox`: reads documents from its standard input under limits, one after another."""

import gc
import json
import os
import resource
import signal
import sys
from typing import BinaryIO

FILE_BYTES = 64 << 20
GROWN_BYTES = 160 << 20  # a warm reader has some 90 MB
ROOM_BYTES = (
    8 << 20
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


def serve(source: BinaryIO, answers: BinaryIO, seconds: int, work: str) -> None:
    """Do task after task until the input ends; after each write the length of the answer, and the answer."""
    from forms.reading.network import take_away_sockets

    make_ready(work)
    take_away_sockets()
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
    if work == "papers":
        from forms.paper.warm import warm
    else:
        from forms.reading.warm import warm
    warm()


def resident() -> int:
    """The memory this process has, in bytes; told on Linux only, elsewhere nothing."""
    try:
        with open("/proc/self/statm", "rb") as told:
            return int(told.read().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def done(task: str, name: str, content: bytes) -> bytes:
    """The answer to one task: what was read, how the document looks, or a pack; empty when that cannot be done."""
    if task == "read":
        from forms.reading import read

        return json.dumps(read(name, content).as_json()).encode()
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
    """Take the folder of the code, the memory, the seconds and the work from the command line, and serve."""
    root, memory, seconds, work = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    sys.path.insert(0, root)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not be taken for an answer
    limit(memory)
    serve(sys.stdin.buffer, answers, seconds, work)


if __name__ == "__main__":
    main()
