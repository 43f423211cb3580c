"""Several people told of under a heading each, letters, and what returns of schools and practices leave unsaid."""

import pytest

from forms.reading import letters, read
from forms.reading.naming import says_who_writes

HEAD = "Rapid Review Referral\nReferring agency | Oak Police\nReferrer | DS Lyn Hart\n"
CHILD = "Name: Ada Poole\nDate of birth: 11/03/2019\nSchool: Beck Primary\n"
RETURN = "Rapid Review – Agency Information Return\nAgency | Oak Trust\nCompleted by | Jan Tull\n"


def reading_of(build, text):
    return read("form.docx", build.word_file(build.blocks(text)))


def test_a_second_child_and_a_sibling_under_headings_are_people_of_their_own(build):
    text = (
        f"{HEAD}CHILD 1\n{CHILD}CHILD 2\nName: Noah Poole\nDate of birth: 02/08/2021\nSchool: Little Owls\n"
        "Sibling 1\nName: Kai Poole\nDate of birth: 09/09/2009\nSibling 2\nName:\nDate of birth:\n"
        "Details of incident\nThe children were found alone.\n"
    )
    reading = reading_of(build, text)
    fields = reading.fields
    assert "MARAC" in reading_of(build, f"{marac}Date of decision | 3/4/2025").problems[0]


def test_a_part_called_gp_information_does_not_make_a_return_the_practices(build):
    asked = "Scoping return for a safeguarding adults review\nName of adult | Colin Reed\nDate of birth | 1/2/1950\n"
    reading = reading_of(
        build, f"{asked}GP information\nGP | Brook Surgery\nSummary of involvement | Two visits."
    )
    assert reading.fields["subject_gp"] == "Brook Surgery"
    assert "agency_name" not in reading.fields
