"""The navigation of every page: what a role may go to, and where it is now."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request
from sqlalchemy.exc import SQLAlchemyError

from jcr.permissions import Permission
from jcr.web.access import may


@dataclass(frozen=True)
class Place:
    """A page of the navigation, the permission it is offered for, and pages elsewhere that belong to it."""

    text: str
    path: str
    permission: Permission
    also: tuple[str, ...] = ()


OF_THE_GROUP = ("/actions", "/agencies", "/chairs", "/offices", "/terms-of-reference", "/forms")
PLACES = (
    Place("Desk", "/", Permission.SIGN_IN),
    Place("Cases", "/cases", Permission.SEE_CASES),
    Place("Meetings", "/meetings", Permission.READ_MEETINGS, OF_THE_GROUP),
    Place("To sort", "/pile", Permission.SORT_MAIL),
    Place("Letters", "/letters/wordings", Permission.CHANGE_WORDINGS),
    Place("Mail ledger", "/ledger", Permission.SORT_MAIL),
    Place("Records", "/records", Permission.KEEP_RECORDS),
    Place("History", "/history", Permission.READ_HISTORY),
    Place("People", "/people", Permission.KEEP_PEOPLE),
    Place(
        "Mail connection", "/mail-connection", Permission.KEEP_PEOPLE
    ),  # the office goes there from the ledger
)


def navigation() -> list[dict[str, object]]:
    """The items of the service navigation for whoever is asking; empty for somebody not signed in."""
    try:
        return [_item(place, request.path) for place in PLACES if may(place.permission)]
    except SQLAlchemyError:  # the page that says the database is away must not ask it who is reading
        return []


def _item(place: Place, path: str) -> dict[str, object]:
    here = path == place.path
    below = any(f"{path}/".startswith(f"{one}/") for one in (place.path, *place.also) if one != "/")
    return {"text": place.text, "href": place.path, "current": here, "active": here or below}


def init_app(app: Flask) -> None:
    app.jinja_env.globals["navigation"] = navigation
