"""Text that found no field is put into an answer by hand, beside what is there, and comes out again."""

from __future__ import annotations

from typing import Any

import pytest

from forms import ReferralForm
from jcr.errors import Incomplete
from jcr.intake.placing import offered, pieces, put, take_out

READ: dict[str, Any] = {
    "case_summary": "Known since May.",
    "subjects": [{"subject_name": "A Person"}],
    "family_members": [{"name": "A Mother"}],
    "incident_date": "2026-03-01",
}
LOOSE = "He had a dog.\nIt was kept next door."


def moved(path: str, text: str) -> dict[str, Any]:
    return put(offered(ReferralForm, READ, {}), READ, path, text)


@pytest.mark.parametrize(
    "path, text, expected",
    [
        ("case_summary", LOOSE, f"Known since May.\n{LOOSE}"),
        ("criteria_evidence", LOOSE, LOOSE),
        ("referrer_role", LOOSE, "He had a dog. It was kept next door."),
        ("date_aware", "3 March 2026", "2026-03-03"),
    ],
)
def test_a_piece_is_added_to_an_answer_and_never_overwrites_it(path: str, text: str, expected: str) -> None:
    assert moved(path, text)[path] == expected


def test_a_piece_goes_into_a_row_or_begins_a_new_one() -> None:
    assert moved("subjects.0.subject_name", "Jr")["subjects"] == [{"subject_name": "A Person; Jr"}]
    assert moved("family_members.new", "Aunt Kay")["family_members"] == [
        {"name": "A Mother"},
        {"name": "Aunt Kay"},
    ]
    assert READ["family_members"] == [{"name": "A Mother"}]


def test_a_date_that_is_there_is_not_overwritten() -> None:
    with pytest.raises(Incomplete, match="has a date already"):
        moved("incident_date", "4 April 2026")


@pytest.mark.parametrize("path", ["", "nonsense", "subjects.7.subject_name", "subjects"])
def test_a_piece_goes_only_where_the_form_offers(path: str) -> None:
    with pytest.raises(Incomplete, match="Choose the answer"):
        moved(path, LOOSE)


@pytest.mark.parametrize(
    "path, rests_in",
    [
        ("case_summary", "case_summary"),
        ("referrer_role", "referrer_role"),
        ("family_members.new", "family_members.1.name"),
    ],
)
def test_a_piece_shows_as_placed_until_it_is_taken_out_again(path: str, rests_in: str) -> None:
    answers = moved(path, LOOSE)
    offer = offered(ReferralForm, answers, {})
    placed, waiting = pieces(offer, [LOOSE, "Another piece"], READ, answers)
    assert placed.into is not None
    assert (placed.into.path, waiting.into) == (rests_in, None)
    after = take_out(offer, answers, rests_in, LOOSE)
    assert pieces(offer, [LOOSE], READ, after)[0].into is None
    assert after["case_summary"] == READ["case_summary"]


def test_a_piece_that_merely_looks_like_an_answer_still_waits() -> None:
    offer = offered(ReferralForm, READ, {})
    assert pieces(offer, ["Known since May."], READ, READ)[0].into is None
