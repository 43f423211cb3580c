"""Access tokens instead of passwords: Microsoft 365 through msal, Google through google-auth; renewed and kept."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

import msal
import requests
from google.auth.exceptions import RefreshError, TransportError
from google.auth.transport.requests import Request
from google.oauth2.credentials import Credentials

from mail_intake.source import MailboxAway, Refused

SECONDS = 30
MICROSOFT = "https://login.microsoftonline.com"
AS_THE_PROGRAM = ["https://outlook.office365.com/.default"]
AS_THE_USER = ["https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send"]
GOOGLE = "https://oauth2.googleapis.com/token"

SIGN_IN_AGAIN = (
    "The permission to read this mailbox has ended: give the program permission anew, and enter the new token"
)
WRONG = {
    "AADSTS7000222": "The program's secret has expired: make a new one in Microsoft Entra and enter it",
    "AADSTS7000215": "The program's secret is wrong: enter the secret's value from Microsoft Entra, not its ID",
    "AADSTS700016": "Microsoft does not know the program: check the client ID and the tenant",
    "AADSTS90002": "Microsoft does not know the tenant: check the tenant",
    "AADSTS65001": "The program has no permission yet: an administrator of the tenant has to consent",
    "invalid_client": "The program's ID or secret is wrong or has expired: make a new secret and enter it",
    "invalid_grant": SIGN_IN_AGAIN,
    "interaction_required": SIGN_IN_AGAIN,
}
CODE = re.compile(r"AADSTS\d+")


class Keeping(Protocol):
    """Where tokens are kept between two uses, so that one that was rotated is never lost."""

    def load(self) -> str:
        """What was saved last, or nothing."""

    def save(self, text: str) -> None:
        """Keeps it, before it is used."""


@dataclass(frozen=True)
class Program:
    """How this program is known to the provider. `refresh_token` acts for a user; without one it acts for itself."""

    client_id: str
    secret: str = field(repr=False)
    tenant: str = "organizations"
    refresh_token: str = field(default="", repr=False)


@dataclass
class Microsoft:
    """Tokens of Microsoft 365, for a mailbox the program or its user may read."""

    program: Program
    keeping: Keeping
    http: Any = None

    def __call__(self) -> str:
        """A token good now. Raises Refused, in words, when a person must act; MailboxAway when asking failed."""
        cache = msal.SerializableTokenCache()
        cache.deserialize(self.keeping.load() or "{}")
        try:
            answer = self._asked(cache)
        except (requests.RequestException, ValueError) as why:  # ValueError: a tenant that there is none of
            raise _away("Microsoft", why) from why
        if cache.has_state_changed:
            self.keeping.save(cache.serialize())
        return _token(answer)

    def _asked(self, cache: msal.SerializableTokenCache) -> dict[str, Any]:
        app = msal.ConfidentialClientApplication(
            self.program.client_id,
            client_credential=self.program.secret,
            authority=f"{MICROSOFT}/{self.program.tenant}",
            token_cache=cache,
            http_client=self.http,
            timeout=None if self.http else SECONDS,
        )
        if not self.program.refresh_token:
            return app.acquire_token_for_client(AS_THE_PROGRAM) or {}
        for account in app.get_accounts():
            if answer := app.acquire_token_silent(AS_THE_USER, account=account):
                return dict(answer)
        return app.acquire_token_by_refresh_token(self.program.refresh_token, AS_THE_USER) or {}


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
                raise _refused(str(why)) from why
            except TransportError as why:
                raise _away("Google", why) from why
            self.keeping.save(_kept(credentials))
        return str(credentials.token)

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


def _token(answer: dict[str, Any]) -> str:
    if "access_token" not in answer:
        raise _refused(f"{answer.get('error', '')}: {answer.get('error_description', '')}")
    return str(answer["access_token"])


def _refused(said: str) -> Refused:
    code = CODE.search(said)
    known = WRONG.get(code[0]) if code else None
    known = known or next((words for sign, words in WRONG.items() if sign in said), "No token was given")
    return Refused(f"{known} ({' '.join(said.split())[:200]}).")


def _away(who: str, why: Exception) -> MailboxAway:
    return MailboxAway(
        f"{who}'s sign-in service could not be asked: check tenant and network ({str(why)[:200]})."
    )
