"""The blueprint the pages of letters hang on."""

from flask import Blueprint

pages = Blueprint("correspondence", __name__, url_prefix="/letters")
