"""Seals what the database keeps for this installation only, so that a stolen copy of it gives nothing away.

The cipher is loaded once something is sealed: a worker whose mailboxes have passwords does without its 6 MB.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


def sealed(text: str, purpose: str, secret: str) -> str:
    """The text, readable only with the same secret and for the same purpose."""
    return _seal(purpose, secret).encrypt(text.encode()).decode()


def unsealed(text: str, purpose: str, secret: str, former: Sequence[str] = ()) -> str:
    """What was sealed, also under a former secret; nothing when it was sealed under any other."""
    from cryptography.fernet import InvalidToken, MultiFernet

    seals = MultiFernet([_seal(purpose, one) for one in (secret, *former)])
    try:
        return seals.decrypt(text.encode()).decode()
    except InvalidToken:
        return ""


def _seal(purpose: str, secret: str) -> Fernet:
    from cryptography.fernet import Fernet

    return Fernet(base64.urlsafe_b64encode(sha256(f"{purpose}:{secret}".encode()).digest()))
