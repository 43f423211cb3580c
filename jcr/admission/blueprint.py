"""The blueprint that the pages of signing in are registered on."""

from flask import Blueprint

pages = Blueprint("admission", __name__)
