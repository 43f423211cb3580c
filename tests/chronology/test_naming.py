"""A text with its names taken out, and the pseudonyms given."""

from __future__ import annotations

import pytest

from jcr.chronology.naming import UNSURE, lettered, numbered, without_names

NAMES = {
    "Canary Quillfeather": "Adult A",
    "Rosa Quillfeather": "Mother",
    "Li Wei": "Neighbour",
    "Zoë O’Hara": "Aunt",
    "Łucja Nowak": "Sister",
}


@pytest.mark.parametrize(
    ("text", "veiled"),
    [
        ("Canary Quillfeather fell.", "Adult A fell."),
        ("CANARY was seen; Canary's mother Rosa was not.", "Adult A was seen; Adult A's mother Mother was not."),
        ("Canary\u00a0 Quillfeather", "Adult A"),
        ("Mrs Quillfeather rang.", f"{UNSURE} rang."),
        ("Zoë O’Hara, Zoe O'Hara and Zoë", "Aunt, Aunt and Aunt"),
        ("canaryseed and Rosamund stay", "canaryseed and Rosamund stay"),
        ("Li Wei rang", "Neighbour rang"),
        ("Li rang; so did Mr Wei. No li here", f"Neighbour rang; so did {UNSURE}. No li here"),
        ("line one\nCanary", "line one\nAdult A"),
        ("The Quillfeathers; quillfeathers. Lis is another", f"The {UNSURE}; quillfeathers. Lis is another"),
        ("Lucja Nowak, ŁUCJA and the Nowaks", f"Sister, Sister and the {UNSURE}"),
        ("Zoe\u0308 O’Hara", "Aunt"),
    ],
)  # fmt: skip
def test_every_way_a_name_is_written_is_taken_out(text: str, veiled: str) -> None:
    assert without_names(text, NAMES) == veiled


def test_a_first_name_that_stands_in_two_names_of_one_person_is_that_person() -> None:
    names = {"Tamsin Rew": "Child A", "Tamsin Dare": "Child A", "Jory Rew": "Child B"}
    assert without_names("Tamsin Dare, Tamsin, Rew and Jory", names) == "Child A, Child A, [name] and Child B"
    both = names | {"Tamsin Pugh": "Mother"}
    assert without_names("Tamsin came", both) == "[name] came"


def test_pseudonyms_count_on_from_those_taken() -> None:
    assert lettered("Child", []) == "Child A"
    assert lettered("Child", ["Child A", "Adult A", "Child B"]) == "Child C"
    assert numbered("mother", []) == "Mother"
    assert numbered("Sibling", ["sibling", "Sibling 2"]) == "Sibling 3"
