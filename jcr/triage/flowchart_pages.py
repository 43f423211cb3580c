"""The pages at which the office reads the flowchart, changes its questions, and puts an earlier version back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, LongText, Text
from forms.web import dress, error_list
from jcr.errors import Refused
from jcr.permissions import Permission
from jcr.triage import flowcharts
from jcr.triage.blueprint import pages
from jcr.triage.picture import picture
from jcr.triage.rules import OUTCOME_TEXT, Flowchart, Step, path
from jcr.web.access import allow
from jcr.web.meanwhile import SEEN, saved_meanwhile, stamp
from jcr.web.request import actor, db, now

SETTLE = "settle"  # an answer that leads nowhere: the question has to be settled first


class StepForm(Form):
    """One question, where each of its answers leads, and why the flowchart changes."""

    question = Text("Question", required=True, limit=300, ask="Write the question")
    paragraph = Text("Source", required=True, hint="Such as ToR 7.i", ask="Say what the question rests on")
    yes = Choice("If yes", {}, required=True, ask="Select where yes leads")
    no = Choice("If no", {}, required=True, ask="Select where no leads")
    not_known = Choice("If not known", {}, required=True, ask="Select where not known leads")
    why = LongText(
        "Why does the flowchart change?", required=True, lines=2, ask="Say why the flowchart changes"
    )

    def __init__(self, formdata: Any = None, *, goals: dict[str, str], **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        for field in (self.yes, self.no, self.not_known):
            field.options = goals

    def filled(self, step: Step) -> Step:
        """The question as it was typed."""
        led = {name: self[name].data for name in ("yes", "no", "not_known")}
        goals = {name: "" if goal == SETTLE else goal for name, goal in led.items()}
        return replace(step, question=self.question.data, paragraph=self.paragraph.data, **goals)


class WhyForm(Form):
    why = LongText("Why?", required=True, lines=2, ask="Say why the flowchart changes")


@pages.get("/flowchart")
@allow(Permission.CHANGE_FLOWCHART)
def flowchart() -> ResponseReturnValue:
    current = flowcharts.current(db())
    return render_template(
        "triage/flowchart.html",
        flowchart=current,
        names=_goals(current.steps),
        picture=picture(current, path({}, current)),
        path=path({}, current),
        versions=flowcharts.versions(db()),
    )


@pages.route("/flowchart/<key>", methods=["GET", "POST"])
@allow(Permission.CHANGE_FLOWCHART)
def change_step(key: str) -> ResponseReturnValue:
    current = flowcharts.current(db())
    step = current.step(key)
    if step is None:
        return _removed_meanwhile(current, key)
    form, stored = _step_form(current, key, step), _stored(step)
    if request.method == "POST" and (theirs := saved_meanwhile(form, stored, goals=form.yes.options)):
        return _step_page(form, current, seen=stamp(stored), theirs=theirs)[0], 409
    saved = _saved(form, lambda: flowcharts.changed(current, form.filled(step)))
    return saved or _step_page(form, current, seen=stamp(stored))


@pages.route("/flowchart/<key>/after", methods=["GET", "POST"])
@allow(Permission.CHANGE_FLOWCHART)
def add_step(key: str) -> ResponseReturnValue:
    current = flowcharts.current(db())
    before = current.step(key)
    if before is None:
        return _removed_meanwhile(current, key)
    blank = flowcharts.new_step(current)
    form = _step_form(current, key, blank)
    saved = _saved(form, lambda: flowcharts.added(current, key, form.filled(blank)))
    return saved or _step_page(form, current, after=before)


@pages.route("/flowchart/<key>/remove", methods=["GET", "POST"])
@allow(Permission.CHANGE_FLOWCHART)
def remove_step(key: str) -> ResponseReturnValue:
    current = flowcharts.current(db())
    step = current.step(key) or abort(404)
    form, seen = WhyForm(request.form), stamp(_stored(step))
    if request.method == "POST" and request.form.get(SEEN) != seen:
        form.why.errors = ["The question was changed meanwhile. Read it as it stands now, then decide"]
        saved = None
    else:
        saved = _saved(form, lambda: flowcharts.removed(current, key))
    return saved or _page("triage/remove_step.html", form, step=step, current=current, seen=seen)


@pages.route("/flowchart/versions/<int:number>", methods=["GET", "POST"])
@allow(Permission.CHANGE_FLOWCHART)
def earlier_flowchart(number: int) -> ResponseReturnValue:
    found = next((one for one in flowcharts.versions(db()) if one.flowchart.version == str(number)), None)
    earlier = found or abort(404)
    form = WhyForm(request.form)
    if request.method == "POST" and form.validate():
        saved = flowcharts.put_back(db(), str(number), form.why.data, actor(), now())
        flash(f"Version {number} counts again, as version {saved.version}.")
        return redirect(url_for("triage.flowchart"))
    way = path({}, earlier.flowchart)
    return _page(
        "triage/earlier_flowchart.html", form, saved=earlier, path=way, picture=picture(earlier.flowchart, way),
        is_current=earlier.flowchart == flowcharts.current(db()),
    )  # fmt: skip


def _removed_meanwhile(current: Flowchart, key: str) -> ResponseReturnValue:
    """What was typed at a question that somebody removed: it can be saved behind the one that stood before it."""
    found = flowcharts.removal(db(), current, key)
    if request.method == "GET" or found is None:
        abort(404)
    removed, before = found
    form = _step_form(current, before.key, flowcharts.new_step(current))
    return _step_page(form, current, after=before, removed=removed)[0], 409


def _step_form(current: Flowchart, key: str, step: Step) -> StepForm:
    """The form of a question that stands at or behind the one of this key: its answers lead only onwards."""
    place = [one.key for one in current.steps].index(key) + 1
    return StepForm(request.form, goals=_goals(current.steps[place:]), data=_stored(step))


def _stored(step: Step) -> dict[str, str]:
    led = {
        name: getattr(step, name) or (SETTLE if step.question else "") for name in ("yes", "no", "not_known")
    }
    return {"question": step.question, "paragraph": step.paragraph, **led}


def _saved(form: Any, steps: Callable[[], tuple[Step, ...]]) -> ResponseReturnValue | None:
    """Where to go once it is saved; none when there is nothing to save yet or it was refused, told at the form."""
    if request.method == "GET" or not form.validate():
        return None
    try:
        made = flowcharts.save(db(), steps(), form.why.data, actor(), now())
    except Refused as refused:
        form.why.errors = [str(refused)]
        return None
    flash(f"Version {made.version} is saved. Cases whose triage begins from now on are triaged by it.")
    return redirect(url_for("triage.flowchart"))


def _goals(steps: tuple[Step, ...]) -> dict[str, str]:
    """Where an answer may lead, by name: one of these questions, an end, or nowhere before it is settled."""
    onward = {step.key: f"Go on to “{step.question}”" for step in steps}
    return (
        onward
        | {name: f"End: {text}" for name, text in OUTCOME_TEXT.items()}
        | {SETTLE: "It must be settled first"}
    )


def _step_page(form: StepForm, current: Flowchart, **more: Any) -> tuple[str, int]:
    return _page("triage/step.html", form, current=current, **more)


def _page(template: str, form: Form, **more: Any) -> tuple[str, int]:
    dress(form)
    errors = error_list(form) if request.method == "POST" else None
    return render_template(template, form=form, errors=errors, **more), 422 if errors else 200
