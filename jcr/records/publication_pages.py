"""Pages on which a publication copy is made, searched and released."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import LongText, Text
from forms.web import dress, error_list
from jcr.cases.model import Case
from jcr.cases.web import the_case
from jcr.files.web import download
from jcr.permissions import Permission
from jcr.records import publication
from jcr.records.blueprint import pages
from jcr.records.publication_model import PublicationCopy
from jcr.web.access import allow
from jcr.web.request import actor, db, now, the_letterhead

SEEN = "seen"  # the version of the copy that the page showed
WHY = "why-"  # then the words that are let stand


class CopyForm(Form):
    title = Text("Title", required=True, hint="It is printed, and is the title of the file.")
    text = LongText(
        "Words of the copy",
        required=True,
        lines=24,
        hint="A line that begins with ## is a heading, one with - a bullet.",
        ask="Write or paste the words of the copy",
    )


@pages.get("/cases/<reference>/publication")
@allow(Permission.PUBLISH)
def copies(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    return render_template("records/copies.html", case=case, copies=publication.of_case(db(), case))


@pages.route("/cases/<reference>/publication/new", methods=["GET", "POST"])
@allow(Permission.PUBLISH)
def new_copy(reference: str) -> ResponseReturnValue:
    """Begins a copy, with the words of the rapid review report or any others; what is known is taken out."""
    case = the_case(reference)
    begun = {
        "title": "Learning from a review",
        "text": publication.words_of_report(db(), case, the_letterhead()),
    }
    form = CopyForm(request.form or None, data=begun)
    if request.method == "GET" or not form.validate():
        return _page(case, None, form)
    title, text = (
        publication.without_what_is_known(db(), case, said) for said in (form.title.data, form.text.data)
    )
    made = publication.save(db(), the_letterhead(), case, None, title, text, {}, actor(), now())
    return redirect(url_for("records.one_copy", reference=case.reference, number=made.id))


@pages.route("/cases/<reference>/publication/<int:number>", methods=["GET", "POST"])
@allow(Permission.PUBLISH)
def one_copy(reference: str, number: int) -> ResponseReturnValue:
    """The copy's words beside what was found in its PDF; each change is searched anew, and only a clean one goes."""
    case = the_case(reference)
    copy = _copy(case, number)
    form = CopyForm(request.form or None, data={"title": copy.title, "text": copy.text})
    if request.method == "GET" or not form.validate():
        return _page(case, copy, form)
    db().refresh(copy, with_for_update=True)
    if request.form.get(SEEN) != copy.version:
        return _page(case, copy, form, overtaken=True)
    said = (form.title.data, form.text.data, _reasons())
    publication.save(db(), the_letterhead(), case, copy, *said, actor(), now())
    if "release" in request.form and not copy.in_the_way:
        publication.release(db(), copy, actor(), now())
        flash("The copy is released. Save it below.")
    elif copy.in_the_way:
        flash("The copy is saved. It is not clean yet: see below.")
    else:
        flash("The copy is saved, and clean.")
    return redirect(url_for("records.one_copy", reference=case.reference, number=copy.id))


@pages.get("/cases/<reference>/publication/<int:number>/copy.pdf")
@allow(Permission.PUBLISH)
def copy_file(reference: str, number: int) -> ResponseReturnValue:
    """The file; before its release there is none to be had."""
    copy = _copy(the_case(reference), number)
    return download(copy.file, f"publication-copy-{copy.id}.pdf") if copy.released_at else abort(404)


def _copy(case: Case, number: int) -> PublicationCopy:
    found: PublicationCopy = next(
        (one for one in publication.of_case(db(), case) if one.id == number), None
    ) or abort(404)
    return found


def _reasons() -> dict[str, str]:
    """What was typed for each of the words found, why it may stand."""
    return {name.removeprefix(WHY): said for name, said in request.form.items() if name.startswith(WHY)}


def _page(
    case: Case, copy: PublicationCopy | None, form: Form, overtaken: bool = False
) -> ResponseReturnValue:
    """The page as it stands; with both versions when it was `overtaken`: saved by another since it was shown."""
    dress(form)
    faulty = request.method == "POST"
    errors = error_list(form) if faulty else None
    reasons = _reasons() if faulty or copy is None else copy.let_stand
    page = render_template("records/copy.html", case=case, copy=copy, form=form, errors=errors, WHY=WHY,
                           reasons=reasons, SEEN=SEEN, overtaken=overtaken)  # fmt: skip
    return page, 422 if faulty else 200
