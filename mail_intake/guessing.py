"""What charset bytes are in when their label is missing or cannot be right, judged by the words they spell.

Short Western words look like other languages to any detector, so it is asked only about what could hardly be
Western, or believed of unlabelled text when it is surer than it ever is of a name or a pound sign.
"""

import codecs
import re

import chardet

from mail_intake.charset_names import WINDOWS_TWINS
from mail_intake.chinese import chinese_instead
from mail_intake.latin import (
    FOREIGN_RUN,
    LABELS,
    fitting,
    keeps_to_one_language,
    preferred,
    told_by_letters,
)
from mail_intake.siblings import best_of_its_kind

COMMON = (  # what mail is really sent in; a detector offered every charset there is finds EBCDIC in a name
    *("cp1252", "gb18030", "big5hkscs", "cp932", "euc_jis_2004", "cp949", "koi8-r", "koi8-u", "cp1251"),
    *("cp1250", "iso8859-2", "iso8859-16", "cp1254", "cp1253", "cp1255", "cp1256", "cp874", "cp1257"),
    *("iso8859-5", "cp866"),
)
WESTERN = frozenset({"cp1252", "windows-1252", "iso-8859-1", "iso8859-15"})
LATIN = frozenset({"windows-1250", "iso-8859-2", "iso-8859-16", "windows-1254", "windows-1257"})
CODECS = {"big5": "big5hkscs", "euc-jis-2004": "euc_jp"}
LOOKED_AT = 20_000  # bytes
SURE = 0.2  # names, prices and lone signs in cp1252 were taken for something else at up to 0.18
CERTAIN = 0.3  # of 20,000 texts in fifteen charsets none was taken for another at more than 0.25

FOREIGN, OF_WINDOWS = re.compile(rb"[\x80-\xff]"), re.compile(rb"[\x80-\x9f]")
AMONG_LETTERS = re.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]")
SIGNS_OF_BOTH = re.compile(rb"[\x80\x82\x84-\x87\x8b\x91-\x97\x99\x9b\xa0]")  # the same in cp1250 and cp1252
FIRST_ACCENT = 0xC0  # in cp1252
# What English puts between plain letters and figures: the child’s, “no”, a dash, £5, 3½, 4°
WESTERN_SIGN = re.compile(
    rb"(?<=[A-Za-z])\x92(?=(?:s|t|d|m|re|ve|ll|r|n|i|u|w|ch)\b)|(?<![A-Za-z\x80-\xff])[\x91\x93](?=[A-Za-z])|"
    rb"(?<=[A-Za-z.,!?])[\x92\x94](?![A-Za-z\x80-\xff])|(?<=\s)[\x96\x97](?=\s)|(?<=[A-Za-z.])\x85(?=\s|$)|"
    rb"(?<![\x80-\xff])[\xa3\x80](?=\d)|(?<=\d)[\xb0\xbc-\xbe](?![\x80-\xff])"
)
LETTER = "A-Za-zÀ-ÖØ-öø-ÿŠšŽžŒœŸƒ"
SIGN = "¡-³¶¸-¿‚„†‡ˆ‰‹›˜×÷\ufffd"
SIGNS = "".join(map(chr, range(0xA1, 0xC0)))
ROW = re.compile(rf"[À-ÿŠŒŽšœžŸƒ´µ·{SIGN}]{{4,}}")
TRIED_OUT = tuple(map(frozenset, ("äöüßå", "áéíóúñ", "éèàçù")))  # rows of accents that people type as a test
SIGN_IN_WORD = re.compile(
    rf"[{LETTER}](?:[{SIGN}]+[{LETTER}]|\ufffd)|[A-Za-z]{{3}}[¡¢£¤¥¦§±²³¶¸¹¼½¾¿](?![{SIGN}\d])"
)
TURKISH, ICELANDIC = re.compile(r"[þðÞÐ]|[ýÝ].*[ýÝ]"), re.compile(r"[áéíóúæ]", re.I)
TWO_SCRIPTS = re.compile("[A-Za-z][Ͱ-ԯ֐-׿฀-๿]|[Ͱ-ԯ֐-׿฀-๿][A-Za-z]")  # in one word
BEFORE_WINDOWS = (  # where it put the small letters that Western languages add, and quotation marks
    ("mac_roman", re.compile(rb"[\x00-\x7f\x87-\x9f\xd0-\xd5]*")),
    ("cp850", re.compile(rb"[\x00-\x7f\x81-\x8d\x93-\x98\xa0-\xa4\xc6\xe4]*")),
)
CENTRAL_EUROPEAN = ("iso8859-2", "cp1250", "iso8859-16")
WORD = re.compile(rf"[{LETTER}]*[À-ÖØ-öø-ÿ][{LETTER}]*")
ALPHABETS = tuple(
    frozenset(letters)
    for letters in (
        "àâæçèéêëîïôùûüÿ",  # French
        "äöüßéàåøæ",  # German, Swedish, Danish, Norwegian, Finnish
        "áéíñóúüïçàèòã",  # Spanish, Catalan, Irish
        "áâãàçéêíóôõúü",  # Portuguese
        "àèéìíîòóùú",  # Italian, Gaelic
        "áéíóúýþæöð",  # Icelandic
        "áâàäéêèëíîìïóôòöúûùüýÿ",  # Welsh
        "éèëïöüáóíêçå",  # Dutch, names
    )
)


