"""Links for people without an account: a random token in the address, only its hash in the database."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_BYTES = 24  # 192 bits cannot be guessed; in hex, no mail client takes its end for punctuation


def new_token() -> str:
    return secrets.token_hex(TOKEN_BYTES)


def hashed(token: str) -> str:
    """What the database keeps, so that a stolen copy of it opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()
