"""The page from which the office takes out a case's whole record as one archive."""

from __future__ import annotations

from tempfile import TemporaryFile

from flask import render_template, send_file
from flask.typing import ResponseReturnValue

from jcr.cases.web import the_case
from jcr.permissions import Permission
from jcr.records import archive
from jcr.records.blueprint import pages
from jcr.web.access import allow
from jcr.web.request import actor, db, now, person, settings, the_letterhead


@pages.get("/cases/<reference>/archive")
@allow(Permission.TAKE_ARCHIVE)
def whole_record(reference: str) -> ResponseReturnValue:
    return render_template("records/archive.html", case=the_case(reference))


@pages.post("/cases/<reference>/archive")
@allow(Permission.TAKE_ARCHIVE)
def take_out(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    out = TemporaryFile()  # noqa: SIM115  # closed when the answer has gone
    archive.export(db(), the_letterhead(), case, out, person(), actor(), now(), bool(settings().clamd))
    out.seek(0)
    return send_file(out, "application/zip", as_attachment=True, download_name=archive.file_name(case))
