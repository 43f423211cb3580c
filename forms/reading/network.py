"""Processes that read documents are kept from the network: by the system where it allows that, else in Python.

`unshare --net` gives a process an empty network; it is permitted to ordinary users on Debian and most others, but not
in every container. The child process therefore also has Python's own sockets taken away before it reads anything,
which stops our code and the libraries written in Python, though not one that would call the system itself.
"""

import shutil
import socket
import subprocess
from functools import lru_cache
from typing import NoReturn

_UNSHARE = ("unshare", "--map-root-user", "--net")


class NoNetwork(OSError):
    """A document, or a library reading one, tried to reach the network."""


@lru_cache(maxsize=1)
def without_network() -> tuple[str, ...]:
    """Return the words before a command that run it without a network; none where this system forbids it."""
    if not shutil.which(_UNSHARE[0]):
        return ()
    tried = subprocess.run([*_UNSHARE, "true"], capture_output=True, check=False)
    return _UNSHARE if tried.returncode == 0 else ()


def take_away_sockets() -> None:
    """Make every attempt of this process to open a connection fail, for good."""
    socket.socket = _Refused  # type: ignore[misc]
    for name in ("create_connection", "create_server", "socketpair", "fromfd", "getaddrinfo"):
        setattr(socket, name, _refuse)


class _Refused(socket.socket):
    """A socket that nobody can make; a library loaded from now on may still derive its own from it."""

    def __init__(self, *given: object, **named: object) -> None:
        _refuse()


def _refuse(*given: object, **named: object) -> NoReturn:
    raise NoNetwork("documents are read without a network")
