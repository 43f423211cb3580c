"""The blueprint that the pages of decisions are registered on, and the case each of them is about."""

from __future__ import annotations

from flask import Blueprint, abort

from jcr.cases.model import Case
from jcr.cases.service import by_reference
from jcr.roles import CHAIRS, GROUP, TEAM, Role
from jcr.web.request import db, person

pages = Blueprint("decisions", __name__, url_prefix="/cases/<reference>")
RECORDING = (*TEAM, *CHAIRS)
READING = (*GROUP, Role.DECISION_MAKER)


def the_case(reference: str) -> Case:
    """The case with this reference; a page not found for whoever may not see it."""
    return by_reference(db(), person(), reference) or abort(404)
