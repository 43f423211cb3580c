"""Text from outside made fit for any database: characters that PostgreSQL cannot hold are left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(value: Any) -> Any:
    """The same value, its texts without nulls and broken surrogates, at any depth of lists and mappings."""
    if isinstance(value, str):
        return UNSTORABLE.sub("", value)
    if isinstance(value, Mapping):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value
