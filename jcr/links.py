"""Random tokens: in links for people without an account, of which the database keeps a hash, and in Message-IDs."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_BYTES = 24  # 192 bits cannot be guessed; in hex, no mail client takes its end for punctuation
MESSAGE_ID_BYTES = 12


def new_token() -> str:
    return secrets.token_hex(TOKEN_BYTES)


def new_message_id(domain: str) -> str:
    """A Message-ID of our own, short enough to stand on one header line."""
    return f"<{secrets.token_hex(MESSAGE_ID_BYTES)}@{domain}>"


def hashed(token: str) -> str:
    """What the database keeps, so that a stolen copy of it opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()
