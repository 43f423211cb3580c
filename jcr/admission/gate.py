"""The gate before password and code: who must wait, and the browsers that strangers cannot keep waiting."""

from __future__ import annotations

from datetime import datetime

from flask import Flask, Response, current_app, g, request
from sqlalchemy import select

from jcr.admission import limits, tries
from jcr.admission.model import KnownBrowser
from jcr.links import hashed, new_token
from jcr.people.model import Person
from jcr.people.service import by_email
from jcr.web.request import db, now
from jcr.wording import clock_time

COOKIE, KEPT_SECONDS = "browser", 365 * 24 * 3600


def too_soon(email: str) -> str:
    """What to tell somebody who failed too often; nothing when their try is looked at."""
    waits = [_until(what, free) for what, free in _counted(email)]
    until = max((wait for wait in waits if wait), default=None)
    return f"Too many tries. Try again at {clock_time(until)}, or a minute after" if until else ""


def failed(email: str) -> None:
    for what, _ in _counted(email):
        tries.failed(db(), what, now())


def passed(email: str) -> None:
    """The password was right: what failed on this account is forgotten, not what failed from this address."""
    tries.forget(db(), _counted(email)[0][0])


def code_too_soon(person: Person) -> str:
    until = _until(f"code:{person.id}", tries.FREE_ON_ACCOUNT)
    return f"Too many wrong codes. Try again at {clock_time(until)}, or a minute after" if until else ""


def code_failed(person: Person) -> None:
    tries.failed(db(), f"code:{person.id}", now())


def code_passed(person: Person) -> None:
    tries.forget(db(), f"code:{person.id}")


def account_too_soon(person: Person) -> str:
    """The same for a password asked again of somebody who is signed in, perhaps at a browser left open."""
    until = _until(f"confirm:{person.id}", tries.FREE_ON_ACCOUNT)
    return f"Too many tries. Try again at {clock_time(until)}, or a minute after" if until else ""


def account_failed(person: Person) -> None:
    tries.failed(db(), f"confirm:{person.id}", now())


def account_passed(person: Person) -> None:
    tries.forget(db(), f"confirm:{person.id}")


def remember(person: Person) -> bool:
    """This browser is known from now on; whether it is new for somebody who has used others."""
    if _known(person):
        return False
    used = select(KnownBrowser.id).where(KnownBrowser.person_id == person.id).limit(1)
    has_others = db().scalar(used) is not None
    token = request.cookies.get(COOKIE) or new_token()
    g.known_browser = token
    db().add(KnownBrowser(person_id=person.id, token_hash=hashed(token), since=now()))
    return has_others


def _counted(email: str) -> tuple[tuple[str, int], tuple[str, int]]:
    """What a failure counts on. At a browser the owner used before it counts there and not on the account."""
    person, account = by_email(db(), email), email.strip().lower()
    at = f"browser:{hashed(request.cookies[COOKIE])}:" if person and _known(person) else ""
    return (f"account:{at}{account}", tries.FREE_ON_ACCOUNT), (
        f"from:{limits.address()}",
        tries.FREE_FROM_ADDRESS,
    )


def _known(person: Person) -> bool:
    kept = hashed(request.cookies.get(COOKIE, ""))
    known = select(KnownBrowser.id).where(
        KnownBrowser.person_id == person.id, KnownBrowser.token_hash == kept
    )
    return db().scalar(known.limit(1)) is not None


def _until(what: str, free: int) -> datetime | None:
    return tries.wait_until(db(), what, free, now())


def _keep_known(response: Response) -> Response:
    if "known_browser" in g and response.status_code < 400:
        response.set_cookie(
            COOKIE,
            g.known_browser,
            max_age=KEPT_SECONDS,
            httponly=True,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            samesite="Lax",
            path="/sign-in",
        )
    return response


def init_app(app: Flask) -> None:
    app.after_request(_keep_known)
