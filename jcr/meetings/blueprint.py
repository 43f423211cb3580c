"""The blueprint that the pages of meetings are registered on."""

from flask import Blueprint

pages = Blueprint("meetings", __name__)
