"""Access tokens of the mail, sealed in the database, and where each mailbox and the post get theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select

from jcr.db import Sessions
from jcr.mailroom.model import KeptToken
from jcr.sealing import sealed, unsealed
from jcr.settings import Settings
from mail_intake.oauth import Program, provider

PURPOSE = "mail tokens"
Token = Callable[[], str]


@dataclass(frozen=True)
class Sealed:
    """Keeps a token where only this installation's secret opens it; under another secret it counts as none."""

    sessions: Sessions
    name: str
    secret: str
    former: Sequence[str] = ()

    def load(self) -> str:
        with self.sessions.reading() as session:
            kept = session.scalar(select(KeptToken.sealed).where(KeptToken.name == self.name))
        return unsealed(kept, PURPOSE, self.secret, self.former) if kept else ""

    def save(self, text: str) -> None:
        with self.sessions.transaction() as session:
            row = session.scalar(select(KeptToken).where(KeptToken.name == self.name).with_for_update())
            if row is None:
                row = KeptToken(name=self.name)
                session.add(row)
            row.sealed = sealed(text, PURPOSE, self.secret)


def token_for(settings: Settings, sessions: Sessions, url: str, refresh_token: str) -> Token | None:
    """Where the access token for this address comes from; None when it takes a password.

    What is kept belongs to one program and one refresh token: a new one, entered after the old one died, begins anew.
    """
    tokens_of = provider(url.partition(":")[0].partition("+")[2])
    if tokens_of is None:
        return None
    program = Program(
        settings.oauth_client_id, settings.oauth_client_secret, settings.oauth_tenant, refresh_token
    )
    belongs = sha256("\n".join((url, program.client_id, refresh_token)).encode()).hexdigest()
    return tokens_of(program, Sealed(sessions, belongs, settings.secret_key, settings.former_secret_keys))
