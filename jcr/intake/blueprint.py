"""The blueprint that the pages of intake are registered on."""

from flask import Blueprint

pages = Blueprint("intake", __name__)
