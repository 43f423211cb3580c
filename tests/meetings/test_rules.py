"""Who must be in the room, who takes the chair, and what a missed meeting leads to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcr.answer import Answer
from jcr.cases.rules import england
from jcr.meetings import rules
from jcr.meetings.rules import Attendance, Seat, attendance_breaches, jcr_quorum, panel_quorum, who_chairs

ENGLAND = england()

ICB = Seat("Herefordshire and Worcestershire ICB", present=True, sector="health")
TRUST = Seat("Wye Valley NHS Trust", present=True, sector="health")
CHILDREN = Seat("Children and Families", present=True, sector="local_authority")
ADULTS = Seat("Adult and Communities", present=True, sector="local_authority")
PUBLIC_HEALTH = Seat("Public Health", present=True)
POLICE = Seat("West Mercia Police", present=True, sector="police")
FIRE = Seat("Hereford & Worcester Fire and Rescue Service", present=True, sector="fire")
HOUSING = Seat("Housing", present=True, sector="housing")
OFFICER = Seat("Partnership Team", present=True, in_attendance=True)
INDEPENDENT_CHAIR = Seat("", present=True, is_chair=True)

MEMBERSHIP = (ICB, TRUST, CHILDREN, ADULTS, PUBLIC_HEALTH, POLICE, FIRE, HOUSING)
# Written from the terms of reference: whom each standing member counts for.
COUNTS_FOR = ("health", "health", "council", "council", "council", "police", "fire", "housing")


# --- Quorum of the JCR ------------------------------------------------------------------------------------


@pytest.mark.tor("0.4")
def test_every_subset_of_the_standing_members_is_quorate_with_three_agencies():
    for here in product((False, True), repeat=len(MEMBERSHIP)):
        seats = [replace(seat, present=present) for seat, present in zip(MEMBERSHIP, here, strict=True)]
        agencies = {body for body, present in zip(COUNTS_FOR, here, strict=True) if present}
        assert bool(jcr_quorum(seats)) == (len(agencies) >= 3), here


@pytest.mark.tor("0.4")
def test_all_health_organisations_count_as_one():
    answer = jcr_quorum([ICB, TRUST, POLICE])
    assert not answer
    assert answer.because == (
        "Not quorate: 2 agencies are present (Health and West Mercia Police); 3 are needed. "
        "The 2 health organisations present count as one."
    )


@pytest.mark.tor("0.4")
def test_a_deputy_counts_for_the_agency():
    assert jcr_quorum([ICB, CHILDREN, replace(POLICE, deputy=True)])


def test_council_directorates_are_one_body_unless_the_partnership_sets_them_apart():
    seats = [CHILDREN, ADULTS, POLICE]
    assert not jcr_quorum(seats)
    assert jcr_quorum(seats, council_directorates_apart=True)


def test_public_health_is_the_council_and_not_health():
    assert not jcr_quorum([PUBLIC_HEALTH, CHILDREN, POLICE])
    assert jcr_quorum([PUBLIC_HEALTH, ICB, POLICE])


def test_two_people_of_one_agency_count_once():
    assert not jcr_quorum([POLICE, replace(POLICE, agency="  west mercia police"), FIRE])


@pytest.mark.tor("5.4")
def test_officers_in_attendance_never_count():
    answer = jcr_quorum([ICB, POLICE, OFFICER])
    assert not answer
    assert answer.because.endswith("1 person in attendance not counted.")


def test_a_conflicted_person_never_counts_but_a_colleague_may():
    conflicted = replace(POLICE, conflicted=True)
    assert not jcr_quorum([ICB, CHILDREN, conflicted])
    assert jcr_quorum([ICB, CHILDREN, conflicted, POLICE])


def test_a_named_deputy_who_did_not_come_does_not_count():
    assert not jcr_quorum([ICB, CHILDREN, replace(POLICE, present=False, deputy=True)])


def test_an_empty_room_is_not_quorate():
    assert jcr_quorum([]).because == "Not quorate: 0 agencies are present; 3 are needed."


def test_a_person_without_an_agency_is_not_counted_and_the_minutes_say_so():
    assert "1 person without a recorded agency not counted." in jcr_quorum([Seat("", present=True)]).because


def test_seats_may_come_as_plain_mappings_with_the_group_missing():
    seats = [
        {"agency": "Hereford and Worcester Health and Care NHS Trust", "present": True},
        {"agency": "Wye Valley NHS Trust", "present": True},
        {"agency": "West Mercia Police", "present": "yes", "deputy": True},
        {"agency": "Herefordshire Council", "present": 1, "quorum_group": None},
    ]
    assert jcr_quorum(seats)
    assert not jcr_quorum(seats[:3])


def test_a_sheet_from_elsewhere_is_understood_by_its_own_words():
    police = {"organisation": "West Mercia Police", "attended": "yes"}
    seats = [police, {"group": "health", "present": True}, {"group": "council", "present": True}]
    assert "the local authority" in jcr_quorum(seats).because
    assert not jcr_quorum([police | {"conflict": "yes"}, *seats[1:]])
    assert panel_quorum([*seats, {"chair": True, "present": True}])


def test_the_group_recorded_decides_which_body_a_seat_counts_for():
    seats = [Seat("Children", "hereford", True), Seat("Adults", "hereford", True), Seat("Police", "p", True)]
    assert not jcr_quorum(seats)
    assert jcr_quorum([*seats, Seat("Probation", "probation", True)])


ANY_SEAT = st.builds(
    replace,
    st.sampled_from([*MEMBERSHIP, OFFICER]),
    present=st.booleans(),
    deputy=st.booleans(),
    in_attendance=st.booleans(),
    conflicted=st.booleans(),
)


@given(st.lists(ANY_SEAT, max_size=10), ANY_SEAT)
def test_nobody_leaving_or_declaring_a_conflict_ever_makes_a_meeting_quorate(seats, one):
    if jcr_quorum([*seats, replace(one, present=False)]):
        assert jcr_quorum([*seats, one])
    if jcr_quorum([*seats, replace(one, conflicted=True)]):
        assert jcr_quorum([*seats, replace(one, conflicted=False)])


@given(st.lists(ANY_SEAT, max_size=10))
def test_the_order_people_sit_in_changes_nothing(seats):
    assert bool(jcr_quorum(seats)) == bool(jcr_quorum(seats[::-1]))


# --- Quorum of a review panel -----------------------------------------------------------------------------


@pytest.mark.tor("P.4")
def test_a_panel_needs_police_health_local_authority_and_the_chair():
    needed = (POLICE, ICB, CHILDREN, INDEPENDENT_CHAIR)
    for here in product((False, True), repeat=4):
        seats = [replace(seat, present=present) for seat, present in zip(needed, here, strict=True)]
        assert bool(panel_quorum([*seats, FIRE, HOUSING])) == all(here), here


def test_a_panel_that_is_not_quorate_says_who_is_missing():
    assert panel_quorum([ICB, CHILDREN]).because == "Not quorate: the police and the chair are not present."


def test_a_conflicted_chair_leaves_a_panel_without_one():
    assert not panel_quorum([POLICE, ICB, CHILDREN, replace(INDEPENDENT_CHAIR, conflicted=True)])


def test_of_a_deputy_on_a_panel_it_is_said_that_exceptional_circumstances_alone_allow_one():
    answer = panel_quorum([replace(POLICE, deputy=True), ICB, CHILDREN, INDEPENDENT_CHAIR])
    assert answer
    assert "1 person sitting as a deputy, which exceptional circumstances alone allow." in answer.because


# --- Chair, partners and what a meeting may decide --------------------------------------------------------


def test_a_childs_rapid_review_warns_when_a_partner_is_away_although_quorate():
    seats = [TRUST, CHILDREN, POLICE]
    assert jcr_quorum(seats)
    warning = rules.child_partners_present(seats)
    assert not warning
    assert warning.because.startswith("The integrated care board is not present")
    assert rules.child_partners_present([ICB, CHILDREN, POLICE])


@pytest.mark.parametrize(
    ("chair", "vice", "who"),
    [
        ("", "", "chair"),
        ("", "absent", "chair"),
        ("absent", "", "vice_chair"),
        ("conflicted", "", "vice_chair"),
        ("conflicted", "conflicted", "substitute"),
        ("absent", "conflicted", "substitute"),
    ],
)
def test_the_vice_chair_steps_in_and_then_the_boards_are_asked(chair, vice, who):
    chairing = who_chairs(chair == "absent", chair == "conflicted", vice == "absent", vice == "conflicted")
    assert chairing.who == who


def test_the_minutes_say_why_the_vice_chair_took_the_chair():
    assert who_chairs(chair_conflicted=True).because == (
        "The chair has declared a conflict in this case, so the vice chair takes the chair."
    )


def test_an_inquorate_meeting_may_note_but_not_recommend():
    answer = rules.may_recommend(jcr_quorum([ICB, POLICE]))
    assert not answer
    assert answer.because.startswith("The meeting may note but cannot recommend. Not quorate: 2 agencies")


def test_nothing_is_recommended_under_a_conflicted_chair():
    assert not rules.may_recommend(Answer(True, "Quorate."), chair_conflicted=True)


# --- Papers and minutes -----------------------------------------------------------------------------------


@pytest.mark.tor("9.5", "9.6", "9.7")
def test_papers_and_minutes_are_counted_in_working_days():
    assert rules.papers_in_by(date(2027, 1, 5), ENGLAND).on == date(2026, 12, 22)
    assert rules.papers_out_by(date(2027, 1, 5), ENGLAND).on == date(2026, 12, 24)
    assert rules.minutes_by(date(2026, 12, 17), ENGLAND).on == date(2027, 1, 5)


@pytest.mark.tor("9.5")
def test_a_late_paper_needs_the_chairs_leave_but_is_only_marked_at_a_rapid_review():
    received, meeting = date(2026, 12, 23), date(2027, 1, 5)
    business = rules.paper_in_time(received, meeting, ENGLAND)
    assert not business
    assert business.because.endswith("It needs the chair's leave.")
    assert "a rapid review cannot wait" in rules.paper_in_time(received, meeting, ENGLAND, True).because
    assert rules.paper_in_time(date(2026, 12, 22), meeting, ENGLAND)


# --- Attendance -------------------------------------------------------------------------------------------


def record(outcomes: str, **also: object) -> list[Attendance]:
    """P present, D deputy, A apologies, X absent, - not invited; one meeting a quarter."""
    names = {"P": "present", "D": "deputy", "A": "apologies", "X": "absent", "-": "absent"}
    days = [date(2025 + number // 4, 1 + 3 * (number % 4), 15) for number in range(len(outcomes))]
    return [
        Attendance("member", "Housing", day, names[letter], invited=letter != "-", **also)
        for letter, day in zip(outcomes, days, strict=True)
    ]


@pytest.mark.tor("6.2", "6.3")
@pytest.mark.parametrize(
    ("outcomes", "letters"),
    [
        ("PPP", []),
        ("XPP", []),
        ("XX", [(1, 1)]),
        ("XPX", [(2, 1)]),
        ("XPPX", []),
        ("AA", [(1, 1)]),
        ("XD", []),
        ("XDX", [(2, 1)]),
        ("X-X", [(2, 1)]),
        ("-----", []),
        ("XXX", [(1, 1), (2, 2)]),
        ("XXXX", [(1, 1), (2, 2)]),
        ("XXP", [(1, 1)]),
        ("XXPX", [(1, 1), (3, 1)]),
        ("XX-X", [(1, 1), (3, 2)]),
    ],
)
def test_two_of_the_previous_three_missed_brings_one_letter_and_the_next_miss_the_second(outcomes, letters):
    meetings = record(outcomes)
    expected = [(meetings[position].meeting_on, stage) for position, stage in letters]
    assert [(one.found_on, one.stage) for one in attendance_breaches(meetings)] == expected


def test_the_letter_names_the_meetings_missed():
    (breach,) = attendance_breaches(record("XPX"))
    assert breach.because == (
        "Two of the previous three meetings were missed without a deputy: "
        "Wednesday 15 January 2025 and Tuesday 15 July 2025."
    )


def test_meetings_of_a_kind_that_does_not_count_are_left_out():
    assert attendance_breaches(record("XXX", kind="rapid_review"), kinds=("business",)) == ()
