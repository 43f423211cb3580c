"""Every deadline of the process, as a table written from law and guidance, counted from Monday 23 November 2026."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from jcr.cases import rules
from jcr.cases.rules import Due, england

START = date(2026, 11, 23)
MEETING = date(2027, 1, 14)

# what, how it is counted, the day it must give, and on whose authority
TABLE: tuple[tuple[str, Callable[..., Due], tuple[object, ...], str, str], ...] = (
    ("acknowledge: 1 working day", rules.acknowledge_by, (START,), "2026-11-24", "local"),
    ("chase the referrer: 5", rules.chase_referrer_on, (START,), "2026-11-30", "local"),
    ("triage: 3", rules.triage_by, (START,), "2026-11-26", "local"),
    ("notification: 5 from awareness", rules.sin_by, (START,), "2026-11-30", "statute"),
    ("returns of a child: 8", partial(rules.scoping_return_by, "child"), (START,), "2026-12-03", "local"),
    ("returns of others: 10", partial(rules.scoping_return_by, "adult"), (START,), "2026-12-07", "local"),
    ("meeting of a child: 11", partial(rules.meet_by, "child"), (START,), "2026-12-08", "local"),
    ("meeting of an adult: 20", partial(rules.meet_by, "adult"), (START,), "2026-12-21", "local"),
    ("to the partners: 13", rules.recommend_by, (START,), "2026-12-10", "local"),
    ("ratified before 15", rules.ratify_by, (START,), "2026-12-11", "local"),
    ("rapid review with the Panel: 15", partial(rules.rapid_review_by, START), (None,), "2026-12-14", "statute"),
    ("reply of the Panel: 15", rules.panel_reply_expected, (START,), "2026-12-14", "local"),
    ("decision on a domestic death: a month", rules.domestic_decision_by, (START,), "2026-12-23", "statute"),
    ("decision letter: 5", rules.decision_letter_by, (START,), "2026-11-30", "local"),
    ("Home Office and family: 5", rules.tell_by, (START,), "2026-11-30", "local"),
    ("strategic board: 20", rules.board_told_by, (START,), "2026-12-21", "local"),
    ("ask to look again: 20", rules.reconsideration_by, (START,), "2026-12-21", "local"),
    ("answer to that: 15", rules.reconsideration_reply_by, (START,), "2026-12-14", "local"),
    ("commissioning: 20", rules.commission_by, (START,), "2026-12-21", "local"),
    ("review: six months", rules.review_complete_by, (START,), "2027-05-23", "statute"),
    ("to the Panel before publication: 7", rules.panel_copy_by, (MEETING,), "2027-01-05", "ToR"),
)  # fmt: skip


@pytest.mark.tor("1.3")
@pytest.mark.parametrize(("what", "count", "given", "on", "authority"), TABLE, ids=[row[0] for row in TABLE])
def test_each_deadline_of_the_process(
    what: str, count: Callable[..., Due], given: tuple[object, ...], on: str, authority: str
) -> None:
    due = count(*given, england())
    assert (due.on.isoformat(), due.authority) == (on, authority), what
    assert due.because
    assert due.source
