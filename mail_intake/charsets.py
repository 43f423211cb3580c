"""Bytes to text when the charset is declared, missing or wrong, with the step that worked noted."""

import codecs
import re
from collections.abc import Callable, Iterator

from mail_intake.charset_names import WINDOWS_TWINS, codec_for
from mail_intake.guessing import LOOKED_AT, could_be_western, guessed, western_after_all
from mail_intake.japanese import from_euc, from_iso2022
from mail_intake.patchwork import in_utf8, pieced_together

ASCII, WESTERN = "ascii", frozenset({"ascii", "cp1252", "iso8859-15"})
SEVERAL_BYTES = ("utf", "gb", "big5", "cp932", "cp949", "cp950", "euc", "iso2022", "hz", "johab", "shift")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
JAPANESE: dict[str, Callable[[bytes], str]] = {"iso2022_jp_ext": from_iso2022, "euc_jp": from_euc}
META = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.I)
META_WITHIN = 4096  # bytes
CONTROLS = re.compile("[\x80-\x9f]")
ESCAPES = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp_ext"))
SEVEN_BIT_CHINESE = re.compile(rb"~\{(?:[!-w][!-~])+~\}")
SIBLINGS = {"big5hkscs": "cp950"}  # has the euro sign
ADDED_BY_WINDOWS = {0x80: "€", 0xA0: "\xa0"}
MANY_ZEROS = 0.2
# What two bytes a character spell in East Asia: ideographs, kana, hangul, signs, and Latin among them
EAST_ASIAN = re.compile("[\t\n\r -~\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffef]")
NEARLY_ALL, FAR_MORE = 0.95, 0.2
NEVER_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
PRINTED, MOSTLY = re.compile(rb"[\t\n\r -~]"), 0.7
LAST_OF_SCRIPTS = 0x13  # where characters begin with: from here on scripts of several hundred letters
MANY_HIGH_BYTES = 6
SURROGATE = re.compile("[\ud800-\udfff]")
GOOD_FOR_ONE_BAD = 4  # characters read for each that could not be


def decode(content: bytes, declared: str = "") -> tuple[str, str]:
    """Text of some bytes, and the step of the ladder that gave it.

    The ladder: byte order mark, lines in UTF-8 among others, declared charset, UTF-8, UTF-8 with stray Western
    bytes, Japanese beyond JIS, declared with a few replacements, a charset that fits the words where Western does
    not, cp1252, Latin-1.
    The step is "declared" when the label was right, else the name of the charset used instead.
    """
    codec = codec_for(declared)
    if codec and _impossible(content, codec):
        codec = None
    if pieces := _pieces(content, codec, declared):
        return _tidy(pieces[0]), pieces[1]
    for candidate, step in _candidates(content, codec):
        try:
            return _twin(content, content.decode(candidate), candidate, step)
        except (UnicodeError, ValueError):
            continue
    for attempt in (_strays, _japanese, _guessed, _replaced, _guessed_without_label):
        if found := attempt(content, codec):
            return _tidy(found[0]), found[1]
    return _last_resort(content)


def charset_of_html(content: bytes, declared: str) -> str:
    """The charset an HTML page declares for itself, where its part declares none that can be right."""
    found = None if content.isascii() else META.search(content[:META_WITHIN])
    named, codec = found[1].decode("ascii", "ignore") if found else "", codec_for(declared)
    # Western is what servers write that do not know better
    wrong = codec in (None, ASCII) or (codec in WESTERN and not could_be_western(content))
    return named if wrong and named else declared


def _pieces(content: bytes, codec: str | None, declared: str) -> tuple[str, str] | None:
    several = codec and codec != "utf-8" and codec.startswith(SEVERAL_BYTES)
    if content.isascii() or several or b"\0" in content or _is_utf8(content):
        return None
    return pieced_together(content, STRAY, lambda rest: decode(rest, declared))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _candidates(content: bytes, codec: str | None) -> Iterator[tuple[str, str]]:
    yield from [(name, name) for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)][:1]
    if content.isascii() and (seven_bit := _seven_bit(content)):
        # Escapes under any label are what they are; the label tells only which dialect
        same = codec and codec.startswith(seven_bit[:7])
        yield from ([(codec, "declared")] if same and codec else [])
        yield seven_bit, seven_bit.removesuffix("_ext")
    elif wide := _wide(content, codec) or _wide_east_asian(content, codec):
        yield wide, "declared" if codec == "utf-16" else wide
    elif codec is None:
        yield "utf-8", "utf-8"
    elif content.isascii() or codec == "utf-8":
        yield from ((codec, "declared"), ("utf-8", "utf-8"))
    else:
        # Accented text under another label that is nevertheless flawless UTF-8 is UTF-8; two bytes may be chance
        several = codec.startswith(SEVERAL_BYTES)
        if several and (western := western_after_all(content)):
            yield western, western
        if not several or sum(byte > 0x7F for byte in content[:LOOKED_AT]) >= MANY_HIGH_BYTES:
            yield "utf-8", "utf-8"
        fits = not guessed(content, codec)
        if fits:
            yield codec, "declared"
        yield "utf-8", "utf-8"
        if fits and codec in SIBLINGS:
            yield SIBLINGS[codec], "declared"


