"""The flowchart in its versions: as delivered, changed by the office question by question, and put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import record
from jcr.permissions import Permission, allows
from jcr.roles import Actor
from jcr.triage.model import FlowchartVersion, StepAnswer
from jcr.triage.rules import FLOWCHART, Flowchart, Step, faults


@dataclass(frozen=True)
class Saved:
    """A version with who made it, when and why; nobody for the one the product came with."""

    flowchart: Flowchart
    why: str = ""
    saved_by: str = ""
    saved_at: datetime | None = None


def versions(session: Session) -> list[Saved]:
    """Every version, the latest first; the delivered one is always among them."""
    rows = session.scalars(select(FlowchartVersion).order_by(FlowchartVersion.number.desc()))
    return [*(Saved(_flowchart(row), row.why, row.saved_by, row.saved_at) for row in rows), Saved(FLOWCHART)]


def current(session: Session) -> Flowchart:
    """The version that the next case is triaged by."""
    latest = select(FlowchartVersion).order_by(FlowchartVersion.number.desc()).limit(1)
    found = session.scalar(latest)
    return _flowchart(found) if found else FLOWCHART


def of_case(session: Session, case: Case) -> Flowchart:
    """The version a case is triaged by: the one of its first answer, and the current one before that."""
    first = select(StepAnswer.flowchart).where(StepAnswer.case_id == case.id).order_by(StepAnswer.id).limit(1)
    return called(session, session.scalar(first))


def called(session: Session, version: str | None) -> Flowchart:
    """The version that a case's answers name, all of them the same; the current one where there is no answer."""
    return current(session) if version is None else all_of(session, [version])[version]


def all_of(session: Session, wanted: Sequence[str]) -> dict[str, Flowchart]:
    """Those versions, by what they are called; one query for all."""
    numbers = [int(version) for version in set(wanted) - {FLOWCHART.version}]
    rows = (
        session.scalars(select(FlowchartVersion).where(FlowchartVersion.number.in_(numbers)))
        if numbers
        else ()
    )
    return {FLOWCHART.version: FLOWCHART} | {str(row.number): _flowchart(row) for row in rows}


def _flowchart(row: FlowchartVersion) -> Flowchart:
    return Flowchart(str(row.number), tuple(Step(**step) for step in row.steps))


def changed(flowchart: Flowchart, step: Step) -> tuple[Step, ...]:
    """The questions with this one in the place of its like."""
    return tuple(step if one.key == step.key else one for one in flowchart.steps)


def added(flowchart: Flowchart, after: str, step: Step) -> tuple[Step, ...]:
    """The questions with a new one behind another, whose answers that led to the next now lead to the new one."""
    keys = [one.key for one in flowchart.steps]
    at = keys.index(after) + 1
    following = keys[at] if at < len(keys) else ""
    before = flowchart.steps[at - 1]
    led = {
        name: step.key
        for name in ("yes", "no", "not_known", "goes_on_to")
        if following and getattr(before, name) == following
    }
    return (*flowchart.steps[: at - 1], replace(before, **led), step, *flowchart.steps[at:])


def removed(flowchart: Flowchart, key: str) -> tuple[Step, ...]:
    """The questions without this one. Raises Incomplete while another leads to it."""
    for step in flowchart.steps:
        if key in (step.yes, step.no, step.not_known):
            raise Incomplete(f"“{step.question}” leads to this question. Lead it elsewhere first.")
    left = (step for step in flowchart.steps if step.key != key)
    return tuple(
        replace(step, goes_on_when="", goes_on_to="") if key in (step.goes_on_when, step.goes_on_to) else step
        for step in left
    )


def removal(session: Session, flowchart: Flowchart, key: str) -> tuple[Saved, Step] | None:
    """The version that removed a question, and the question of `flowchart` that stood nearest before it: the first
    where none is left before it. None where no version ever had such a question."""
    saved = versions(session)
    had = next((at for at, one in enumerate(saved) if one.flowchart.step(key)), 0)
    if not had:
        return None
    keys = [step.key for step in saved[had].flowchart.steps]
    left = (flowchart.step(earlier) for earlier in reversed(keys[: keys.index(key)]))
    return saved[had - 1], next((step for step in left if step), flowchart.steps[0])


def new_step(flowchart: Flowchart) -> Step:
    """A question that says nothing yet, under a key that no question of this version has."""
    keys = {step.key for step in flowchart.steps}
    key = next(key for number in range(1, len(keys) + 2) if (key := f"added_{number}") not in keys)
    return Step(key, "", "", "", "", "")


def save(session: Session, steps: Sequence[Step], why: str, actor: Actor, now: datetime) -> Flowchart:
    """A new version; cases whose triage has begun keep theirs.

    Raises Incomplete when the questions cannot be followed to an end, nothing changed or no reason is given.
    """
    before = current(session)
    if not allows(Permission.CHANGE_FLOWCHART, actor):
        raise NotAllowed("The flowchart is for the Partnership Team to change.")
    if not why.strip():
        raise Incomplete("Say why the flowchart changes: whoever reads an earlier case will want to know.")
    if tuple(steps) == before.steps:
        raise Incomplete("Nothing was changed, so there is nothing to save.")
    made = Flowchart(str(int(before.version) + 1), tuple(steps))
    if wrong := faults(made):
        raise Incomplete(" ".join(wrong))
    session.add(
        FlowchartVersion(
            number=int(made.version), steps=[asdict(step) for step in steps], why=why.strip(),
            saved_by=actor.name, saved_at=now,
        )
    )  # fmt: skip
    session.flush()
    record(session, None, actor, now, f"saved version {made.version} of the scoping decision flowchart", why)
    return made


def put_back(session: Session, version: str, why: str, actor: Actor, now: datetime) -> Flowchart:
    """An earlier version counts again, as a new version: nothing between is lost."""
    earlier = next((one.flowchart for one in versions(session) if one.flowchart.version == version), None)
    if earlier is None:
        raise NotNow("There is no such version of the flowchart.")
    reason = f"Version {version} put back: {why.strip()}" if why.strip() else ""
    return save(session, earlier.steps, reason, actor, now)
