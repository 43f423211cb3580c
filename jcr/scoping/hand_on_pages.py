"""The page at which the holder of an agency’s link passes the request on to a colleague."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Email, LongText, Text
from forms.web import dress, error_list
from jcr.errors import Incomplete
from jcr.scoping import service
from jcr.scoping.blueprint import pages
from jcr.scoping.link_pages import answerable
from jcr.web.access import behind_link
from jcr.web.request import db, now, the_letterhead


class HandOnForm(Form):
    name = Text("Your colleague’s name", required=True, ask="Enter your colleague’s name")
    email = Email(
        "Their e-mail address", required=True, ask="Enter their e-mail address",
        hint="At your own organisation. The link goes there, and yours ends",
    )  # fmt: skip
    why = LongText(
        "Why?", required=True, lines=2, ask="Say why you pass it on",
        hint="For example: they hold the records. Name nobody the case is about",
    )  # fmt: skip


@pages.route("/scoping/<token>/hand-on", methods=["GET", "POST"])
@behind_link
def hand_on(token: str) -> ResponseReturnValue:
    asked, form = answerable(token), HandOnForm(request.form or None)
    dress(form)
    if request.method == "POST" and form.validate():
        try:
            given = form.name.data, form.email.data, form.why.data
            service.hand_on(db(), the_letterhead(), asked, *given, now())
            return render_template("scoping/handed_on.html", asked=asked)
        except Incomplete as refused:
            form.email.errors = [str(refused).rstrip(".")]
    faulty = request.method == "POST"
    errors = error_list(form) if faulty else None
    page = render_template("scoping/hand_on.html", asked=asked, token=token, form=form, errors=errors)
    return page, 422 if faulty else 200
