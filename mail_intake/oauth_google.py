"""Access tokens of Google, through google-auth."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from google.auth.exceptions import RefreshError
from google.auth.transport.requests import Request
from google.oauth2.credentials import Credentials

from mail_intake.oauth import SECONDS, Keeping, Program, away, refused, token_in

GOOGLE = "https://oauth2.googleapis.com/token"


@dataclass
class Google:
    """Tokens of Google, for the user who gave the refresh token."""

    program: Program
    keeping: Keeping
    uri: str = GOOGLE

    def __call__(self) -> str:
        """A token good now. Raises Refused, in words, when a person must act; MailboxAway when asking failed."""
        credentials = self._credentials(json.loads(self.keeping.load() or "{}"))
        if not credentials.valid:
            try:
                credentials.refresh(_with_timeout(Request()))
            except RefreshError as why:
                answered = isinstance(
                    why.args[-1], dict
                )  # a page of words comes from a proxy, or from a broken server
                raise (refused(str(why)) if answered and not why.retryable else away("Google", why)) from why
            except Exception as why:  # whatever the library makes of no answer, or of a proxy's page
                raise away("Google", why) from why
            if credentials.token:
                self.keeping.save(_kept(credentials))
        return token_in({"access_token": credentials.token})

    def _credentials(self, kept: dict[str, str]) -> Credentials:
        expiry = datetime.fromisoformat(kept["expiry"]) if kept.get("expiry") else None
        return Credentials(
            kept.get("token"),
            refresh_token=kept.get("refresh_token") or self.program.refresh_token,
            token_uri=self.uri,
            client_id=self.program.client_id,
            client_secret=self.program.secret,
            expiry=expiry.replace(tzinfo=None) if expiry else None,
        )


def _kept(credentials: Credentials) -> str:
    expiry = credentials.expiry.replace(tzinfo=UTC).isoformat() if credentials.expiry else ""
    kept = {"token": credentials.token, "refresh_token": credentials.refresh_token, "expiry": expiry}
    return json.dumps(kept)


def _with_timeout(request: Request) -> Callable[..., Any]:
    def ask(*given: Any, **named: Any) -> Any:
        return request(*given, **{**named, "timeout": SECONDS})

    return ask
