"""The list of cases: found, kept as views of a person's own, and taken out as a file."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jcr.cases import openings
from jcr.cases.model import Status
from jcr.counting import in_words
from jcr.desk import case_list, saved_views
from jcr.desk.blueprint import pages
from jcr.desk.case_list import ROUTES, Wanted
from jcr.documents.sheet import CSV, XLSX, Sheet, as_csv, as_xlsx
from jcr.errors import Incomplete
from jcr.files.web import sent
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.request import db, now, person, settings, today

FORMATS = {"csv": (as_csv, CSV), "xlsx": (as_xlsx, XLSX)}


@pages.route("/cases", methods=["GET", "POST"])
@allow(Permission.SEE_CASES)
def cases() -> ResponseReturnValue:
    """The list. Words to look for are posted: they may be a name, and addresses of pages are kept. Filters alone are
    the address, so that it can be kept and passed on."""
    wanted = _wanted()
    if request.method == "POST" and not wanted.words:
        return redirect(_address(wanted))
    return _list(wanted)


@pages.post("/cases/views")
@allow(Permission.SEE_CASES)
def save_view() -> ResponseReturnValue:
    """Keeps the filters of the list under a name of the person's own."""
    wanted, name = replace(_wanted(), words="", page=1), request.form.get("name", "")
    try:
        view = saved_views.save(db(), person(), name, wanted)
    except Incomplete as lacking:
        return _list(wanted, str(lacking), name), 422
    flash(f"The view {view.name} is saved.")
    return redirect(_address(wanted))


@pages.post("/cases/views/<int:view>/remove")
@allow(Permission.SEE_CASES)
def remove_view(view: int) -> ResponseReturnValue:
    name = saved_views.remove(db(), person(), view) or abort(404)
    flash(f"The view {name} is removed.")
    return redirect(url_for("desk.cases"))


@pages.post("/cases/taken-out")
@allow(Permission.SEE_CASES)
def take_out() -> ResponseReturnValue:
    """The cases of the list, on all its pages, as a file."""
    format = request.form.get("format", "")
    make, type = FORMATS.get(format) or abort(400)
    rows = case_list.take_out(db(), person(), _wanted(), format.upper(), now())
    made = make(Sheet("Cases", case_list.COLUMNS, rows, settings().marking))
    return sent(made, type, f"cases-{today():%Y-%m-%d}.{format}")


def _wanted() -> Wanted:
    asked = request.values
    return Wanted(
        status=asked.get("status", ""),
        route=asked.get("route", ""),
        words=request.form.get("words", "").strip()[:200],
        page=asked.get("page", 1, type=int),
    )


def _address(wanted: Wanted) -> str:
    page = wanted.page if wanted.page > 1 else None
    return url_for("desk.cases", status=wanted.status or None, route=wanted.route or None, page=page)


def _list(wanted: Wanted, fault: str = "", typed: str = "") -> str:
    return render_template(
        "desk/cases.html",
        wide=True,
        wanted=wanted,
        found=case_list.find(db(), person(), wanted, today()),
        opened=openings.of_person(db(), person(), now()),
        views=saved_views.views_of(db(), person(), today()),
        statuses=list(Status),
        routes=ROUTES,
        shown=in_words,
        fault=fault,
        typed=typed,
        errors={"titleText": "There is a problem", "errorList": [{"text": fault, "href": "#name"}]}
        if fault
        else None,
    )
