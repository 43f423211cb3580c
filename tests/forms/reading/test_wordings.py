"""Questions as many boards put them: each wording means the same canonical name, or nothing rather than a wrong one."""

from pathlib import Path

import pytest

from forms.reading import read
from forms.reading.meaning import Place
from forms.reading.names import names_of
from forms.reading.phrases import PHRASES
from forms.reading.phrases_common import COMMON
from forms.reading.phrases_event import EVENT
from forms.reading.phrases_grounds import GROUNDS
from forms.reading.phrases_involvement import INVOLVEMENT
from forms.reading.phrases_practice import PRACTICE
from forms.reading.phrases_referral import REFERRAL
from forms.reading.phrases_scoping import SCOPING

from .conftest import Build

ASKED = (
    ("referral", "Agencies known to the child", "agencies_involved"),
    ("scoping", "Date of this return", "date_completed"),
    ("scoping", "Reply from", "author_name"),
    ("scoping", "Would you support a Safeguarding Adults Review?:", "opinion_review_type"),
    ("scoping", "How well did agencies communicate with each other?", "key_issue_information_sharing"),
    ("referral", "In what way is the statutory test satisfied?", "criteria_grounds_text"),
    ("referral", "Organisations that supported the adult", "agencies_involved"),
    ("referral", "Please set out the facts as you know them", "incident_summary"),
    ("referral", "Why are you presenting this? Do you recommend a review?", "criteria_grounds_text"),
    ("referral", "Agency notifying the partnership", "referrer_agency"),
    ("scoping", "Please tell us about the help your team gave", "involvement_summary"),
    ("scoping", "Have you any trace of this person?", "agency_involved"),
    ("scoping", "Have you had dealings with Mr Pool?", "agency_involved"),
    ("scoping", "Start and finish dates of your work:", "involvement_period"),
    ("scoping", "Date of final contact", "involvement_to"),
    ("scoping", "Examples of strong practice", "good_practice"),
    ("scoping", "Where did practice fall short?", "areas_for_improvement"),
    ("scoping", "Does your agency think this case should go to a SAR?", "opinion_review_type"),
    ("scoping", "This return was completed by", "author_name"),
    ("scoping", "Closing date for returns:", "return_deadline"),
    ("scoping", "Reply needed by:", "return_deadline"),
    ("scoping", "Time period we would like you to look at:", "review_period"),
    ("scoping", "Key line 2: How was information shared?", "key_issue_information_sharing"),
    ("scoping", "Replying officer's job title", "author_role"),
    ("scoping", "Adult at the centre of the review:", "subject_name"),
    ("scoping", "Agency making return", "agency_name"),
    ("referral", "Name and date of birth of the person", "subject_name"),
    ("referral", "What happened, in a few lines?", "incident_summary"),
    ("referral", "Other agencies aware", "agencies_involved"),
    ("scoping", "What the referral says", "incident_outline"),
    ("scoping", "Give a short account of the service you provided and any contacts", "involvement_summary"),
    ("scoping", "What do our records tell us?", "involvement_summary"),
    ("scoping", "How did we work with others?", "key_issue_multi_agency"),
    ("scoping", "What was good about the practice of your agency?", "good_practice"),
    ("scoping", "Does your organisation think a SAR should be carried out?", "opinion_review_type"),
    ("scoping", "Was the victim known to you?", "agency_involved"),
    ("scoping", "Lead officer for agency", "author_name"),
    ("scoping", "Role in practice", "author_role"),
    ("scoping", "Requested on", "request_date"),
    ("referral", "Notified to partnership on", "date_of_referral"),
    ("referral", "In your own words, tell us what happened", "incident_summary"),
    ("referral", "Relevant background/history", "case_summary"),
    ("referral", "Which of the criteria does the case meet and why?", "criteria_grounds_text"),
    ("referral", "How could agencies have worked together better?", "agency_concerns"),
    ("referral", "Any concurrent proceedings (e.g. criminal, inquest, NRI)?", "parallel_processes"),
    ("referral", "Are there any other enquiries or investigations taking place?", "parallel_processes"),
    ("referral", "Who else knows the family?", "agencies_involved"),
    ("referral", "What has been done to keep other children safe", "immediate_action_taken"),
    ("referral", "Who is involved with the family", "agencies_involved"),
    ("referral", "Health / care and support needs at the time", "subject_care_support_needs"),
    (
        "referral",
        "Is/was the child subject of a CP plan? If yes, category and dates",
        "cp_plan_current_or_previous",
    ),
    ("referral", "Agency requesting", "referrer_agency"),
    ("referral", "LSCP ref", "board_reference"),
    ("referral", "Your role and organisation", "referrer_role"),
    ("referral", "What harm did the adult experience and what were the circumstances?", "incident_summary"),
    (
        "referral",
        "Why does this meet the definition of a serious child safeguarding case?",
        "criteria_grounds_text",
    ),
    ("referral", "Names and relationship of parents, carers and siblings", "family_members"),
    ("scoping", "What would you like the review to explore?", "further_investigation_issues"),
    ("scoping", "Any concerns about the sharing of this information?", "sensitivities"),
    ("scoping", "If yes, which individuals and between which dates?", "involvement_period"),
    ("referral", "Brief background and agency involvement", "case_summary"),
    ("referral", "Family/carer contact (name, address)", "next_of_kin_name"),
    ("referral", "Has the child been on a child protection plan before?", "cp_plan_previous"),
    ("scoping", "Do you consider that there are multi-agency concerns?", "key_issue_multi_agency"),
    (
        "scoping",
        "In your view, does the case meet the criteria for a practice review? Please give reasons",
        "opinion_review_type",
    ),
    ("scoping", "Practice that fell below expectations", "areas_for_improvement"),
    ("scoping", "What is your agency's knowledge of the child and family?", "involvement_summary"),
    ("scoping", "Is/was the adult known to your service?", "agency_involved"),
    ("scoping", "If yes, between what dates was the subject known to your agency?", "involvement_period"),
    ("scoping", "Please give a brief overview of your agency's involvement", "involvement_summary"),
    ("scoping", "What got in the way?", "areas_for_improvement"),
    ("scoping", "Any areas of good practice identified", "good_practice"),
    ("scoping", "In your agency's view does the case meet the criteria?", "opinion_review_type"),
    ("scoping", "IMR prepared by", "author_name"),
)
LABELS = Path(__file__).with_name("labels.txt")
NOT_ASKED = (
    "Case Review Sub-Group",
    "Ashdown Ward",
    "She was seen at home twice.",
    "Level of need",
    "Body map attached",
)


