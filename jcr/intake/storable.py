"""Text from outside made fit for any database: characters that PostgreSQL cannot hold are left out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
PERHAPS_UNSTORABLE = re.compile(r"\\u(?:0000|d[89a-f])")  # the same as JSON has them, whole pairs among them


def storable(value: Any) -> Any:
    """The same value, its texts without nulls and broken surrogates, at any depth of lists and mappings."""
    if isinstance(value, str):
        return UNSTORABLE.sub("", value)
    # Written out, nearly every value shows at once that nothing in it is to be left out
    return _cleaned(value) if PERHAPS_UNSTORABLE.search(json.dumps(value)) else value


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return UNSTORABLE.sub("", value)
    if isinstance(value, Mapping):
        return {_cleaned(key): _cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(item) for item in value]
    return value
