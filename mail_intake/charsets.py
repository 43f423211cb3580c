"""Bytes to text when the charset is declared, missing or wrong, with the step that worked noted."""

import codecs
import re

ALIASES = {  # names met in the wild, and the Python codec that really reads what is sent under them
    "ascii": "ascii",
    "us-ascii": "ascii",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "windows-1252": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "hz-gb-2312": "hz",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "_iso-2022-jp$esc": "iso2022_jp_ext",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "tis-620": "cp874",
    "iso-8859-11": "cp874",
    "utf8mb4": "utf-8",
    "utf-8-bom": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-greek": "mac_greek",
    "cp-850": "cp850",
}
MEANINGLESS = frozenset(
    {"", "unknown", "unknown-8bit", "x-unknown", "binary", "8bit", "7bit", "default", "none"}
)
WESTERN = frozenset({"ascii", "cp1252"})
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SURROGATE = re.compile("[\ud800-\udfff]")
TOLERATED_REPLACEMENTS = 0.02


def codec_for(declared: str) -> str | None:
    """The Python codec for a charset name from a message, or None when the name means nothing."""
    name = declared.strip().strip("\"'").lower()
    if name in MEANINGLESS:
        return None
    name = ALIASES.get(name, name)
    try:
        # hex, rot13, idna and the like are codecs too, but not charsets
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return info.name if info._is_text_encoding and name not in ("idna", "punycode", "undefined") else None


def decode(content: bytes, declared: str = "") -> tuple[str, str]:
    """Text of some bytes, and the step of the ladder that gave it.

    The ladder: byte order mark, declared charset, UTF-8, declared with a few replacements, cp1252, Latin-1.
    The step is "declared" when the label was right, else the name of the charset used instead.
    """
    codec = codec_for(declared)
    for candidate, step in _candidates(content, codec):
        try:
            return _tidy(content.decode(candidate)), step
        except (UnicodeError, ValueError):
            continue
    if codec and codec not in WESTERN and codec != "utf-8":
        text = content.decode(codec, "replace")
        if text.count("\ufffd") <= len(text) * TOLERATED_REPLACEMENTS:
            return _tidy(text), f"{codec} with replacements"
    return _last_resort(content)


def _candidates(content: bytes, codec: str | None) -> list[tuple[str, str]]:
    marked = [(name, name) for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)][:1]
    if content.isascii() and b"\x1b$" in content:
        return [("iso2022_jp_ext", "declared" if codec and codec.startswith("iso2022") else "iso2022_jp")]
    if codec is None:
        return [*marked, ("utf-8", "utf-8")]
    if codec in WESTERN and not content.isascii():
        # Accented text under a Western label that is nevertheless flawless UTF-8 is UTF-8
        return [*marked, ("utf-8", "utf-8"), (codec, "declared")]
    return [*marked, (codec, "declared"), ("utf-8", "utf-8")]


def _last_resort(content: bytes) -> tuple[str, str]:
    try:
        return _tidy(content.decode("cp1252")), "cp1252"
    except UnicodeError:
        return _tidy(content.decode("latin-1")), "latin-1"


def _tidy(text: str) -> str:
    if SURROGATE.search(text):
        # UTF-7 and UTF-16 may spell half a character, which nothing afterwards could store
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").removeprefix("\ufeff")