@pytest.mark.parametrize(("kind", "label", "name"), ASKED)
def test_a_question_is_understood_in_the_words_boards_use(kind: str, label: str, name: str) -> None:
    match = names_of(kind).match(label, Place())
    assert match is not None
    assert match.name == name


@pytest.mark.parametrize("kind", ["referral", "scoping"])
@pytest.mark.parametrize("text", NOT_ASKED)
def test_what_asks_nothing_of_ours_is_not_given_a_meaning(kind: str, text: str) -> None:
    assert names_of(kind).match(text, Place()) is None


def test_labels_of_real_forms_are_understood_where_they_stand_and_others_are_left() -> None:
    misread = []
    for line in LABELS.read_text(encoding="utf-8").splitlines()[1:]:
        kind, section, rest = line.split(" | ", 2)
        label, names = rest.split(" => ")
        asked = label if label.endswith("?") else f"{label}:"
        match = names_of(kind.strip()).match(asked, Place(section.strip()))
        got = ", ".join(match.names) if match else "-"
        misread += [f"{line} but {got}"] if got != names else []
    assert not misread, "\n".join(misread)


def test_role_and_organisation_are_two_questions() -> None:
    match = names_of("referral").match("Your role and organisation", Place())
    assert match is not None
    assert match.names == ("referrer_role", "referrer_agency")


