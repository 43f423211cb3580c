"""Outlook's compressed rich text (MS-OXRTFCP) unpacked and reduced to its words."""

import re
import struct

PRELOADED = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbol"
    rb"ArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    + b"\r\n"
    + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
WINDOW = 4096
LARGEST = 20_000_000
CONTROL = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|(.)", re.I | re.S
)
LINE_BREAKS = frozenset({"par", "line", "row", "sect", "page"})
UNSEEN = frozenset(
    {"fonttbl", "colortbl", "stylesheet", "info", "pict", "htmltag", "themedata", "generator", "object"}
)


def text_of_compressed(content: bytes) -> str:
    """The words of a PR_RTF_COMPRESSED value; empty when there is none or it is damaged."""
    try:
        return text_of_rich_text(unpacked(content)) if content else ""
    except (struct.error, IndexError, ValueError):
        return ""


def unpacked(content: bytes) -> bytes:
    """The RTF inside: stored (MELA) or packed with a sliding window (LZFu)."""
    _, size, kind = struct.unpack_from("<II4s", content)
    if kind == b"MELA":
        return content[16 : 16 + size]
    window = bytearray(PRELOADED.ljust(WINDOW, b"\0"))
    position, at, out = len(PRELOADED), 16, bytearray()
    while at < len(content) and len(out) < LARGEST:
        flags, at = content[at], at + 1
        for bit in range(8):
            if not flags >> bit & 1:
                piece, at = content[at : at + 1], at + 1
            else:
                word, at = struct.unpack_from(">H", content, at)[0], at + 2
                start, length = word >> 4, (word & 15) + 2
                if start == position % WINDOW:
                    return bytes(out)
                piece = bytearray()
                for step in range(length):
                    # A piece may reach into what it is itself writing
                    byte = window[(start + step) % WINDOW]
                    window[(position + step) % WINDOW] = byte
                    piece.append(byte)
            for byte in piece:
                window[position % WINDOW] = byte
                position += 1
            out += piece
            if at >= len(content):
                break
    return bytes(out)


def text_of_rich_text(content: bytes) -> str:
    """The visible words of an RTF document, its paragraphs as lines."""
    words: list[str] = []
    hidden: list[bool] = [False]
    skip = 0
    for control, number, code, symbol, brace, letter in CONTROL.findall(content.decode("latin-1")):
        if brace == "{":
            hidden.append(hidden[-1])
        elif brace == "}":
            hidden = hidden[:-1] or [False]
        elif symbol == "*" or control in UNSEEN:
            hidden[-1] = True
        elif not hidden[-1]:
            word, skip = _word(control, number, code, symbol, letter, skip)
            words.append(word)
    return re.sub(r"\n{3,}", "\n\n", "".join(words)).strip()


def _word(control: str, number: str, code: str, symbol: str, letter: str, skip: int) -> tuple[str, int]:
    if control == "u":
        return chr(int(number or 63) % 65536), 1
    if skip and (code or letter):
        return "", skip - 1
    if code:
        return bytes.fromhex(code).decode("cp1252", "replace"), 0
    if control:
        return "\n" if control in LINE_BREAKS else "\t" if control in ("tab", "cell") else "", 0
    return {"~": "\xa0", "_": "-"}.get(symbol, symbol if symbol in "\\{}" else "") + letter, 0
