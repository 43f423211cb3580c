"""The office's page of links to referrals being written, of which there is no case yet."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jcr.outsiders import service as outsiders
from jcr.paging import page_of
from jcr.permissions import Permission
from jcr.referrals.blueprint import pages
from jcr.web.access import allow
from jcr.web.request import actor, db, now


@pages.get("/referral-links")
@allow(Permission.TAKE_LINKS_BACK)
def links() -> ResponseReturnValue:
    number = request.args.get("page", 1, type=int)
    found = page_of(db(), outsiders.without_case(now()), number)
    return render_template("referrals/links.html", found=found, wide=True)


@pages.post("/referral-links/<int:id>/take-back")
@allow(Permission.TAKE_LINKS_BACK)
def take_link_back(id: int) -> ResponseReturnValue:
    link = db().scalar(outsiders.without_case(now(), id)) or abort(404)
    outsiders.take_back(db(), link, request.form.get("why", ""), actor(), now())
    flash("The link is taken back. It opens nothing any more, and no new one is sent to that address.")
    return redirect(url_for("referrals.links"))
