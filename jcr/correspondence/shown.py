"""A letter's plain text as a page shows it: headings, paragraphs and lists, and no secret links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from jcr.correspondence.links_sent import without_numbers

SECRET_LINK = re.compile(
    r"(https?://\S+?/)[A-Za-z0-9_-]{32,}"
)  # no address of ours has such a long part else
HIDDEN = r"\1[secret part not shown]"


@dataclass(frozen=True)
class Block:
    """One piece of a letter: a heading, a paragraph (its lines) or a list (its points)."""

    kind: Literal["heading", "paragraph", "list"]
    lines: tuple[str, ...]


def blocks(text: str) -> list[Block]:
    """The text cut at its blank lines; "## " begins a heading and "- " a point of a list."""
    pieces = [piece.strip("\n") for piece in re.split(r"\n\s*\n", without_secrets(text).strip())]
    return [block for piece in pieces if piece.strip() for block in _blocks(piece.split("\n"))]


def without_secrets(text: str) -> str:
    """The text without the part of a link that lets its owner in: a reader here is not that owner."""
    return without_numbers(SECRET_LINK.sub(HIDDEN, text))


def _blocks(lines: list[str]) -> list[Block]:
    found: list[Block] = []
    for line in lines:
        kind, words = _kind(line)
        if found and found[-1].kind == kind and kind != "heading":
            found[-1] = Block(kind, (*found[-1].lines, words))
        else:
            found.append(Block(kind, (words,)))
    return found


def _kind(line: str) -> tuple[Literal["heading", "paragraph", "list"], str]:
    if line.startswith("## "):
        return "heading", line.removeprefix("## ")
    if line.startswith("- "):
        return "list", line.removeprefix("- ")
    return "paragraph", line
