"""Two people at one record: what the other saved since the page was shown, put beside what was typed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, request

from forms import Form
from forms.question import Question
from forms.shown import in_one_text
from jcr.web.reasoned import SAID, WHY

SEEN = "seen"  # the hidden field that carries the stamp


def stamp(stored: Mapping[str, Any]) -> str:
    """Tells what is stored apart from what was or will be, without saying it."""
    return hashlib.sha256(json.dumps(stored, sort_keys=True, default=str).encode()).hexdigest()[:16]


def typed_so_far(answers: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """What of these answers is stored, by whoever has the link."""
    return {name: answers[name] for name in names if name in answers}


def saved_while_typing(stored: Mapping[str, Any]) -> Response | None:
    """The answer to a page that saves by itself: the stamp of what is stored now, from which it goes on."""
    if "later" in request.form and request.accept_mimetypes.best == "text/plain":
        return Response(stamp(stored), mimetype="text/plain")
    return None


def saved_meanwhile(form: Form, stored: Mapping[str, Any], **given: Any) -> list[tuple[str, str]]:
    """The questions somebody else answered otherwise since the page was shown, each with their words. A form that
    does not say what it was shown is taken to have seen nothing; `given` is what else it is made with."""
    if request.form.get(SEEN) == stamp(stored):
        return []
    saved = type(form)(data=dict(stored), **given)
    asked = [
        question
        for question in saved.questions
        if question.short_name in stored and question.short_name in form
    ]
    found = ((_label(saved, one), in_one_text(one), in_one_text(form[one.short_name])) for one in asked)
    return [(label, theirs) for label, theirs, mine in found if theirs and theirs != mine]


def _label(form: Form, question: Question) -> str:
    """What a question is called; a reason or a source, behind the question it belongs to."""
    label = str(question.label.text)
    about = [question.short_name.removesuffix(ending) for ending in (WHY, SAID)]
    asked = next((name for name in about if name != question.short_name and name in form), None)
    return f"{form[asked].label.text} {label}" if asked else label
