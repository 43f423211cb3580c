"""Listening to an IMAP server with IDLE, and knowing a dropped line from silence."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

STEP_SECONDS = 1.0  # between two looks whether to go on listening


class IdleRefused(Exception):
    """The server names IDLE among its capabilities and refuses it all the same."""


def listen(client: Any, seconds: float, go_on: Callable[[], bool]) -> bool:
    """Wait until the server tells of new mail, at most so long. True when it told of some.

    The folder has just been selected: what comes after that is told of here.
    """
    _begin(client)
    told = _heard(client, seconds, go_on)
    # A dropped line looks like silence: only a server that answers DONE was still there
    _, late = client.idle_done()
    return _speaks_of_mail([*told, *late])


def _begin(client: Any) -> None:
    try:
        client.idle()
    except IMAPClientAbortError:
        raise
    except IMAPClientError as why:
        raise IdleRefused from why


def _heard(client: Any, seconds: float, go_on: Callable[[], bool]) -> Sequence[Any]:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and go_on():
        step, started = min(left, STEP_SECONDS), time.monotonic()
        told = client.idle_check(timeout=step)
        at_once = time.monotonic() - started < step / 2
        if _speaks_of_mail(told) or (at_once and not told):  # an ended line answers at once, with nothing
            return list(told)
    return []


def _speaks_of_mail(told: Sequence[Any]) -> bool:
    return any(len(one) > 1 and one[1] in (b"EXISTS", b"RECENT") for one in told)
