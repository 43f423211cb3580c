"""The blueprint that the pages of decisions are registered on, and who records and reads them."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("decisions", __name__, url_prefix="/cases/<reference>")
