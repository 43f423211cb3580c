"""Somebody between password and second factor: known, and let in nowhere yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import session

from jcr.admission import second_factor
from jcr.people.model import Person
from jcr.sealing import sealed, unsealed
from jcr.web.request import db, now, settings

HALF_WAY, SECRET = "half_way", "app_secret"
HOLDS = timedelta(minutes=15)  # an app may have to be installed first


def begin(who: Person, onward: str) -> None:
    """The password was right; `onward` is the page to go to at the end."""
    session.clear()
    session[HALF_WAY] = {"person": who.id, "at": int(now().timestamp()), "onward": onward}


def person() -> Person | None:
    """Who gave the right password at this browser a moment ago."""
    kept = session.get(HALF_WAY)
    if kept is None or now() - datetime.fromtimestamp(kept["at"], UTC) > HOLDS:
        return None
    found = db().get(Person, kept["person"])
    return found if found and found.active else None


def onward() -> str:
    return str(session.get(HALF_WAY, {}).get("onward", ""))


def secret() -> str:
    """The secret of the app that is being set up at this browser; the cookie is readable, so it is sealed."""
    key = settings().secret_key
    kept = unsealed(session.get(SECRET, ""), SECRET, key, settings().former_secret_keys)
    if not kept:
        kept = second_factor.new_secret()
        session[SECRET] = sealed(kept, SECRET, key)
    return kept
