"""Passwords: which are good enough, how they are kept, and whether one is right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from jcr.errors import Incomplete
from jcr.people.model import Person

# argon2id; OWASP's Password Storage Cheat Sheet asks for at least 19 MiB, 2 passes, 1 lane
COSTS: dict[str, Any] = {"time_cost": 2, "memory_cost": 46 * 1024, "parallelism": 1}
HASHER = PasswordHasher(**COSTS)
SHORTEST, LONGEST = 12, 1024  # characters; no rule about their kinds (NIST SP 800-63B, 3.1.1.2)
LOOKED_AT = 72  # characters that the guessing is tried on
SAFE_SCORE = 3  # of 4: more than 10^8 guesses


@cache
def nobody() -> str:
    """Made when first somebody signs in: it takes memory, and most processes never need it."""
    return HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    return HASHER.hash(password)


def is_right(person: Person | None, password: str) -> bool:
    """Whether this is the person's password; as slow for nobody as for somebody.

    One kept under weaker costs is hashed anew, now that it is known.
    """
    kept = (person.password_hash if person else "") or nobody()
    try:
        HASHER.verify(kept, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    if person is None or not person.password_hash or not person.active:
        return False
    if HASHER.check_needs_rehash(kept):
        person.password_hash = hash_password(password)
    return True


def must_be_good(password: str, known: Sequence[str] = ()) -> None:
    """Raises Incomplete with what is wrong; `known` are words a guesser tries first, such as name and address."""
    if len(password) < SHORTEST:
        raise Incomplete(
            f"Use at least {SHORTEST} characters. Three or four words that do not belong together do well."
        )
    if len(password) > LONGEST:
        raise Incomplete(f"Use at most {LONGEST} characters.")
    guessed = zxcvbn(password[:LOOKED_AT], user_inputs=_words(known))
    if guessed["score"] < SAFE_SCORE:
        raise Incomplete(
            "This password is easy to guess: it is on lists of stolen passwords, follows a pattern,"
            " or has your name in it. Use three or four words that do not belong together."
        )


def set_password(person: Person, password: str, known: Sequence[str] = ()) -> None:
    """Keeps a new password. Raises Incomplete when it is not good enough."""
    must_be_good(password, (person.name, person.email, *known))
    person.password_hash = hash_password(password)


def _words(known: Sequence[str]) -> list[str]:
    words = [word for text in known for word in text.replace("@", " ").replace(".", " ").split()]
    return [*known, *(word for word in words if len(word) > 2)]
