"""S/MIME: what kind of envelope it is, and the message inside one that is signed but not encrypted."""

ENVELOPED = bytes.fromhex("2a864886f70d010703")  # 1.2.840.113549.1.7.3
AUTHENTICATED = bytes.fromhex("2a864886f70d0109100117")  # 1.2.840.113549.1.9.16.1.23
SIGNED = bytes.fromhex("2a864886f70d010702")  # 1.2.840.113549.1.7.2
SEQUENCE, CONTEXT, OCTETS, CONSTRUCTED = 0x30, 0xA0, 0x04, 0x20
PATH_TO_CONTENT = (1, 0, 2, 1)  # content of the envelope, signed data, third field, its own content
MAX_DEPTH = 6

Element = tuple[int, int, int, int]  # tag, start of value, end of value, end of element


def is_encrypted(content: bytes) -> bool:
    """Whether a PKCS #7 file is an encrypted envelope."""
    return ENVELOPED in content[:40] or AUTHENTICATED in content[:40]


def signed_message(content: bytes) -> bytes | None:
    """The MIME entity inside an opaquely signed PKCS #7 file, or None when there is none to be had."""
    if SIGNED not in content[:40]:
        return None
    try:
        element = _element(content, 0)
        for step in PATH_TO_CONTENT:
            element = _children(content, element)[step]
        return _octets(content, _children(content, element)[0], MAX_DEPTH)
    except (IndexError, ValueError):
        return None


def _element(content: bytes, at: int) -> Element:
    tag, first = content[at], content[at + 1]
    start = at + 2
    if first == 0x80:
        # Length not given: the value runs until two zero bytes, which only its children can find
        end = start
        while content[end : end + 2] != b"\0\0":
            end = _element(content, end)[3]
        return tag, start, end, end + 2
    length = first
    if first & 0x80:
        size = first & 0x7F
        length = int.from_bytes(content[start : start + size], "big")
        start += size
    if start + length > len(content):
        raise ValueError("the element runs past the end of the file")
    return tag, start, start + length, start + length


def _children(content: bytes, parent: Element) -> list[Element]:
    found = []
    at = parent[1]
    while at < parent[2]:
        found.append(_element(content, at))
        at = found[-1][3]
    return found


def _octets(content: bytes, element: Element, depth: int) -> bytes:
    if not element[0] & CONSTRUCTED:
        return content[element[1] : element[2]]
    if not depth:
        raise ValueError("nested too deeply")
    return b"".join(_octets(content, child, depth - 1) for child in _children(content, element))
