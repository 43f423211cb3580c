"""The scoping decision flowchart as data: its questions, where each answer leads, and the path they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from jcr.answer import Answer, Tri, as_tri
from jcr.wording import listed

ACTIVITIES = {
    "audit": "Multi-agency audit",
    "roundtable": "Roundtable or learning event",
    "single_agency": "Single agency action",
}
LEARNING_ACTIVITIES = frozenset({"audit", "roundtable"})  # ToR 3, rapid reviews involving children

Outcome = Literal["redirect", "return", "act_now", "await_sin", "decline", "scope"]
OUTCOMES: tuple[str, ...] = get_args(Outcome)

OUTCOME_TEXT: dict[str, str] = {
    "redirect": "Send it on as a safeguarding concern, log it and close it here.",
    "return": "Return it to the referrer for what is missing; it is not rejected.",
    "act_now": "Act on the immediate risk now, before anything else.",
    "await_sin": "Ask the local authority for the serious incident notification and wait for it.",
    "decline": "Decline at triage, with a written rationale, a letter and an offer of learning activity.",
    "scope": "Issue scoping requests with the return date and the rapid review meeting together.",
}


@dataclass(frozen=True)
class Step:
    """One diamond of the flowchart.

    `yes`, `no` and `not_known` name the step or the outcome that each answer leads to; an empty one means
    that the question has to be settled before anything else. `goes_on_when` names a step whose yes lets the
    case go on past an outcome reached here, which then runs alongside; `goes_on_to` is where it goes on.
    """

    key: str
    question: str
    yes: str
    no: str
    not_known: str
    paragraph: str
    goes_on_when: str = ""
    goes_on_to: str = ""

    def leads_to(self, answer: Tri) -> str:
        """The step or outcome an answer leads to; empty when the answer settles nothing."""
        return {"yes": self.yes, "no": self.no, "not_known": self.not_known}[answer]


@dataclass(frozen=True)
class Flowchart:
    """An edition of the flowchart. Cases keep the version they were triaged by."""

    version: str
    steps: tuple[Step, ...]

    def step(self, key: str) -> Step | None:
        """The step of that name, or none when the name is an outcome's."""
        return next((step for step in self.steps if step.key == key), None)


@dataclass(frozen=True)
class Taken:
    """A step that was answered: the answer and what it led to."""

    step: Step
    answer: Tri
    led_to: str


@dataclass(frozen=True)
class Path:
    """The way through the flowchart: what was answered, where it ended, or which step comes next.

    `outcome` is None while `missing` names a step to answer. `alongside` are outcomes to be acted on while
    the case goes on, such as a missing sign-off in a case that may have to be notified.
    """

    steps: tuple[Taken, ...]
    outcome: Outcome | None
    missing: Step | None
    because: str
    alongside: tuple[Outcome, ...] = ()


FLOWCHART = Flowchart(
    version="1",
    steps=(
        Step(
            key="is_concern",
            question="Is this a safeguarding concern rather than a referral for review?",
            yes="redirect",
            no="lead_approved",
            not_known="lead_approved",  # doubt never sends a referral away
            paragraph="Scoping decision flowchart, step 1",
        ),
        Step(
            key="lead_approved",
            question="Has the agency's safeguarding lead approved the referral?",
            yes="complete",
            no="return",
            not_known="",
            paragraph="ToR 7.i",
            goes_on_when="looks_notifiable",
            goes_on_to="complete",
        ),
        Step(
            key="complete",
            question="Is the form complete enough, in our area, with its subjects identified, and not a "
            "duplicate of an open case?",
            yes="immediate_risk",
            no="return",
            not_known="",
            paragraph="Scoping decision flowchart, step 3",
        ),
        Step(
            key="immediate_risk",
            question="Is anyone at immediate risk, the subject or other children or adults?",
            yes="risk_acted_on",
            no="looks_notifiable",
            not_known="risk_acted_on",  # doubt about safety is treated as a risk
            paragraph="Scoping decision flowchart, step 4",
        ),
        Step(
            key="risk_acted_on",
            question="Has action been taken to keep people safe?",
            yes="looks_notifiable",
            no="act_now",
            not_known="act_now",
            paragraph="Scoping decision flowchart, step 4",
        ),
        Step(
            key="looks_notifiable",
            question="Does it look like a child case the local authority must notify to the Panel?",
            yes="sin_sent",
            no="outside_every_route",
            not_known="outside_every_route",
            paragraph="Children Act 2004 s.16C; scoping decision flowchart, step 5",
        ),
        Step(
            key="sin_sent",
            question="Has the local authority sent the serious incident notification?",
            yes="scope",
            no="await_sin",
            not_known="await_sin",
            paragraph="Working Together; scoping decision flowchart, step 5",
        ),
        Step(
            key="outside_every_route",
            question="Is the case clearly outside every route: child, adult and domestic?",
            yes="decline",
            no="scope",
            not_known="scope",  # only a case clearly outside is declined without scoping
            paragraph="ToR 7.i and 7.ii",
        ),
    ),
)


