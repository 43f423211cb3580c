"""The blueprint that the pages of referrals are registered on."""

from flask import Blueprint

pages = Blueprint("referrals", __name__)
