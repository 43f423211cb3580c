"""Passwords: long rather than odd, none that thieves try first, kept under costs that are brought up to date."""

from __future__ import annotations

from typing import Any

import pytest
from argon2 import PasswordHasher, extract_parameters

from jcr.errors import Incomplete
from jcr.people import passwords
from tests.conftest import on_one_database


@on_one_database
@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short words", "at least 12"),
        ("x" * 1025, "at most 1024"),
        ("passwordpassword", "easy to guess"),
        ("qwertyuiopasdf", "easy to guess"),
        ("123456789012", "easy to guess"),
        ("aaaaaaaaaaaaaaaaaaaa", "easy to guess"),
        ("Rhiannon Maddox", "easy to guess"),
        ("officer@partnership.example", "easy to guess"),
    ],
)
def test_a_password_that_is_short_or_tried_first_is_refused(
    partnership: Any, password: str, why: str
) -> None:
    with pytest.raises(Incomplete, match=why):
        passwords.set_password(partnership.officer, password)


@on_one_database
@pytest.mark.parametrize(
    "password", ["orchard tramway lantern", "ébène çà et là où", "Kp9#vR2!xQ7z", "gosling wharf " * 12]
)
def test_a_long_one_needs_no_signs_or_capitals(partnership: Any, password: str) -> None:
    passwords.set_password(partnership.officer, password)
    assert passwords.is_right(partnership.officer, password)
    assert not passwords.is_right(partnership.officer, password + "x")


def test_they_are_kept_at_the_costs_owasp_asks_for() -> None:
    """At least 19 MiB with 2 passes (Password Storage Cheat Sheet); argon2id."""
    kept = extract_parameters(PasswordHasher(**passwords.COSTS).hash("of anybody"))
    assert (kept.type.name, kept.time_cost, kept.parallelism) == ("ID", 2, 1)
    assert kept.memory_cost >= 19 * 1024


def test_one_kept_under_other_costs_is_hashed_anew_when_it_is_known(partnership: Any) -> None:
    officer = partnership.officer
    officer.password_hash = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash("orchard lantern")
    weak = officer.password_hash
    assert not passwords.is_right(officer, "another lantern")
    assert officer.password_hash == weak
    assert passwords.is_right(officer, "orchard lantern")
    assert officer.password_hash != weak
    assert passwords.is_right(officer, "orchard lantern")
