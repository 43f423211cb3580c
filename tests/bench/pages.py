"""The server's time and the number of queries of each main page, with few cases and with many."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count, cycle
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select

from jcr.app import create_app
from jcr.cases.model import Case, Status
from jcr.db import Sessions, make_engine
from jcr.intake.model import Message
from jcr.meetings.model import Attendance, Item, Meeting, Presence
from jcr.settings import Settings
from tests.bench.seeding import OFFICER
from tests.bench.table import Times, ms, show, timed
from tests.bench.walking import NOW

ROUNDS = 25
VISITS = count()  # each visit at a moment of its own, as each is told to the officer as a new browser
BARE = "a bare page (privacy)"
Page = Callable[[FlaskClient], Any]


@dataclass
class Visited:
    """What one database's pages took, and how many queries each made at each number of cases."""

    times: dict[str, Times] = field(default_factory=dict)
    queries: dict[int, dict[str, int]] = field(default_factory=dict)


@contextmanager
def visitor(settings: Settings, url: str, password: str) -> Iterator[tuple[FlaskClient, Sessions]]:
    """The Partnership Officer, signed in at an application of their own on this database."""
    sessions = Sessions(make_engine(url))
    app: Flask = create_app(settings, sessions)
    moment = NOW + timedelta(minutes=next(VISITS))
    app.config.update(CLOCK=lambda: moment, WTF_CSRF_ENABLED=False)
    client = app.test_client()
    sign_in = client.post("/sign-in", data={"email": OFFICER, "password": password})
    if sign_in.status_code != 302:
        raise RuntimeError(f"the officer could not sign in: {sign_in.status}")
    yield client, sessions
    sessions.engine.dispose()


def main_pages(client: FlaskClient, sessions: Sessions) -> dict[str, Page]:
    """Every main page by its name; the same case, meeting and message whatever else there is."""
    with sessions.reading() as session:
        case = session.scalar(select(Case).where(Case.status == Status.DECIDED).order_by(Case.id).limit(1))
        assert case is not None
        meeting = session.scalar(select(Meeting.id).where(Meeting.case_id == case.id))
        moving = select(Attendance.id).where(
            Attendance.meeting_id == meeting, Attendance.state == Presence.PRESENT
        )
        place = session.scalar(moving.where(~Attendance.chairing).order_by(Attendance.id).limit(1))
        item = session.scalar(select(Item.id).where(Item.meeting_id == meeting, Item.position == 3))
        message = session.scalar(select(Message.id).where(Message.waiting).order_by(Message.id).limit(1))
    draft = client.post("/referral").location
    return {
        BARE: _get("/privacy"),
        "sign-in, the form": lambda client: client.application.test_client().get("/sign-in"),
        "the officer’s desk": _get("/"),
        "all dates": _get("/dates"),
        "case list": _get("/cases"),
        "case list, the last page": _get("/cases?page=999"),
        "search for a name": lambda client: client.post("/cases", data={"words": "quillfeather"}),
        "case page": _get(f"/cases/{case.reference}"),
        "criteria of a case": _get(f"/cases/{case.reference}/criteria"),
        "returns of a case": _get(f"/cases/{case.reference}/returns"),
        "pile": _get("/pile"),
        "a message of the pile": _get(f"/pile/{message}"),
        "ledger": _get("/ledger"),
        "meetings": _get("/meetings"),
        "a meeting": _get(f"/meetings/{meeting}"),
        "somebody moves, and the quorum": _moving(f"/meetings/{meeting}/items/{item}", place),
        "action log": _get("/actions"),
        "referral, its task list": _get(draft),
        "referral, a topic with rows": _get(f"{draft}/subjects"),
    }


def _get(path: str) -> Page:
    return lambda client: client.get(path)


def _moving(item: str, place: int | None) -> Page:
    """A step of one person noted at an item, and the quorum of it asked for again. Raises RuntimeError if not noted."""
    steps = cycle(("left", "came"))

    def move(client: FlaskClient) -> Any:
        noted = client.post(item, data={f"step-{place}": next(steps), f"at-{place}": "10:30", "stay": "yes"})
        if noted.status_code != 302:
            raise RuntimeError(f"a step could not be noted: {noted.status}")
        return client.get(f"{item}/quorum")

    return move


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements sent while the block runs."""
    said: list[str] = []

    def hear(_: Any, __: Any, statement: str, *rest: Any) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def count_queries(settings: Settings, url: str, password: str) -> dict[str, int]:
    """How many queries each page makes. Raises RuntimeError for a page that does not come."""
    with visitor(settings, url, password) as (client, sessions):
        return {
            name: _queries(name, page, client, sessions.engine)
            for name, page in main_pages(client, sessions).items()
        }


def _queries(name: str, page: Page, client: FlaskClient, engine: Engine) -> int:
    with counted(engine) as said:
        answer = page(client)
    if answer.status_code != 200:
        raise RuntimeError(f"{name}: {answer.status}")
    return len(said)


def visit(settings: Settings, url: str, password: str) -> dict[str, Times]:
    """How long each page takes, asked for again and again."""
    with visitor(settings, url, password) as (client, sessions):
        pages = main_pages(client, sessions)
        gc.collect()
        gc.freeze()  # what seeding left behind is not for the pages to sweep up
        return {name: timed(lambda page=page: page(client), ROUNDS) for name, page in pages.items()}  # type: ignore[misc]


def print_times(on: dict[str, dict[str, Times]], cases: int) -> None:
    """One table for each kind of database."""
    for database, pages in on.items():
        rows = [
            (name, ms(times.median), ms(times.p95), times.times(pages[BARE])) for name, times in pages.items()
        ]
        show(
            f"Pages at {cases:,} cases on {database}, the server’s time signed in as officer",
            ("page", "median ms", "p95 ms", "× a bare page"),
            rows,
        )


def print_queries(few: int, at_few: dict[str, int], many: int, at_many: dict[str, int]) -> None:
    """Prints both numbers side by side and marks a page whose number grew."""
    rows = [
        (name, str(at_few[name]), str(at_many[name]), "" if at_few[name] == at_many[name] else "GROWS")
        for name in at_few
    ]
    show("Queries of each page", ("page", f"{few} cases", f"{many:,} cases", ""), rows)
