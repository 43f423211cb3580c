"""Access tokens of Microsoft 365, through msal."""

from dataclasses import dataclass
from typing import Any

import msal

from mail_intake.oauth import SECONDS, Keeping, Program, away, token_in

MICROSOFT = "https://login.microsoftonline.com"
AS_THE_PROGRAM = ["https://outlook.office365.com/.default"]
ENDED = ("invalid_grant", "interaction_required")  # only then is the token tried that a person entered
AS_THE_USER = ["https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send"]


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
        except (
            Exception
        ) as why:  # whatever the library makes of a tenant there is none of, or of a proxy's page
            raise away("Microsoft", why) from why
        if cache.has_state_changed:
            self.keeping.save(cache.serialize())
        return token_in(answer)

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
            answer = app.acquire_token_silent_with_error(AS_THE_USER, account=account)
            if answer and answer.get("error") not in ENDED:
                return dict(answer)
        return app.acquire_token_by_refresh_token(self.program.refresh_token, AS_THE_USER) or {}
