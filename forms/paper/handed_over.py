"""What a pack is made of, and how it is handed to the process that makes it."""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Part:
    """One paper; `ours` was made in the house style with room for its number, all others are from elsewhere."""

    title: str
    content: bytes | memoryview
    ours: bool = False
    note: str = ""


@dataclass(frozen=True)
class Pack:
    """What a pack is made of. The title, which a reader's window shows, holds no names; `reader` is on every page."""

    title: str
    about: str
    organisation: str
    marking: str
    contact: str
    parts: tuple[Part, ...]
    reader: str = ""
    password: str = ""
    note: str = ""


def as_bytes(pack: Pack) -> bytes:
    """The pack's parts on one line of JSON, then the files one after another: how it is handed to another process."""
    told = asdict(replace(pack, parts=()))
    told["parts"] = [[one.title, len(one.content), one.ours, one.note] for one in pack.parts]
    return json.dumps(told).encode() + b"\n" + b"".join(one.content for one in pack.parts)


def from_bytes(content: bytes) -> Pack:
    """The other way round."""
    at = content.index(b"\n") + 1
    told: dict[str, Any] = json.loads(content[:at])
    parts, whole = [], memoryview(content)  # a view takes no second copy of the files
    for title, length, ours, note in told.pop("parts"):
        parts.append(Part(title, whole[at : at + length], ours, note))
        at += length
    return Pack(**told | {"parts": tuple(parts)})
