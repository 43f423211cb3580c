"""Two people at one record: what the other saved since the page was shown, put beside what was typed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flask import request

from forms import Form
from forms.shown import in_one_text

SEEN = "seen"  # the hidden field that carries the stamp


def stamp(stored: Mapping[str, Any]) -> str:
    """Tells what is stored apart from what was or will be, without saying it."""
    return hashlib.sha256(json.dumps(stored, sort_keys=True, default=str).encode()).hexdigest()[:16]


def saved_meanwhile(form: Form, stored: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The questions somebody else answered otherwise since the page was shown, each with their words. A form that
    does not say what it was shown is taken to have seen nothing."""
    if request.form.get(SEEN) == stamp(stored):
        return []
    saved = type(form)(data=dict(stored))
    asked = [
        question
        for question in saved.questions
        if question.short_name in stored and question.short_name in form
    ]
    found = ((one.label.text, in_one_text(one), in_one_text(form[one.short_name])) for one in asked)
    return [(label, theirs) for label, theirs, mine in found if theirs and theirs != mine]
