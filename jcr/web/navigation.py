"""The navigation of every page: what a role may go to, and where it is now."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from jcr.roles import GROUP, SIGNING_IN, TEAM, Role


@dataclass(frozen=True)
class Place:
    """A page of the navigation and the roles it is offered to."""

    text: str
    path: str
    roles: tuple[Role, ...]


PLACES = (
    Place("Desk", "/", SIGNING_IN),
    Place("Cases", "/cases", (*GROUP, Role.DECISION_MAKER)),
    Place("Meetings", "/meetings", GROUP),
    Place("To sort", "/pile", TEAM),
    Place("Letters", "/letters/wordings", TEAM),
    Place("Mail ledger", "/ledger", TEAM),
    Place("People", "/people", (Role.ADMINISTRATOR,)),
    Place("Mail connection", "/mail-connection", (Role.ADMINISTRATOR,)),
)


def navigation() -> list[dict[str, object]]:
    """The items of the service navigation for whoever is asking; empty for somebody not signed in."""
    role = _role()
    return [_item(place, request.path) for place in PLACES if role in place.roles]


def _role() -> Role | None:
    try:
        return current_user.role if current_user.is_authenticated else None
    except SQLAlchemyError:  # the page that says the database is away must not ask it who is reading
        return None


def _item(place: Place, path: str) -> dict[str, object]:
    here = path == place.path
    below = place.path != "/" and path.startswith(f"{place.path}/")
    return {"text": place.text, "href": place.path, "current": here, "active": here or below}


def init_app(app: Flask) -> None:
    app.jinja_env.globals["navigation"] = navigation
