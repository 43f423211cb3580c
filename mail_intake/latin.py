"""Which Latin charset words are in when nothing says so: Welsh, Central European, Baltic, Turkish or Western.

Where Western Europe has one letter the others have another, and a few words are too little for any detector. Some
letters stand where no Western language puts them; what remains is left to the detector, which is asked only about
the words with an accent and about charsets in which these keep to the letters of one language.
"""

import codecs
import re
from collections.abc import Sequence

import chardet

CZECH, SLOVAK, POLISH = "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźż"
HUNGARIAN, ROMANIAN, CROATIAN = "áéíóöőúüű", "ăâîșțşţ", "čćđšž"  # and Slovene
LATVIAN, LITHUANIAN, ESTONIAN, TURKISH = "āčēģīķļņšūž", "ąčęėįšųūž", "äõöüšž", "çğıöşüâî\u0307"
WELSH = "áâéêëíîïóôöúûŵŷẁẃẅỳýÿ"
CENTRAL, BALTIC = (CZECH, SLOVAK, POLISH, HUNGARIAN, ROMANIAN, CROATIAN), (LATVIAN, LITHUANIAN, ESTONIAN)
ALPHABETS = {"iso8859-2": CENTRAL, "cp1250": CENTRAL, "cp1257": BALTIC, "cp1254": (TURKISH,)}
LABELS = ALPHABETS | {"iso8859-13": BALTIC, "iso8859-9": (TURKISH,), "iso8859-14": (WELSH,)}
CENTRAL_CODECS = ("iso8859-2", "cp1250")
CONSONANT, BEGINS = "[b-df-hj-np-tvwxz]", r"(?<![^\W_])"
NEAR = "{,200}"  # signs between two letters that tell: sought to the end, a long line takes seconds
# Words as cp1252 reads them, with letters where no Western language puts them, and whose letters they must keep to
TOLD = tuple(
    (re.compile(pattern.replace("*", NEAR), re.I), alphabet, codecs_tried)
    for pattern, alphabet, codecs_tried in (
        # ŵ and ŷ stand where Icelandic has ð and þ, neither of which it puts after the first consonants of a word
        (rf"\b{CONSONANT}+[ðþ]|{BEGINS}ðy?(?:n|r|l)?\b|{BEGINS}ðyr(?:es|ion)\b", WELSH, ("iso8859-14",)),
        (rf"[ìø]\w*[áíý]|[áíý]\w*[ìø]|ì.*[ïø]|[ïø].*ì|{BEGINS}®\w*[áéíý]", CZECH, CENTRAL_CODECS),
        (rf"\bï|{CONSONANT}ï{CONSONANT}|eï\b", SLOVAK, CENTRAL_CODECS),
        (r"ñ[bcdfgklmpstwz]|\wñ\b|(?:j|[scdr]z|i)ê\b|œ(?:\b|[wrpkm])|(?-i:[a-z]Ÿ)", POLISH, CENTRAL_CODECS),
        (
            r"õ(?!e)[^õ]*[áíóú]|[áíóú][^õ]*õ(?!e)|õ(?!e)\w*é|é\w*õ|õ\b|û[^û]*[íóúö]|û\w*á|[íóúö][^û]*û|á\w*û|"
            r"õ\w*(?:sz|gy|cs|zs|ny)|(?:sz|gy|cs|zs|ny)\w*õ",
            HUNGARIAN,
            CENTRAL_CODECS,
        ),
        (rf"ã[b-df-hj-np-rtvx]|[bcjpvxz]ã\b|þ.*ã|ã.*þ|{BEGINS}[ºª][a-zãâîþ]", ROMANIAN, CENTRAL_CODECS),
        (r"èk|šè|è\w*æ|æ\w*è|[šž].*[èæð]|[èæð].*[šž]", CROATIAN, CENTRAL_CODECS),
        (rf"[a-z][¹¾][a-z]|{BEGINS}[©®][a-z].*[æð]|[æð].*{BEGINS}[©®][a-z]", CROATIAN, ("iso8859-2",)),
        (r"ç[bdfghjklmnpqrsvxz]|î\w*â|â\w*î|î[jv]", LATVIAN, ("cp1257",)),
        (r"iø\b|è.*[ðþ]|[ðþ].*è|[ðþ].*ø\b|ø\b.*[ðþ]", LITHUANIAN, ("cp1257",)),
        (r"[þðý]\w*[üç]|[üç]\w*[þðý]|(?-i:\bÝ[bklnsz])|ýyor|dýlar|ýnda", TURKISH, ("cp1254",)),
    )
)
SIGNS_TOLD = (  # “don’t” and £5 as old Apples and DOS wrote them, and a price in the charset that added the euro
    (re.compile(rb"(?<=[a-z])\xd5(?=(?:s|t|d|m|re|ve|ll)\b)|\xd2(?=[A-Za-z])[^\xd2\xd3]+\xd3"), "mac_roman"),
    (re.compile(rb"\x9c(?=\d)"), "cp850"),
    (re.compile(rb"\xa4 ?(?=\d)|(?<=\d)(?: ?)\xa4"), "iso8859-15"),
)
VIETNAMESE = "àáâãèéêìíòóôõùúýăđĩũơư"
TONE_OF_VIETNAMESE = re.compile(
    rb"[aeiouy\xe2\xea\xf4\xe3\xf5\xfd][\xcc\xd2\xde](?![A-Z])"
)  # in cp1252 a capital
FOREIGN_RUN = re.compile(rb"[\x80-\xff]+")
FOREIGN_WORD = re.compile(rb"[A-Za-z\x80-\xff']*[\x80-\xff][A-Za-z\x80-\xff']*")
SIGN = re.compile("[\xa1-\xb4\xb6-\xbf\xd7\xf7\x80-\x9f†‡ˆ‰˜]")
MOST = 3000  # bytes of words that the detector is asked about


