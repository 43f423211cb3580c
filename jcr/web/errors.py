"""What a person sees when something is refused, missing or broken: a sentence, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from flask import Flask, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException

from jcr.errors import Incomplete, NotAllowed, NotNow, Refused

log = logging.getLogger(__name__)
STATUS = {NotAllowed: 403, NotNow: 409, Incomplete: 422}
NEVER_SHOWN = ("csrf_token", "password", "new_password", "code")
LAPSED = "The page was open for a long time, so your answers were not saved yet. They are all still here."
WAIT = (
    "Too much was asked for from where you are, so your answers were not saved yet. They are all still here: wait a "
    "minute, then send them again."
)
SAID = {
    403: (
        "You cannot see this page",
        "It is not open to your role. Ask the Partnership Team if you need it.",
    ),
    404: ("Page not found", "Check the address. If you followed a link, ask whoever sent it for a new one."),
    405: ("This page cannot be used that way", "Go back and use the buttons on the page."),
    413: (
        "The file is too large",
        "Choose files of at most 25 MB each and try again. Your answers are kept.",
    ),
    429: ("Too many tries", "Wait a minute and try again."),
}


def init_app(app: Flask) -> None:
    app.register_error_handler(Refused, refused)
    app.register_error_handler(IntegrityError, together)
    app.register_error_handler(CSRFError, lapsed)
    app.register_error_handler(401, sign_in_first)
    app.register_error_handler(429, too_many)
    app.register_error_handler(HTTPException, other)
    app.register_error_handler(Exception, broken)


def refused(why: Exception) -> ResponseReturnValue:
    status = next((code for kind, code in STATUS.items() if isinstance(why, kind)), 409)
    return page("This was not done", str(why), status, _written())


def together(why: Exception) -> ResponseReturnValue:
    """The tables refused: nearly always two people doing the same at one moment, of whom the first has done it."""
    log.warning("%s %s was refused by the database", request.method, request.endpoint, exc_info=why)
    _undo()
    advice = (
        "Somebody else changed the same at this moment. Go back, look at how it stands now, and try again."
    )
    return page("This was not done", advice, 409, _written())


def lapsed(_: Exception) -> ResponseReturnValue:
    """The page was open too long. What was typed comes back, to be sent again with one press."""
    return _to_send_again(LAPSED, 400)


def too_many(why: Exception) -> ResponseReturnValue:
    """Whoever else is behind the same address may have asked for too much: what was typed is not lost for it.

    A password cannot come back: whoever only signed in signs in again.
    """
    only_signs_in = "password" in request.form and not _written()
    return _to_send_again(WAIT, 429) if _typed() and not only_signs_in else other(why)


def _to_send_again(why: str, status: int) -> ResponseReturnValue:
    return render_template("errors/lapsed.html", why=why, typed=_typed()), status


def sign_in_first(_: Exception) -> ResponseReturnValue:
    if request.method == "POST":
        return render_template("errors/signed_out.html", typed=_typed()), 401
    return redirect(url_for("admission.sign_in", next=request.full_path.rstrip("?")))


def _typed() -> list[tuple[str, str]]:
    """What was typed; a password is never written into a page, so it is typed again."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_SHOWN]


def _written() -> list[str]:
    """The words among what was typed: an act that is refused must not cost anybody their sentences."""
    return [value for _, value in _typed() if " " in value.strip()] if request.method == "POST" else []


def other(why: Exception) -> ResponseReturnValue:
    assert isinstance(why, HTTPException)
    code = why.code or 500
    if code == 500:  # such as a commit that failed
        _undo()
    heading, advice = SAID.get(code, ("Something is wrong with this request", "Go back and try again."))
    return page(heading, advice, code)


def broken(why: Exception) -> ResponseReturnValue:
    log.error("%s %s failed", request.method, request.endpoint, exc_info=why)
    _undo()
    advice = "Nothing was changed. Try again in a minute; if it happens again, tell the Partnership Team."
    return page("Sorry, there is a problem with the service", advice, 500)


def _undo() -> None:
    """A session of which a statement failed answers nothing until it is undone, and the page asks it who is there."""
    if "session" in g:
        g.session.rollback()


def page(heading: str, advice: str, status: int, written: Sequence[str] = ()) -> ResponseReturnValue:
    return render_template("errors/error.html", heading=heading, advice=advice, written=written), status
