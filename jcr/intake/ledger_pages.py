"""The ledger on a page: every message ever met, what became of it, and because of what."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from jcr.counting import in_words
from jcr.intake import keeping
from jcr.intake import service as intake
from jcr.intake.behind_walls import given
from jcr.intake.blueprint import pages
from jcr.intake.model import Outcome
from jcr.paging import page_of
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.request import db, person

MOST_NAMED = 50  # of those kept and not filed


@pages.get("/ledger")
@allow(Permission.SORT_MAIL)
def ledger() -> ResponseReturnValue:
    asked = request.args.get("outcome", "")
    outcome = Outcome(asked) if asked in set(Outcome) else None
    counts = intake.counts(db(), person())
    number = request.args.get("page", 1, type=int)
    every = sum(counts.values())
    return render_template(
        "intake/ledger.html",
        wide=True,
        page=page_of(db(), intake.newest(person(), outcome), number, given(db(), person())),
        counts=[(each, counts[each]) for each in Outcome if each in counts],
        every=every,
        unaccounted=counts.get("", 0),
        unfiled=keeping.unfiled(db(), MOST_NAMED),
        outcome=outcome,
        shown=in_words,
    )
