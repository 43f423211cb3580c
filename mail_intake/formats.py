"""What a file really is, told by its first bytes and not by its name or label."""

import io
import re
import zipfile

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PDF = "application/pdf"
ZIP = "application/zip"
OUTLOOK = "application/vnd.ms-outlook"
OLD_OFFICE = "application/x-ole-storage"
OLD_WORD, OLD_EXCEL, OLD_SLIDES = (
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
)
LOCKED_OFFICE = "application/x-office-encrypted"
TNEF = "application/ms-tnef"
EXECUTABLE = "application/x-msdownload"
MESSAGE = "message/rfc822"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
DOCUMENTS = frozenset(
    {
        WORD,
        PDF,
        "text/plain",
        "text/html",
        "application/rtf",
        OLD_WORD,
        OLD_OFFICE,
        OPEN_DOCUMENT + "text",
    }
)

SIGNATURES = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"\x78\x9f\x3e\x22", TNEF),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"MZ", EXECUTABLE),
    (b"\x7fELF", "application/x-executable"),
    (b"%!PS", "application/postscript"),
    (b"-----BEGIN PGP MESSAGE", "application/pgp-encrypted"),
    (b"BEGIN:VCALENDAR", "text/calendar"),
    (b"BEGIN:VCARD", "text/vcard"),
)
# Headers in any order, among them who wrote it and one that only mail programs write
SAVED_MAIL = re.compile(
    rb"(?=[!-9;-~]+:)(?=(?:.*\n)*?from:.*@)(?=(?:.*\n)*?(?:mime-version|message-id|received):)"
)
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OFFICE_FOLDERS = (("word/", WORD), ("xl/", EXCEL), ("ppt/", SLIDES))
SAFE_TO_BELIEVE = ("text/", "message/", "multipart/")


def kind_of(content: bytes, declared: str = "") -> str:
    """The media type of a file by its own bytes; the declared type decides only between kinds of text."""
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith(OLE_SIGNATURE):
        return _ole_kind(content)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(content)
    for signature, kind in SIGNATURES:
        if (content.startswith(signature) or head.startswith(signature)) and _plausible(kind, content):
            return kind
    if b"%PDF-" in content[:1024]:
        return PDF
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return _text_kind(content, head.lower(), declared)


def _plausible(kind: str, content: bytes) -> bool:
    """Two letters are a weak sign: a text may begin with BM or MZ, a picture or program holds zero bytes."""
    return kind not in ("image/bmp", EXECUTABLE) or b"\0" in content[:512]


def _text_kind(content: bytes, head: bytes, declared: str) -> str:
    if declared == "text/plain" and SAVED_MAIL.match(head):
        return MESSAGE
    if declared.startswith(SAFE_TO_BELIEVE):
        return declared
    if not content or _looks_binary(content[:4096]):
        return declared or "application/octet-stream"
    if declared and not declared.startswith("application/"):
        return declared
    if head.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if head.startswith((b"received:", b"return-path:", b"from:", b"delivered-to:")) or SAVED_MAIL.match(head):
        return MESSAGE
    if declared in ("", "application/octet-stream", "application/x-unknown"):
        return "text/plain"
    return declared


def _looks_binary(sample: bytes) -> bool:
    return (
        b"\0" in sample
        or sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in sample) > len(sample) // 20
    )


def _zip_kind(content: bytes) -> str:
    if content[30:38] == b"mimetype" and OPEN_DOCUMENT.encode() in content[38:120]:
        return OPEN_DOCUMENT + ("text" if b"opendocument.text" in content[38:120] else "other")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        names = []
    if "[Content_Types].xml" in names:
        return next(
            (kind for folder, kind in OFFICE_FOLDERS if any(n.startswith(folder) for n in names)), ZIP
        )
    return ZIP


def _ole_kind(content: bytes) -> str:
    """Tell apart the files that share the OLE container by the names in its directory."""
    directory = content if len(content) < 4_000_000 else content[:2_000_000] + content[-2_000_000:]
    for name, kind in (
        ("EncryptedPackage", LOCKED_OFFICE),
        ("__properties_version1.0", OUTLOOK),
        ("WordDocument", OLD_WORD),
        ("Workbook", OLD_EXCEL),
        ("PowerPoint Document", OLD_SLIDES),
    ):
        if name.encode("utf-16-le") in directory:
            return kind
    return OLD_OFFICE
