"""The flowchart as a picture: where its boxes and arrows stand, and which of them a case has passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from jcr.answer import Tri
from jcr.documents.drawing import LINE, Arrow, Box, Picture, in_lines
from jcr.triage.rules import OUTCOMES, Flowchart, Path, Step

ANSWERS: dict[Tri, str] = {"yes": "yes", "no": "no", "not_known": "not known"}
NAMES = {
    "redirect": "Send it on",
    "return": "Return to the referrer",
    "act_now": "Act on the risk now",
    "await_sin": "Wait for the notification",
    "decline": "Decline",
    "scope": "Scoping",
}
# In units of the picture, about a pixel each
PADDING, GAP = 12, 44
STEP_LEFT, STEP_WIDTH = 52, 350
OUTCOME_LEFT, OUTCOME_WIDTH, OUTCOME_HEIGHT, OUTCOME_GAP = 520, 196, 36, 12
LANE = 12  # between two arrows that pass a step by
WIDTH = OUTCOME_LEFT + OUTCOME_WIDTH + 4


def picture(flowchart: Flowchart, path: Path) -> Picture:
    """The whole flowchart from top to bottom, outcomes at the right of the questions that lead to them."""
    went = {taken.step.key: taken.led_to for taken in path.steps}
    way = [*(taken.step.key for taken in path.steps), path.missing.key if path.missing else ""]
    drawing = _Drawing(flowchart.steps, went, way)
    return Picture(WIDTH, drawing.foot, tuple(drawing.boxes()), tuple(drawing.arrows()))


class _Drawing:
    def __init__(self, steps: Sequence[Step], went: dict[str, str], way: Sequence[str]) -> None:
        self.steps, self.went, passed = steps, went, set(way)
        self.went_on = set(pairwise(way))  # past an outcome that is acted on alongside, too
        self.at: dict[str, Box] = {}
        top = PADDING
        for number, step in enumerate(steps, 1):
            words = in_lines(f"{number}. {step.question}", STEP_WIDTH)
            beside = len(_ends(step)) * (OUTCOME_HEIGHT + OUTCOME_GAP) - OUTCOME_GAP
            height = max(len(words) * LINE + 2 * PADDING, beside)
            self.at[step.key] = Box(STEP_LEFT, top, STEP_WIDTH, height, words, step.key in passed)
            top += height + GAP
        self.foot = top - GAP + PADDING

    def boxes(self) -> Iterator[Box]:
        yield from self.at.values()
        for step in self.steps:
            for number, goal in enumerate(_ends(step)):
                yield self._outcome(step, number, goal)

    def arrows(self) -> Iterator[Arrow]:
        lanes = 0
        for step in self.steps:
            for number, goal in enumerate(_ends(step)):
                yield self._aside(step, goal, self._outcome(step, number, goal))
            for goal in _onward(step):
                if self._follows(step, goal):
                    yield self._down(step, goal)
                else:
                    lanes += 1
                    yield self._past(step, goal, lanes)

    def _outcome(self, step: Step, number: int, goal: str) -> Box:
        beside = self.at[step.key]
        top = beside.top + number * (OUTCOME_HEIGHT + OUTCOME_GAP)
        if len(_ends(step)) == 1:
            top = beside.top + (beside.height - OUTCOME_HEIGHT) // 2
        words, passed = (NAMES[goal],), self.went.get(step.key) == goal
        return Box(OUTCOME_LEFT, top, OUTCOME_WIDTH, OUTCOME_HEIGHT, words, passed, is_outcome=True)

    def _aside(self, step: Step, goal: str, to: Box) -> Arrow:
        y, start = to.top + to.height // 2, STEP_LEFT + STEP_WIDTH
        return Arrow(((start, y), (to.left, y)), _said(step, goal), (start + 8, y - 6), to.passed)

    def _down(self, step: Step, goal: str) -> Arrow:
        box, to = self.at[step.key], self.at[goal]
        x = STEP_LEFT + STEP_WIDTH // 2
        foot = box.top + box.height
        return Arrow(((x, foot), (x, to.top)), _said(step, goal), (x + 10, foot + 24), self._took(step, goal))

    def _past(self, step: Step, goal: str, lane: int) -> Arrow:
        """To a step further down, along the left side."""
        box, to = self.at[step.key], self.at[goal]
        x, foot = STEP_LEFT - LANE * (1 + (lane - 1) % 4), box.top + box.height - PADDING
        end = to.top + PADDING
        corners = ((STEP_LEFT, foot), (x, foot), (x, end), (STEP_LEFT, end))
        return Arrow(
            corners, _said(step, goal), (STEP_LEFT + 4, box.top + box.height + LINE), self._took(step, goal)
        )

    def _follows(self, step: Step, goal: str) -> bool:
        return self.steps.index(step) + 1 == [one.key for one in self.steps].index(goal)

    def _took(self, step: Step, goal: str) -> bool:
        return self.went.get(step.key) == goal or (step.key, goal) in self.went_on


def _goals(step: Step) -> list[str]:
    return list(dict.fromkeys(goal for goal in (step.yes, step.no, step.not_known) if goal))


def _ends(step: Step) -> list[str]:
    return [goal for goal in _goals(step) if goal in OUTCOMES]


def _onward(step: Step) -> list[str]:
    return [goal for goal in _goals(step) if goal not in OUTCOMES]


def _said(step: Step, goal: str) -> str:
    """The answers that lead there, such as `no, not known`."""
    return ", ".join(name for answer, name in ANSWERS.items() if step.leads_to(answer) == goal)
