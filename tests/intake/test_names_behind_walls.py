"""Mail of no case that names somebody behind a wall, judged anew in Python."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Source, Subject, Wall
from jcr.cases.service import open_case
from jcr.intake import service as intake
from jcr.intake.behind_walls import given
from jcr.intake.model import Message, Outcome
from jcr.people.model import Person
from tests.conftest import MONDAY
from tests.records.test_of_no_case import message

NAMES = ("Ann Alder", "", "Zoë Ångström", "100% Percy", "O_Neil", "back\\", "Bo")
NAMED = {  # each with those of the names that stand in it, whatever their capitals
    "The late ANN ALDER": {"Ann Alder"},
    "Ann  Alder, Ann Ald er": set(),
    "Joann Alderson and a bobsleigh": {"Ann Alder", "Bo"},
    "A friend of zoë Ångström": {"Zoë Ångström"},
    "100 times Percy": set(),
    "The 100% PERCY": {"100% Percy"},
    "Oh Neil": set(),
    "mr o_neil": {"O_Neil"},
    "": set(),
}  # fmt: skip
PLACES: dict[str, Any] = {
    "subject": str,
    "because": lambda words: ["It is unclear", words],
    "readings": lambda words: [{"answers": {"subjects": [{"subject_name": words}]}}],
}


@pytest.fixture
def about(session: Session, partnership: Any) -> dict[str, Case]:
    """A case about somebody of each name, and about somebody whose name nobody knows yet."""
    officer, made = partnership.officer.as_actor(), {}
    for name in NAMES:
        made[name] = open_case(session, Source.EMAIL, {}, officer, MONDAY, MONDAY.date())
        made[name].subjects = [Subject(name=""), Subject(name=name)]
    return made


@pytest.fixture
def came(session: Session) -> list[tuple[Message, str]]:
    """Waiting mail that has each of the words in each place, and those."""
    each = enumerate(product(PLACES.items(), NAMED))
    facts = {"waiting": True, "outcome": Outcome.TO_SORT}
    return [(message(session, number, MONDAY, **facts, **{place: put(words)}), words)
            for number, ((place, put), words) in each]  # fmt: skip


def _walled(session: Session, about: dict[str, Case], person: Person, names: Iterator[str]) -> None:
    for name in names:
        session.add(Wall(case_id=about[name].id, person_id=person.id, why="A neighbour"))


def _agree(session: Session, came: list[tuple[Message, str]], person: Person, names: set[str]) -> None:
    """Page, list and figures show what names nobody of these."""
    session.flush()
    seen = [one.id for one, words in came if NAMED[words].isdisjoint(names)]
    assert [one.id for one, _ in came if intake.by_id(session, person, one.id)] == seen
    assert [one.id for one in intake.to_sort(session, person)] == seen
    assert intake.how_many_wait(session, person, MONDAY) == (len(seen), 0)
    assert intake.counts(session, person) == {Outcome.TO_SORT: len(seen)}
    newest = session.scalars(intake.newest(person, None), given(session, person))
    assert [one.id for one in newest] == seen[::-1]


def test_whose_name_stands_in_mail_of_no_case_decides_who_sees_it(
    session: Session, partnership: Any, about: dict[str, Case], came: list[tuple[Message, str]]
) -> None:
    officer, manager = partnership.officer, partnership.manager
    _walled(session, about, officer, iter(NAMES[:4]))
    _walled(session, about, manager, iter(NAMES[3:]))
    _agree(session, came, officer, set(NAMES[:4]))
    _agree(session, came, manager, set(NAMES[3:]))
    _agree(session, came, partnership.support, set())


def test_a_name_that_changes_and_a_wall_that_goes_count_at_once(
    session: Session, partnership: Any, about: dict[str, Case], came: list[tuple[Message, str]]
) -> None:
    officer = partnership.officer
    _walled(session, about, officer, iter(("Ann Alder", "Bo", "O_Neil", "100% Percy")))
    _agree(session, came, officer, {"Ann Alder", "Bo", "O_Neil", "100% Percy"})
    about["Bo"].subjects[1].name = "Zoë Ångström"  # corrected
    _agree(session, came, officer, {"Ann Alder", "Zoë Ångström", "O_Neil", "100% Percy"})
    about["O_Neil"].subjects = []  # destroyed
    about["100% Percy"].subjects.append(Subject(name="bo"))  # somebody more
    _agree(session, came, officer, {"Ann Alder", "Zoë Ångström", "Bo", "100% Percy"})
    for wall in about["Ann Alder"].walls:
        session.delete(wall)
    _agree(session, came, officer, {"Zoë Ångström", "Bo", "100% Percy"})
