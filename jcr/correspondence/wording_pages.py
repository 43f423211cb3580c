"""The pages at which the office reads, changes, previews and puts back the words of its letters."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import LongText, Text
from forms.web import dress, error_list
from jcr.cases.model import Case
from jcr.cases.service import by_reference
from jcr.correspondence import wordings
from jcr.correspondence.blueprint import pages
from jcr.correspondence.placeholders import ONE_LINE, PARTS, TEMPLATES, placeholders_of
from jcr.correspondence.previewing import preview
from jcr.correspondence.shown import blocks
from jcr.correspondence.wordings import Overtaken, Words
from jcr.errors import Incomplete
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.request import actor, db, now, person


class WordsForm(Form):
    """The parts of a letter, the reason for the change, and the case to try them on."""

    subject = Text(PARTS["subject"], required=True, ask="Write the subject")
    body = LongText(PARTS["body"], required=True, lines=14, ask="Write the e-mail")
    heading = Text(PARTS["heading"], required=True, ask="Write the heading")
    text = LongText(
        PARTS["text"],
        required=True,
        lines=28,
        ask="Write the letter",
        hint="An empty line ends a paragraph. Begin a heading with “## ” and a point of a list with “- ”.",
    )
    decision = LongText(PARTS["decision"], required=True, lines=8, ask="Write the decision")
    next = LongText(PARTS["next"], required=True, lines=10, ask="Write what happens next")
    why = Text("Why do the words change?", hint="Kept with the version. Needed to save, not to look.")
    case = Text("Case to fill the preview from", hint="Such as JCR-2026-0001; empty for demonstration values")

    def __init__(self, formdata: Any = None, *, key: str, **kwargs: Any) -> None:
        super().__init__(formdata, only={*TEMPLATES[key].parts, "why", "case"}, **kwargs)

    def words(self, key: str) -> dict[str, str]:
        """What was typed, by part."""
        return {part: self[part].data for part in TEMPLATES[key].parts}


@pages.get("/wordings")
@allow(Permission.CHANGE_WORDINGS)
def all_wordings() -> ResponseReturnValue:
    current = {key: wordings.current(db(), key) for key in TEMPLATES}
    return render_template("correspondence/wordings.html", templates=TEMPLATES, current=current)


@pages.get("/wordings/<key>")
@allow(Permission.CHANGE_WORDINGS)
def words(key: str) -> ResponseReturnValue:
    current = wordings.current(db(), _known(key))
    return _page(key, WordsForm(data=dict(current.parts), key=key), current)


@pages.post("/wordings/<key>")
@allow(Permission.CHANGE_WORDINGS)
def change_words(key: str) -> ResponseReturnValue:
    """Shows what was typed as a letter, or saves it as a new version; what is wrong loses no word."""
    form, current = WordsForm(request.form, key=_known(key)), wordings.current(db(), key)
    if not _is_right(form, key):
        return _page(key, form, current, errors=error_list(form)), 422
    if "save" not in request.form:
        return _page(key, form, current, shown=True)
    based_on = request.form.get("based_on", 0, type=int)
    try:
        saved = wordings.save(db(), key, form.words(key), based_on, form.why.data, actor(), now())
    except Overtaken as why:
        return _page(key, form, current, overtaken=str(why)), 409
    except Incomplete as lacking:
        form.why.errors = [str(lacking)]
        return _page(key, form, current, errors=error_list(form)), 422
    flash(f"Version {saved.number} is saved. Letters written from now on are made from it.")
    return redirect(url_for("correspondence.words", key=key))


@pages.route("/wordings/<key>/versions/<int:number>", methods=["GET", "POST"])
@allow(Permission.CHANGE_WORDINGS)
def earlier_words(key: str, number: int) -> ResponseReturnValue:
    found = wordings.version(db(), _known(key), number) or abort(404)
    form = PutBackForm(request.form)
    if request.method == "POST" and form.validate():
        saved = wordings.put_back(db(), key, number, form.why.data, actor(), now())
        flash(f"The words of version {number} count again, as version {saved.number}.")
        return redirect(url_for("correspondence.words", key=key))
    dress(form)
    errors = error_list(form) if request.method == "POST" else None
    page = render_template(
        "correspondence/earlier.html",
        key=key,
        template=TEMPLATES[key],
        parts=PARTS,
        words=found,
        is_current=found.number == wordings.current(db(), key).number,
        form=form,
        errors=errors,
    )
    return page, 422 if errors else 200


class PutBackForm(Form):
    why = Text("Why are these words put back?", required=True, ask="Say why these words are put back")


def _known(key: str) -> str:
    return key if key in TEMPLATES else abort(404)


def _is_right(form: WordsForm, key: str) -> bool:
    good = form.validate()
    for part, sentence in wordings.faults(key, form.words(key)):
        if not form[part].errors:
            form[part].errors = [sentence]
        good = False
    if form.case.data and _case(form) is None:
        form.case.errors = [f"There is no case {form.case.data} that you may see. Check the reference."]
        good = False
    return good


def _case(form: WordsForm) -> Case | None:
    return by_reference(db(), person(), form.case.data) if form.case.data else None


def _page(key: str, form: WordsForm, current: Words, **more: Any) -> str:
    dress(form)
    parts = dict(current.parts) if more.get("errors") else form.words(key)
    seen = preview(db(), key, parts, person(), _case(form))
    return render_template(
        "correspondence/words.html",
        key=key,
        template=TEMPLATES[key],
        placeholders=placeholders_of(key),
        parts=PARTS,
        one_line=ONE_LINE,
        form=form,
        current=current,
        versions=wordings.versions(db(), key),
        preview=seen,
        blocks=blocks,
        **more,
    )
