"""The door before a link: the code asked for, that the link is over, and the way on to the page it leads to."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jcr.admission.blueprint import pages
from jcr.outsiders import service as outsiders
from jcr.outsiders.model import OutsideLink
from jcr.outsiders.service import CODE_HOLDS
from jcr.web.access import behind_link
from jcr.web.request import db

OF_THE_DOOR = ("csrf_token", "link_code", "another_code", "new_link", "onward")


@pages.post("/open/<token>")
@behind_link
def door(token: str) -> ResponseReturnValue:
    """The code was right: on to the page that was asked for, behind this link and no other."""
    link = outsiders.by_token(db(), token) or abort(404)
    start = f"{link.purpose.path}{token}"
    onward = request.form.get("onward", "")
    return redirect(onward if onward == start or onward.startswith((f"{start}/", f"{start}?")) else start)


def code_page(link: OutsideLink, wrong: str = "", note: str = "") -> str:
    """Asks for the code; what was typed on the page that was sent goes along, and is sent once the code is right."""
    faulty = [{"text": wrong, "href": "#link_code"}] if wrong else []
    at_door = request.endpoint == "admission.door"
    looked = at_door or request.method != "POST"
    return render_template(
        "admission/link_code.html",
        link=link,
        wrong=wrong,
        note=note,
        minutes=int(CODE_HOLDS.total_seconds() // 60),
        action=_door() if looked else request.path,
        typed=[("onward", request.form.get("onward", "") if at_door else _here())] if looked else _typed(),
        away=not looked,
        files=any(file.filename for file in request.files.values()),
        errors={"titleText": "There is a problem", "errorList": faulty} if wrong else None,
    )


def over_page(link: OutsideLink, asked: bool) -> str:
    return render_template("admission/link_over.html", link=link, asked=asked, action=_door())


def _door() -> str:
    return url_for("admission.door", token=(request.view_args or {})["token"])


def _here() -> str:
    return request.full_path.rstrip("?")


def _typed() -> list[tuple[str, str]]:
    return [(name, text) for name, text in request.form.items(multi=True) if name not in OF_THE_DOOR]