def guessed(content: bytes, label: str | None = None) -> str | None:
    """The Python codec that fits bytes better than their label does, or None where none is known to.

    `label`: the codec of that label. Against a Western one only text is read that no Western words spell,
    against any other only text of which the detector is as sure as it never was of right labels.
    """
    looked_at = _foreign_part(content)
    unlabelled = label in (None, "ascii", "utf-8")
    told = told_by_letters(looked_at)
    if (unlabelled or label in WESTERN) and told:
        return told if told != label else None
    if label in CENTRAL_EUROPEAN and told in (None, *CENTRAL_EUROPEAN):
        western_words = not told and _western_instead(looked_at, label)
        return "cp1252" if western_words else _central_instead(looked_at, label)
    if label in LABELS and keeps_to_one_language(looked_at, label):
        return None
    western = bool(looked_at) and (unlabelled or label in WESTERN) and could_be_western(looked_at)
    if not looked_at or (western and not unlabelled):
        return None
    if label and not unlabelled and label not in WESTERN:
        other = chinese_instead(looked_at, label) if label != "cp949" else None
        codec = other or _detected(looked_at, CERTAIN) or best_of_its_kind(looked_at, label)
        return codec if codec != label else None
    if western:
        return _detected(looked_at, SURE, LATIN)
    return _as_before_windows(looked_at) or _detected(looked_at)


def _detected(content: bytes, least: float = 0.0, among: frozenset[str] | None = None) -> str | None:
    """What the detector takes it for, if it is as sure as that; nothing for Western words."""
    found = chardet.detect(content, include_encodings=COMMON)
    name = (found["encoding"] or "cp1252").lower()
    if name in WESTERN or found["confidence"] < least or (among and name not in among):
        return None
    codec = best_of_its_kind(content, codecs.lookup(CODECS.get(name, name)).name)
    codec = chinese_instead(content, codec) or codec
    if name in LATIN or TWO_SCRIPTS.search(content.decode(codec, "replace")):
        return fitting(content) or codec
    return codec


def _as_before_windows(content: bytes) -> str | None:
    """The charset of old Apples or of DOS where Western words are whole in it, and nothing but such words foreign."""
    fits = [
        codec
        for codec, letters in BEFORE_WINDOWS
        if letters.fullmatch(content) and _western_words(content.decode(codec))
    ]
    return preferred(content, fits) if fits else None


def _western_instead(content: bytes, label: str) -> bool:
    """Whether Western words stand under a label in which they keep to no language's letters."""
    if WESTERN_SIGN.sub(b"", SIGNS_OF_BOTH.sub(b"", content)).isascii():
        return True
    label = WINDOWS_TWINS.get(label, label) if OF_WINDOWS.search(content) else label
    unfit = could_be_western(content) and not keeps_to_one_language(content, label)
    return unfit and preferred(content, ("cp1252", label)) == "cp1252"


def _central_instead(content: bytes, label: str) -> str | None:
    """Czech and Polish differ in few letters between the two charsets; the wrong one has those of no language."""
    if keeps_to_one_language(content, label):
        return None
    return next((one for one in CENTRAL_EUROPEAN if keeps_to_one_language(content, one)), None)


def western_after_all(content: bytes) -> str | None:
    """The codec of Western words under an East Asian label, known by accents that stand alone among plain letters.

    East Asian text has its bytes in pairs, and of those that stand beside plain letters hardly one is above 0xBF.
    Signs do too, where each stands as it does in English and nothing else is foreign.
    """
    looked_at = _foreign_part(content)
    if looked_at and WESTERN_SIGN.sub(b"", looked_at).isascii():
        return "cp1252"
    runs = FOREIGN_RUN.findall(WESTERN_SIGN.sub(b"", looked_at))
    if not AMONG_LETTERS.search(looked_at):
        return None
    try:
        accented = [letter for letter in content.decode("utf-8") if letter > "\x7f"]
        return "utf-8" if all(letter.isalpha() and letter < "\u0250" for letter in accented) else None
    except UnicodeDecodeError:
        alone = sum(len(run) == 1 for run in runs)
        accents = (
            min(map(min, runs)) >= FIRST_ACCENT and max(map(len, runs)) <= 2 and 3 * alone >= 2 * len(runs)
        )
        return "cp1252" if accents and could_be_western(looked_at) else None


def _foreign_part(content: bytes) -> bytes:
    """As much as must be looked at, from shortly before the first byte that is not ASCII; nothing where all are."""
    first = FOREIGN.search(content)
    start = max(0, first.start() - 1000) if first else len(content)
    return content[start : start + LOOKED_AT]


def could_be_western(content: bytes) -> bool:
    """Whether Western words stand there as Windows writes them."""
    return _western_words(content.decode("cp1252", "replace"))


def _western_words(text: str) -> bool:
    """Whether no sign stands inside a word, no accents in a row, and each word keeps to one Western alphabet."""
    if SIGN_IN_WORD.search(text) or (TURKISH.search(text) and not ICELANDIC.search(text)):
        return False
    rows = all(_tried_out(row[0]) for row in ROW.finditer(text))
    return rows and all(_within(word[0], ALPHABETS) for word in WORD.finditer(text))


def _tried_out(row: str) -> bool:
    letters = row.strip(SIGNS)
    return len(set(row)) == 1 or (len(letters) > 3 and _within(letters, TRIED_OUT))


def _within(word: str, alphabets: tuple[frozenset[str], ...]) -> bool:
    accented = {letter for letter in word.lower() if letter > "\x7f"}
    return any(accented <= alphabet for alphabet in alphabets)
