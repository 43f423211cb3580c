"""Access tokens instead of passwords: who gives them, where they are kept, and what to do when there is none."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol, cast

from mail_intake.source import MailboxAway, Refused

SECONDS = 30  # for an answer of theirs
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
PROVIDERS = {
    "microsoft": ("mail_intake.oauth_microsoft", "Microsoft"),
    "google": ("mail_intake.oauth_google", "Google"),
}
PASSING = re.compile(
    r"temporarily_unavailable|server_error|\bAADSTS90033\b"
)  # RFC 6749; the last is Microsoft's own
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


def provider(name: str) -> Callable[[Program, Keeping], Callable[[], str]] | None:
    """Who gives tokens under this name, or nobody. Its library is large, and loaded only where a mailbox needs it."""
    if name not in PROVIDERS:
        return None
    module, maker = PROVIDERS[name]
    return cast("Callable[[Program, Keeping], Callable[[], str]]", getattr(import_module(module), maker))


def token_in(answer: Mapping[str, Any]) -> str:
    """The token in a provider's answer. Raises Refused when there is none, MailboxAway when there may be one soon."""
    if not answer.get("access_token"):
        raise refused(f"{answer.get('error', '')}: {answer.get('error_description', '')}")
    return str(answer["access_token"])


def refused(said: str) -> MailboxAway:
    """What a provider said, in words that tell a person what to do; no refusal where it says itself that it passes."""
    if PASSING.search(said):
        return MailboxAway(f"The sign-in service is busy. It is asked again by itself ({_shortened(said)}).")
    code = CODE.search(said)
    known = WRONG.get(code[0]) if code else None
    known = known or next((words for sign, words in WRONG.items() if sign in said), "No token was given")
    return Refused(f"{known} ({_shortened(said)}).")


def _shortened(said: str) -> str:
    return " ".join(said.split())[:200]


def away(who: str, why: Exception) -> MailboxAway:
    """The provider itself could not be asked."""
    return MailboxAway(
        f"{who}'s sign-in service could not be asked: check tenant and network ({str(why)[:200]})."
    )
