"""The last steps of every way in: the second factor where there is none yet, and letting the person in."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from jcr.admission import gate, half_way, second_factor, service, who
from jcr.people.model import Person
from jcr.web.request import db, now, settings, the_letterhead

MOST_OF_A_NAME = 200  # of what a browser says it is


def after_first_factor(person: Person) -> ResponseReturnValue:
    """A second factor that is there is asked for; one that must be there is set up."""
    if second_factor.of(db(), person):
        return redirect(url_for("admission.code"))
    if settings().asks_second_factor:
        return redirect(url_for("admission.first_set_up"))
    return redirect(let_in(person))


def let_in(person: Person) -> str:
    """Signs the person in; where they go on to."""
    onward, browser = half_way.onward(), request.user_agent.string[:MOST_OF_A_NAME]
    if gate.remember(person):
        service.tell_of_new_browser(db(), the_letterhead(), person, browser, now())
    who.let_in(person, browser)
    return onward or url_for("desk.front")


def own_address(target: str) -> str:
    """The page to go on to, if it is one of ours; a link elsewhere is ignored."""
    parts = urlsplit(target)
    if not target.isprintable():
        return ""
    ours = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc
    return target if ours else ""
