"""The server's time for both steps of signing in at a new browser: the password under its full costs, and the code."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

import pyotp
from flask import Flask
from sqlalchemy import select

from jcr.admission import second_factor
from jcr.app import create_app
from jcr.db import Sessions, make_engine
from jcr.people.model import Person
from jcr.people.passwords import COSTS
from jcr.settings import Settings
from tests.bench.processor import Worked, of_database
from tests.bench.seeding import OFFICER
from tests.bench.table import ms, show
from tests.bench.walking import NOW

ROUNDS = 20
TARGET = 400  # milliseconds for both steps
LATER = NOW + timedelta(hours=8)  # than all else that is measured on the database
STEPS = ("password", "code")


def visit(settings: Settings, url: str, password: str) -> dict[str, Worked]:
    """The officer signs in again and again, each time at a browser never seen before and with a new code."""
    sessions = Sessions(make_engine(url))
    app, secret, minutes = create_app(settings, sessions), second_factor.new_secret(), count(1)
    app.config.update(WTF_CSRF_ENABLED=False)
    with sessions.transaction() as session:
        officer = session.scalars(select(Person).where(Person.email == OFFICER)).one()
        second_factor.set_up(session, officer, secret, _code(secret, LATER), settings.secret_key, LATER)
    _sign_in(app, secret, password, LATER + timedelta(minutes=next(minutes)), {})
    worked = {step: Worked(of_database(sessions.engine)) for step in STEPS}
    for _ in range(ROUNDS):
        _sign_in(app, secret, password, LATER + timedelta(minutes=next(minutes)), worked)
    sessions.engine.dispose()
    return worked


def _sign_in(app: Flask, secret: str, password: str, moment: datetime, worked: dict[str, Worked]) -> None:
    app.config["CLOCK"] = lambda: moment
    browser = app.test_client()
    given = {"password": {"email": OFFICER, "password": password}, "code": {"code": _code(secret, moment)}}
    for step, path in zip(STEPS, ("/sign-in", "/sign-in/code"), strict=True):

        def answer(path: str = path, step: str = step) -> None:
            status = browser.post(path, data=given[step]).status
            if not status.startswith("302"):
                raise RuntimeError(f"the officer could not sign in, {step}: {status}")

        if worked:
            worked[step].take(answer)
        else:
            answer()


def _code(secret: str, moment: datetime) -> str:
    return pyotp.TOTP(secret).at(moment)


def print_times(on: dict[str, dict[str, Worked]]) -> None:
    rows = [
        (f"{database}: {name}", *_row(worked), target)
        for database, steps in on.items()
        for name, worked, target in [
            *((step, [one], "") for step, one in steps.items()),
            ("both", list(steps.values()), f"< {TARGET}"),
        ]
    ]
    memory, passes, lanes = COSTS["memory_cost"] // 1024, COSTS["time_cost"], COSTS["parallelism"]
    costs = f"argon2id with {memory} MiB, {passes} passes, {lanes} lane"
    heads = ("step", "ours", "database", "median", "p95", "target")
    show(
        "Signing in at a new browser, the server’s time in ms",
        heads,
        rows,
        f"The password is kept by {costs}.",
    )


def _row(steps: list[Worked]) -> tuple[str, ...]:
    medians = (sum(getattr(one, part).median for one in steps) for part in ("ours", "theirs", "both"))
    return (*map(ms, medians), ms(sum(one.both.p95 for one in steps)))
