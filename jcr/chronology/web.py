"""The pages of the merged chronology: read, filtered, taken out as PDF or sheet, and its pseudonyms."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Text
from forms.web import dress, error_list
from jcr.cases.model import Case
from jcr.cases.web import the_case
from jcr.chronology import pseudonyms, service
from jcr.chronology.lines import COLUMNS, ages, cells, lines, no_contact
from jcr.documents import chronology as paper
from jcr.documents.sheet import XLSX, Sheet, as_xlsx
from jcr.errors import Incomplete
from jcr.files.service import PDF
from jcr.files.web import sent
from jcr.permissions import Permission
from jcr.web.access import allow, may
from jcr.web.request import actor, db, now, settings, today
from jcr.wording import listed, long_date

pages = Blueprint("chronology", __name__, url_prefix="/cases/<reference>/chronology")

PSEUDONYMS = "pseudonyms"


class PseudonymForm(Form):
    name = Text("Name", required=True, ask="Enter the name", hint="As the agencies write it")
    pseudonym = Text(
        "Pseudonym", required=True, ask="Enter the pseudonym", hint="Such as Child A, Mother or Neighbour 1"
    )


@pages.get("")
@allow(Permission.READ_RECORD)
def read(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    shown = _shown(case, request.args.getlist("agency"), request.args.get("names", ""))
    return render_template(
        "chronology/read.html",
        case=case,
        shown=shown,
        ages=ages,
        no_contact=no_contact(shown),
        unnamed=[] if shown.named else pseudonyms.unnamed(db(), case),
        may_act=may(Permission.GIVE_PSEUDONYMS, case),
        wide=True,
    )


@pages.post("")
@allow(Permission.READ_RECORD)
def take_out(reference: str) -> ResponseReturnValue:
    """What the page shows, as a file; the history notes that it was taken out."""
    case = the_case(reference)
    shown = _shown(case, request.form.getlist("agency"), request.form.get("names", ""))
    made = {"pdf": _as_pdf, "xlsx": _as_sheet}.get(request.form.get("format", "")) or abort(400)
    service.note_taken_out(db(), case, shown, f"as {request.form['format'].upper()}", actor(), now())
    return made(case, shown)


@pages.route("/pseudonyms", methods=["GET", "POST"])
@allow(Permission.GIVE_PSEUDONYMS)
def naming(reference: str) -> ResponseReturnValue:
    """The table of pseudonyms, and one more or one changed."""
    case, form = the_case(reference), PseudonymForm(request.form or None)
    if request.method == "GET":
        return _naming_page(case, form)
    if not form.validate():
        return _naming_page(case, form, error_list(form)), 422
    try:
        pseudonyms.set_pseudonym(db(), case, form.name.data, form.pseudonym.data, actor(), now())
    except Incomplete as refused:
        form.pseudonym.errors = [str(refused)]
        return _naming_page(case, form, error_list(form)), 422
    flash("The pseudonym is kept.")
    return redirect(url_for("chronology.naming", reference=case.reference))


@pages.post("/pseudonyms/give")
@allow(Permission.GIVE_PSEUDONYMS)
def give(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    given = pseudonyms.give_pseudonyms(db(), case, actor(), now())
    flash(f"Given: {listed(given)}." if given else "Everybody the case names has a pseudonym already.")
    return redirect(url_for("chronology.naming", reference=case.reference))


def _shown(case: Case, agencies: Collection[str], names: str) -> service.Chronology:
    return service.chronology(db(), case, today(), agencies, named=names != PSEUDONYMS)


def _as_pdf(case: Case, shown: service.Chronology) -> Response:
    whose = [shown.agencies[code] for code in shown.chosen or shown.agencies]
    made = paper.render(
        paper.Chronology(
            organisation=settings().partnership,
            marking=settings().marking,
            reference=case.reference,
            date=long_date(today()),
            view=f"{'Some' if shown.chosen else 'All'} agencies, {'names' if shown.named else 'pseudonyms'}",
            lines=lines(shown),
            agencies=whose,
            silent=shown.silent,
            late=shown.late,
        )
    )
    return sent(made, PDF, f"{case.reference}-chronology.pdf")


def _as_sheet(case: Case, shown: service.Chronology) -> Response:
    rows = (cells(line) for line in lines(shown))
    made = as_xlsx(Sheet("Merged chronology", COLUMNS, rows, settings().marking, case.reference))
    return sent(made, XLSX, f"{case.reference}-chronology.xlsx")


def _naming_page(case: Case, form: Form, errors: dict[str, Any] | None = None) -> str:
    dress(form)
    return render_template(
        "chronology/pseudonyms.html",
        case=case,
        given=pseudonyms.pseudonyms(db(), case),
        unnamed=pseudonyms.unnamed(db(), case),
        form=form,
        errors=errors,
    )
