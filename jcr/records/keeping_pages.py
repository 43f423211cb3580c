"""Pages of retention: which records are to be reviewed, and how one case's record stands."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, Date, LongText
from forms.web import dress
from jcr.cases.model import Case
from jcr.cases.web import the_case
from jcr.errors import Refused
from jcr.paging import page_of
from jcr.permissions import Permission
from jcr.records import keeping, of_no_case
from jcr.records.blueprint import pages
from jcr.records.model import Fate
from jcr.records.rules import COUNTED_FROM, KINDS, OF_NO_CASE
from jcr.web.access import allow, may
from jcr.web.asking import form_page
from jcr.web.request import actor, db, now, person, settings, today

MOST_GONE = 200  # of the records destroyed, those that are listed


class HoldForm(Form):
    why = LongText(
        "What is the hold for, and who asked for it?",
        required=True,
        lines=3,
        hint="For example: an inquest, a claim, or a public inquiry.",
        ask="Say what the hold is for",
    )


class LiftForm(Form):
    why = LongText(
        "Why does the hold end, and who agreed?", required=True, lines=3, ask="Say why the hold ends"
    )


class AgreeForm(Form):
    why = LongText(
        "What did you look at, and why do you agree?", required=True, lines=3,
        ask="Say what you looked at and why you agree",
        hint="Once you agree, the operator destroys the record. Its history stays.",
    )  # fmt: skip


@pages.get("/records")
@allow(Permission.KEEP_RECORDS)
def to_review() -> ResponseReturnValue:
    number = request.args.get("page", 1, type=int)
    years = settings().retention_years
    return render_template(
        "records/due.html",
        wide=True,
        due=page_of(db(), keeping.due(person(), years, today()), number),
        marked=db().scalars(keeping.marked(person())).all(),
        held=db().scalars(keeping.on_hold(person())).all(),
        gone=db().scalars(keeping.destroyed(person()).limit(MOST_GONE)).all(),
        old={
            kind: of_no_case.how_many(db(), kind, of_no_case.up_to(kind, years, today()))
            for kind in OF_NO_CASE
        },
        marks={kind: of_no_case.standing(db(), kind) for kind in OF_NO_CASE},
        kinds=KINDS | OF_NO_CASE,
        counted_from=COUNTED_FROM,
        years=years,
        source=settings().retention_source,
    )


@pages.get("/cases/<reference>/keeping")
@allow(Permission.KEEP_RECORDS)
def kept(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    return render_template(
        "records/keeping.html",
        case=case,
        keeping=_keeping(case),
        is_due=_keeping(case).is_due(today()),
        source=settings().retention_source,
    )


@pages.route("/cases/<reference>/keeping/hold", methods=["GET", "POST"])
@allow(Permission.KEEP_RECORDS)
def hold(reference: str) -> ResponseReturnValue:
    """Puts a legal hold on the case, or lifts the one there is."""
    case = the_case(reference)
    stands = _keeping(case)
    form = (LiftForm if stands.hold else HoldForm)(request.form or None)
    title = "Lift the legal hold" if stands.hold else "Put on legal hold"
    if request.method == "GET" or not form.validate():
        return _form_page(case, title, form)
    if request.form.get("act") != title:
        form.why.errors = ["Somebody changed the legal hold meanwhile. See how it stands now, then decide"]
        return _form_page(case, title, form)
    act = keeping.lift if stands.hold else keeping.hold
    act(db(), case, stands, form.why.data, actor(), now())
    flash("The legal hold is lifted." if stands.hold else "The record is on legal hold.")
    return redirect(url_for("records.kept", reference=case.reference))


@pages.route("/cases/<reference>/keeping/review", methods=["GET", "POST"])
@allow(Permission.KEEP_RECORDS)
def review(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    form, title = _review_form(case)(request.form or None), "Review of the record"
    if request.method == "GET" or not form.validate():
        return _form_page(case, title, form)
    said = form.answers()
    try:
        _decide(case, Fate(said["fate"]), form)
    except Refused as why:
        db().rollback()
        (form.until if said["fate"] == Fate.KEEP else form.fate).errors = [str(why)]
        return _form_page(case, title, form)
    flash("The decision is recorded.")
    return redirect(url_for("records.kept", reference=case.reference))


@pages.route("/cases/<reference>/keeping/agree", methods=["GET", "POST"])
@allow(Permission.AGREE_DESTRUCTION)
def agree(reference: str) -> ResponseReturnValue:
    """A second person looks at the mark for destruction."""
    case, title = the_case(reference), "Agree that the record is destroyed"
    form = AgreeForm(request.form or None)
    if request.method == "GET" or not form.validate():
        return _form_page(case, title, form)
    try:
        keeping.agree(db(), case, _keeping(case), form.why.data, actor(), now())
    except Refused as why:
        form.why.errors = [str(why)]
        return _form_page(case, title, form)
    flash("You agreed. The operator can destroy the record now.")
    return redirect(url_for("records.kept", reference=case.reference))


def _decide(case: Case, fate: Fate, form: Form) -> None:
    stands, why = _keeping(case), form.why.data
    if fate is Fate.KEEP:
        keeping.keep_longer(db(), case, stands, form.until.day, why, actor(), now())
    else:
        keeping.mark(db(), case, stands, why, actor(), now())


def _keeping(case: Case) -> keeping.Keeping:
    return keeping.keeping_of(db(), case, settings().retention_years)


def _review_form(case: Case) -> type[Form]:
    """Only a manager may mark for destruction."""
    marks = may(Permission.MARK_FOR_DESTRUCTION, case)
    fates = [fate for fate in Fate if fate is Fate.KEEP or marks]
    questions = {
        "fate": Choice("What becomes of the record?", {fate.value: fate.shown for fate in fates}, required=True,
                       ask="Choose what becomes of the record"),
        "until": Date("If it is kept: until when", hint="It comes up for review again on that day."),
        "why": LongText("Why?", required=True, lines=3, ask="Give the reasons"),
    }  # fmt: skip
    return type("ReviewForm", (Form,), questions)


def _form_page(case: Case, title: str, form: Form) -> ResponseReturnValue:
    dress(form)
    return form_page("records/form.html", form, case=case, title=title)
