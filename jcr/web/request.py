"""What a view works with: the session, the person, the moment; one transaction a request."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, g, request
from flask_login import current_user
from sqlalchemy.orm import Session

from jcr.db import Sessions
from jcr.roles import Actor
from jcr.settings import Settings
from jcr.wording import local_day

if TYPE_CHECKING:
    from jcr.cases.rules import Calendar
    from jcr.correspondence.service import Letterhead
    from jcr.people.model import Person

SAFE = ("GET", "HEAD", "OPTIONS")


def db() -> Session:
    """This request's session: a reading one for pages that only look, a writing one for acts."""
    if "session" not in g:
        g.session = sessions().reading() if request.method in SAFE else sessions().writing()
    session: Session = g.session
    return session


def sessions() -> Sessions:
    """What makes sessions, for the little that is written apart from the request's own transaction."""
    found: Sessions = current_app.extensions["sessions"]
    return found


def now() -> datetime:
    """The moment of this request; tests set CLOCK."""
    clock = current_app.config.get("CLOCK")
    moment: datetime = clock() if clock else datetime.now(UTC)
    return moment


def today() -> date:
    return local_day(now())


def person() -> Person:
    """The signed-in person themselves: asked through the proxy, every attribute would be looked up anew."""
    return current_user._get_current_object()  # type: ignore[no-any-return]


def actor() -> Actor:
    """The signed-in person as the history will name them."""
    return person().as_actor()


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def the_letterhead() -> Letterhead:
    """What the office prints on its letters; made once, with the application."""
    found: Letterhead = current_app.extensions["letterhead"]
    return found


def calendar() -> Calendar:
    """The working days, with the one-off bank holidays that the operator set or the office added."""
    if "calendar" not in g:
        g.calendar = current_app.extensions["calendar_of"](db())
    found: Calendar = g.calendar
    return found


def keep_in_spite() -> None:
    """What this request wrote stays, although its answer is a refusal: a try that failed is counted."""
    g.kept = True


def init_app(app: Flask) -> None:
    app.after_request(_commit_if_good)
    app.teardown_request(_close)


def _commit_if_good(response: Response) -> Response:
    if "session" in g and request.method not in SAFE:
        if response.status_code < 400 or "kept" in g:
            g.session.commit()
        else:
            g.session.rollback()
    return response


def _close(_: BaseException | None) -> None:
    session = g.pop("session", None)
    if session is not None:
        session.close()
