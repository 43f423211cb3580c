"""The gate before password and code: who must wait, and the browsers that strangers cannot keep waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Flask, Response, current_app, g, request
from sqlalchemy import select

from jcr.admission import limits, tries
from jcr.admission.browsers import COOKIE
from jcr.admission.model import KnownBrowser
from jcr.links import hashed, new_token
from jcr.people.model import Person
from jcr.people.service import by_email
from jcr.web.request import db, now
from jcr.wording import clock_time

KEPT_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class Asked:
    """What somebody is asked once it is known who they are: wrong answers are counted on them, for this alone; at a
    browser they used before apart, so that whoever stole their password keeps nobody waiting there."""

    what: str
    too_many: str

    def too_soon(self, person: Person) -> str:
        """What to tell them after too many wrong answers; nothing when this one is looked at."""
        return _wait(self.too_many, _until(self._of(person), tries.FREE_ON_ACCOUNT))

    def failed(self, person: Person) -> None:
        tries.failed(db(), self._of(person), now())

    def passed(self, person: Person) -> None:
        tries.forget(db(), self._of(person))

    def _of(self, person: Person) -> str:
        here = f":browser:{hashed(request.cookies[COOKIE])}" if _known(person) else ""
        return f"{self.what}:{person.id}{here}"


CODE = Asked("code", "Too many wrong codes")
PASSWORD_AGAIN = Asked("confirm", "Too many tries")  # of somebody signed in, perhaps at a browser left open


def too_soon(email: str) -> str:
    """What to tell somebody who failed too often; nothing when their try is looked at."""
    waits = [_until(what, free) for what, free in _counted(email)]
    if not _at_known(email):
        waits.append(tries.full_until(db(), _everywhere(email), tries.FREE_EVERYWHERE, now()))
    until = max((wait for wait in waits if wait), default=None)
    return _wait("Too many tries", until)


def failed(email: str) -> None:
    for what, _ in _counted(email):
        tries.failed(db(), what, now())
    if not _at_known(email):
        tries.counted(db(), _everywhere(email), now(), tries.FORGOTTEN_AFTER)


def passed(email: str) -> None:
    """The password was right: what failed here on this account is forgotten, not what failed from this address."""
    tries.forget(db(), _counted(email)[0][0])


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


def _counted(email: str) -> list[tuple[str, int]]:
    """What a failure here counts on, and how many are free: an account is kept waiting where somebody guessed, and
    nowhere else. At a browser its owner used before, whoever else is behind the same address keeps nobody waiting."""
    account = email.strip().lower()
    if _at_known(email):
        return [(f"account:browser:{hashed(request.cookies[COOKIE])}:{account}", tries.FREE_ON_ACCOUNT)]
    here = limits.address()
    return [(f"account:{here}:{account}", tries.FREE_ON_ACCOUNT), (f"from:{here}", tries.FREE_FROM_ADDRESS)]


def _everywhere(email: str) -> str:
    return f"everywhere:{email.strip().lower()}"


def _at_known(email: str) -> bool:
    person = by_email(db(), email)
    return person is not None and _known(person)


def _known(person: Person) -> bool:
    kept = hashed(request.cookies.get(COOKIE, ""))
    known = select(KnownBrowser.id).where(
        KnownBrowser.person_id == person.id, KnownBrowser.token_hash == kept
    )
    return db().scalar(known.limit(1)) is not None


def _wait(too_many: str, until: datetime | None) -> str:
    return f"{too_many}. Try again at {clock_time(until)}, or a minute after" if until else ""


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
