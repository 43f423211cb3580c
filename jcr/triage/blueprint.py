"""The blueprint that the pages of triage are registered on."""

from flask import Blueprint

pages = Blueprint("triage", __name__)
