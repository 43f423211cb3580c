"""A sign-in service of the tests' own: gives and rotates tokens, and tells Dovecot which are good."""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.services.dovecot import Dovecot
from tests.services.dovecot import running as dovecot_running

CLIENT_INFO = "eyJ1aWQiOiJ1IiwidXRpZCI6InQifQ"  # {"uid":"u","utid":"t"}: by it msal knows the user again


@dataclass
class SignIn:
    """`refusal` is what the service says instead of a token; `good` the tokens that open a mailbox, and whose."""

    user: str = "office"
    refusal: dict[str, str] = field(default_factory=dict)
    refresh_tokens: list[str] = field(default_factory=lambda: ["first"])
    good: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    rotates: bool = True
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/token"

    def token(self, wanted: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.asked.append(wanted)
        if self.refusal:
            return 400, self.refusal
        by_user = wanted["grant_type"] == "refresh_token"
        if by_user and wanted["refresh_token"] != self.refresh_tokens[-1]:
            return 400, {"error": "invalid_grant", "error_description": "AADSTS50173: it was used before"}
        token = f"access-{len(self.asked)}"
        self.good[token] = self.user
        answer = {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": 3600,
            "client_info": CLIENT_INFO,
        }
        if by_user and self.rotates:
            self.refresh_tokens.append(f"refresh-{len(self.asked)}")
            answer["refresh_token"] = self.refresh_tokens[-1]
        return 200, answer

    # What msal asks of an HTTP client

    def post(self, url: str, data: Any = None, **_: Any) -> Answer:
        given = data if isinstance(data, dict) else {k: v[0] for k, v in parse_qs(str(data)).items()}
        return Answer(*self.token({name: str(value) for name, value in given.items()}))

    def get(self, url: str, **_: Any) -> Answer:
        base = "https://login.microsoftonline.com/tenant"
        return Answer(
            200,
            {
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "issuer": f"{base}/v2.0",
                "tenant_discovery_endpoint": f"{base}/v2.0/.well-known/openid-configuration",
                "metadata": [],
            },
        )

    def close(self) -> None:
        """Nothing is held open."""


@dataclass
class Answer:
    status_code: int
    content: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return json.dumps(self.content)

    def raise_for_status(self) -> None:
        """msal asks for this where an answer other than 200 is no answer."""


@contextmanager
def signing_in() -> Iterator[SignIn]:
    """The service on a port of its own: POST /token for tokens, GET /whose for Dovecot."""
    service = SignIn()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(*service.token({name: values[0] for name, values in parse_qs(body).items()}))

        def do_GET(self) -> None:
            token = parse_qs(urlsplit(self.path).query).get("token", [""])[0]
            user = service.good.get(token)
            self._say(200, {"active": bool(user), "username": user or ""})

        def _say(self, status: int, answer: dict[str, Any]) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """The tests' output is kept clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    service.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()


@contextmanager
def dovecot_with_tokens(service: SignIn) -> Iterator[Dovecot]:
    """A Dovecot that asks the service whose a token is."""
    folder = Path(tempfile.mkdtemp(prefix="jcr-tokens-"))
    folder.chmod(0o755)  # Dovecot's own user must be able to walk in
    settings = folder / "oauth2.conf"
    settings.write_text(
        f"introspection_url = http://127.0.0.1:{service.port}/whose?token=\n"
        "introspection_mode = get\nusername_attribute = username\nactive_attribute = active\nactive_value = true\n"
    )
    settings.chmod(0o644)
    more = f"""
auth_mechanisms = plain xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {settings}
}}
"""
    try:
        with dovecot_running(more) as made:
            yield made
    finally:
        shutil.rmtree(folder)
