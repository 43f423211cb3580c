"""The ledger on a page: every message ever met, what became of it, and because of what."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from jcr.intake import keeping
from jcr.intake import service as intake
from jcr.intake.blueprint import pages
from jcr.intake.model import Outcome
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.request import db, person

PAGE = 50
MOST_NAMED = 50  # of those kept and not filed


@pages.get("/ledger")
@allow(Permission.SORT_MAIL)
def ledger() -> ResponseReturnValue:
    asked = request.args.get("outcome", "")
    outcome = Outcome(asked) if asked in set(Outcome) else None
    counts = intake.counts(db(), person())
    total = counts.get(outcome.value, 0) if outcome else sum(counts.values())
    last = max(1, -(-total // PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    rows = intake.newest(db(), person(), outcome, PAGE, (page - 1) * PAGE)
    return render_template(
        "intake/ledger.html",
        wide=True,
        rows=rows,
        counts=[(each, counts[each.value]) for each in Outcome if counts.get(each.value)],
        total=total,
        all=sum(counts.values()),
        accounted=sum(counts.values()) - counts.get("", 0),
        unfiled=keeping.unfiled(db(), MOST_NAMED),
        outcome=outcome,
        page=page,
        pages=last,
    )
