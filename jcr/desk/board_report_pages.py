"""The report to each board: read, taken out as PDF, and recorded as told."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.web import dress
from jcr.correspondence.shown import blocks
from jcr.decisions import board_reports
from jcr.decisions.notice_pages import ReceiptForm
from jcr.desk.blueprint import pages
from jcr.documents import board_report as paper
from jcr.errors import Refused
from jcr.files.service import PDF
from jcr.files.web import sent
from jcr.people.model import Board
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.asking import form_page
from jcr.web.request import actor, db, now, person, the_letterhead, today


@pages.route("/boards/<code>/report", methods=["GET", "POST"])
@allow(Permission.KEEP_NOTICES)
def board_report(code: str) -> ResponseReturnValue:
    """What the board has not been told of, and the receipt once it was: of what this page showed, and no more."""
    board = _board(code)
    owed = board_reports.untold(db(), board, person())
    form = ReceiptForm(request.form or None, data={"told_by": person().name}, today=today())
    dress(form)
    shown = {int(one) for one in request.form.get("seen", "").split(",") if one.isdecimal()}
    if request.method == "POST" and form.validate():
        assert form.told_on.day is not None
        try:
            told = board_reports.confirm(
                db(), owed, shown, form.told_on.day, form.told_by.data, form.receipt.data, actor(), now()
            )
            flash(f"Recorded: the {board.name} was told of {told}.")
            return redirect(url_for("desk.board_report", code=code))
        except Refused as refused:
            form.told_on.errors = [str(refused)]
    if not owed:
        return render_template("desk/board_report_empty.html", board=board)
    report = board_reports.report(db(), the_letterhead(), board, owed, today())
    seen = ",".join(str(one.id) for one in owed)
    return form_page("desk/board_report.html", form, board=board, report=report, seen=seen, blocks=blocks)


@pages.post("/boards/<code>/report.pdf")
@allow(Permission.KEEP_NOTICES)
def board_report_pdf(code: str) -> ResponseReturnValue:
    """The report as a file; the history of each case in it notes that it was taken out."""
    board = _board(code)
    owed = board_reports.untold(db(), board, person())
    board_reports.took_out(db(), board, owed, actor(), now())
    made = paper.render(board_reports.report(db(), the_letterhead(), board, owed, today()))
    return sent(made, PDF, f"report-{board.code}-{today():%Y-%m-%d}.pdf")


def _board(code: str) -> Board:
    return board_reports.board_called(db(), code) or abort(404)
