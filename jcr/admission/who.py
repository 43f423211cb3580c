"""Who is asking: the person of this browser's sign-in, unless they left it alone for too long."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask, Response, g, request, session
from flask_login import LoginManager, current_user, login_user

from jcr.admission import service
from jcr.admission.browsers import browser_name
from jcr.admission.limits import FREE
from jcr.people.model import Person
from jcr.web.request import db, now, settings

TOKEN, SEEN = "sign_in", "seen"


def let_in(person: Person, browser: str) -> None:
    """Signs the person in at this browser. Whatever stood in its session before is gone."""
    token = service.begin(db(), person, browser, now())
    session.clear()
    session.permanent = True
    session[TOKEN], session[SEEN] = token, int(now().timestamp())
    login_user(person)


def token() -> str:
    """What stands for this browser's sign-in."""
    return str(session.get(TOKEN, ""))


def _person(_: str) -> Person | None:
    if now() - _last_seen() > settings().idle:
        return None
    found = service.signed_in(db(), token(), now(), settings().longest_session)
    if found is None:
        return None
    g.sign_in = found[1]
    return found[0]


def _last_seen() -> datetime:
    return datetime.fromtimestamp(session.get(SEEN, 0), UTC)


def _seen(response: Response) -> Response:
    """The browser itself keeps when somebody was last here: a page that only looks writes nothing."""
    if request.endpoint not in FREE and TOKEN in session and "sign_in" in g and "by_itself" not in g:
        session[SEEN] = int(now().timestamp())
    return response


def ends_at() -> datetime | None:
    """When this sign-in ends if nothing more is asked for; None for somebody not signed in."""
    if "sign_in" not in g or not current_user.is_authenticated:
        return None
    return min(now() + settings().idle, g.sign_in.begun_at + settings().longest_session)


def seconds_left() -> int:
    ends = ends_at()
    return int((ends - now()).total_seconds()) if ends else 0


def init_app(app: Flask) -> None:
    login = LoginManager(app)
    login.session_protection = "basic"
    login.user_loader(_person)
    app.after_request(_seen)
    app.jinja_env.globals.update(session_ends=ends_at, session_seconds=seconds_left)
    app.jinja_env.filters["browser"] = browser_name
