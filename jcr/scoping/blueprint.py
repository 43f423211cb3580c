"""The blueprint that the pages of scoping are registered on."""

from flask import Blueprint

pages = Blueprint("scoping", __name__)
