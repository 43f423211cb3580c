"""Text that two programs wrote: a footer that a gateway added, or an older letter quoted, in a charset of its own."""

import re
from collections.abc import Callable

A_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")  # as UTF-8 spells it
Decode = Callable[[bytes], tuple[str, str]]


def pieced_together(content: bytes, errors: str, decode_rest: Decode) -> tuple[str, str] | None:
    """The lines in UTF-8 as such and all others as `decode_rest` reads them together; None where all are of a kind.

    `errors` reads the bytes inside a line in UTF-8 that are none. Hardly a line of another charset is UTF-8 by chance.
    """
    if not A_CHARACTER.search(content):
        return None
    lines = content.splitlines(keepends=True)
    kinds = [None if line.isascii() else in_utf8(line) for line in lines]
    if True not in kinds or False not in kinds:
        return None
    others = [line for line, kind in zip(lines, kinds, strict=True) if kind is False]
    rest, step = decode_rest(b"".join(others))
    read = iter(rest.split("\n"))
    if rest.count("\n") != sum(line.endswith((b"\n", b"\r")) for line in others):
        return None
    texts = (
        f"{next(read)}\n" if kind is False else line.decode("utf-8", errors)
        for line, kind in zip(lines, kinds, strict=True)
    )
    return "".join(texts), f"utf-8 and {step}"


def in_utf8(content: bytes) -> bool:
    """Whether more of it is spelt in UTF-8 than cannot be, as where a letter was cut in two."""
    good = sum(character > "\x7f" for character in content.decode("utf-8", "ignore"))
    return good > content.decode("utf-8", "replace").count("\ufffd")
