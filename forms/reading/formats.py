"""Which sort of file some bytes are, told by their content and never by the file's name."""

import re

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
ASK = "Ask the sender for a Word (.docx) or PDF version."
CONVERTED = {
    "doc": "This is an old Word file (.doc). " + ASK,
    "odt": "This is an OpenDocument file (.odt). " + ASK,
    "rtf": "This is a rich text file (.rtf). " + ASK,
}
"""What LibreOffice makes into Word files where it is installed, and what is said where it is not."""

UNSUPPORTED = {
    "office": "This is an old Office file, or one protected with a password. " + ASK,
    "ods": "This is an OpenDocument file other than a text. " + ASK,
    "pptx": "This is a presentation. " + ASK,
    "picture": "This is a picture, which cannot be read as text. " + ASK,
    "zip": "This is a zip or another kind of packed file. " + ASK,
    "empty": "The file is empty. Ask the sender to send it again.",
    "binary": "This is not a kind of file that can be read as a form. " + ASK,
}
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_STRANGE = bytes(set(range(32)) - {9, 10, 12, 13, 27})  # control characters that no text holds
_HTML = re.compile(rb"^\s*(<!doctype html|<html|<head|<body|<div|<p[ >]|<table|<meta|<!--)", re.I)


def sort_of(content: bytes) -> str:
    """Return "docx", "xlsx", "pdf", "html", "text", or one of the keys of CONVERTED or UNSUPPORTED."""
    if not content or content.isspace():
        return "empty"
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content[:16].lstrip(b"\r\n").startswith(ZIP):  # mail may put an empty line too many before a file
        return _packed(content)
    if content.startswith(OLE):
        return "doc" if _WORD_STREAM in content else "office"
    if content.startswith(b"{\\rtf"):
        return "rtf"
    if content.startswith(PICTURES) or content[8:12] == b"WEBP" or content[4:12] == b"ftypheic":
        return "picture"
    if _HTML.match(content[:512]):
        return "html"
    return "text" if _is_text(content) else "binary"


def _packed(content: bytes) -> str:
    if b"word/document" in content or b"word/" in content:
        return "docx"
    if b"opendocument" in content[:200]:
        return "odt" if b"opendocument.text" in content[:200] else "ods"
    if b"xl/workbook" in content:
        return "xlsx"
    if b"ppt/presentation" in content:
        return "pptx"
    return "zip"


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = content[:4096]
    strange = len(sample) - len(sample.translate(None, _STRANGE))
    return b"\0" not in sample and strange <= len(sample) // 100


def decode(content: bytes) -> str:
    """Return the text of `content`, trying the encodings mail programs really use; never raises."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")