def test_no_canonical_name_has_its_wordings_in_two_places() -> None:
    parts = (COMMON, REFERRAL, EVENT, GROUNDS, SCOPING, INVOLVEMENT, PRACTICE)
    assert sum(map(len, parts)) == len(PHRASES)


def test_a_bare_where_is_understood_by_the_question_before_it(build: type[Build]) -> None:
    text = (
        "SAR referral\nReferrer | Ann Poole\nName of adult | Jo Hythe\n"
        "When did the incident happen? | 27/05/2024 18:45 | Where? | Canal towpath\n"
        "Is the adult still alive? | No\nIf no, when did they die? | 28/05/2024\nWhat happened? | She fell.\n"
    )
    fields = read("form.docx", build.word_file(build.blocks(text))).fields
    assert fields["incident_location"] == "Canal towpath"
    assert fields["subject_died"] == "yes"
    assert fields["subject_date_of_death"] == "2024-05-28"


def test_a_record_that_asks_for_an_agency_is_the_referrers_though_the_child_was_named_last(
    build: type[Build],
) -> None:
    text = (
        "Referral of serious incidents for consideration by the Case Review Group\n"
        "Name of child being referred for consideration: | Leo Hythe\n"
        "NAME | AGENCY & DESIGNATION/TITLE | CONTACT DETAILS – Address, telephone number and e-mail address\n"
        "Tamsin Okoro | Brook NHS Trust / Named Midwife | Maternity Unit BV99 2AA Tel: 01632 960311\n"
        "Date of referral: | 06/02/2025\nBrief details of the incident: | Collapsed at home.\n"
    )
    fields = read("form.docx", build.word_file(build.blocks(text))).fields
    assert fields["referrer_name"] == "Tamsin Okoro"
    assert fields["referrer_telephone"] == "01632 960311"
    assert fields["subject_name"] == "Leo Hythe"
    assert "subject_address" not in fields


def test_a_prompt_for_name_and_contact_details_gives_each_its_own_answer(build: type[Build]) -> None:
    text = (
        "Individual management review\nOrganisation producing IMR | Marldon Housing\nName of victim | Priya N\n"
        "Name, title and contact details of IMR author | Clement Osei, Senior Housing Manager, c.osei@example.org\n"
        "Details of your agency's involvement | A managed move was asked for.\n"
    )
    fields = read("form.docx", build.word_file(build.blocks(text))).fields
    assert fields["author_name"] == "Clement Osei"
    assert fields["author_role"] == "Senior Housing Manager"
    assert fields["author_email"] == "c.osei@example.org"


def test_the_reason_for_a_referral_is_told_from_what_happened_where_both_are_asked(
    build: type[Build],
) -> None:
    text = (
        "SAR referral form\nReferrer | Ann Poole\nName of adult | Jo Hythe\n"
        "Brief description of the incident | She fell.\nReason for referral | Nobody took the lead.\n"
    )
    fields = read("form.docx", build.word_file(build.blocks(text))).fields
    assert fields["incident_summary"] == "She fell."
    assert fields["criteria_grounds_text"] == "Nobody took the lead."


def test_what_a_second_half_of_a_question_asks_does_not_swallow_the_answer(build: type[Build]) -> None:
    text = (
        "Rapid review referral form\nReferrer: Ann Poole\nName of child: Leo Hythe\n"
        "Is the child open to Children's Social Care? No\n"
        "Is the child currently subject to a Child Protection Plan? If yes state category: Yes, neglect\n"
        "Date of incident: 3 May 2024\nWhat happened? He fell.\n"
    )
    fields = read("form.docx", build.word_file(build.blocks(text))).fields
    assert fields["cp_plan_current"] == "yes"
    assert fields["open_to_social_care"] == "no"
