"""Pages that take people in from a table: chosen, looked at row by row, and only then added."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from jcr.admission import importing
from jcr.admission.blueprint import pages
from jcr.errors import Incomplete
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.request import actor, db, now, the_letterhead


@pages.get("/people/import")
@allow(Permission.KEEP_PEOPLE)
def choose_table() -> ResponseReturnValue:
    return render_template("admission/import.html", columns=importing.COLUMNS)


@pages.post("/people/import")
@allow(Permission.KEEP_PEOPLE)
def look_at_table() -> ResponseReturnValue:
    """What would become of each row; nothing is written."""
    file = request.files.get("table")
    return _looked_at(importing.text_of(file.read()) if file else "")


@pages.post("/people/import/add")
@allow(Permission.KEEP_PEOPLE)
def add_from_table() -> ResponseReturnValue:
    """Adds whom the page before showed as good, and says of each row what became of it."""
    text = request.form.get("table", "")
    try:
        rows = importing.read(db(), text)
    except Incomplete as why:
        return _refused(str(why))
    importing.add_good_ones(db(), the_letterhead(), rows, actor(), now())
    return render_template("admission/imported.html", rows=rows, text="", done=True, wide=True)


def _looked_at(text: str) -> ResponseReturnValue:
    try:
        rows = importing.read(db(), text)
    except Incomplete as why:
        return _refused(str(why))
    return render_template("admission/imported.html", rows=rows, text=text, done=False, wide=True)


def _refused(why: str) -> ResponseReturnValue:
    errors = {"titleText": "There is a problem", "errorList": [{"text": why, "href": "#table"}]}
    page = render_template("admission/import.html", columns=importing.COLUMNS, errors=errors)
    return page, 422
