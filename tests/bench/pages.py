"""The server's time and the number of queries of each main page, with few cases and with many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count, cycle
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select

from jcr import memory
from jcr.app import create_app
from jcr.cases.model import Case, Status
from jcr.db import Sessions, make_engine
from jcr.intake.model import Message
from jcr.meetings.model import Attendance, Item, Meeting, Presence
from jcr.settings import Settings
from tests.bench.processor import Worked, of_database
from tests.bench.seeding import OFFICER
from tests.bench.table import ms, show
from tests.bench.walking import NOW

ROUNDS = 25
VISITS = count()  # each visit at a moment of its own, as each is told to the officer as a new browser
WARM = 12  # PostgreSQL settles on a plan after some visits
TARGET, AT_TARGET = 50, 10_000  # milliseconds at so many cases; half as much again at more
WITH_TARGET = ("the officer’s desk", "case list", "search for a name", "case page")
BARE = "a bare page (privacy)"
Page = Callable[[FlaskClient], Any]


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
        "who is chased": _get("/chasing"),
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


def visit(settings: Settings, url: str, password: str) -> dict[str, Worked]:
    """How long each page takes, asked for again and again."""
    with visitor(settings, url, password) as (client, sessions):
        pages = main_pages(client, sessions)
        memory.settle(memory.BETWEEN_PAGES)  # as the server does
        return {
            name: _worked(lambda page=page: page(client), sessions.engine) for name, page in pages.items()
        }  # type: ignore[misc]


def _worked(page: Callable[[], object], engine: Engine) -> Worked:
    """The first visits put the page's questions together and have them planned."""
    for _ in range(WARM):
        page()
    worked = Worked(of_database(engine))
    for _ in range(ROUNDS):
        worked.take(page)
    return worked


def print_times(on: dict[str, dict[str, Worked]], cases: int) -> None:
    """One table for each kind of database."""
    heads = (
        "page",
        "ours",
        "database",
        "median",
        "p95",
        "target",
        "× a bare page",
        "by the clock",
        "p95 of it",
    )
    for database, pages in on.items():
        show(
            f"Pages at {cases:,} cases on {database}, the server’s time in ms signed in as officer",
            heads,
            [_row(name, one, pages[BARE], cases) for name, one in pages.items()],
            "Ours and database are processor time, median and p95 of both together; by the clock it is what a reader "
            "waits for on this machine, whatever else it does.",
        )


def _row(name: str, one: Worked, bare: Worked, cases: int) -> tuple[str, ...]:
    target = TARGET if cases <= AT_TARGET else TARGET * 3 // 2
    return (
        name, ms(one.ours.median), ms(one.theirs.median), ms(one.both.median), ms(one.both.p95),
        f"< {target}" if name in WITH_TARGET else "", one.both.times(bare.both), ms(one.clock.median),
        ms(one.clock.p95),
    )  # fmt: skip


def print_queries(few: int, at_few: dict[str, int], many: int, at_many: dict[str, int]) -> None:
    """Prints both numbers side by side and marks a page whose number grew."""
    rows = [
        (name, str(at_few[name]), str(at_many[name]), "GROWS" if at_many[name] > at_few[name] else "")
        for name in at_few
    ]
    show("Queries of each page", ("page", f"{few} cases", f"{many:,} cases", ""), rows)
