"""The product in a thread of this process, on a clock that a test moves: a quarter of meetings takes no quarter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

from werkzeug.serving import WSGIRequestHandler, make_server

from jcr import demonstration
from jcr.actions.chasing import chase
from jcr.app import create_app
from jcr.cases.holidays import calendar_of
from jcr.correspondence.posting import post_ready
from jcr.correspondence.service import Letterhead, letterhead
from jcr.db import Sessions, make_engine
from jcr.history import guard
from jcr.models import Base
from jcr.post import FolderPost
from jcr.settings import Settings
from jcr.submissions.service import actions_answered
from tests.journeys.conftest import Running
from tests.services.postgresql import free_port

POSTED_EVERY = 0.05  # seconds


@dataclass(frozen=True)
class InTime(Running):
    """The product with its clock, which stands still until it is moved."""

    sessions: Sessions
    head: Letterhead
    clock: list[datetime]

    @property
    def now(self) -> datetime:
        return self.clock[0]

    def move_to(self, moment: datetime) -> None:
        """Goes on to a moment; the worker asks how far actions are, as it does each day."""
        self.clock[0] = moment
        with self.sessions.transaction() as session:
            chase(session, self.head, moment, calendar_of(session), actions_answered(session))


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Says nothing."""


@contextmanager
def served(folder: Path, began: datetime) -> Iterator[InTime]:
    """The demonstration partnership at work since then, its letters in a folder."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    settings = Settings(
        secret_key="a secret for the journey that is long enough",
        base_url=base,
        database_url=f"sqlite:///{folder}/jcr.db",
        mailbox_url=f"maildir:{folder}/var/mail/in",
        smtp_url=f"maildir:{folder}/var/mail/out",
        public_requests_a_minute=100_000,
    )
    sessions, clock = Sessions(make_engine(settings.database_url)), [began]
    Base.metadata.create_all(sessions.engine)
    with sessions.engine.begin() as connection:
        guard.put_on(connection)
    with sessions.transaction() as session:
        accounts = demonstration.fill(session, began)
    passwords = {email.partition("@")[0]: password for _, email, password in accounts}
    app = create_app(settings, sessions)
    app.config["CLOCK"] = lambda: clock[0]
    product = InTime(base, folder, passwords, sessions, letterhead(settings), clock)
    server, stopping = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet), Event()
    serving = [Thread(target=server.serve_forever), Thread(target=_post, args=(product, stopping))]
    for thread in serving:
        thread.start()
    yield product
    stopping.set()
    server.shutdown()
    for thread in serving:
        thread.join()
    sessions.engine.dispose()


def _post(product: InTime, stopping: Event) -> None:
    post = FolderPost(product.mail_out)
    while not stopping.wait(POSTED_EVERY):
        post_ready(product.sessions, post, product.head, product.now)