def path(answers: Mapping[str, object], flowchart: Flowchart = FLOWCHART) -> Path:
    """Follow the answers (step key -> yes, no or not known) from the first step as far as they go.

    A step nobody has answered stops the path and is named as missing; answers to steps off the path are
    left alone. Raises ValueError for a flowchart with `faults`.
    """
    if found := faults(flowchart):
        raise ValueError(" ".join(found))
    taken: list[Taken] = []
    alongside: list[Outcome] = []
    at = flowchart.steps[0].key
    while step := flowchart.step(at):
        if step.key not in answers:
            return Path(tuple(taken), None, step, f"Not answered yet: {step.question}", tuple(alongside))
        answer = as_tri(answers[step.key])
        leads_to = step.leads_to(answer)
        taken.append(Taken(step, answer, leads_to))
        if not leads_to:
            return Path(tuple(taken), None, step, f"To be settled first: {step.question}", tuple(alongside))
        if _goes_on(step, leads_to, answers):
            alongside.append(_outcome(leads_to))
            leads_to = step.goes_on_to
        at = leads_to
    return Path(tuple(taken), _outcome(at), None, _because(taken[-1]), tuple(alongside))


def faults(flowchart: Flowchart) -> tuple[str, ...]:
    """What is wrong with an edited flowchart, in sentences; none when it can be followed to an end."""
    if not flowchart.steps:
        return ("The flowchart has no questions: add the first one.",)
    keys = [step.key for step in flowchart.steps]
    known, reached = (
        {*keys, *OUTCOMES, ""},
        {keys[0], *(goal for step in flowchart.steps for goal in _goals(step))},
    )
    found = {
        "These questions occur more than once: {}. Give each its own name.": [
            step for step in flowchart.steps if keys.count(step.key) > 1
        ],
        "These questions lead nowhere: {}. Choose for each answer a later question or an end.": [
            step for step in flowchart.steps if set(_goals(step)) - known
        ],
        "These questions lead back to themselves or to an earlier one: {}. Lead each onwards.": [
            step for step in flowchart.steps if _points_back(step, keys)
        ],
        "Nothing leads to these questions: {}. Lead an answer of an earlier one to each, or remove it.": [
            step for step in flowchart.steps if step.key not in reached
        ],
    }
    return tuple(
        text.format(listed(list(dict.fromkeys(f"“{step.question}”" for step in steps))))
        for text, steps in found.items()
        if steps
    )


def decline_stands(rationale: str, agreed_by: str) -> Answer:
    """Whether a decline at triage may be recorded: with a written rationale and the chair's agreement.

    `agreed_by` is the role of the person who agreed: "chair" or "vice_chair".
    """
    if not rationale.strip():
        return Answer(False, "Write the rationale: a referral is not declined without one.", "ToR 7.i")
    if agreed_by.strip().casefold().replace(" ", "_") not in ("chair", "vice_chair"):
        return Answer(False, "The chair or the vice chair must agree to a decline at triage.", "ToR 7.i")
    return Answer(
        True, "Declined with a written rationale and the chair's or vice chair's agreement.", "ToR 7.i"
    )


def _goes_on(step: Step, leads_to: str, answers: Mapping[str, object]) -> bool:
    return (
        bool(step.goes_on_when) and leads_to in OUTCOMES and as_tri(answers.get(step.goes_on_when)) == "yes"
    )


def _goals(step: Step) -> tuple[str, ...]:
    return (step.yes, step.no, step.not_known, step.goes_on_when, step.goes_on_to)


def _points_back(step: Step, keys: list[str]) -> bool:
    earlier = keys[: keys.index(step.key) + 1]
    return any(goal in earlier for goal in (step.yes, step.no, step.not_known, step.goes_on_to))


def _outcome(name: str) -> Outcome:
    return next(outcome for outcome in get_args(Outcome) if outcome == name)


def _because(last: Taken) -> str:
    answer = {"yes": "Yes", "no": "No", "not_known": "Not known"}[last.answer]
    return f"{last.step.question} {answer}. {OUTCOME_TEXT[last.led_to]}"
