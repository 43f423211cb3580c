"""Whether two e-mail addresses are of one organisation, so that a link may be passed from one to the other."""

from __future__ import annotations

# Domains at which anybody gets an address: sharing one says nothing
OPEN_TO_ALL = frozenset((
    "aol.com", "btinternet.com", "fastmail.com", "gmail.com", "gmx.co.uk", "gmx.com", "googlemail.com", "hotmail.co.uk",
    "hotmail.com", "icloud.com", "live.co.uk", "live.com", "mac.com", "mail.com", "me.com", "msn.com", "ntlworld.com",
    "outlook.com", "pm.me", "proton.me", "protonmail.com", "sky.com", "talktalk.net", "virginmedia.com", "yahoo.co.uk",
    "yahoo.com", "ymail.com", "zoho.com",
))  # fmt: skip


def domain_of(email: str) -> str:
    return email.strip().lower().rpartition("@")[2]


def same_organisation(one: str, other: str) -> bool:
    """Same domain, and not one that is open to all."""
    return domain_of(one) == domain_of(other) and domain_of(one) not in OPEN_TO_ALL
