"""Pages for writing a referral without an account: start, task list, topics, files, the link to return."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from forms import Form, ReferralForm
from forms.fields import Email, Text
from forms.web import dress, error_list, place_of, rows_changed, topic_form, topic_state, topics_asked
from jcr.admission.visits import begin_here
from jcr.errors import Incomplete
from jcr.referrals import copies, drafts
from jcr.referrals.blueprint import pages
from jcr.referrals.model import Draft
from jcr.web.access import behind_link, public
from jcr.web.meanwhile import saved_meanwhile, saved_while_typing, stamp, typed_so_far
from jcr.web.request import db, now, settings, the_letterhead, today
from jcr.wording import count


class LinkForm(Form):
    """Where a saved referral's link is asked for."""

    link = Text("Your link", required=True, ask="Paste the link from your e-mail", limit=300)


class SendLinkForm(Form):
    """Where the link is sent to."""

    email = Email("Your e-mail address", required=True, autocomplete="email", ask="Enter your e-mail address")


@pages.get("/referral")
@public
def start() -> ResponseReturnValue:
    return render_template("referrals/start.html", form=ReferralForm)


@pages.post("/referral")
@public
def begin() -> ResponseReturnValue:
    token = drafts.start(db(), now(), the_letterhead().links_hold)
    begin_here(token)
    return redirect(url_for("referrals.tasks", token=token))


@pages.route("/referral/return", methods=["GET", "POST"])
@public
def come_back() -> ResponseReturnValue:
    form = LinkForm(request.form)
    dress(form)
    if request.method == "GET":
        return render_template("referrals/return.html", form=form)
    if form.validate():
        token = form.link.data.rstrip("/").rpartition("/")[2]
        if drafts.by_token(db(), token):
            return redirect(url_for("referrals.tasks", token=token))
        form.link.errors = ["No saved referral has this link. Copy the whole link and paste it again"]
    return render_template("referrals/return.html", form=form, errors=error_list(form)), 422


@pages.get("/referral/form.<medium>")
@public
def blank_form(medium: str) -> ResponseReturnValue:
    if medium not in copies.TYPES:
        abort(404)
    name = f"referral-form.{medium}"
    content = copies.blank(medium, the_letterhead().partnership)
    return send_file(io.BytesIO(content), copies.TYPES[medium], True, name)


@pages.get("/referral/<token>")
@behind_link
def tasks(token: str) -> ResponseReturnValue:
    draft = editable(token)
    keys = topics_asked(ReferralForm, draft.answers)
    rows = [(ReferralForm.topic(key), _state(draft, key)) for key in keys]
    done = sum(state == "done" for _, state in rows)
    return render_template(
        "referrals/tasks.html", draft=draft, token=token, rows=rows, done=done,
        address=drafts.address_of(db(), draft), hours=_hours(),
    )  # fmt: skip


@pages.route("/referral/<token>/<key>", methods=["GET", "POST"])
@behind_link
def topic(token: str, key: str) -> ResponseReturnValue:
    """A topic is saved as typed, then shown again with what is wrong, so that nothing typed is ever lost."""
    draft = editable(token)
    if key not in {each.key for each in ReferralForm.topics}:
        abort(404)
    form = topic_form(ReferralForm, key, request.form or None, draft.answers, today())
    if request.method == "GET":
        return _topic_page(draft, token, key, form, check="check" in request.args)
    if theirs := saved_meanwhile(form, _stored(draft, key), today=today()):
        return _topic_page(draft, token, key, form, theirs=theirs)
    pressed_row_button = rows_changed(form, request.form)
    drafts.save_topic(db(), draft, key, form.merged(), now())
    if pressed_row_button:
        return _topic_page(draft, token, key, form)
    if saved := saved_while_typing(_stored(draft, key)):
        return saved
    if "later" in request.form:
        return redirect(url_for("referrals.save", token=token))
    if not form.validate():
        return redirect(url_for("referrals.topic", token=token, key=key, check="yes"))
    return redirect(_after(draft, token, key))