def told_by_letters(content: bytes) -> str | None:
    """The codec of words that have letters where no Western language does, or None where there are none."""
    if TONE_OF_VIETNAMESE.search(content) and _keeps_to(content, "cp1258", (VIETNAMESE,)):
        return "cp1258"
    foreign = FOREIGN_RUN.findall(content)
    if max(map(len, foreign), default=0) > 2 or 2 * sum(map(len, foreign)) > len(content):
        return None
    if signs := next((codec for pattern, codec in SIGNS_TOLD if pattern.search(content)), None):
        return signs
    western = content.decode("cp1252", "replace")
    for pattern, alphabet, codecs_tried in TOLD:
        if pattern.search(western):
            for codec in codecs_tried:
                if _keeps_to(content, codec, (alphabet,)):
                    return codec
    return None


def fitting(content: bytes) -> str | None:
    """Of the charsets in which the words keep to one language each the one the detector likes best, or None."""
    fits = [codec for codec in ALPHABETS if keeps_to_one_language(content, codec)]
    return preferred(content, fits) if fits else None


def keeps_to_one_language(content: bytes, codec: str) -> bool:
    """Whether the letters with an accent, read by a codec of Central or Eastern Europe, all belong to one language."""
    return _keeps_to(content, codec, LABELS.get(codec) or (*CENTRAL, *BALTIC))


def preferred(content: bytes, among: Sequence[str]) -> str:
    """Which of some codecs the detector likes best, of the words that are not ASCII; the first where it cannot tell."""
    words = b" ".join(FOREIGN_WORD.findall(content))[:MOST]
    first = among[0]
    found = chardet.detect_all(
        words,
        include_encodings=among,
        ignore_threshold=True,
        no_match_encoding=first,
        empty_input_encoding=first,
    )
    return next((codecs.lookup(one["encoding"]).name for one in found if one["encoding"]), first)


def _keeps_to(content: bytes, codec: str, alphabets: tuple[str, ...]) -> bool:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        return False
    accented = {letter for letter in text.lower() if letter.isalpha() and letter > "\x7f"}
    return not SIGN.search(text) and any(accented <= set(alphabet) for alphabet in alphabets)
