"""A name written with the surname first, "REED, Colin", in the order in which names are said."""

import re

_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .'’-])+")
_LONGEST = 3  # words of a surname, and of the forenames
_ASKED_FIRST = re.compile(
    r"\b(?:surname|last name|family name)\b(?: first\b|[^\w?:]*(?:and |then |followed by )?"
    r"(?:first|fore|given|other) ?names?\b)",
    re.I,
)


def in_order(name: str, label: str = "") -> str:
    """Return a name with its surname last.

    It stands first where a comma parts it, in capitals, from the forenames, and in any letters where `label`
    asks for it first: "Tom, Amy" under another label may be two people.
    """
    surname, comma, forenames = (part.strip() for part in name.partition(","))
    both = (surname, forenames)
    if not comma or not all(_NAME.fullmatch(part) and len(part.split()) <= _LONGEST for part in both):
        return name
    shouted = surname.removeprefix("Mc").removeprefix("Mac").isupper() and forenames[0].isupper()
    return f"{forenames} {surname}" if shouted or _ASKED_FIRST.search(label) else name
