"""Questions as many boards put them: each wording means the same canonical name, or nothing rather than a wrong one."""

import pytest

from forms.reading.meaning import Place
from forms.reading.names import names_of

ASKED = (
    ("referral", "Notified to partnership on", "date_of_referral"),
    ("referral", "In your own words, tell us what happened", "incident_summary"),
    ("referral", "Relevant background/history", "case_summary"),
    ("referral", "Which of the criteria does the case meet and why?", "criteria_grounds_text"),
    ("referral", "How could agencies have worked together better?", "agency_concerns"),
    ("referral", "Any concurrent proceedings (e.g. criminal, inquest, NRI)?", "parallel_processes"),
    ("referral", "Are there any other enquiries or investigations taking place?", "parallel_processes"),
    ("referral", "Who else knows the family?", "agencies_involved"),
    ("scoping", "Is/was the adult known to your service?", "agency_involved"),
    ("scoping", "If yes, between what dates was the subject known to your agency?", "involvement_period"),
    ("scoping", "Please give a brief overview of your agency's involvement", "involvement_summary"),
    ("scoping", "What got in the way?", "areas_for_improvement"),
    ("scoping", "Any areas of good practice identified", "good_practice"),
    ("scoping", "In your agency's view does the case meet the criteria?", "opinion_review_type"),
    ("scoping", "IMR prepared by", "author_name"),
)
NOT_ASKED = ("Ashdown Ward", "She was seen at home twice.", "Level of need", "Body map attached")


@pytest.mark.parametrize(("kind", "label", "name"), ASKED)
def test_a_question_is_understood_in_the_words_boards_use(kind: str, label: str, name: str) -> None:
    match = names_of(kind).match(label, Place())
    assert match is not None
    assert match.name == name


@pytest.mark.parametrize("kind", ["referral", "scoping"])
@pytest.mark.parametrize("text", NOT_ASKED)
def test_what_asks_nothing_of_ours_is_not_given_a_meaning(kind: str, text: str) -> None:
    assert names_of(kind).match(text, Place()) is None
