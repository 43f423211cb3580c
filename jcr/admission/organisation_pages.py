"""The way to the organisation's sign-in and back; what comes back is checked by Authlib."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import abort, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError
from requests import RequestException

from jcr.admission import half_way, organisation
from jcr.admission.blueprint import pages
from jcr.admission.entering import after_first_factor, let_in, own_address
from jcr.admission.organisation import Came
from jcr.errors import NotAllowed
from jcr.web.access import public
from jcr.web.request import db, now, settings

log = logging.getLogger(__name__)
CAME, ONWARD, SECONDS = "came", "onward", 10
FAILED = "The sign-in at your organisation did not succeed. Try again, or use your password."
AWAY = "Your organisation's sign-in cannot be reached. Try again in a minute, or use your password."


@pages.get("/sign-in/organisation")
@public
def to_organisation() -> ResponseReturnValue:
    """Sends the browser to the organisation."""
    session[ONWARD] = own_address(request.args.get("next", ""))
    back = f"{settings().base_url}{url_for('admission.from_organisation')}"
    try:
        return _client().authorize_redirect(back)  # type: ignore[no-any-return]
    except (OAuthError, RequestException, ValueError) as why:
        return _not_now(AWAY, why)


@pages.get("/sign-in/organisation/back")
@public
def from_organisation() -> ResponseReturnValue:
    """Nobody is let in by an address alone: the page asks them to press a button, which does."""
    try:
        claims = _client().authorize_access_token()["userinfo"]
        came = organisation.read(claims, settings().oidc_strong, settings().oidc_vouches_for_email)
        if came.issuer != settings().oidc_issuer or not _is_for_us(claims.get("aud")):
            raise OAuthError("for or from somebody else")
        person = organisation.person_of(db(), came)
    except NotAllowed as why:
        return _not_now(str(why), why)
    except RequestException as why:
        return _not_now(AWAY, why)
    except (OAuthError, JoseError, KeyError, TypeError, ValueError) as why:
        return _not_now(FAILED, why)
    onward = session.get(ONWARD, "")
    half_way.begin(person, onward)
    session[CAME] = asdict(came)
    return render_template("admission/organisation.html", person=person)


@pages.post("/sign-in/organisation/enter")
@public
def enter() -> ResponseReturnValue:
    """A second factor shown at the organisation counts; else ours is asked for."""
    person, came = half_way.person(), session.get(CAME)
    if person is None or came is None:
        return _not_now("That took too long. Sign in again.")
    organisation.remember(db(), person, Came(**came), now())
    return redirect(let_in(person)) if came["is_strong"] else after_first_factor(person)


def _is_for_us(audience: Any) -> bool:
    """Authlib lets a list of nobody pass."""
    return settings().oidc_client_id in ([audience] if isinstance(audience, str) else audience or [])


def _client() -> Any:
    """The organisation as Authlib knows it, with what it publishes about itself; one for each application."""
    asked = settings()
    if not asked.oidc_issuer:
        abort(404)
    held = current_app.extensions.setdefault("organisations", {})
    key = (asked.oidc_issuer, asked.oidc_client_id, asked.oidc_client_secret)
    if key not in held:
        held[key] = OAuth(current_app).register(
            "organisation",
            client_id=asked.oidc_client_id,
            client_secret=asked.oidc_client_secret,
            server_metadata_url=f"{asked.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid email profile", "code_challenge_method": "S256", "default_timeout": SECONDS,
            },
        )  # fmt: skip
    return held[key]


def _not_now(said: str, why: Exception | None = None) -> ResponseReturnValue:
    for begun in (CAME, half_way.HALF_WAY):
        session.pop(begun, None)
    log.warning("No sign-in through the organisation: %s", type(why).__name__ if why else "too late")
    flash(said, "problem")
    return redirect(url_for("admission.sign_in"))
