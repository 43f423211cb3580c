"""The picture of the flowchart: all of it, and the way a case has taken standing out."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from forms.paper import fonts
from jcr.documents.drawing import INSET, WORDS
from jcr.triage.picture import NAMES, Arrow, Box, Picture, picture
from jcr.triage.rules import FLOWCHART, OUTCOMES, path

ANSWERS = {"is_concern": "no", "lead_approved": "yes", "complete": "yes", "immediate_risk": "no"}


@pytest.fixture
def drawn() -> Picture:
    return picture(FLOWCHART, path(ANSWERS | {"looks_notifiable": "no", "outside_every_route": "yes"}))


def standing(drawn: Picture, words: str) -> list[Box]:
    return [box for box in drawn.boxes if words in " ".join(box.words)]


def test_every_question_and_every_outcome_has_its_box(drawn: Picture) -> None:
    for step in FLOWCHART.steps:
        assert len(standing(drawn, step.question)) == 1
    for outcome in OUTCOMES:
        assert standing(drawn, NAMES[outcome])


def test_the_boxes_stand_in_the_picture_and_not_on_each_other(drawn: Picture) -> None:
    for box in drawn.boxes:
        assert box.left >= 0
        assert box.left + box.width <= drawn.width
        assert box.top >= 0
        assert box.top + box.height <= drawn.height
    for one, other in combinations(drawn.boxes, 2):
        beside = one.left + one.width <= other.left or other.left + other.width <= one.left
        assert beside or one.top + one.height <= other.top or other.top + other.height <= one.top


@pytest.mark.parametrize(
    "question", ["IS THE LOCAL AUTHORITY AWARE OF A WOMAN’S DEATH, AND WHY NOT?", "W" * 90]
)
def test_the_widest_words_stay_in_their_box(question: str) -> None:
    first, *others = FLOWCHART.steps
    wide = replace(FLOWCHART, steps=(replace(first, question=question), *others))
    for box in picture(wide, path({}, wide)).boxes:
        assert all(fonts.width(line, WORDS) <= box.width - 2 * INSET for line in box.words)


def test_what_the_case_passed_stands_out_and_nothing_else(drawn: Picture) -> None:
    passed = [" ".join(box.words) for box in drawn.boxes if box.passed]
    assert [words[:2] for words in passed] == ["1.", "2.", "3.", "4.", "6.", "8.", "De"]
    assert [arrow.said for arrow in drawn.arrows if arrow.passed] == [
        "no, not known", "yes", "yes", "no", "no, not known", "yes",
    ]  # fmt: skip


def test_a_path_that_waits_for_an_answer_ends_at_its_question() -> None:
    drawn = picture(FLOWCHART, path(ANSWERS))
    assert [box.passed for box in standing(drawn, "must notify to the Panel")] == [True]
    assert not any(box.passed for box in drawn.boxes if box.is_outcome)


def test_an_arrow_ends_at_the_box_it_leads_to(drawn: Picture) -> None:
    def touches(arrow: Arrow, box: Box) -> bool:
        x, y = arrow.points[-1]
        return box.left <= x <= box.left + box.width and box.top <= y <= box.top + box.height

    for arrow in drawn.arrows:
        assert sum(touches(arrow, box) for box in drawn.boxes) == 1
    assert len(drawn.arrows) == sum(
        len({step.yes, step.no, step.not_known} - {""}) for step in FLOWCHART.steps
    )
