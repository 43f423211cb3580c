"""Old and foreign text files (.doc, .odt, .rtf) made into Word files by LibreOffice, where it is installed.

LibreOffice fetches linked pictures and may run macros, so it gets a profile of its own that forbids both, no network
where the system lets us take it away, little memory and time, and its whole process group is ended with it.
"""

import io
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import zipfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from lxml import etree

from .limits import MAX_BYTES, Refused, content_of, open_zip, parse_xml
from .network import without_network

SECONDS = 40
_MEMORY, _FILE_BYTES = 4 << 30, 64 << 20
_ONE_AT_A_TIME = threading.Lock()
_FORBIDDEN = {
    "BlockUntrustedRefererLinks": "true",
    "DisableMacrosExecution": "true",
    "MacroSecurityLevel": "3",
}
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{setting}</value></prop></item>'
        for name, setting in _FORBIDDEN.items()
    )
    + "</oor:items>"
)
TAGGED_PDF = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
_BRACE, _DEEPEST = re.compile(rb"\\[{}\\]|[{}]"), 500
_LINKED = re.compile(rb'xlink:href="(?!#|Pictures/|\.?/?Object)[^"]*"')


def is_possible() -> bool:
    """Say whether LibreOffice is installed."""
    return _office() is not None


@lru_cache(maxsize=1)
def _office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_docx(content: bytes, sort: str) -> bytes:
    """Return a .doc, .odt or .rtf file as .docx; raises Refused when it cannot be converted in time."""
    if sort == "odt":
        content = _without_links(content)
    if sort == "rtf" and _nested_too_deeply(content):
        raise Refused("its parts are nested more deeply than Word ever nests them")
    with _ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="jcr-") as folder:
        home = Path(folder)
        source = _at_home(home, sort, content)
        return _converted(home, source, "docx:MS Word 2007 XML")


def _nested_too_deeply(content: bytes) -> bool:
    """Each level costs LibreOffice kilobytes of memory, and a small file may hold a million of them."""
    depth = 0
    for brace in _BRACE.finditer(content):
        depth += (brace[0] == b"{") - (brace[0] == b"}")
        if depth > _DEEPEST:
            return True
    return False


def to_pdf(content: bytes) -> bytes:
    """Return a .docx file as tagged PDF, with its tracked changes accepted; raises Refused when that takes too long."""
    with _ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="jcr-") as folder:
        home = Path(folder)
        source = _at_home(home, "docx", _as_accepted(content))
        return _converted(home, source, TAGGED_PDF)


def _converted(home: Path, source: Path, to: str) -> bytes:
    _run(home, source, to)
    made = home / "out" / f"document.{to.partition(':')[0]}"
    if not made.is_file() or made.stat().st_size > MAX_BYTES:
        raise Refused("LibreOffice could not convert it")
    return made.read_bytes()


def _at_home(home: Path, sort: str, content: bytes) -> Path:
    """Write the file and the settings that forbid what they can into a folder of its own."""
    (home / "profile" / "user").mkdir(parents=True)
    (home / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    source = home / f"document.{sort}"
    source.write_bytes(content)
    return source


def _as_accepted(content: bytes) -> bytes:
    """Return a Word file without what was deleted in it, and without links that are fetched when it is opened."""
    file = io.BytesIO()
    with open_zip(content) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            said = content_of(old, name) or b""
            if name.endswith(".rels"):
                said = _without_fetched(said)
            elif name == "word/document.xml":
                said = _without_deletions(said)
            new.writestr(name, said)
    return file.getvalue()


def _without_fetched(content: bytes) -> bytes:
    """A part's links to elsewhere, but for those that somebody has to click."""
    root = parse_xml(content)
    for link in list(root):
        outside = (link.get("TargetMode") or "").casefold() == "external"
        if outside and not (link.get("Type") or "").endswith("/hyperlink"):
            root.remove(link)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _without_deletions(content: bytes) -> bytes:
    root = parse_xml(content)
    for gone in root.xpath("//*[local-name()='del' or local-name()='moveFrom'][not(*[local-name()='rPr'])]"):
        if gone.getparent() is not None:
            gone.getparent().remove(gone)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _run(home: Path, source: Path, to: str) -> None:
    """Run LibreOffice on a file; everything it started is ended with it."""
    command = [
        *_confinement(), str(_office()), f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless",
        "--norestore", "--nolockcheck", "--convert-to", to,
        "--outdir", str(home / "out"), str(source),
    ]  # fmt: skip
    office = subprocess.Popen(
        command,
        env={"HOME": str(home), "PATH": os.defpath, "LANG": "C.UTF-8"},
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        office.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Refused("it needs more time than a document may take") from error
    finally:
        _end(office)


def _end(office: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(office.pid, signal.SIGKILL)
    office.wait()


@lru_cache(maxsize=1)
def _confinement() -> tuple[str, ...]:
    """Return what to put before the command: no network where the system allows that, limits where it has prlimit."""
    words: tuple[str, ...] = ()
    if shutil.which("prlimit"):
        words += ("prlimit", f"--as={_MEMORY}", f"--cpu={SECONDS}", f"--fsize={_FILE_BYTES}", "--core=0")
    return words + without_network()


def _without_links(content: bytes) -> bytes:
    """Return an OpenDocument file without its links to anything outside it."""
    file = io.BytesIO()
    with open_zip(content) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _LINKED.sub(b'xlink:href=""', part) if name.endswith(".xml") else part)
    return file.getvalue()
