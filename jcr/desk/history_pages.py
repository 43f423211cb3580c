"""The history for the auditor: acts, moments and who acted, without what a case is about; and its proof."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, select

from jcr.cases.model import Case
from jcr.cases.service import no_wall
from jcr.desk.blueprint import pages
from jcr.desk.seen import in_words
from jcr.history import guard
from jcr.history.model import Entry, Seal
from jcr.history.proof import UNREADABLE, Broken, verify
from jcr.history.service import READ
from jcr.paging import Page, page_of
from jcr.people.model import Person
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.request import db, person, sessions


@pages.get("/history")
@allow(Permission.READ_HISTORY)
def whole_history() -> ResponseReturnValue:
    reference, number = request.args.get("case", "").strip().upper(), request.args.get("page", 1, type=int)
    readable = True
    try:
        page = page_of(db(), _entries(person(), reference), number)
    except UNREADABLE:
        page, readable = Page((), number, is_last=False), False
    cases = select(Case.id, Case.reference).where(Case.id.in_({entry.case_id for entry in page.rows}))
    return render_template(
        "desk/history.html",
        wide=True,
        page=page,
        readable=readable,
        reference=reference,
        references={row.id: row.reference for row in db().execute(cases)},
        in_short=_in_short,
        seal=db().scalar(select(Seal).order_by(Seal.id.desc()).limit(1)),
    )


@pages.post("/history/verify")
@allow(Permission.READ_HISTORY)
def verify_history() -> ResponseReturnValue:
    """The same proof as `jcr audit verify`, against the seals in the database."""
    with sessions().reading() as session:  # it may take long, and holds up nobody who writes
        try:
            place = verify(session)
            flash(
                f"The history is as it was written: {place.number} entries follow each other without a gap."
            )
        except Broken as broken:
            flash(f"The history is not as it was written. {broken}", "problem")
        for table in guard.missing(session.connection()):
            flash(f"The guard was taken off the table {table}. Ask the administrator who did it.", "problem")
    return redirect(url_for("desk.whole_history"))


def _entries(person: Person, reference: str) -> Select[Entry]:
    """The newest first, without cases on which the auditor has a conflict."""
    entries = select(Entry).where(no_wall(person, Entry.case_id))
    if reference:
        entries = entries.where(Entry.case_id.in_(select(Case.id).where(Case.reference == reference)))
    return entries.order_by(Entry.id.desc())


def _in_short(entry: Entry) -> str:
    """An act without what follows a colon, which may be of the case; of a reading, which page."""
    page = f": {in_words(str(entry.details.get('page', '')))}" if entry.act == READ else ""
    return entry.act.partition(":")[0] + page
