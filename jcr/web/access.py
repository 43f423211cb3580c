"""Deny by default: a view that does not name its permission is open to nobody."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request
from flask_login import current_user

from jcr.permissions import Permission, allows
from jcr.web.request import person

View = TypeVar("View", bound=Callable[..., Any])
OPENNESS, BEHIND_LINK = "_open_to", "_behind_link"


class Open(Enum):
    """What a view may be instead of open by a permission."""

    TO_EVERYBODY = 1
    TO_NOBODY = 2


def allow(permission: Permission) -> Callable[[View], View]:
    """Opens a view to whoever has this permission."""
    return _marked(permission)


def signed_in(view: View) -> View:
    """Opens a view to everybody with an account."""
    return allow(Permission.SIGN_IN)(view)


def public(view: View) -> View:
    """Opens a view to everybody; one that takes a link's token checks it itself."""
    marked: View = _marked(Open.TO_EVERYBODY)(view)
    return marked


def behind_link(view: View) -> View:
    """Opens a view to whoever has a link with its token and the code that was sent to the address it is for."""
    setattr(view, BEHIND_LINK, True)
    return public(view)


def is_behind_link(view: Callable[..., Any]) -> bool:
    return getattr(view, BEHIND_LINK, False)


def openness(view: Callable[..., Any]) -> Permission | Open:
    """What a view asks for; nobody may open one that said nothing."""
    return getattr(view, OPENNESS, Open.TO_NOBODY)  # type: ignore[no-any-return]


def may(permission: str, thing: Any = None) -> bool:
    """Whether the person who asks has the permission: what a page offers is what its acts allow."""
    asking = person()
    return asking.is_authenticated and allows(Permission(permission), asking, thing)


def guard() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static":
        return
    asked = openness(view)
    if asked is Open.TO_EVERYBODY:
        return
    if not current_user.is_authenticated:
        abort(401)
    if isinstance(asked, Open) or not may(asked):
        abort(403)
    g.asked = asked


def init_app(app: Flask) -> None:
    app.before_request(guard)
    app.jinja_env.globals["may"] = may


def _marked(openness: Permission | Open) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, OPENNESS, openness)
        return view

    return mark
