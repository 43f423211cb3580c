"""Whether the mail is read and posted: for a monitoring system, and a page where the connection can be tried."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from jcr.mailroom import service
from jcr.mailroom.keeping import token_for
from jcr.mailroom.rules import POST, Pulse, secret_in_words
from jcr.permissions import Permission
from jcr.post import tried as tried_post
from jcr.web.access import allow, public
from jcr.web.request import db, now, sessions, settings, today
from mail_intake.trying import Step, tried

pages = Blueprint("mailroom", __name__)


@pages.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """200 while all is well, 503 when a mailbox or the post has been silent for too long. Names nobody."""
    *mailboxes, post = service.pulses(db(), (*settings().mailbox_names, POST))
    parts = [*mailboxes, post]
    well = not any(part.is_silent(now(), settings().silence) for part in parts)
    found = {
        "well": well,
        "mailboxes": [_of(mailbox) for mailbox in mailboxes],
        "post": _of(post),
    }
    return found, 200 if well else 503


@pages.get("/healthz/pages")
@public
def pages_answer() -> ResponseReturnValue:
    """For a load balancer: these pages can be served, whatever the mail does."""
    service.pulses(db(), ())
    return {"well": True}


@pages.get("/mail-connection")
@allow(Permission.SEE_MAIL_CONNECTION)
def connection() -> ResponseReturnValue:
    return _page()


@pages.post("/mail-connection/<int:number>")
@allow(Permission.SEE_MAIL_CONNECTION)
def try_connection(number: int) -> ResponseReturnValue:
    """Tries one mailbox, counted from one, now and from here."""
    if not 1 <= number <= len(settings().mailboxes):
        abort(404)
    mailbox = settings().mailboxes[number - 1]
    db().rollback()  # nobody else's writing waits for the mail server, nor does the keeping of a token
    token = token_for(settings(), sessions(), mailbox.url, mailbox.password)
    return _page(number, tried(mailbox.url, mailbox.password, token))


@pages.post("/mail-connection/post")
@allow(Permission.SEE_MAIL_CONNECTION)
def try_post() -> ResponseReturnValue:
    """Tries the server that takes letters, now and from here; no letter goes."""
    url, password = settings().smtp_url, settings().smtp_password
    db().rollback()
    return _page(POST, tried_post(url, password, token_for(settings(), sessions(), url, password)))


def _page(which: int | str = "", steps: list[Step] | None = None) -> str:
    *mailboxes, post = service.pulses(db(), (*settings().mailbox_names, POST))
    return render_template(
        "mailroom/connection.html",
        mailboxes=list(enumerate(mailboxes, 1)),
        post=post,
        now=now(),
        silence=settings().silence,
        secret=secret_in_words(settings().oauth_secret_expires, today()),
        expires=settings().oauth_secret_expires,
        which=which,
        steps=steps,
    )


def _of(pulse: Pulse) -> dict[str, Any]:
    seconds = int((now() - pulse.well_at).total_seconds()) if pulse.well_at else None
    return {
        "well": not pulse.is_silent(now(), settings().silence) and not pulse.trouble,
        "seconds_since_it_went_well": seconds,
    }
