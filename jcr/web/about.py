"""The pages every service owes its readers: accessibility and privacy."""

from __future__ import annotations

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue

from jcr.web.access import public

pages = Blueprint("about", __name__)


@pages.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("about/accessibility.html")


@pages.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return render_template("about/privacy.html")


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
