"""What is left out for speed could not have been found: patterns that lack their word, wordings of another length."""

import re
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from forms.reading.kind_marks import OTHERS, REFERRAL, SCOPING
from forms.reading.labels import plain
from forms.reading.nearest import Nearest
from forms.reading.patterns import Patterns, needed
from forms.reading.phrases import PHRASES
from forms.reading.sections import _SECTIONS
from forms.reading.whose import PEOPLE

SAMPLES = Path(__file__).with_name("samples")
LABELS = [wording for wordings in PHRASES.values() for wording in wordings]
PATTERNS = [*PEOPLE.values(), *(pattern for _, pattern in (*REFERRAL, *SCOPING, *OTHERS, *_SECTIONS))]
PRINTED = "".join(path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))[::12])
TEXTS = [*LABELS[::8], *map(plain, PRINTED.splitlines())]


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
