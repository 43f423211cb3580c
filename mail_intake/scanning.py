"""What keeps a message from being opened: malware in it, or a scanner that cannot be asked yet."""

from collections.abc import Callable

BARRED = "not opened: "  # what the reason on the ledger begins with


class Barred(Exception):
    """The scanner found something, or will not take the file; the text says what. It is kept and never opened."""


class ScannerAway(Exception):
    """Nothing is known of the file yet: it is kept and waits."""


class ScannerSilent(ScannerAway):
    """The scanner is there, but of this one file it says nothing: others need not wait."""


Scan = Callable[[bytes], None]


def nothing_to_ask(_: bytes) -> None:
    """Where no scanner is set, nothing is held up."""
