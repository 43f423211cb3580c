"""Hands a kept file to a browser, always as a download that can do nothing by itself."""

from __future__ import annotations

from flask import Response

from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.files.model import File
from jcr.files.scanning import ON_A_PAGE, scan_with
from jcr.web.request import settings
from mail_intake.scanning import Barred, ScannerAway

NOTHING = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def download(file: File, name: str) -> Response:
    """The file's bytes under this name. The caller has made sure that the person may see them.

    Raises NotNow while the virus scanner was not asked, NotAllowed for what it found something in.
    """
    if held := file.why_held(bool(settings().clamd)):
        raise (NotAllowed if file.infected else NotNow)(held)
    return sent(file.content, file.type, name)


def must_be_clean(content: bytes) -> None:
    """Before something uploaded is opened here. Raises Incomplete when the virus scanner found something or is away."""
    try:
        scan_with(settings().clamd, ON_A_PAGE)(content)
    except Barred as why:
        raise Incomplete(f"This file is not opened here: {why}.") from None
    except ScannerAway:
        raise Incomplete(
            "The virus scanner cannot be reached, so this file is not opened. Try again later."
        ) from None


def sent(content: bytes, type: str, name: str) -> Response:
    """Bytes as an attachment: whatever they claim to be, the browser saves them and runs nothing."""
    response = Response(content, content_type=type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = NOTHING
    return response
