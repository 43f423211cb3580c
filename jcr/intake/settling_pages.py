"""What a person does to a message of the pile besides filing it: agree, part, put together, add what was opened."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, LongText, Text
from forms.web import dress, error_list
from jcr.errors import Incomplete
from jcr.files.web import must_be_clean
from jcr.intake import opening, parting, proposing
from jcr.intake import service as intake
from jcr.intake.blueprint import pages
from jcr.intake.model import Message
from jcr.intake.originals import looks
from jcr.intake.pile_pages import named, the_message, the_office
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.request import actor, db, now, person

MOST_PARTS = 6
MOST_OFFERED = 500  # messages to put one together with, the longest waiting first
EVERY = "every"


@pages.post("/pile/<int:id>/agree")
@allow(Permission.SORT_MAIL)
def agree(id: int) -> ResponseReturnValue:
    """One key: what was proposed is done, and the next message of the pile comes up."""
    message = the_message(id)
    key = request.form.get("proposal", "")
    flash(proposing.agree(db(), the_office(), person(), message, key, actor(), now()))
    return redirect(_next_after(message))


def _next_after(message: Message) -> str:
    """The next message of the pile, the longest waiting of those not passed by yet; the pile when there is none."""
    following = intake.next_to_sort(db(), person(), message)
    return url_for("intake.message", id=following.id) if following else url_for("intake.pile")


@pages.post("/pile/<int:id>/opened")
@allow(Permission.SORT_MAIL)
def add_opened(id: int) -> ResponseReturnValue:
    message, chosen = the_message(id), request.files.get("opened")
    name, content = (chosen.filename or "opened form", chosen.read()) if chosen else ("", b"")
    try:
        must_be_clean(content)
        opening.add_opened(db(), message, name, content, looks().reader.read, actor(), now())
    except Incomplete as lacking:
        flash(str(lacking), "problem")
    else:
        flash(
            "The opened copy is with the message, and was read. The first arrival stays the start of the clock."
        )
    return redirect(url_for("intake.message", id=id))


@pages.route("/pile/<int:id>/merge", methods=["GET", "POST"])
@allow(Permission.SORT_MAIL)
def merge(id: int) -> ResponseReturnValue:
    message = the_message(id)
    others = {str(one.id): _told(one) for one in intake.to_sort(db(), person(), MOST_OFFERED) if one.id != id}
    if not message.waiting or not others:
        flash("No other message waits on the pile to be put with this one.", "problem")
        return redirect(url_for("intake.message", id=id))
    form = _merge_form(others)(request.form)
    if request.method == "POST" and form.validate():
        said = form.answers()
        parting.merge(db(), message, the_message(int(said["into"])), said["why"], actor(), now())
        flash("The two messages go on together.")
        return redirect(url_for("intake.message", id=int(said["into"])))
    return _page("merge", message, form)


def _merge_form(others: dict[str, str]) -> type[Form]:
    questions = {
        "into": Choice(
            "Which message does it belong with?", others, required=True, ask="Choose the other message",
            hint="Choose the one with the form in it. The clock starts when the first of the two arrived.",
        ),
        "why": LongText("Why?", required=True, lines=2, ask="Say why they belong together"),
    }  # fmt: skip
    return type("MergeForm", (Form,), questions)


def _told(message: Message) -> str:
    return f"Message {message.id}, from {message.sender or 'nobody named'}: {message.subject[:80] or 'no subject'}"


@pages.route("/pile/<int:id>/split", methods=["GET", "POST"])
@allow(Permission.SORT_MAIL)
def split(id: int) -> ResponseReturnValue:
    message = the_message(id)
    files = parting.files_to_part(message)
    if not message.waiting or len(files) < 2:
        flash("There is only one thing in this message, so there is nothing to split.", "problem")
        return redirect(url_for("intake.message", id=id))
    parts = min(max(2, len(parting.forms_in(message))), MOST_PARTS)
    form = _split_form(files, parts)(request.form, data=_one_form_each(message, files, parts))
    if request.method == "GET" or not form.validate():
        return _page("split", message, form)
    try:
        made = parting.split(
            db(), message, _shared_out(form, files, parts), form.answers()["why"], actor(), now()
        )
    except Incomplete as lacking:
        form["file0"].errors = [str(lacking)]
        return _page("split", message, form)
    flash(
        f"The message is split into {len(made)} parts. Each waits on the pile by itself; this is the first."
    )
    return redirect(url_for("intake.message", id=made[0].id))


def _split_form(files: list[str], parts: int) -> type[Form]:
    choices = {str(number): f"Part {number}" for number in range(1, parts + 1)} | {EVERY: "Every part"}
    questions: dict[str, object] = {
        f"file{place}": Choice(
            named(file), choices, required=True, ask=f"Say which part {named(file)} belongs to"
        )
        for place, file in enumerate(files)
    }
    questions["why"] = Text("Why?", required=True, ask="Say why the message is split")
    return type("SplitForm", (Form,), questions)


def _one_form_each(message: Message, files: list[str], parts: int) -> dict[str, str]:
    """What is proposed, in the shape of the form."""
    proposed = parting.one_form_each(message)[:parts]
    holding = {
        file: [str(number) for number, part in enumerate(proposed, 1) if file in part] for file in files
    }
    return {
        f"file{place}": only[0] if len(only := holding[file]) == 1 else EVERY
        for place, file in enumerate(files)
    }


def _shared_out(form: Form, files: list[str], parts: int) -> list[list[str]]:
    answers = form.answers()
    said = {file: answers[f"file{place}"] for place, file in enumerate(files)}
    return [[file for file in files if said[file] in (str(part), EVERY)] for part in range(1, parts + 1)]


@pages.post("/pile/again")
@allow(Permission.SORT_MAIL)
def read_pile_again() -> ResponseReturnValue:
    """The whole pile is read again, such as after the reader improved; the longest waiting first."""
    waiting = intake.to_sort(db(), person(), MOST_READ_AGAIN)
    if not waiting:
        abort(404)
    changed = [one for one in waiting if _reads_differently(one)]
    flash(
        f"{len(waiting)} read again. {len(changed)} gave something else than before"
        + (f": {', '.join(f'message {one.id}' for one in changed)}." if changed else ".")
    )
    return redirect(url_for("intake.pile"))


MOST_READ_AGAIN = 25  # in one go, while a person waits for the page


def _reads_differently(message: Message) -> bool:
    intake.read_again(db(), the_office(), message, looks().reader.read, actor(), now())
    return bool(message.details.get("changes")) or not message.waiting


def _page(name: str, message: Message, form: Form) -> ResponseReturnValue:
    dress(form)
    asked = request.method == "POST"
    page = render_template(
        f"intake/{name}.html", message=message, form=form, errors=error_list(form) if asked else None
    )
    return page, 422 if asked else 200
