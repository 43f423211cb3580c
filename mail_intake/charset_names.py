"""Charset names met in the wild, and the Python codec that really reads what is sent under them."""

import codecs
import re

ALIASES = {
    "ascii": "ascii",
    "us-ascii": "ascii",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "gb_2312-80": "gb18030",
    "cn-gb": "gb18030",
    "hz-gb-2312": "hz",
    "ks_c_5601": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "_iso-2022-jp$esc": "iso2022_jp_ext",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "tis-620": "cp874",
    "iso-8859-11": "cp874",
    "koi8": "koi8_r",
    "koi8-ru": "koi8_u",
    "utf8mb4": "utf-8",
    "utf-8-bom": "utf-8",
    "cp65001": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "macintosh": "mac_roman",
    "mac-cyrillic": "mac_cyrillic",
    "mac-greek": "mac_greek",
    "mac-roman": "mac_roman",
    "windows-31j": "cp932",
    "ks_c_5601-1989": "cp949",
    "iso-10646-ucs-2": "utf-16",
    "ucs-2": "utf-16",
    "unicode": "utf-16",
    "cesu-8": "utf-8",
    "latin-9": "iso8859-15",
}
MEANINGLESS = frozenset(
    {"", "unknown", "unknown-8bit", "binary", "8bit", "7bit", "default", "none", "user-defined"}
)
NUMBERED = {
    20127: "ascii",
    20866: "koi8_r",
    21866: "koi8_u",
    50220: "iso-2022-jp",
    51932: "euc_jp",
    51949: "cp949",
}
FIRST_ISO_PAGE = 28590  # Windows numbers ISO 8859-1 as code page 28591, and so on
CODE_PAGE = re.compile(r"^(?:windows|win|cp|ms|ibm|dos)[-_ ]?(\d{3,5})\w?$")
WITHIN = tuple(  # what to make of names that nothing knows: utf-8mb4, windows-1252-de, 3D"utf-8", x-x-big5
    (re.compile(pattern), spelt)
    for pattern, spelt in (
        (r"utf[-_ ]?(7|8|16)(?!\d)", r"utf-\1"),
        (r"8859[-_ ]?(\d{1,2})", r"iso-8859-\1"),
        (r"(125\d)", r"cp\1"),
        (r"big-?5", "big5hkscs"),
        (r"gb-?(?:k|2312|18030)", "gb18030"),
        (r"euc[-_]?kr", "cp949"),
        (r"euc[-_]?jp", "euc_jp"),
        (r"koi8[-_]?([ru])", r"koi8_\1"),
        (r"shift.?jis|sjis", "cp932"),
        (r"2022[-_]?(jp|kr)", r"iso2022_\1"),
    )
)
WINDOWS_TWINS = {  # bytes 0x80-0x9f are never text in these, but are in what Windows sends under their names
    "iso8859-2": "cp1250",
    "iso8859-7": "cp1253",
    "iso8859-8": "cp1255",
    "iso8859-9": "cp1254",
    "iso8859-13": "cp1257",
    "iso8859-15": "cp1252",
}


def codec_for(declared: str) -> str | None:
    """The Python codec for a charset name from a message, or None when the name means nothing."""
    name = declared.strip().strip("\"'; ").lower().removeprefix("x-").split(":")[0]
    if name in MEANINGLESS:
        return None
    if page := CODE_PAGE.match(name):
        name = _numbered(int(page[1]))
    return _codec(ALIASES.get(name, name)) or _codec_within(name)


def _codec(name: str) -> str | None:
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # hex, rot13, idna and the like are codecs too, but not charsets
    if not info._is_text_encoding or name in ("idna", "punycode", "undefined"):
        return None
    return "cp1252" if info.name == "iso8859-1" else info.name


def _codec_within(name: str) -> str | None:
    for pattern, spelt in WITHIN:
        if found := pattern.search(name):
            spelt = found.expand(spelt)
            return _codec(ALIASES.get(spelt, spelt))
    return None


def _numbered(page: int) -> str:
    if FIRST_ISO_PAGE < page <= FIRST_ISO_PAGE + 16:
        return f"iso-8859-{page - FIRST_ISO_PAGE}"
    return NUMBERED.get(page, f"cp{page}")
