"""What a monitoring system asks: whether the pages answer, the mailboxes are read and the post is looked through."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jcr.mailroom import service
from jcr.mailroom.rules import Pulse
from jcr.web.access import public
from jcr.web.request import db, now, settings

pages = Blueprint("mailroom", __name__)


@pages.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """200 while all is well, 503 when a mailbox or the post has been silent for too long. Names nobody."""
    *mailboxes, post = service.pulses(db(), (*settings().mailbox_names, service.POST))
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


def _of(pulse: Pulse) -> dict[str, Any]:
    seconds = int((now() - pulse.well_at).total_seconds()) if pulse.well_at else None
    return {
        "well": not pulse.is_silent(now(), settings().silence) and not pulse.trouble,
        "seconds_since_it_went_well": seconds,
    }
