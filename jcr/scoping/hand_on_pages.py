"""The page at which the holder of an agency’s link passes the request on to a colleague."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from forms.fields import LongText
from forms.web import dress, error_list
from jcr.outsiders.handing_on import HandOnForm, is_handed_on
from jcr.scoping import service
from jcr.scoping.blueprint import pages
from jcr.scoping.link_pages import answerable
from jcr.web.access import behind_link
from jcr.web.request import db, now, the_letterhead


class HandRequestOnForm(HandOnForm):
    why = LongText(
        "Why?", required=True, lines=2, ask="Say why you pass it on",
        hint="For example: they hold the records. Name nobody the case is about",
    )  # fmt: skip


@pages.route("/scoping/<token>/hand-on", methods=["GET", "POST"])
@behind_link
def hand_on(token: str) -> ResponseReturnValue:
    asked, form = answerable(token), HandRequestOnForm(request.form or None)
    dress(form)

    def pass_on(name: str, email: str, why: str) -> None:
        service.hand_on(db(), the_letterhead(), asked, name, email, why, now())

    if is_handed_on(form, pass_on):
        return render_template("scoping/handed_on.html", asked=asked)
    faulty = request.method == "POST"
    errors = error_list(form) if faulty else None
    page = render_template("scoping/hand_on.html", asked=asked, token=token, form=form, errors=errors)
    return page, 422 if faulty else 200
