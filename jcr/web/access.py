"""Deny by default: a view that does not say who may use it is open to nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from flask_login import current_user

from jcr.roles import SIGNING_IN, Role

View = TypeVar("View", bound=Callable[..., Any])
OPENNESS, BEHIND_LINK = "_open_to", "_behind_link"
SILENT: frozenset[Role] = frozenset()


def allow(*roles: Role) -> Callable[[View], View]:
    """Opens a view to these roles."""
    return _marked(frozenset(roles))


def signed_in(view: View) -> View:
    """Opens a view to everybody with an account."""
    return allow(*SIGNING_IN)(view)


def public(view: View) -> View:
    """Opens a view to everybody; one that takes a link's token checks it itself."""
    marked: View = _marked(None)(view)
    return marked


def behind_link(view: View) -> View:
    """Opens a view to whoever has a link with its token and the code that was sent to the address it is for."""
    setattr(view, BEHIND_LINK, True)
    return public(view)


def is_behind_link(view: Callable[..., Any]) -> bool:
    return getattr(view, BEHIND_LINK, False)


def openness(view: Callable[..., Any]) -> frozenset[Role] | None:
    """The roles a view is open to; None for everybody, an empty set for a view that said nothing."""
    return getattr(view, OPENNESS, SILENT)  # type: ignore[no-any-return]


def guard() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static":
        return
    roles = openness(view)
    if roles is None:
        return
    if not current_user.is_authenticated:
        abort(401)
    if current_user.role not in roles:
        abort(403)


def init_app(app: Flask) -> None:
    app.before_request(guard)


def _marked(roles: frozenset[Role] | None) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, OPENNESS, roles)
        return view

    return mark
