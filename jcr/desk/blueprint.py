"""The blueprint that the pages of desk, list and case are registered on."""

from flask import Blueprint

pages = Blueprint("desk", __name__)
