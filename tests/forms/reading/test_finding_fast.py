"""What is left out for speed could not have been found: patterns that lack their word, wordings of another length."""

import re
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from forms.reading import bilingual, cutting, dates, labels, names, parting
from forms.reading.kind_marks import OTHERS, REFERRAL, SCOPING
from forms.reading.labels import plain, without_guidance
from forms.reading.layout import Cell, Line
from forms.reading.nearest import Nearest
from forms.reading.patterns import Patterns, needed
from forms.reading.phrases import PHRASES
from forms.reading.row_tables import is_heading_row
from forms.reading.sections import _SECTIONS
from forms.reading.whose import PEOPLE

SAMPLES = Path(__file__).with_name("samples")
LABELS = [wording for wordings in PHRASES.values() for wording in wordings]
PATTERNS = [
    *PEOPLE.values(),
    *(one for _, *patterns in (*REFERRAL, *SCOPING, *OTHERS, *_SECTIONS) for one in patterns),
]
PRINTED = "".join(path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))[::12])
TEXTS = [*LABELS[::8], *map(plain, PRINTED.splitlines())]
WRITTEN = (
    "Address(es) Known To Your Agency", "Held by our records", "recorded on the agency", "date and time of death",
    "disability y n", "alive yes no", "Signed ____ Date: 1 May", "Signed __ Dated", "Signed\tJ Orr\tDate: 1 May",
    "Role   Date of birth: 1 May", "Name…. Date", "Name…", "Signed .... J Orr", "Enw / Name", "Enw | Name",
    "Enw – Name", "Enw\nName", "_ x:",
    "2024-05-01", "1/5/24", "1 – 5 – 2024", "28-29/1/2024", "28 & 29/1/24", "1st of May 24", "12 Sept", "June 3, 2024",
    "OCTOBER '24", "01052024", "5/2024", "1/5", "in 2024", "31 January/1 Feb 2024", "March – July 2025", "01 05 2024",
)  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"(?:case|practice) review", {"review"}),
        (r"chairs?\b.*decided|lado\b", {"decided", "lado"}),
        (r"^(?:the )?(?:gp|doctor)$", {"gp", "doctor"}),
        (r"organi[sz]ation", {"organi"}),
        (r"(?:known)? to you{1,3}", {"you"}),
        (r"(?<!child )death(?! certificate)", {"death"}),
        (r"(?:report|\w+)s", set()),
        (r"\bs ?42\b", set()),
        (r"(?P<who>x)(?P=who)|review", set()),
    ],
)
def test_a_pattern_is_looked_for_by_the_words_it_cannot_do_without(pattern, words):
    assert needed(pattern) == words


def test_no_pattern_that_matches_is_left_out():
    patterns = Patterns((pattern, pattern) for pattern in PATTERNS)
    for text in TEXTS:
        assert list(patterns.matching(text)) == [one for one in PATTERNS if re.search(one, text)]


@pytest.mark.parametrize("cutoff", [82, 94])
def test_the_nearest_wording_is_the_one_that_comparing_with_all_would_find(cutoff):
    nearest = Nearest(LABELS[1::2], cutoff)
    for text in TEXTS:
        found = process.extractOne(text, LABELS[1::2], scorer=fuzz.ratio, score_cutoff=cutoff)
        assert nearest.to(text) == ((found[2], found[1]) if found else None)


@pytest.mark.parametrize(
    ("look", "search"),
    [
        (bilingual._MAY_BE_PARTED, bilingual._PARTED),
        (names._MAY_BE_KNOWN, names._AS_KNOWN),
        (names._MAY_BE_BARER, names._BARER),
        (cutting._MAY_BE_GAPPED, cutting._GAPPED),
        (cutting._MAY_HAVE_GAPS, cutting._GAPS),
        *((dates._MAY_BE_DATE, pattern) for pattern in dates._PATTERNS),
    ],
)
def test_what_a_first_look_passes_over_a_search_would_not_have_found(look, search):
    found = [text for text in (*LABELS, *PRINTED.splitlines(), *WRITTEN) if search.search(text)]
    assert found
    assert [text for text in found if not look.search(text)] == []


@pytest.mark.parametrize(
    "label", ["Outcome N.B. as known", "Outcome nb. as known", "Outcome PLEASE TICK ONE"]
)
def test_guidance_is_taken_off_a_label_however_it_is_written(label):
    assert without_guidance(label) == "Outcome"


def row(*texts):
    return tuple(Cell((Line(at, text, ""),)) for at, text in enumerate(texts))


@pytest.mark.parametrize(
    ("texts", "heads", "asked"),
    [
        (("Nobody", "Anna Moss"), False, ["Nobody"]),
        (("Name", "Anna Moss"), False, ["Name", "Anna Moss"]),
        (("Name", "Role", "Agency"), True, ["Name", "Role", "Agency"]),
        (("Name", "Role", "Agency", "Anna Moss"), True, ["Name", "Role", "Agency", "Anna Moss"]),
        (("Anna", "Bea", "Agency", "Cai"), False, ["Anna", "Bea"]),
    ],
)
def test_whether_a_row_is_one_of_heads_is_asked_no_further_than_need_be(texts, heads, asked):
    looked_up = []

    def known(text):
        looked_up.append(text)
        return text in ("Name", "Role", "Agency")

    assert is_heading_row(row(*texts), known) is heads
    assert looked_up == asked


def test_the_words_of_a_label_are_the_same_however_they_are_taken_apart():
    odd = ("Name_of\tthe-adult", " 3 (a) D.O.B./age? ", "\x1f a\x0b", "".join(map(chr, range(128))), "")
    found = [one for one in (*odd, *LABELS, *PRINTED.splitlines()) if one.isascii()]
    apart = [" ".join(one.translate(labels._APART).split()) for one in found]
    assert apart == [labels._NO_WORDS.sub(" ", one).strip() for one in found]


def test_a_list_is_parted_outside_its_brackets_and_each_bracket_is_looked_for_once(monkeypatch):
    class Counted:
        looks = 0

        def search(self, text, begin):
            self.looks += 1
            return re.compile(r"[()\n]").search(text, begin)

    comma = re.compile(",")
    text = "Housing (Jo Fenn, manager), GP, Police (a, b) c, d), Fire\n, School (x,"
    assert parting.parted(comma, text) == re.split(r",(?![^()\n]*\))", text)
    monkeypatch.setattr(parting, "_NEXT", counted := Counted())
    assert len(parting.parted(comma, "Police, GP, " * 500)) == 1001
    assert counted.looks == 1
