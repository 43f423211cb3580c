"""Quorum over every set of members that can be in the room, against counts made by hand (ToR, header)."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcr.meetings.rules import Seat, jcr_quorum, panel_quorum

# The membership of ToR 5: agency, sector, quorum group
MEMBERS = (
    ("Herefordshire and Worcestershire ICB", "health", "health"),
    ("Herefordshire and Worcestershire Health and Care NHS Trust", "health", "health"),
    ("Wye Valley NHS Trust", "health", "health"),
    ("Children and Families", "local_authority", "council"),
    ("Education", "local_authority", "council"),
    ("Adults and Communities", "local_authority", "council"),
    ("Public Health", "local_authority", "council"),
    ("West Mercia Police", "police", "police"),
    ("Probation", "probation", "probation"),
    ("Youth Justice Service", "youth_justice", "youth justice"),
    ("Fire and Rescue Service", "fire", "fire"),
    ("Housing", "housing", "housing"),
)
EVERY = range(len(MEMBERS))
SUBSETS = [frozenset(one) for one in chain.from_iterable(combinations(EVERY, size) for size in range(13))]


def seat(number: int, **more: bool) -> Seat:
    agency, sector, group = MEMBERS[number]
    return Seat(agency, group, sector=sector, directorate=agency, present=True, **more)


def bodies(subset: frozenset[int], councils_apart: bool) -> int:
    """Counted on the fingers: health is one, the council one or each directorate, everybody else one each."""
    health = bool(subset & {0, 1, 2})
    council = len(subset & {3, 4, 5, 6})
    others = len(subset & {7, 8, 9, 10, 11})
    return health + (council if councils_apart else bool(council)) + others


@pytest.mark.tor("0.4")
@pytest.mark.parametrize("councils_apart", [False, True])
def test_every_membership_subset_is_counted_as_by_hand(councils_apart: bool) -> None:
    assert len(SUBSETS) == 4096
    wrong = [
        subset for subset in SUBSETS
        if jcr_quorum([seat(n, deputy=n % 2 == 0) for n in subset], council_directorates_apart=councils_apart).holds
        != (bodies(subset, councils_apart) >= 3)
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.tor("0.4", "5.4", "P.4")
@given(
    st.lists(
        st.tuples(st.sampled_from(EVERY), st.sampled_from(["member", "deputy", "officer", "conflicted", "away"])),
        max_size=14,
    )
)  # fmt: skip
def test_officers_conflicted_members_and_those_away_never_count(room: list[tuple[int, str]]) -> None:
    seats = [
        Seat(
            MEMBERS[n][0], MEMBERS[n][2], sector=MEMBERS[n][1], directorate=MEMBERS[n][0],
            present=what != "away", deputy=what == "deputy", in_attendance=what == "officer",
            conflicted=what == "conflicted", is_chair=position == 0,
        )
        for position, (n, what) in enumerate(room)
    ]  # fmt: skip
    counting = frozenset(n for n, what in room if what in ("member", "deputy"))
    assert jcr_quorum(seats).holds == (bodies(counting, False) >= 3)
    chaired = bool(room) and room[0][1] in ("member", "deputy")
    three = bool(counting & {0, 1, 2}) and bool(counting & {3, 4, 5, 6}) and 7 in counting
    assert panel_quorum(seats).holds == (three and chaired)
