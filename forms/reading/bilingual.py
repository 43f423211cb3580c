"""The English half of what a Welsh form prints in both languages: "Date of birth / Dyddiad geni"."""

import re

from .patterns import Patterns

_WORDS = (
    r"\b(?:enw|enwau|dyddiad|dyddiadau|geni|cyfeiriad|cyfeirnod|ff[oô]n|rhif|e-?bost|oed|oedran|rhyw|ethnigrwydd"
    r"|cenedligrwydd|iaith|crefydd|swydd|teitl|sefydliad|asiantaeth|asiantaethau|crynodeb|manylion|digwyddiad"
    r"|plentyn|oedolyn|unigolyn|perthynas|marwolaeth|llofnod|llofnodwyd|atgyfeir\w*|rhowch|disgrifiwch|meini"
    r"|ysgol|meddyg|anabledd|teulu|gofal|adolygiad|diogelu|cyswllt|lleoliad|rôl|cod post|statws|amser|rhesymau"
    r"|arfer|meysydd|ymateb|ymglymiad|hanes|gwersi|cwblhawyd|pwyntiau|dysgu|gwybodaeth|gweithredu|sylwadau|argymhellion|cwblhau|cyfnod"
    r"|gofrestr|cofrestr|amddiffyn|marw|disgrifiad|gweithwyr?|gwasanaeth\w*|gwblhau|bwrdd|derbyn|gysylltiedig|penderfyniad|cadeirydd|pryderon|amgylchiadau|cefndir)\b"
)
_WELSH = Patterns([("Welsh", _WORDS)])
_MAY_BE_PARTED = re.compile(r"[/\n|–—-]")
_PARTED = re.compile(r"\s*(?:/|\n|\s\|\s|\s[–—-]\s)\s*")


def in_english(label: str) -> str:
    """Return a label without the parts of it that are in Welsh, unless nothing else is left."""
    parted = _MAY_BE_PARTED.search(label) and _PARTED.search(label)
    if not parted or not _WELSH.first(label.casefold()):
        return label
    english = [
        part for part in _PARTED.split(label) if part.strip(" :?") and not _WELSH.first(part.casefold())
    ]
    return " / ".join(english) or label
