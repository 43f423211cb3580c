"""Outlook's compressed rich text (MS-OXRTFCP) unpacked and reduced to its words."""

import re
import struct

from mail_intake.charsets import decode

PRELOADED = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)  # the dictionary that every compressor starts from, MS-OXRTFCP 2.2.1
WINDOW = 4096
LARGEST = 20_000_000
CONTROL = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})? ?|((?:\\'[0-9a-f]{2})+)|\\([^a-z])|([{}])|[\r\n]+|(.)", re.I | re.S
)
CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
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
    return _Unpacking(content[16:]).run()


class _Unpacking:
    """The sliding window at work: single bytes, and references to what was written before."""

    def __init__(self, packed: bytes) -> None:
        self.packed = packed
        self.window = bytearray(PRELOADED.ljust(WINDOW, b"\0"))
        self.position = len(PRELOADED)
        self.out = bytearray()

    def run(self) -> bytes:
        at = 0
        while at < len(self.packed) and len(self.out) < LARGEST:
            flags, at = self.packed[at], at + 1
            for bit in range(8):
                if at >= len(self.packed):
                    break
                if not flags >> bit & 1:
                    self._write(self.packed[at])
                    at += 1
                    continue
                reference = struct.unpack_from(">H", self.packed, at)[0]
                at += 2
                if reference >> 4 == self.position % WINDOW:
                    return bytes(self.out)
                self._repeat(reference >> 4, (reference & 15) + 2)
        return bytes(self.out)

    def _repeat(self, start: int, length: int) -> None:
        # One by one, because a piece may reach into what it is itself writing
        for step in range(length):
            self._write(self.window[(start + step) % WINDOW])

    def _write(self, byte: int) -> None:
        self.window[self.position % WINDOW] = byte
        self.position += 1
        self.out.append(byte)


def text_of_rich_text(content: bytes) -> str:
    """The visible words of an RTF document, its paragraphs as lines."""
    words: list[str] = []
    hidden: list[bool] = [False]
    skip = 0
    page = CODE_PAGE.search(content[:1000])
    charset = f"cp{page[1].decode()}" if page else "cp1252"
    for control, number, codes, symbol, brace, letter in CONTROL.findall(content.decode("latin-1")):
        if brace == "{":
            hidden.append(hidden[-1])
        elif brace == "}":
            hidden = hidden[:-1] or [False]
        elif symbol == "*" or control in UNSEEN:
            hidden[-1] = True
        elif not hidden[-1]:
            word, skip = _word(control, number, _spelt(codes, skip, charset), symbol, letter, skip)
            words.append(word)
    return re.sub(r"\n{3,}", "\n\n", "".join(words)).strip()


def _spelt(codes: str, skip: int, charset: str) -> str | None:
    """Characters written by the numbers of their bytes, a run at a time; the first may stand in for one shown."""
    return decode(bytes.fromhex(codes.replace("\\'", ""))[skip:], charset)[0] if codes else None


def _word(
    control: str, number: str, spelt: str | None, symbol: str, letter: str, skip: int
) -> tuple[str, int]:
    if control == "u":
        return chr(int(number or 63) % 65536), 1
    if spelt is not None:
        return spelt, 0
    if skip and letter:
        return "", skip - 1
    if control:
        return "\n" if control in LINE_BREAKS else "\t" if control in ("tab", "cell") else "", 0
    return {"~": "\xa0", "_": "-"}.get(symbol, symbol if symbol in "\\{}" else "") + letter, 0
