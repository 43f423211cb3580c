"""Pages behind an agency’s link that add to its return: events pasted from a table, and files."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form, ScopingForm
from forms.fields import LongText
from forms.pasted import events
from forms.web import dress
from jcr.errors import Incomplete
from jcr.scoping import adding
from jcr.scoping.blueprint import pages
from jcr.scoping.link_pages import answerable
from jcr.web.access import behind_link
from jcr.web.asking import form_page
from jcr.web.request import db, now
from jcr.wording import count


class PasteForm(Form):
    pasted = LongText(
        "Rows",
        required=True,
        lines=12,
        limit=500_000,
        ask="Paste at least one row",
        hint="Mark the rows in Excel, copy them and paste them here. A row of headings is understood, and a title "
        "above it left out. Without headings, six columns are taken as date, time, source, what happened, action "
        "taken and effect; two as date and what happened.",
    )


@pages.route("/scoping/<token>/paste", methods=["GET", "POST"])
@behind_link
def paste(token: str) -> ResponseReturnValue:
    """The rows become events of the draft, to be checked there; those that do not fit in stay on the page."""
    asked, form = answerable(token), PasteForm(request.form or None)
    dress(form)
    if request.method == "POST" and form.validate():
        try:
            added = adding.add_events(db(), asked, events(request.form["pasted"]))
        except Incomplete as refused:
            form.pasted.errors = [str(refused)]
        else:
            flash(f"{count(added, 'event')} added. Check them below.")
            topic = next(one.key for one in ScopingForm.topics if "chronology" in one.names)
            return redirect(url_for("scoping.topic", token=token, key=topic, check="yes"))
    return form_page("scoping/paste.html", form, asked=asked, token=token)


@pages.route("/scoping/<token>/files", methods=["GET", "POST"])
@behind_link
def files(token: str) -> ResponseReturnValue:
    asked = answerable(token)
    if request.method == "POST":
        chosen = [file for file in request.files.getlist("files") if file.filename]
        for file in chosen:
            try:
                adding.attach(db(), asked, file.filename or "", file.read(), now())
                flash(f"Attached: {adding.safe_name(file.filename or '')}.")
            except Incomplete as refused:
                flash(f"A file was not added. {refused}", "problem")
        if not chosen:
            flash("No file was chosen. Choose one or more files, then press the button.", "problem")
        return redirect(url_for("scoping.files", token=token))
    attached = adding.attached(db(), asked)
    return render_template("scoping/files.html", asked=asked, token=token, attached=attached)
