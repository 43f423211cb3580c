"""An office with a database, a mailbox on a real Dovecot and a real SMTP server, all of its own."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import Any

import pytest

from forms.reading.warm import warm
from jcr.db import Sessions
from mail_intake.poller import poll
from tests.crash.office import Office
from tests.crash.worker import Poll, Worker
from tests.services.dovecot import Dovecot
from tests.services.smtp import Received

NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def warm_reader() -> None:
    """So that each forked worker reads at once."""
    warm()


@pytest.fixture
def office(
    sessions: Sessions, partnership: Any, dovecot: Dovecot, smtp: Received, warm_reader: None
) -> Callable[..., Office]:
    def opened(by: Poll = poll) -> Office:
        account = f"fire{next(NUMBERS)}"
        url = sessions.engine.url.render_as_string(hide_password=False)
        worker = Worker(url, dovecot.url(account), smtp.url, by)
        sessions.engine.dispose()  # a forked worker must not share a connection
        return Office(sessions, worker, dovecot, account, smtp, random.Random(account))

    return opened
