"""The pages of the action log: read, taken out as PDF or sheet, and an action completed."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import LongText
from forms.web import dress, error_list
from jcr.actions import service as actions
from jcr.actions.model import Action
from jcr.counting import counted_each
from jcr.documents import action_log as paper
from jcr.documents.sheet import XLSX, Sheet, as_xlsx
from jcr.files.service import PDF
from jcr.files.web import sent
from jcr.meetings import action_log as log
from jcr.meetings import actions_seen, service
from jcr.meetings.blueprint import pages
from jcr.paging import page_of
from jcr.permissions import Permission
from jcr.web.access import allow, may
from jcr.web.request import actor, db, now, person, settings, today
from jcr.wording import long_date


class DoneForm(Form):
    what_was_done = LongText("What was done?", required=True, lines=4, ask="Say what was done")


@pages.get("/actions")
@allow(Permission.SEE_GROUP)
def action_log() -> ResponseReturnValue:
    found = actions_seen.due_first(person())
    page = page_of(db(), found, request.args.get("page", 1, type=int))
    return render_template(
        "actions/log.html",
        page=page,
        sources=service.sources(db(), page.rows),
        today=today(),
        how_many=paper.how_many(*counted_each(db(), found, found.where(Action.due_on < today()))),
        may_record=may(Permission.HOLD_MEETINGS),
        wide=True,
    )


@pages.post("/actions")
@allow(Permission.SEE_GROUP)
def take_out_actions() -> ResponseReturnValue:
    """The log on all its pages, as a file; the history notes that it was taken out."""
    format = request.form.get("format", "")
    made = {"pdf": _as_pdf, "xlsx": _as_sheet}.get(format) or abort(400)
    return made(log.take_out(db(), person(), format.upper(), now()))


def _as_pdf(lines: list[paper.Line]) -> Response:
    told = paper.ActionLog(settings().partnership, settings().marking, long_date(today()), lines)
    return sent(paper.render(told), PDF, f"action-log-{today():%Y-%m-%d}.pdf")


def _as_sheet(lines: list[paper.Line]) -> Response:
    sheet = Sheet("Action log", log.COLUMNS, log.cells(lines), settings().marking)
    return sent(as_xlsx(sheet), XLSX, f"action-log-{today():%Y-%m-%d}.xlsx")


@pages.route("/actions/<int:number>/done", methods=["GET", "POST"])
@allow(Permission.HOLD_MEETINGS)
def done(number: int) -> ResponseReturnValue:
    action = db().scalar(actions_seen.visible_to(person()).where(Action.number == number)) or abort(404)
    form = DoneForm(request.form)
    dress(form)
    if request.method == "GET":
        return render_template("actions/done.html", action=action, form=form)
    if not form.validate():
        return render_template("actions/done.html", action=action, form=form, errors=error_list(form)), 422
    actions.complete(db(), action, form.what_was_done.data, actor(), now())
    flash(f"Action {action.label} is done.")
    return redirect(url_for("meetings.action_log"))
