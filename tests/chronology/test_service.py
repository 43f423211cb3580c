"""The chronology of a case: every agency's latest events, filtered, and without names where that is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.chronology import pseudonyms
from jcr.chronology.lines import lines
from jcr.chronology.service import chronology
from jcr.errors import Incomplete
from jcr.history.service import of_case

pytestmark = pytest.mark.usefixtures("both")


def test_the_returns_are_merged_by_date_with_ages_and_gaps(
    session: Session, case: Case, NOW: datetime
) -> None:
    shown = lines(chronology(session, case, NOW.date()))
    assert [(one.when, one.agency) for one in shown] == [
        ("3 Feb 2025", "West Mercia Police"),
        ("3 Feb 2025 to 1 Nov 2025", ""),
        ("November 2025", "Wye Valley NHS Trust"),
        ("30 Nov 2025 to 14 Oct 2026", ""),
        ("14 Oct 2026 at 21:40", "West Mercia Police"),
        ("Same event, 14 Oct 2026 at 22:15", "Wye Valley NHS Trust"),
    ]
    assert [line.ages for line in shown if line.ages] == ["CQ 73", "CQ 74", "CQ 75"]
    assert shown[1].event == "No contact is recorded for 271 days."


def test_a_later_return_takes_the_place_of_the_earlier(
    session: Session, case: Case, partnership: Any, returned: Callable[..., Any], NOW: datetime
) -> None:
    returned(partnership.police, [{"date": "2025-02-04", "event": "Reported missing; the day is corrected."}])
    shown = lines(chronology(session, case, NOW.date()))
    assert [one.when for one in shown if one.agency == "West Mercia Police"] == ["4 Feb 2025"]


def test_columns_that_only_an_agencys_own_table_has_are_told_too(
    session: Session, case: Case, partnership: Any, returned: Callable[..., Any], NOW: datetime
) -> None:
    own = [
        {"date": "2025-02-04", "event": "Reported missing."},
        {
            "date": "2025-03-05",
            "event": "Visited.",
            "outcome": "No further action.",
            "details": "Nobody was in.",
        },
    ]
    returned(partnership.police, own)
    shown = {one.when: one for one in lines(chronology(session, case, NOW.date()))}
    assert (shown["5 Mar 2025"].event, shown["5 Mar 2025"].action) == (
        "Visited.\nNobody was in.",
        "No further action.",
    )
    assert shown["4 Feb 2025"].event == "Reported missing."


def test_one_agency_alone_and_who_sent_none(
    session: Session, case: Case, partnership: Any, returned: Callable[..., Any], NOW: datetime
) -> None:
    came = returned(partnership.housing, [])
    came.received_at, came.request.round.met_at = NOW + timedelta(days=16), NOW + timedelta(days=15)
    shown = chronology(session, case, NOW.date(), ["wvt", "no-such-agency"])
    assert {one.agency for one in lines(shown) if not one.is_gap} == {"Wye Valley NHS Trust"}
    assert [one.event for one in lines(shown) if one.is_gap] == [
        "No contact with these agencies is recorded for 318 days."
    ]
    assert set(shown.agencies) == {"police", "wvt"}
    assert list(shown.silent) == list(shown.late) == [partnership.housing.name]


def test_no_name_is_left_in_the_pseudonym_view_even_before_pseudonyms_are_given(
    session: Session, case: Case, partnership: Any, NOW: datetime
) -> None:
    before = lines(chronology(session, case, NOW.date(), named=False))
    assert before[0].event == "[name] reported missing by [name]."
    assert pseudonyms.give_pseudonyms(session, case, partnership.officer.as_actor(), NOW) == ["Adult A"]
    case.subjects[0].details = {"subject_other_names": "Bird Pell"}
    after = lines(chronology(session, case, NOW.date(), named=False))
    assert after[0].event == "Adult A reported missing by [name]."
    assert after[0].ages == "Adult A 73"
    assert pseudonyms.stand_ins(session, case)["Bird Pell"] == "Adult A"


def test_no_address_birthday_or_number_is_left_in_the_pseudonym_view(
    session: Session, case: Case, partnership: Any, returned: Callable[..., Any], NOW: datetime
) -> None:
    case.subjects[0].details = {"subject_address": "2 Canary Row\nBodenham\nHR1 3QQ"}
    told = (
        "Seen at 2 Canary Row, HR13QQ; born 14/03/1951. Moved to Flat 3, 41 Mill Lane. Rang 07700 900123 or "
        "kin@home.example. On 12 May Court hearing; 3 visits in 2019."
    )
    returned(
        partnership.housing, [{"date": "2026-05-04", "event": told, "action": "Wrote to 9 Sea View Road."}]
    )
    (found,) = (
        one
        for one in lines(chronology(session, case, NOW.date(), named=False))
        if one.action.startswith("Wrote")
    )
    assert found.event == (
        "Seen at [address], [address]; born [date]. Moved to [address]. Rang [contact] or [contact]. "
        "On 12 May Court hearing; 3 visits in 2019."
    )
    assert found.action == "Wrote to [address]."


def test_the_same_accounts_stand_together_in_either_view(
    session: Session, case: Case, partnership: Any, returned: Callable[..., Any], NOW: datetime
) -> None:
    called = "Canary Quillfeather Canary Quillfeather Canary Quillfeather"
    returned(partnership.police, [{"date": "2026-05-04", "event": f"{called} seen in the town."}])
    returned(partnership.wvt, [{"date": "2026-05-04", "event": f"Letter about feet sent to {called}."}])
    views = [chronology(session, case, NOW.date(), named=named).events for named in (True, False)]
    assert len({len(events) for events in views}) == 1


def test_a_pseudonym_once_given_stays_until_somebody_changes_it(
    session: Session, case: Case, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    pseudonyms.give_pseudonyms(session, case, officer, NOW)
    assert pseudonyms.give_pseudonyms(session, case, officer, NOW) == []
    pseudonyms.set_pseudonym(session, case, "Mrs  Pell", "Neighbour", officer, NOW)
    pseudonyms.set_pseudonym(session, case, "Canary Quillfeather", "Adult W", officer, NOW)
    session.flush()
    assert pseudonyms.pseudonyms(session, case) == {"Canary Quillfeather": "Adult W", "Mrs Pell": "Neighbour"}
    assert [one.act for one in of_case(session, case.id)][:3] == [
        "changed the pseudonym Adult A to Adult W",
        "gave the pseudonym Neighbour",
        "gave pseudonyms: Adult A",
    ]


@pytest.mark.parametrize(
    ("name", "pseudonym", "why"),
    [
        ("", "Adult B", "Enter a name and the pseudonym that stands for it."),
        ("Mrs Pell", "adult a", "adult a stands for somebody else already. Choose another pseudonym."),
        ("Mrs Pell", "Canary’s aunt", "The pseudonym holds a name of the case. Choose one that gives nobody away."),
    ],
)  # fmt: skip
def test_a_pseudonym_that_would_not_do_is_refused(
    session: Session, case: Case, partnership: Any, NOW: datetime, name: str, pseudonym: str, why: str
) -> None:
    officer = partnership.officer.as_actor()
    pseudonyms.give_pseudonyms(session, case, officer, NOW)
    with pytest.raises(Incomplete) as refused:
        pseudonyms.set_pseudonym(session, case, name, pseudonym, officer, NOW)
    assert str(refused.value) == why
