"""Opening zips and XML from outside without letting them hurt us."""

import io
import zipfile

from lxml import etree

MAX_BYTES = 25 << 20
MAX_PARTS = 2_000
MAX_PART_BYTES = 30 << 20
MAX_TOTAL_BYTES = 100 << 20
MAX_RATIO = 200
_DECLARES_TYPE = "it contains a document type declaration, which Word never writes"
RATIO_MATTERS_FROM = 1 << 20  # small parts of blank space compress very well and do no harm


class Refused(ValueError):
    """The document could not be read safely; the text says why, fit for the officer."""


def open_zip(content: bytes) -> zipfile.ZipFile:
    """Return the zip file in `content`, or raise Refused when its table of contents is suspicious."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Refused("the file is damaged") from error
    infos = archive.infolist()
    if len(infos) > MAX_PARTS:
        raise Refused("it has too many parts")
    if len({info.filename for info in infos}) != len(infos):
        raise Refused("two of its parts have the same name")
    if sum(info.file_size for info in infos) > MAX_TOTAL_BYTES:
        raise Refused("it is too large when unpacked")
    for info in infos:
        _check_part(info)
    return archive


def _check_part(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 1:
        raise Refused("it is protected with a password")
    if info.file_size > MAX_PART_BYTES:
        raise Refused("one of its parts is too large")
    if info.file_size > RATIO_MATTERS_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise Refused("one of its parts unpacks to a suspicious size")


def part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """Return the root of one XML part, None when there is no such part, or raise Refused."""
    content = content_of(archive, name)
    return None if content is None else parse_xml(content)


def content_of(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """Return the bytes of one part, None when there is no such part, or raise Refused."""
    if name not in archive.namelist():
        return None
    try:
        with archive.open(name) as opened:
            content = opened.read(MAX_PART_BYTES + 1)  # the size in the table of contents may lie
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise Refused("the file is damaged") from error
    except Exception as error:  # zlib.error and its kin are not OSErrors
        raise Refused("the file is damaged") from error
    if len(content) > MAX_PART_BYTES:
        raise Refused("one of its parts is too large")
    return content


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def parse_xml(content: bytes) -> etree._Element:
    """Return the root element of `content`, refusing document type declarations and broken XML."""
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        raise Refused(_DECLARES_TYPE)
    try:
        root = etree.fromstring(content, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("its text is not well formed") from error
    if root.getroottree().docinfo.internalDTD is not None:  # far down, or in letters of two bytes each
        raise Refused(_DECLARES_TYPE)
    return root
