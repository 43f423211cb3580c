"""How letters travel, as settings on a page; and the page at which a letter is read that went as a link only."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, Text
from forms.web import dress, error_list
from jcr.correspondence import channels as letters_travel
from jcr.correspondence.blueprint import pages
from jcr.correspondence.model import Letter, Way
from jcr.correspondence.shown import blocks
from jcr.errors import Incomplete
from jcr.files.web import download
from jcr.permissions import Permission
from jcr.web.access import allow, behind_link
from jcr.web.request import actor, db, now

WAYS = {
    Way.DIRECT.value: "As they are: the letter and its form are attached",
    Way.GATEWAY.value: "Through a secure gateway: attached, and the prefix tells the gateway to encrypt",
    Way.LINK.value: "As a link only: nothing is attached, the letter is read and downloaded here",
}


class ChannelForm(Form):
    domain = Text(
        "E-mail domain", required=True, hint="Such as police.example; it holds for the domains below it too",
        ask="Enter the e-mail domain",
    )  # fmt: skip
    way = Choice("How do letters travel there?", WAYS, required=True, ask="Choose how letters travel")
    prefix = Text("Prefix of the subject line", hint="Such as [SECURE], where a gateway asks for one")


@pages.route("/channels", methods=["GET", "POST"])
@allow(Permission.CHANGE_CHANNELS)
def channels() -> ResponseReturnValue:
    form = ChannelForm(request.form)
    if request.method == "GET":
        return _page(form)
    if not form.validate():
        return _page(form, checked=True), 422
    said = form.answers()
    try:
        letters_travel.set_channel(
            db(), said["domain"], Way(said["way"]), said.get("prefix", ""), actor(), now()
        )
    except Incomplete as lacking:
        form["prefix" if "prefix" in str(lacking) else "domain"].errors = [str(lacking)]
        return _page(form, checked=True), 422
    flash("Letters travel so from now on.")
    return redirect(url_for("correspondence.channels"))


@pages.post("/channels/remove")
@allow(Permission.CHANGE_CHANNELS)
def remove_channel() -> ResponseReturnValue:
    letters_travel.remove_channel(db(), request.form.get("domain", ""), actor(), now())
    flash("Letters to this domain travel like all others again.")
    return redirect(url_for("correspondence.channels"))


@pages.route("/by-link/<token>", methods=["GET", "POST"])
@behind_link
def by_link(token: str) -> ResponseReturnValue:
    """Nothing is shown before a button is pressed: programs that follow each link in an e-mail press none."""
    letter = _behind(token)
    if request.method == "POST":
        letters_travel.open_by_link(db(), letter, now())
        return render_template(
            "correspondence/by_link.html", letter=letter, token=token, formal=blocks(letter.text)
        )
    return render_template("correspondence/by_link.html", letter=letter, token=token, formal=None)


@pages.get("/by-link/<token>/<int:enclosure_id>")
@behind_link
def enclosure_by_link(token: str, enclosure_id: int) -> ResponseReturnValue:
    enclosures = {enclosed.id: enclosed for enclosed in _behind(token).enclosures}
    found = enclosures.get(enclosure_id) or abort(404)
    return download(found.file, found.name)


def _behind(token: str) -> Letter:
    return letters_travel.by_link(db(), token) or abort(404)


def _page(form: Form, checked: bool = False) -> str:
    dress(form)
    return render_template(
        "correspondence/channels.html",
        form=form,
        channels=letters_travel.channels(db()),
        errors=error_list(form) if checked else None,
    )
