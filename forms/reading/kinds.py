"""What kind of form a document is, told by what it asks and never by its title alone."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .labels import plain
from .layout import Layout, Line

# What a form asks -> how much that speaks for its kind. Matched against printed text and labels, plainly spelt.
_REFERRAL = (
    (3, r"(?:serious|significant|initial) case review|case review (?:referral|notification)"
        r"|referral .{0,40}(?:sar|review)\b|\b(?:sar|dhr|dardr|l?cspr) (?:\w+ ){0,2}referral\b"),
    (3, r"notification of (?:a )?(?:potential|possible|serious)|consideration (?:of|for) .{0,30}(?:review|sar)"),
    (2, r"safeguarding adults? review|child safeguarding practice review|child practice review"
        r"|adult practice review"
        r"|domestic homicide review|domestic abuse related death review|learning review|rapid review"
        r"|practice review"),
    (3, r"(?:date of|making|person) referral|referred by|referrer\b|referring (?:agency|officer|organisation"
        r"|professional)|your details"),
    (2, r"criteria for (?:a |the )?(?:\w+ ){0,4}review|criteria (?:have|has|may|are|is) (?:been )?met"
        r"|which criteria|grounds on which"),
    (3, r"circumstances that triggered|worked together|inter agency working"),
    (2, r"date of (?:critical |serious )?incident|immediate concerns|statutory proceedings|parallel processes"),
    (3, r"(?:serious|notifiable|safeguarding) incident (?:\w+ )?(?:notification|referral)|person referring"
        r"|reasons? for (?:the )?(?:referral|notification|request)\b"),
    (2, r"multi agency (?:issues|working|practice)|\blearning\b.*\bfrom (?:a |the |this )?review"),
    (3, r"notifying (?:agency|officer|organisation)|(?:officer|person) (?:completing|making) this"
        r" (?:notification|request|referral)|date of notification"),
    (2, r"circumstances of (?:the )?death|alleged perpetrator|criminal investigation"
        r"|other (?:proceedings|investigations)|your organisation|about the (?:person|adult|child)"),
    (1, r"agencies (?:were |are )?involved|professionals involved|family composition|chronology of key"
        r"|details of (?:the )?(?:adult|child|victim|deceased)\b|(?:outline|summary) of (?:the )?case\b"),
)  # fmt: skip
_SCOPING = (
    (4, r"scoping|individual management review|management review|summary of (?:\w+ ){0,4}involvement"
        r"|agency (?:summary|report)"
        r"|single agency (?:review|report|summary|chronology)|information (?:request|return)"
        r"|request for information"
        r"|agency information|agency s? ?(?:response|records)\b"
        r"|agency chronology|critical learning review"),
    (4, r"(?:has|was|is|did) your (?:agency|organisation|service)|your agency s? ?involvement|known to your"
        r"|\byour (?:agency|organisation|service|team)s? (?:involve|response|contact|record|analysis)"),
    (3, r"period of involvement|involvement with (?:the )?(?:adult|child|family|subject)|report completed by"),
    (3, r"responding (?:organisation|agency)|report author|author of|date of (?:this )?(?:report|imr)"
        r"|agency completing|(?:person"
        r"|agency) completing (?:the|this) (?:form|report|return)"),
    (3, r"scop(?:e|ing) period|deadline for return"
        r"|(?:chronology|form|return|report|summary) completed by"),
    (2, r"worked well|good practice|practice improvement|areas for (?:improvement|development)|lessons learn"
        r"|record keeping|records? secured|period under review"
        r"|time ?(?:period|span)|contextual information|methodology|terms of reference"
        r"|chronology of (?:your )?involvement"),
    (2, r"most appropriate|formal investigation|agency not listed"),
)  # fmt: skip
# Forms that arrive by mistake: (what it is called, what marks it, printed text that only such a form has)
_OTHERS = (
    ("a MARAC referral (live risk), not a review referral",
     r"marac (?:referral|form|research)|safelives dash|visible high risk|dash (?:risk|ric)|referral to marac"
     r"|safe to call|professional judgement.{0,40}marac|idva"),
    ("a safeguarding concern under section 42 of the Care Act, not a review referral",
     r"safeguarding (?:adults? )?(?:concern|alert)(?: form| referral| notification)|section 42 (?:enquiry"
     r"|concern|duty)|s ?42 (?:enquiry|concern)"
     r"|(?:raise|raising|reporting|report) (?:a |an )?(?:adult )?safeguarding (?:adult |adults )?(?:concern"
     r"|alert)|concern form|alerter"
     r"|making safeguarding personal|desired outcomes|does the adult consent to (?:the|this) (?:concern"
     r"|referral|enquiry)"),
    ("a child death notification or reporting form, not a review referral",
     r"child death (?:overview|notification|review|reporting|analysis)|notification of (?:a )?child death|cdop"
     r"|form [abc] (?:notification|agency|reporting)|sudi"
     r"|mode of death|resuscitation attempted|death certificate issued|post mortem required|ecdop"
     r"|joint agency response"),
    ("a children's social care or early help referral, not a review referral",
     r"multi agency referral form|marf\b|mash (?:referral|contact|enquiry)|early help (?:assessment|referral"
     r"|request)"
     r"|inter agency referral|request for (?:support|services|help)|consent to share .{0,30}parent"
     r"|continuum of need|level of need"),
    ("an allegation about a person who works with children or adults (LADO), not a review referral",
     r"lado\b|designated officer|allegations? (?:against|about) (?:a )?(?:professional|person|staff|adult)"
     r"|position of trust"),
    ("a deprivation of liberty application, not a review referral",
     r"deprivation of liberty (?:safeguards )?(?:request|application|form)|standard authori[sz]ation"
     r"|urgent authori[sz]ation|dols form"),
    ("a Prevent or Channel referral, not a review referral", r"prevent referral|channel (?:referral|panel)"
        r"|radicalis"),
    ("a MAPPA referral, not a review referral", r"mappa (?:referral|level|category)|mappa \w$"),
    ("a request for a person's own records, not a review form",
     r"subject access request|data subject|proof of identity|right of access"),
    ("a missing person or police report, not a review form", r"missing person report|merlin\b"
        r"|vulnerable person report"),
)  # fmt: skip
NEEDED = 6
SURE_WITHOUT_REVIEW = 9  # a referral form that nowhere speaks of a review must ask all the more
_REVIEW_FORM = re.compile(
    r"case review|practice review|adults? review|homicide review|(?<!child )death review|learning review|rapid review"
    r"|serious (?:child\w* )?(?:safeguarding |care )?incident|scoping|review (?:sub ?group|panel)"
    r"|individual management review|\b(?:sar|dhr|dardr|l?cspr)\b"
)


_OF_REVIEWS = re.compile(
    rf"{_REVIEW_FORM.pattern}|lessons learne?d review|domestic homicide|learning (?:and \w+ )?(?:sub ?)?group"
    r"|(?:be|is|was) reviewed\b|case referral"
)
_WRITERS = ("referrer_", "author_", "agency_name")
_TOLD = frozenset({
    "incident_summary", "case_summary", "incident_outline", "criteria_grounds_text", "agency_concerns",
    "involvement_summary", "chronology", "good_practice", "areas_for_improvement",
})  # fmt: skip
_FEWEST_ASKED = 2


@dataclass(frozen=True)
class Kind:
    """The kind of a form, with the reason for saying so."""

    kind: str
    because: str
    referral: int = 0
    scoping: int = 0
    undecided: bool = False  # its printed words do not say what it is, but it speaks of reviews


def kind_of(layout: Layout) -> Kind:
    """Return the kind of the form in `layout`, from what it prints and asks."""
    texts = [plain_line(line) for line in printed(layout)]
    referral, scoping = _weigh(_REFERRAL, texts), _weigh(_SCOPING, texts)
    wrong, marks = _wrong_form(texts)
    about_reviews = sum(bool(_REVIEW_FORM.search(text)) for text in texts)
    speaks_of_review = about_reviews or any(_REVIEW_FORM.search(plain_line(line)) for line in layout.lines())
    if wrong and marks > (1 if not about_reviews else 2 + about_reviews):
        return Kind("other", f"This looks like {wrong}. A person must look at it.", referral, scoping)
    unlikely = referral > scoping and not speaks_of_review and referral < SURE_WITHOUT_REVIEW
    if max(referral, scoping) < NEEDED or unlikely:
        if wrong and marks:
            return Kind("other", f"This looks like {wrong}. A person must look at it.", referral, scoping)
        undecided = any(_OF_REVIEWS.search(plain_line(line)) for line in layout.lines())
        because = "This does not ask what a referral or a scoping form asks."
        return Kind("other", because, referral, scoping, undecided)
    kind = "scoping" if scoping > referral else "referral"
    return Kind(kind, f"It asks what a {kind} form asks.", referral, scoping)


def settled(kind: Kind, asked: Collection[str]) -> Kind:
    """Return the kind of an undecided form once the canonical names it asks for, label by label, are known.

    It is one of ours when it asks who writes, whom it is about, and what happened.
    """
    writer = sum(name.startswith(_WRITERS) for name in asked)
    subject = sum(name.startswith("subject_") for name in asked)
    if min(writer, subject) < _FEWEST_ASKED or not _TOLD & set(asked):
        return kind
    return Kind(
        likelier(kind), "It asks who writes, about whom, and what happened.", kind.referral, kind.scoping
    )


def likelier(kind: Kind) -> str:
    """Return which of ours an undecided form is more like."""
    return "scoping" if kind.scoping > kind.referral else "referral"


def plain_line(line: Line) -> str:
    """Return a line as plain words."""
    return plain(line.text)


def printed(layout: Layout) -> Iterable[Line]:
    """Yield lines likely printed by the form: short ones, labels and headings, not long narrative."""
    for line in layout.lines():
        text = line.text.strip()
        if text and line.aside in ("", "header", "footer") and (len(text) < 260):
            yield line


def _weigh(marks: Iterable[tuple[int, str]], printed: list[str]) -> int:
    total = 0
    for weight, pattern in marks:
        times = sum(bool(re.search(pattern, text)) for text in printed)
        total += weight * min(times, 3)
    return total


def _wrong_form(printed: list[str]) -> tuple[str, int]:
    """Return which other form the marks speak for most, and how many different marks there were."""
    best = ("", 0)
    for what, pattern in _OTHERS:
        marks = {match[0] for text in printed for match in re.finditer(pattern, text)}
        if len(marks) > best[1]:
            best = (what, len(marks))
    return best
