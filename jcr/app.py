"""The application factory: settings in, a Flask application with every slice's pages out."""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import timedelta
from functools import partial
from importlib import import_module
from typing import Any

from flask import Flask
from flask.templating import Environment
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from jcr.admission import gate, limits, visits, who
from jcr.cases.holidays import calendar_of
from jcr.correspondence.service import letterhead
from jcr.db import Sessions, make_engine
from jcr.files.service import MAX_UPLOAD_BYTES
from jcr.places import TEMPLATES
from jcr.settings import Settings, load
from jcr.web import about, access, errors, filters, incoming, navigation, request, security

PAGES = (
    "people", "cases", "costs", "correspondence", "admission", "mailroom", "referrals", "criteria", "triage", "scoping",
    "chronology", "meetings", "decisions", "submissions", "intake", "records", "desk",
)  # fmt: skip
FILES_A_REQUEST = 6
TYPED_BYTES = 4 * 1024 * 1024


class Templates(Environment):
    """Templates share its globals as they are. Flask's lay them under those of each template's own, of which we have
    none: every import of one template into another then takes longer than what it imports."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def create_app(settings: Settings | None = None, sessions: Sessions | None = None) -> Flask:
    """The web application. Raises SettingsWrong when the environment cannot be used."""
    settings = settings or load()
    app = Flask(__name__, template_folder=str(TEMPLATES))
    app.jinja_environment = Templates
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.former_secret_keys),
        WTF_CSRF_SECRET_KEY=[
            *reversed(settings.former_secret_keys),
            settings.secret_key,
        ],  # signs with the last
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https://"),
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=settings.longest_session,
        SESSION_REFRESH_EACH_REQUEST=False,  # a style sheet that others may cache never carries somebody's cookie
        MAX_CONTENT_LENGTH=FILES_A_REQUEST * MAX_UPLOAD_BYTES + TYPED_BYTES,
        MAX_FORM_MEMORY_SIZE=TYPED_BYTES,
        MAX_FORM_PARTS=5000,
        WTF_CSRF_SSL_STRICT=False,  # it asks for a Referer, which our own pages tell browsers not to send
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a long form is not punished
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=7),
    )
    app.extensions["settings"] = settings
    app.extensions["sessions"] = sessions or Sessions(make_engine(settings.database_url))
    app.extensions["letterhead"] = letterhead(settings)
    app.extensions["calendar_of"] = partial(calendar_of, one_offs=settings.one_off_bank_holidays)
    app.jinja_env.globals.update(settings=settings)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    proxies = settings.trusted_proxies
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    _load_templates(app)
    for part in (incoming, security, errors, filters, navigation, limits, gate, who, access, request, about):
        part.init_app(app)
    CSRFProtect(app)
    visits.init_app(app)  # after the check of the forged request: a code is tried by its own browser only
    for name in PAGES:
        app.register_blueprint(import_module(f"jcr.{name}.web").pages)
    return app


def _load_templates(app: Flask) -> None:
    libraries = {
        "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
        "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
    }
    app.jinja_loader = ChoiceLoader([FileSystemLoader(TEMPLATES), PrefixLoader(libraries)])  # type: ignore[assignment]
