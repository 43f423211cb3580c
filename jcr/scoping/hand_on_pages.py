"""The page at which the holder of an agency’s link passes the request on to a colleague."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from jcr.outsiders.handing_on import Held, hand_on_page
from jcr.scoping import service
from jcr.scoping.blueprint import pages
from jcr.scoping.link_pages import answerable
from jcr.web.access import behind_link
from jcr.web.request import db, now, the_letterhead


@pages.route("/scoping/<token>/hand-on", methods=["GET", "POST"])
@behind_link
def hand_on(token: str) -> ResponseReturnValue:
    asked = answerable(token)

    def pass_on(name: str, email: str, why: str) -> None:
        service.hand_on(db(), the_letterhead(), asked, name, email, why, now())

    held = Held(
        "request", asked.case.reference, asked.agency.name, "request", url_for("scoping.start", token=token),
        goes_with_it=", with all that was typed so far",
    )  # fmt: skip
    return hand_on_page(held, pass_on)
