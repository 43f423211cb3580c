"""Who is known from another case: plain reasons, what a person found, and undoing it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.joining import facts_of, join
from jcr.cases.likeness import judge, resemblances, undo, why_alike
from jcr.cases.model import Case, Likeness, Route, Subject, Verdict
from jcr.cases.service import put_up_wall, set_routes, take_facts
from jcr.correspondence.service import Letterhead
from jcr.errors import Incomplete, NotNow
from jcr.history.model import Entry
from jcr.history.service import of_case
from jcr.people.model import Person
from tests.cases.made import ADULT, CHILD, in_triage
from tests.conftest import on_one_database
from tests.shown import seen_at

NUMBER, OTHER_NUMBER = "9434765919", "9434765870"
BORN = date(1951, 3, 14)


def somebody(name: str, dob: date | None = BORN, nhs_number: str = "", also: str = "") -> Subject:
    return Subject(name=name, dob=dob, nhs_number=nhs_number, details={"subject_other_names": also})


@pytest.mark.parametrize(
    ("one", "other", "because"),
    [
        (somebody("Ann Teme", None, NUMBER), somebody("A. Wye", None, NUMBER), "The same NHS number."),
        (somebody("Ann Teme"), somebody("TEME, Ann"), "The same name and date of birth."),
        (
            somebody("Ann Teme"),
            somebody("Anne Teme"),
            "The same date of birth, and a name that reads alike.",
        ),
        (
            somebody("Ann Teme"),
            somebody("Ann Wye", also="Ann Teme; Annie"),
            "The same name (one is also known by it) and date of birth.",
        ),
        (
            somebody("Ann Teme"),
            somebody("Ann Teme", None),
            "The same name; a date of birth is missing, so it may be somebody else.",
        ),
        (
            somebody("Ann Teme"),
            somebody("Ann Teme", date(1980, 1, 2)),
            "The same name, but born on 14 March 1951 here and 2 January 1980 there.",
        ),
        (somebody("Ann Teme"), somebody("Boris Lugg"), ""),
        (somebody("Ann Teme", BORN, NUMBER), somebody("Ann Teme", date(1980, 1, 2), OTHER_NUMBER), ""),
        (somebody("Ann Teme"), somebody("Teme, Robert"), "The same date of birth and surname."),
        (somebody(""), somebody("", None), ""),
    ],
)
def test_the_reason_is_plain(one: Subject, other: Subject, because: str) -> None:
    assert why_alike(one, other) == because


@pytest.fixture
def two(session: Session, head: Letterhead, partnership: Any, NOW: datetime) -> tuple[Case, Case]:
    """Two cases about the same woman, and one about somebody else."""
    first = in_triage(session, head, partnership.officer, NOW)
    in_triage(session, head, partnership.officer, NOW, CHILD)
    second = in_triage(session, head, partnership.officer, NOW)
    session.flush()
    return first, second


def test_what_somebody_found_stands_on_both_cases_until_it_is_undone(
    session: Session, two: tuple[Case, Case], partnership: Any, NOW: datetime
) -> None:
    first, second = two
    officer, actor = partnership.officer, partnership.officer.as_actor()
    [found] = resemblances(session, officer, second)
    assert (found.other.case, found.because) == (first, "The same name and date of birth.")
    with pytest.raises(Incomplete, match="Give the reason"):
        judge(session, found.subject, found.other, Verdict.SAME, " ", actor, NOW)
    judged = judge(session, found.subject, found.other, Verdict.SAME, "Her GP says so.", actor, NOW)
    assert [one.judged for one in resemblances(session, officer, first)] == [judged]
    acts = [of_case(session, case.id)[0].act for case in two]
    assert acts == ["found CQ and somebody of another case to be: the same person"] * 2
    assert not any(one.why for case in two for one in of_case(session, case.id) if one.act == acts[0])
    [whole] = session.scalars(select(Entry).where(Entry.why == "Her GP says so."))
    assert (whole.case_id, whole.details) == (None, {"subjects": [found.subject.id, found.other.id]})
    with pytest.raises(NotNow, match="judged this already"):
        judge(session, found.other, found.subject, Verdict.DIFFERENT, "No.", actor, NOW)
    undo(session, judged, "The GP mistook her.", actor, NOW)
    assert [one.judged for one in resemblances(session, officer, first)] == [None]
    judge(session, found.subject, found.other, Verdict.DIFFERENT, "Born in another town.", actor, NOW)
    session.flush()
    assert len(session.scalars(select(Likeness)).all()) == 2


def test_a_case_behind_a_wall_is_not_named(
    session: Session, two: tuple[Case, Case], partnership: Any, NOW: datetime
) -> None:
    first, second = two
    chair = session.get_one(Person, partnership.chair.id)
    put_up_wall(session, first, chair, "Managed the team.", partnership.officer.as_actor(), NOW)
    session.flush()
    assert resemblances(session, chair, second) == []


def test_correcting_the_referral_keeps_what_was_found(
    session: Session, two: tuple[Case, Case], partnership: Any, NOW: datetime
) -> None:
    first, second = two
    [found] = resemblances(session, partnership.officer, second)
    judge(
        session, found.subject, found.other, Verdict.LINKED, "Sisters.", partnership.officer.as_actor(), NOW
    )
    [row] = ADULT["subjects"]
    added = {"subject_name": "Wren Lugg", "subject_dob": "2001-02-03"}
    numbered = row | {"subject_nhs_number": NUMBER, "subject_other_names": "Canary Wye"}
    set_routes(second, [Route.ADULT, Route.CHILD])  # the officer saw more than the referrer asked for
    take_facts(session, second, ADULT | {"subjects": [added, numbered]}, before=ADULT)
    session.flush()
    assert set(second.route_names) == {Route.ADULT, Route.CHILD}
    assert {one.name: one.nhs_number for one in second.subjects} == {
        "Wren Lugg": "",
        "Canary Quillfeather": NUMBER,
    }
    assert found.subject.nhs_number == NUMBER
    assert [one.judged is not None for one in resemblances(session, partnership.officer, first)] == [True]


def test_the_case_page_warns_and_the_officer_says_who_it_is(
    session: Session, two: tuple[Case, Case], client: FlaskClient, partnership: Any, sign_in: Any, words: Any
) -> None:
    first, second = two
    pair = f"/cases/{second.reference}/known/{second.subjects[0].id}/{first.subjects[0].id}"
    session.commit()
    sign_in(client, partnership.officer)
    page = f"/cases/{second.reference}"
    said = words(client.get(page).text)
    assert f"May be known already. CQ, {first.reference} : The same name and date of birth." in said
    assert "75 at the incident" in said
    assert pair in client.get(f"{page}/known").text
    empty = client.post(pair, data={"verdict": "same", "why": ""})
    assert empty.status_code == 422
    assert "Say how you know" in empty.text
    assert client.post(pair, data={"verdict": "same", "why": "Her GP says so."}).status_code == 302
    assert f"{first.reference} : the same person" in words(client.get(page).text)
    again = client.post(pair, data={"act": "judge", "verdict": "same", "why": "Her GP says so."})
    assert (again.status_code, "Her GP says so." in again.text) == (409, True)  # and it is not undone by it
    assert client.post(pair, data={"act": "undo", "why": "A mistake."}).status_code == 302
    assert "May be known already" in client.get(page).text


def test_records_of_one_person_become_one_and_are_taken_apart_again(
    session: Session, two: tuple[Case, Case], client: FlaskClient, partnership: Any, sign_in: Any
) -> None:
    first, second = two
    here, there = second.subjects[0], first.subjects[0]
    there.nhs_number, here.dob = NUMBER, date(1951, 3, 15)
    here.details = here.details | {"subject_other_names": "Canary Teme"}
    there.details = there.details | {"subject_other_names": "Canary Quill"}
    session.commit()
    known, first_id = f"/cases/{second.reference}/known", first.id
    pair = f"{known}/{here.id}/{there.id}"

    def records() -> list[tuple[str, date | None, str, list[str]]]:
        session.expire_all()
        told = [(one.name, one.dob, one.nhs_number, one.other_names) for one in (here, there)]
        session.commit()  # so that the pages can write
        return told

    before = records()
    sign_in(client, partnership.officer)
    assert client.get(f"{pair}/join").status_code == 404  # nobody found them to be one person yet
    client.post(pair, data={"verdict": "same", "why": "Her GP says so."})
    unsaid = client.post(f"{pair}/join", data={"join": "yes"})
    assert (unsaid.status_code, "Date of birth: choose which is right" in unsaid.text) == (422, True)
    assert client.post(f"{pair}/join", data={"join": "yes", "subject_dob": "there"}).status_code == 302
    joined = ("Canary Quillfeather", BORN, NUMBER, ["Canary Teme", "Canary Quill"])
    assert records() == [joined, joined]
    assert "The records are joined" in client.get(known).text
    assert of_case(session, first_id)[0].act.startswith(
        "joined the records of CQ and of somebody of another case"
    )
    [row] = ADULT["subjects"]
    told = row | {"subject_dob": "1951-03-15", "subject_other_names": "Canary Teme"}
    take_facts(session, second, ADULT | {"subjects": [told]})  # the referral comes again, saying the same
    session.commit()
    assert records() == [joined, joined]
    client.post(pair, data={"act": "undo", "why": "A mistake."})
    assert records() == before


def test_a_joined_record_that_is_corrected_shows_the_difference_and_may_be_joined_anew(
    session: Session, two: tuple[Case, Case], client: FlaskClient, partnership: Any, sign_in: Any
) -> None:
    first, second = two
    here, there = second.subjects[0], first.subjects[0]
    known, reference, other = f"/cases/{second.reference}/known", second.reference, first.reference
    pair, correct = f"{known}/{here.id}/{there.id}", f"/cases/{reference}/people/{here.id}/correct"
    right = {
        "subject_name": here.name, "subject_dob": ["16", "3", "1951"], "subject_died": "yes",
        "subject_date_of_death": ["2", "11", "2026"], "incident_date": ["2", "11", "2026"],
        "date_aware": ["3", "11", "2026"], "why": "Her birth certificate.",
    }  # fmt: skip
    session.commit()  # so that the pages can write
    sign_in(client, partnership.officer)
    client.post(pair, data={"verdict": "same", "why": "Her GP says so."})
    client.post(f"{pair}/join", data={"join": "yes"})
    assert client.get(f"{pair}/join").status_code == 404  # nothing is left to join
    right |= seen_at(client, correct)
    confirmed = re.search(r'name="confirmed" value="([^"]+)"', client.post(correct, data=right).text)
    assert confirmed
    after = client.post(correct, data=right | {"confirmed": confirmed[1]}, follow_redirects=True).text
    assert f"{other} holds the same person and still says otherwise" in after
    assert "and differ since: date of birth" in client.get(known).text
    assert client.post(f"{pair}/join", data={"join": "yes", "subject_dob": "here"}).status_code == 302
    session.expire_all()
    assert (here.dob, there.dob) == (date(1951, 3, 16), date(1951, 3, 16))
    session.commit()
    client.post(pair, data={"act": "undo", "why": "A mistake."})
    session.expire_all()
    assert (here.dob, there.dob) == (date(1951, 3, 16), BORN)  # what was corrected stays


@on_one_database
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_three_joined_records_come_apart_in_any_order_and_none_keeps_what_another_said(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime, order: tuple[int, ...]
) -> None:
    said = [("Ann Teme", BORN, ""), ("Anne Teme", None, ""), ("Anna Teme", None, NUMBER)]
    who = [in_triage(session, head, partnership.officer, NOW).subjects[0] for _ in said]
    for one, (name, dob, number) in zip(who, said, strict=True):
        one.name, one.dob, one.nhs_number, one.details = name, dob, number, {}
    session.flush()
    officer, found = partnership.officer.as_actor(), []
    for hours, (here, there) in enumerate(((who[0], who[1]), (who[1], who[2]), (who[0], who[2]))):
        at = NOW + timedelta(hours=hours)
        found.append(judge(session, here, there, Verdict.SAME, "Her GP says so.", officer, at))
        join(
            session, found[-1], here, there, {fact.key: "here" for fact in facts_of(here, there)}, officer, at
        )
        session.flush()
    for undone, which in enumerate(order, 1):
        undo(session, found[which], "A mistake.", officer, NOW)
        session.flush()
        if set(order[:undone]) == {0, 2}:  # the first is somebody else, the others are one still
            now_told = [(one.name, one.dob, one.nhs_number, one.other_names) for one in who[1:]]
            assert now_told == [("Anne Teme", None, NUMBER, ["Anna Teme"])] * 2
    assert [(one.name, one.dob, one.nhs_number) for one in who] == said
    assert [one.other_names for one in who] == [[], [], []]
