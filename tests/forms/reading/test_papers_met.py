"""Papers and letters that speak of reviews in every line and are no form: a person must look at them."""

import pytest

from forms.reading import read
from tests.bench.reading import strangers

PAPERS = {
    "an invitation": "Dear colleague,\nYou are invited to a Rapid Review meeting in respect of Child R.\n"
    "Date: Tuesday 14 May 2024\nVenue: Microsoft Teams\nIf your agency has not yet returned its summary of"
    " involvement, please do so by noon on 8 May.\nKind regards\nPartnership Business Unit\n",
    "an absence": "I am out of the office until 3 June. For SAR referrals and scoping returns please contact"
    " the business unit on 01632 960700.\n",
    "a letter that asks": "Dear Safeguarding Lead,\nRequest for information – Safeguarding Adults Review\n"
    "The Board has received a referral. Please complete the attached scoping form and return it by 4 June.\n"
    "Name: Arthur Bold. DOB: 3 March 1944.\nYours faithfully\nBoard Manager\n",
    "minutes": "Case Review Group – Notes of meeting 12 March 2024\nPresent: A Bell (Chair), T Ford (Police)\n"
    "1. Referral: Adult D. Referred by Housing. The group agreed the criteria are met and scoping should be"
    " requested from agencies.\n",
    "guidance": "Making a referral for a Safeguarding Adults Review: guidance for practitioners\n"
    "What should the referral include?\nName of the adult and date of birth\nSummary of the case\n"
    "Which agencies were involved\nWhy you believe the section 44 criteria are met\n",
    "notes for authors": "Writing an IMR – notes for authors\nYour report should be analytical.\nChronology: set out"
    " each contact with date, source and response.\nGood practice: say what was done well and why.\nRecommendations: no"
    " more than five.\nIndependence: you must not have had direct involvement with the adult.\n",
    "a date": "Subject: SAR panel dates\n\nDear all\n\nPlease send your agency report and chronology to me by 5 June."
    "\n\nName: Gill Ray\nRole: Board Coordinator\n",
    "a draft": "Dear all\nWe ask members to consider the draft SAR report before 4 May.\nRegards\nJo Hale\n",
    "a meeting moved": "Dear colleague\nThe meeting of the case review group is moved.\n\nWhen: 5 November 2026\nWhere:"
    " Town Hall\nContact: 01632 960700\n",
    "a wish to see records": "Data subject access request\nPlease send me the referral for a safeguarding adults review"
    " and the scoping returns from agencies about my mother.\nName: Susan Reeves\nRelationship: daughter\n",
    "a request under the act": "Dear Sir or Madam\nUnder the Freedom of Information Act 2000 please supply:\n"
    "1. The number of safeguarding adults review referrals received.\n3. The agencies that made the referrals.\n"
    "Name: R. Kincaid\nOrganisation: Kincaid Research\n",
    "a framework": "Safeguarding Adult Review Framework\nApproved by: Safeguarding Adults Board\n2. Criteria\nA review"
    " must be arranged when agencies could have worked together better.\n3. Making a referral\nAny professional may"
    " refer. The referrer completes the form.\n4. Scoping\nEach agency is asked for a summary of its involvement and"
    " good practice.\n5. Decision\nThe sub-group makes a recommendation.\n",
    "an overview report": "Local Child Safeguarding Practice Review – Child Q\nOverview Report\n"
    "Author: Independent Reviewer\n2. Methodology\n2.1 Agencies provided chronologies and analysis.\n"
    "3. Summary of involvement\n3.1 The family were known to universal services.\n5. Recommendations\n",
    "a report by another name": "Safeguarding Adults Review: “Rowan”\nDr Miles Everard, independent reviewer\n"
    "1. Introduction\nThis review concerns Rowan, who died in 2023.\nThe Board decided that the criteria were met.\n"
    "2. Methodology\nAgencies provided chronologies and individual management reviews.\n"
    "3. Analysis\n4. Recommendations\n"
    "R1. The Board should seek assurance.\n",
}


@pytest.mark.parametrize("text", PAPERS.values(), ids=PAPERS)
def test_a_paper_that_speaks_of_reviews_is_no_form(text):
    assert read("body.txt", text.encode()).kind == "other"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("referral", "Hi Board team,\nI'd like to refer a gentleman for a Safeguarding Adults Review please.\n"
         "Name: Alan Drury\nDOB: 17.5.1961\nRegards\nKim Sellers\n"),
        ("scoping", "Confirmation of no involvement\nReview: OWHR Jordan B\nAgency: Fenland Sexual Health\nA search"
         " of our systems has been made and none of the individuals named is known to us.\nName: Penny Lord\n"),
        ("scoping", "Agency checks\nAdult: Victor Ames, requested by SAB business unit\nContact from housing on 2/2/25"
         " and 9/3/25. Closed each time, letter sent.\nCompleted by Tara Ng\n"),
    ],
    ids=["a greeting", "nothing held", "checks"],
)  # fmt: skip
def test_what_is_told_of_a_case_makes_a_form_where_labels_say_little(kind, text):
    assert read("body.txt", text.encode()).kind == kind


def test_a_return_that_holds_nothing_is_a_return_however_little_it_asks():
    text = (
        "Scoping response: SAR – Mr Alan Tye (DOB 03/05/1955)\nOrganisation: Fenland Probation\n"
        "Person completing: Zoe Hart\nWe have searched our systems and hold no record of this person.\n"
    )
    reading = read("body.txt", text.encode())
    assert (reading.kind, reading.fields["agency_name"]) == ("scoping", "Fenland Probation")


def test_what_a_web_page_sends_is_read_below_the_name_of_its_form():
    text = (
        "You have received a new submission from the website.\n\n"
        "Form: Tell us about a case (Safeguarding Adults Review)\n\nYour name\nGareth Pinnock\n\n"
        "Your organisation\nEastmoor Trust\n\nWho is the case about?\nIris Delgado\n\n"
        "What happened?\nIris was found collapsed at home.\n\nSubmitted on: 14/08/2024 16:03\n"
    )
    reading = read("body.txt", text.encode())
    assert reading.kind == "referral"
    assert reading.fields == {
        "referrer_name": "Gareth Pinnock", "referrer_agency": "Eastmoor Trust", "subject_name": "Iris Delgado",
        "incident_summary": "Iris was found collapsed at home.", "date_of_referral": "2024-08-14",
        "review_type_requested": ["adult"],
    }  # fmt: skip


def test_a_mail_that_answers_a_request_is_a_return():
    text = (
        "Re: SAR Gary S - request for info\n\nProbation response\n\nOfficer: Lynn Tate, Senior Probation Officer\n"
        "Contact: weekly office visits\nLearning: no record that social care was told\n"
    )
    assert read("body.txt", text.encode()).kind == "scoping"


def test_a_nil_return_in_a_line_of_mail_is_a_return():
    text = (
        "Re SAR Olive T\n\nKestrel Library Service: nil return. No record of Ms Tranter as a member.\n\nRoy\n"
    )
    assert read("body.txt", text.encode()).kind == "scoping"
    text = "Your scoping return for SAR Adult N was due on 3 June. If you were not involved, send a nil return.\n"
    assert read("body.txt", text.encode()).kind == "other"


def test_a_form_without_a_title_that_asks_how_agencies_worked_together_is_a_referral():
    assert read("form.docx", strangers()).kind == "referral"