def _seven_bit(content: bytes) -> str | None:
    """East Asian text spelt in ASCII, by the escapes that begin it."""
    if SEVEN_BIT_CHINESE.search(content):
        return "hz"
    return next((codec for escape, codec in ESCAPES if escape in content), None)


def _wide(content: bytes, codec: str | None) -> str | None:
    """UTF-16 without a byte order mark, by where the zeros of its blanks and line ends stand."""
    if b"\0" not in content:
        return None
    zeros, first, second = content.count(0), content[::2].count(0), content[1::2].count(0)
    unlikely = zeros < MANY_ZEROS * len(content) and not _of_one_script(content[first < second :: 2])
    if codec != "utf-16" and (codec not in (None, "utf-8", *WESTERN) or unlikely):
        return None
    if min(first, second) > 0.1 * zeros:
        return None
    return "utf-16-be" if first > second else "utf-16-le"


def _wide_east_asian(content: bytes, codec: str | None) -> str | None:
    """UTF-16 of East Asia without a byte order mark: only in one order do the bytes spell what is written there."""
    labelled = codec is not None and codec.startswith("utf-16")
    looked_at = content[: LOOKED_AT - LOOKED_AT % 2]
    if not labelled and (codec not in (None, "utf-8", *WESTERN) or not NEVER_TEXT.search(looked_at)):
        return None
    little, big = (_share(looked_at.decode(one, "replace")) for one in ("utf-16-le", "utf-16-be"))
    if max(little, big) < NEARLY_ALL or abs(little - big) < FAR_MORE:
        return None
    return "utf-16-be" if big > little else "utf-16-le"


def _share(text: str) -> float:
    return len(EAST_ASIAN.findall(text)) / len(text) if text else 0.0


def _of_one_script(halves: bytes) -> bool:
    """Whether these halves of characters are those of Greek, Arabic, Bengali and their like, and of blanks."""
    looked_at = halves[:LOOKED_AT]
    of_script = max((looked_at.count(half) for half in range(1, LAST_OF_SCRIPTS)), default=0)
    return 0 not in (of_script, looked_at.count(0)) and of_script + looked_at.count(0) > 0.9 * len(looked_at)


def _impossible(content: bytes, codec: str) -> bool:
    """Text of two bytes a character has line ends and blanks, hence zeros: without any the label is wrong."""
    if not codec.startswith(("utf-16", "utf-32")) or b"\0" in content:
        return False
    looked_at = content[:LOOKED_AT]
    return _is_utf8(content) or len(PRINTED.findall(looked_at)) >= MOSTLY * len(looked_at)


def _twin(content: bytes, text: str, codec: str, step: str) -> tuple[str, str]:
    twin = WINDOWS_TWINS.get(codec)
    if twin and CONTROLS.search(text):
        return _tidy(content.decode(twin, STRAY)), twin
    return _tidy(text), step


def _strays(content: bytes, codec: str | None) -> tuple[str, str] | None:
    """UTF-8 that was cut, or into which some other program wrote bytes of its own."""
    if codec not in (None, "utf-8", *WESTERN):
        return None
    return (content.decode("utf-8", STRAY), "utf-8 with stray bytes") if in_utf8(content) else None


def _japanese(content: bytes, codec: str | None) -> tuple[str, str] | None:
    escaped = "iso2022_jp_ext" if content.isascii() and b"\x1b$" in content else codec
    try:
        return (JAPANESE[escaped](content), "cp932") if escaped in JAPANESE else None
    except (UnicodeError, ValueError):
        return None


def _replaced(content: bytes, codec: str | None) -> tuple[str, str] | None:
    if not codec or codec in WESTERN or codec == "utf-8":
        return None
    text = content.decode(codec, STRAY_OF_WINDOWS)
    bad = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - bad
    return (text, f"{codec} with replacements") if good >= GOOD_FOR_ONE_BAD * bad else None


def _guessed(content: bytes, codec: str | None) -> tuple[str, str] | None:
    name = guessed(content, codec)
    if name in WESTERN:
        return content.decode(name, STRAY), name
    found = _replaced(content, name)
    return (found[0], name) if name and found else None


def _guessed_without_label(content: bytes, codec: str | None) -> tuple[str, str] | None:
    return _guessed(content, None) if codec else None


def _last_resort(content: bytes) -> tuple[str, str]:
    try:
        return _tidy(content.decode("cp1252")), "cp1252"
    except UnicodeError:
        return _tidy(content.decode("cp1252", STRAY)), "latin-1"


def _western(error: UnicodeError) -> tuple[str, int]:
    """The bytes that a codec refuses, as cp1252 or failing that Latin-1 would read them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    refused = error.object[error.start : error.end]
    letters = (bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in refused)
    return "".join(letters), error.end


def _of_windows(error: UnicodeError) -> tuple[str, int]:
    """The bytes by which Windows adds to the East Asian charsets; whatever else a codec refuses is replaced."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return ADDED_BY_WINDOWS.get(error.object[error.start], "\ufffd"), error.start + 1


STRAY, STRAY_OF_WINDOWS = "mail_intake.stray", "mail_intake.stray_of_windows"
codecs.register_error(STRAY, _western)
codecs.register_error(STRAY_OF_WINDOWS, _of_windows)


def _tidy(text: str) -> str:
    if SURROGATE.search(text):
        # UTF-7 and UTF-16 may spell half a character, which nothing afterwards could store
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").removeprefix("\ufeff")
