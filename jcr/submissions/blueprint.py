"""The blueprint that the pages of submissions are registered on."""

from flask import Blueprint

pages = Blueprint("submissions", __name__)
