"""The blueprint that the pages about keeping and giving out records are registered on."""

from flask import Blueprint

pages = Blueprint("records", __name__)
