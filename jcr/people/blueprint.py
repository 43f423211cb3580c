"""The blueprint that the pages of people and agencies are registered on."""

from flask import Blueprint

pages = Blueprint("people", __name__)
