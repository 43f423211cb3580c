"""The headers every answer carries: a strict content policy, no framing, no caching of pages. And what a browser says
was sent from another site's page is refused."""

from __future__ import annotations

import base64
import hashlib
import re

from flask import Flask, Response, abort, request

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.S)
FROM_ELSEWHERE = (
    "cross-site",
    "same-site",
)  # Sec-Fetch-Site; a neighbouring host of the same domain is no better
TEMPLATE = "govuk_frontend_jinja/template.html"


def init_app(app: Flask) -> None:
    policy = content_policy(inline_script_hash(app))

    @app.before_request
    def only_from_our_own_pages() -> None:
        """Beside the token of each form: browsers say this whatever they say of the page they came from."""
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site") in FROM_ELSEWHERE:
            abort(400)

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy)  # a download has a stricter one
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"  # for browsers that know no frame-ancestors
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if app.config["SESSION_COOKIE_SECURE"]:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.endpoint != "static" or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        return response


def content_policy(script_hash: str) -> str:
    return (
        f"default-src 'none'; script-src 'self' '{script_hash}'; style-src 'self'; img-src 'self'; "
        "font-src 'none'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def inline_script_hash(app: Flask) -> str:
    """The hash of the one inline script, which GOV.UK's page template brings; read from the template itself."""
    loader = app.jinja_env.loader
    assert loader is not None
    source = loader.get_source(app.jinja_env, TEMPLATE)[0]
    found = INLINE_SCRIPT.search(re.sub(r"<script[^>]*>", "<script>", source))
    assert found, "the page template lost its inline script: drop the hash from the policy"
    digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
    return f"sha256-{digest}"
