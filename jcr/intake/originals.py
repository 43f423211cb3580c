"""The documents of a message as they are shown: laid out by the reader in its child process, each answer lit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from forms.reading.sandbox import Reader
from jcr.intake.lit import Block, Lighting, Picture, blocks_of, pictures_of
from jcr.intake.taken_apart import BODY
from mail_intake.message import Message as Mail

MOST_KEPT = 16  # layouts kept at hand, so that going to and fro on a page does not lay out anew
MOST_LINES = 3_000  # more of a document than this is read in the downloaded file


@dataclass(frozen=True)
class Original:
    """A document beside its reading: pictures of its pages if it is a PDF, and its words in their layout."""

    path: str
    number: int
    blocks: Sequence[Block]
    pictures: Sequence[Picture]
    cut: bool

    @property
    def title(self) -> str:
        return "The words of the message" if self.path == BODY else self.path


class Looks:
    """Lays out documents in the reader's child process; a few at a time are kept at hand."""

    def __init__(self) -> None:
        self.reader = Reader()
        self._kept: dict[str, Mapping[str, Any]] = {}

    def layout(self, content: bytes) -> Mapping[str, Any]:
        """The layout of a document; empty when it cannot be shown safely."""
        key = hashlib.sha256(content).hexdigest()
        if key not in self._kept:
            self._kept[key] = self.reader.layout(content)
            while len(self._kept) > MOST_KEPT:
                self._kept.pop(next(iter(self._kept)), None)
        return self._kept.get(key) or {}


@cache
def looks() -> Looks:
    """The one of this process; its child starts with the first document that is looked at."""
    return Looks()


def content_of(mail: Mail, path: str) -> bytes:
    """The bytes of one document of a message by the path it was read under; empty when there is none."""
    if path in (BODY, "body.html"):
        return (mail.text if path == BODY else mail.html).encode("utf-8", "replace")
    inside = path.removesuffix(f"/{BODY}")
    for attachment in mail.attachments:
        if attachment.path == path:
            return attachment.content
        if path != inside and attachment.path == inside:
            return attachment.text.encode("utf-8", "replace")
    return b""


def original(mail: Mail, path: str, number: int, lighting: Lighting) -> Original:
    """One document of a message, lit where its answers came from."""
    content = content_of(mail, path)
    found = looks().layout(content) if content else {}
    pictures = pictures_of(found.get("pages", ()), lighting)
    blocks = blocks_of(found.get("blocks", ()), lighting)
    return Original(path, number, blocks[:MOST_LINES], pictures, len(blocks) > MOST_LINES)
