"""Hands a kept file to a browser, always as a download that can do nothing by itself."""

from __future__ import annotations

from flask import Response

from jcr.files.model import File

NOTHING = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def download(file: File, name: str) -> Response:
    """The file's bytes under this name. The caller has made sure that the person may see them."""
    return sent(file.content, file.type, name)


def sent(content: bytes, type: str, name: str) -> Response:
    """Bytes as an attachment: whatever they claim to be, the browser saves them and runs nothing."""
    response = Response(content, content_type=type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = NOTHING
    return response