@pages.route("/referral/<token>/files", methods=["GET", "POST"])
@behind_link
def attachments(token: str) -> ResponseReturnValue:
    draft = editable(token)
    if request.method == "POST":
        _take_files(draft)
        return redirect(url_for("referrals.attachments", token=token))
    return render_template("referrals/files.html", draft=draft, token=token)


@pages.post("/referral/<token>/files/<int:id>/remove")
@behind_link
def remove_file(token: str, id: int) -> ResponseReturnValue:
    drafts.remove_file(db(), editable(token), id, now())
    flash("The file was removed.")
    return redirect(url_for("referrals.attachments", token=token))


@pages.route("/referral/<token>/save", methods=["GET", "POST"])
@behind_link
def save(token: str) -> ResponseReturnValue:
    draft = editable(token)
    head = the_letterhead()
    form = SendLinkForm(request.form, data={"email": draft.answers.get("referrer_email", "")})
    dress(form)
    facts = {"form": form, "token": token, "link": head.link(f"/referral/{token}"),
             "address": drafts.address_of(db(), draft), "hours": _hours()}  # fmt: skip
    if request.method == "GET":
        return render_template("referrals/save.html", **facts)
    if not form.validate():
        return render_template("referrals/save.html", errors=error_list(form), **facts), 422
    drafts.email_link(db(), head, draft, form.email.data, now())
    flash("The link is on its way to you.")
    return redirect(url_for("referrals.save", token=token))


def _hours() -> int:
    """How long a draft stays open at the browser where it was begun."""
    return int(settings().longest_session.total_seconds() // 3600)


def found(token: str) -> Draft:
    """The draft of this link, or a page that says the link is not known."""
    return drafts.by_token(db(), token) or abort(404)


def editable(token: str) -> Draft:
    """The draft of this link; one that was sent shows its confirmation instead."""
    draft = found(token)
    if draft.is_with_us:
        abort(redirect(url_for("referrals.sent", token=token)))
    return draft


def _stored(draft: Draft, key: str) -> dict[str, Any]:
    return typed_so_far(draft.answers, ReferralForm.topic(key).names)


def _topic_page(
    draft: Draft,
    token: str,
    key: str,
    form: Form,
    check: bool = False,
    theirs: Sequence[tuple[str, str]] = (),
) -> ResponseReturnValue:
    wrong = check and not form.validate()
    place = place_of(ReferralForm, key, draft.answers)
    page = render_template(
        "referrals/topic.html",
        topic=ReferralForm.topic(key),
        form=form,
        token=token,
        place=place,
        seen=stamp(_stored(draft, key)),
        theirs=theirs,
        errors=error_list(form) if wrong else None,
    )
    return page, 409 if theirs else 422 if wrong else 200


def _after(draft: Draft, token: str, key: str) -> str:
    """The next topic if it is not done yet; otherwise the task list, such as after a correction."""
    following = place_of(ReferralForm, key, draft.answers).following
    if following and _state(draft, following) != "done":
        return url_for("referrals.topic", token=token, key=following)
    return url_for("referrals.tasks", token=token)


def _state(draft: Draft, key: str) -> str:
    """A topic where nothing must be answered is done once it was seen."""
    state = topic_state(ReferralForm, key, draft.answers, today())
    if state != "todo" or key not in draft.visited:
        return state
    cut = ReferralForm(data=draft.answers, only=ReferralForm.topic(key).names, today=today())
    return "done" if cut.validate() else "started"


def _take_files(draft: Draft) -> None:
    chosen = [file for file in request.files.getlist("files") if file.filename]
    refusals = []
    for file in chosen:
        try:
            drafts.add_file(db(), draft, file.filename or "", file.read(), now())
        except Incomplete as refused:
            refusals.append(str(refused))
    added = len(chosen) - len(refusals)
    if added:
        flash(f"{count(added, 'file')} added.")
    for sentence in dict.fromkeys(refusals):
        flash(f"A file was not added. {sentence}", "problem")
    if not chosen:
        flash("No file was chosen. Choose one or more files, then press the button.", "problem")
