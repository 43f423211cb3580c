"""What in a file of Office runs, or fetches what runs, when somebody opens it."""

import html
import re
import zipfile

from .limits import content_of

# Names of parts, of Office and of OpenDocument
RUNS = re.compile(r"vbaproject|/macrosheets/|/activex/|^basic/|^scripts/", re.I)
TYPES, RELATIONS = "[Content_Types].xml", ".rels"
RUNNING_TYPES = re.compile(r"vbaproject|macroenabled|intlmacrosheet|ms-excel\.macrosheet", re.I)
RELATION = re.compile(r"""<(?:\w+:)?Relationship\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.I)
# Word and its kin fetch these as they open a document; a template on the office's own share is an ordinary one
FETCHED = re.compile(
    r"\bType\s*=\s*[\"'][^\"']*/(?:attachedTemplate|oleObject|frame|subDocument|aFChunk)[\"']"
)
FROM_ELSEWHERE = re.compile(r"\bTarget\s*=\s*[\"']\s*(?!file:|[a-z]:)[a-z][a-z+.-]*:", re.I)
MACROS = "It holds macros, which are programs."
ELSEWHERE = "It opens what lies elsewhere."


def office_acts(archive: zipfile.ZipFile) -> str:
    """What it does, as a sentence; nothing for most. Raises Refused for what cannot be read safely."""
    names = archive.namelist()
    if any(RUNS.search(name) for name in names) or RUNNING_TYPES.search(_text(archive, TYPES)):
        return MACROS
    relations = (_text(archive, name) for name in names if name.lower().endswith(RELATIONS))
    if any(_fetches(one) for text in relations for one in RELATION.findall(text)):
        return ELSEWHERE
    return ""


def _fetches(relation: str) -> bool:
    told = html.unescape(relation)
    return bool(FETCHED.search(told) and FROM_ELSEWHERE.search(told))


def _text(archive: zipfile.ZipFile, name: str) -> str:
    """The letters of a part, also of one written with two bytes for each."""
    return (content_of(archive, name) or b"").replace(b"\0", b"").decode("utf-8", "replace")
