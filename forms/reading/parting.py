"""A text parted at its commas and the like, but not within brackets: "Housing (Jo Fenn, manager), Police"."""

import re

_NEXT = re.compile(r"[()\n]")


def parted(separator: re.Pattern[str], text: str) -> list[str]:
    """Return the pieces of `text` between its separators, but for those before which a bracket closes on their line.

    What the separator's group `anyway` matches parts the text also there.
    """
    pieces: list[str] = []
    begin, bracket = 0, -1
    for found in separator.finditer(text):
        if (
            bracket < found.end()
        ):  # looked for once: a search from every comma would take the square of its time
            after = _NEXT.search(text, found.end())
            bracket = after.start() if after else len(text)
        if found.groupdict().get("anyway") or text[bracket : bracket + 1] != ")":
            pieces.append(text[begin : found.start()])
            begin = found.end()
    return [*pieces, text[begin:]]
