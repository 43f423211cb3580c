"""What desk and list look up is what counting it over the cases would give, whether stored or changed since."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from jcr import counting
from jcr.cases import service as cases
from jcr.cases import words
from jcr.cases.model import Case
from jcr.cases.rules import england
from jcr.cases.service import put_up_wall
from jcr.cases.workflow import perform
from jcr.correspondence.service import Letterhead
from jcr.desk import finding, keeping, service
from jcr.desk.case_list import Wanted, find
from jcr.desk.model import CaseWord, Deadline, Owed
from jcr.desk.owing import owing
from jcr.desk.waiting import Waiting
from jcr.history.model import Changed
from jcr.people.model import Agency, Person
from jcr.referrals.service import of_case as referral_of
from jcr.scoping import service as scoping
from tests.cases.made import ADULT, CHILD, in_ratification, in_scoping, in_triage, referred

NIL = {
    "author_name": "Harriet Osei",
    "author_role": "Named Nurse",
    "author_email": "h.osei@health.example",
    "records_searched": "All systems, both names, all dates.",
}
LATER = date(2026, 12, 11)


@pytest.fixture
def several(session: Session, head: Letterhead, partnership: Any, NOW: datetime) -> None:
    """A case at each of several stages, nothing of them stored yet."""
    referred(session, head, NOW)
    in_triage(session, head, partnership.officer, NOW, CHILD)
    in_scoping(session, head, partnership.officer, NOW, partnership.police)
    session.flush()


@pytest.mark.tor("1.3")
def test_the_stored_dates_are_those_that_counting_gives(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    in_ratification(session, head, partnership, NOW)
    referred(session, head, NOW)
    in_triage(session, head, partnership.officer, NOW, CHILD)
    session.flush()
    afresh = service.clocks(session, LATER, england())
    assert session.scalar(select(func.count(Deadline.id))) == 0
    assert keeping.bring_up_to_date(session, NOW.date(), england()) == 3
    assert session.scalars(select(Changed)).all() == []
    stored = service.clocks(session, LATER, england())
    assert len(stored) > 4
    assert {(one.reference, one.label, one.state): one.due for one in stored} == {
        (one.reference, one.label, one.state): one.due for one in afresh
    }


@pytest.mark.tor("7.6")
def test_what_others_owe_is_the_same_stored_and_afresh_and_follows_every_act(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    def seen() -> list[Waiting]:
        found = owing(session, partnership.officer)
        assert found.every == len(found.first)
        return found.first

    in_ratification(session, head, partnership, NOW)
    case = in_scoping(session, head, partnership.officer, NOW, partnership.police, partnership.wvt)
    session.flush()
    afresh = seen()
    assert {(one.reference, one.page) for one in afresh} == {
        ("JCR-2026-0001", "ratify"),
        (case.reference, "returns"),
    }
    keeping.bring_up_to_date(session, NOW.date(), england())
    assert session.scalar(select(func.count(Owed.id))) == len(afresh)
    assert seen() == afresh
    session.expunge_all()  # as the next act finds it
    round = scoping.round_of(session, session.get_one(Case, case.id))
    assert round is not None
    asked = Wanted(
        words=round.requests[0].agency.name
    )  # a case is found by whom it asked, not by its referrer alone
    assert case.reference in {one.reference for one in find(session, partnership.officer, asked, LATER).cases}
    scoping.nil_return(session, head, round.requests[0], NIL, NOW)
    session.flush()
    assert len(seen()) == len(afresh) - 1
    keeping.bring_up_to_date(session, NOW.date(), england())
    assert len(seen()) == len(afresh) - 1


def test_an_act_shows_at_once_and_before_it_is_stored(
    session: Session, several: None, partnership: Any, NOW: datetime
) -> None:
    keeping.bring_up_to_date(session, NOW.date(), england())
    officer = partnership.officer
    before = {clock.reference for clock in service.dates_page(session, officer, LATER, england()).clocks}
    case = find(session, officer, Wanted(words="wren"), LATER).cases[0]
    assert case.reference in before
    perform(session, case, "decline", officer.as_actor(), NOW, "Outside every route.")
    session.flush()
    after = {clock.reference for clock in service.dates_page(session, officer, LATER, england()).clocks}
    assert before - after == {case.reference}
    case.subjects[0].name = "Robin Marlowe"
    session.flush()
    assert find(session, officer, Wanted(words="wren"), LATER).total == 0
    assert find(session, officer, Wanted(words="marlowe"), LATER).total == 1
    keeping.bring_up_to_date(session, NOW.date(), england())
    assert find(session, officer, Wanted(words="marlowe"), LATER).total == 1


def test_the_desk_counts_what_is_late_and_due_without_listing_it(
    session: Session, several: None, partnership: Any, NOW: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ahead() -> tuple[int, int, int, int]:
        counted = service.counted(session, partnership.officer, LATER, england())
        found = service.dates_ahead(session, partnership.officer, LATER, england(), counted, 2)
        return found.late, found.soon, found.every, len(found.clocks)

    anew = ahead()
    keeping.bring_up_to_date(session, NOW.date(), england())
    every = service.clocks(session, LATER, england())
    late = sum(clock.on < LATER for clock in every if clock.on)
    assert ahead() == anew == (late, len(every) - late, len(every), 2)
    monkeypatch.setattr(counting, "MOST", 1)
    assert ahead()[2] == 2  # more than are counted


@pytest.mark.parametrize("few", [1000, 0])
def test_words_are_found_from_their_beginning_whether_rare_or_common(
    session: Session,
    several: None,
    partnership: Any,
    NOW: datetime,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
) -> None:
    monkeypatch.setattr(finding, "FEW", few)
    keeping.bring_up_to_date(session, NOW.date(), england())

    def found(sought: str) -> int:
        return find(session, partnership.officer, Wanted(words=sought), LATER).total

    assert (found("quill canary"), found("tolland"), found("jcr-2026-0002"), found("0003")) == (2, 1, 1, 1)
    assert (found("WYE VALLEY"), found("feather"), found("%"), found("14 March 1951")) == (3, 0, 0, 2)
    assert [found(typed) for typed in ("jcr-2026-2", "JCR 2026 02", "JCR–2026–0002", "jcr-2026-4")] == [
        1,
        1,
        1,
        0,
    ]
    typed = cases.by_reference(session, partnership.officer, " jcr-2026-2 ")
    assert typed is not None
    assert typed.reference == "JCR-2026-0002"


@pytest.mark.parametrize("is_stored", [True, False])
def test_whom_the_referral_names_finds_the_case_for_those_who_may_read_it(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime, is_stored: bool
) -> None:
    named = {
        "alleged_perpetrators": [{"name": "Gareth Blackwood", "address": "4 Hollow Lane"}],
        "family_members": [{"name": "Ffion O’Dell", "relationship": "Mother"}],
        "next_of_kin_name": "Aunt Morfydd",
    }
    case = in_ratification(session, head, partnership, NOW).case
    referral = referral_of(session, case)
    assert referral is not None
    referral.answers = ADULT | named  # accepted so, though it was sent otherwise
    session.flush()
    if is_stored:
        keeping.bring_up_to_date(session, NOW.date(), england())

    def found(person: Person, sought: str) -> list[str]:
        return [one.reference for one in find(session, person, Wanted(words=sought), LATER).cases]

    decides = session.merge(partnership.hsab_chair)
    assert found(decides, "quillfeather") == [case.reference]
    for sought in ("blackwood", "gareth quill", "odell ffion", "morfydd"):
        assert found(partnership.officer, sought) == found(partnership.member, sought) == [case.reference]
        assert found(decides, sought) == []  # they see the case, and not the referral
    assert found(partnership.officer, "hollow") == found(partnership.officer, "mother") == []
    other = referred(session, head, NOW, ADULT | named)
    session.flush()
    assert found(partnership.officer, "blackwood") == [other.reference, case.reference]
    put_up_wall(session, other, partnership.officer, "Knows the family.", partnership.officer.as_actor(), NOW)
    session.flush()
    assert found(partnership.officer, "blackwood") == [case.reference]


def test_accents_apostrophes_and_spaces_do_not_hide_a_name() -> None:
    stored = words.stored(["Zoë O’Neill-Świątek", "Łucja Đukić", "943 476 5919", "JCR-2026-0007"])
    for sought in (
        "zoe",
        "ONeill",
        "O'Neill",
        "neill",
        "swiatek",
        "lucja dukic",
        "Łucja",
        "9434765919",
        "943 476 5919",
        "jcr-2026-0007",
    ):
        assert all(any(one.startswith(word) for one in stored) for word in words.asked(sought)), sought


def test_a_word_is_looked_up_by_its_index(session: Session, several: None, NOW: datetime) -> None:
    keeping.bring_up_to_date(session, NOW.date(), england())
    if session.get_bind().dialect.name == "sqlite":
        how = "EXPLAIN QUERY PLAN "
    else:
        session.execute(text("SET LOCAL enable_seqscan = off"))  # of a few rows none needs an index
        how = "EXPLAIN "
    asked = select(CaseWord.case_id).where(CaseWord.word >= "quill", CaseWord.word < "quilm")
    sql = str(asked.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))
    plan = " ".join(str(row) for row in session.execute(text(how + sql)))
    assert "ix_case_words_word" in plan


def test_kinds_of_rows_that_make_one_figure_are_counted_together(session: Session, several: None) -> None:
    every, agencies = select(Case.id), select(Agency.id)
    cases, known = counting.counted_each(session, every, agencies)
    assert counting.counted_figures(session, (every, agencies), (every,)) == [cases + known, cases]
