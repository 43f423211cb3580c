"""Files over which the virus scanner falls silent: asked about again later, so that no other waits behind one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256

from jcr.files.scanning import SECONDS, scan
from mail_intake.scanning import Barred, Scan, ScannerAway, ScannerSilent, nothing_to_ask

AT_FIRST = 20.0  # seconds; whatever takes longer holds up the others but once
TRIES = 5
REST = 600.0  # seconds until the second try, and twice as long after each: two and a half hours in all
NO_END = f"the virus scanner came to no end with it, though it was asked {TRIES} times"


@cache
def patient_scan(address: str) -> Scan:
    """The one of this process for a clamd, which remembers; without an address nothing is asked."""
    return Patient(partial(scan, address)) if address else nothing_to_ask


@dataclass
class Patient:
    """Asks as `ask` does, which is told for how many seconds.

    Raises ScannerSilent about a file of which a scanner that is there says nothing in time, and then for a while
    without asking; Barred once it was asked often enough, so that a person decides.
    """

    ask: Callable[[bytes, float], None]
    clock: Callable[[], float] = time.monotonic
    _silent: dict[bytes, tuple[int, float]] = field(default_factory=dict)

    def __call__(self, content: bytes) -> None:
        known = sha256(content).digest() if self._silent else b""
        tries, not_before = self._silent.get(known, (0, 0.0))
        if tries and self.clock() < not_before:
            raise ScannerSilent("The virus scanner is asked about it again later.")
        try:
            self.ask(content, SECONDS if tries else AT_FIRST)
        except ScannerAway as away:
            if not content or not isinstance(away.__cause__, TimeoutError):
                raise
            self.ask(b"", AT_FIRST)  # is it there at all?
            self._note(sha256(content).digest(), tries + 1)
            raise ScannerSilent("The virus scanner did not answer about it in time.") from away
        self._silent.pop(known, None)

    def _note(self, content: bytes, tries: int) -> None:
        if tries == TRIES:
            self._silent.pop(content, None)
            raise Barred(NO_END)
        self._silent[content] = tries, self.clock() + REST * 2 ** (tries - 1)
