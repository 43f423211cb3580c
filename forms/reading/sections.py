"""Whose part of the form we are in, told by headings: the referrer's, the subject's, the office's ..."""

import re
from functools import lru_cache

from .bilingual import in_english
from .labels import has_number, plain
from .patterns import Patterns

# In this order: what is particular before what is general ("child and family" is the child's section).
_SECTIONS: tuple[tuple[str, str], ...] = (
    ("prefilled", r"from referral information|pre ?filled|details of (?:the )?request|request details"
                  r"|completed by (?:the )?(?:\w+ )?(?:board|partnership|business unit|case review sub ?group)"
                  r"|background to (?:the )?request|information from (?:the )?referral"
                  r"|complet\w+ (?:by|for) (?:the )?(?:sab|lscp|scp|board) ?(?:business )?"
                  r"(?:manager|team|unit|office)?$"),
    ("office", r"for (?:\w+ ){1,4}use only|office use|(?:board|partnership|panel|team) use\b"
        r"|(?:sub ?group|panel|board) decision|completed by (?:the )?\w+ (?:panel|sub ?group|board)$"
        r"|^(?:for )?(?!(?:substance|drugs?|alcohol|tobacco|cannabis|medication"
        r"|internet) use$)\w+ use(?: only)?$|official use|admin(?:istration)? use|for use by|business (?:unit|manager"
        r"|support) use"
               r"|(?:completed|completion) by (?:the )?(?:independent )?(?:chair|panel|sub ?group|scrsg|sarsg"
               r"|lscb"
               r"|safeguarding (?:adults )?board|board|partnership|business)"
               r"|part 2\b.*chair|chair s? ?decision|^decision|independent chair"
               r"|outcome of (?:the )?(?:referral|panel|meeting)"
               r"|decision making|recommendation of (?:the )?(?:panel|sub ?group|chair)"),
    ("lead", r"safeguarding (?:adults? |children )?lead|(?:named|designated) (?:safeguarding )?(?:lead"
        r"|professional|person|officer)"
             r"|approval by (?:the )?(?:agency|organisation|manager)"
             r"|\b(?:board|sab|l?scp|partnership) (?:member|representative)$"
             r"|authoris|endorse|line manager|senior manager|countersign|agency approval"
             r"|manager s? ?(?:details|approval)|sign ?off"),
    ("perpetrator", r"perpetrator|^(?:former|ex) partner|alleged abuser|\bsuspects?\b|against whom|accused"
        r"|subject (?:of|to) (?:the |an )?allegation|alleged responsible"
        r"|alleged to (?:be|have been) responsible|alleged to have (?:caused|been)|^offender"
        r"|source of harm|cause of harm|person causing harm"
        r"|(?:believed|thought|suspected|considered) to (?:be|have been) responsible"
        r"|\b(?:person|people|individual|partner)s? (?:\w+ ){0,5}?(?:us(?:ed?|ing)|caus(?:ed?|ing)|inflict\w+"
        r"|pos(?:ed?|ing)) (?:\w+ ){0,2}(?:abuse|abusive|violence|harm|risk)\b"
        r"|^(?:the )?(?:person|individual) of concern\b"
        r"|\b(?:persons?|people|individuals?)(?: s)?(?: \w+){0,2} (?:charged|arrested|suspected)\b"
        r"|\b(?:persons?|people|individuals?) (?:\w+ ){0,3}(?:suspected|accused) of\b"),
    ("next_of_kin", r"next of kin|nearest relative"),
    ("gp", r"^(?:details of )?(?:the )?gp\b|general practitioner"),
    ("author", r"^(?:section )?(?:agency|organisation|setting|practice|school|provider) (?:information|details)$"
        r"|responding organisation"
        r"|responding agency|report author|person completing"
        r"|author|agencies other than the referring|(?:individual |single )agency (?:summary|report|response)"
        r"|(?<!referring )(?<!notifying )(?<!requesting )agency (?:report|details)"
               r"|your agency|your organisation"
               r"|complet(?:ed|ion) by (?:the |each |your )?(?:\w+ )?(?:agency|organi[sz]ation|service)"
               r"|respondent"),
    ("agencies", r"agencies|professionals|services involved|organisations involved|other agency"
        r"|service involvement|^agency contacts?\b(?! (?:details|name|number|person|information|officer|for)\b)"),
    ("chronology", r"chronology|timeline|key dates|key events|significant events"),
    ("family", r"\bchildren (?:and|or) (?:other )?depend[ae]nts\b|\b(?:other |any )?children of (?:the )?"
               r"(?:victim|deceased|person who (?:has )?died|couple|parties)\b"),
    ("subject", r"^(?:about |details of )?(?:the )?(?:person|adult|child|young person|individual)"
        r" (?:(?:who is |who was )?being referred|(?:you are|you re|we are) referring)"
        r"|who (?:is|was|does) (?:this|the) (?:referral|review|request|notification|form|report)"
        r" (?:about|concern)"
        r"|person (?:the|this) (?:referral|review|request|notification) (?:is about|relates to|concerns)"
        r"|^who was harmed"
        r"|^your details about the (?:child|adult|person)"
        r"|^(?:details of |about )?(?:the |a )?(?:subject )?(?:child|adult|young person|victim|deceased"
        r"|subject|person)\b(?!.*(?:refer|notif))"
        r"(?!.*\b(?:making|completing|reporting|raising|submitting|requesting)\b)(?!.*parents?\b)(?!.*involved)"),
    ("parents", r"parents|carers"),
    ("next_of_kin", r"^(?:main |key )?(?:family contact|representative)$"),
    ("family", r"^children(?: (?:of|in|and|within|under|aged)\b.*)?$|^depend[ae]nts"
        r"|family|household|significant others|siblings"
        r"|genogram"),
    ("criteria", r"criteria|circumstances that triggered|grounds|threshold|type of review|^rationale for"
        r"|reason s? ?for (?:the )?referral"
                 r"|types? of abuse"),
    ("incident", r"^(?:about )?what (?:has )?happened|^about the (?:death|event|incident)"
        r"|^details of (?:the )?death|^(?:the |trigger )?event$"
        r"|^death or serious harm|incident|circumstances|what happened|case (?:summary|details|outline)|summary of"
        r"|details of concern|^summary$"),
    ("agencies", r"^who (?:else )?(?:was|is) involved|professional network"),
    ("referrer", r"referrer|^(?:\w+ )?officer s? ?details$|^details of (?:the )?officer$"
        r"|^(?:refer|referral|you|your information|who are you|submission details|referral source)$"
        r"|(?:agency|person) (?:making|submitting|requesting) the (?:request|review|referral)"
        r"|notifying|(?:your|my) details|about (?:you|me)\b|referring|making (?:the |this )?(?:referral|notification)"
        r"|notifier|submitted by|(?:bringing|presenting) (?:the|this|a) case"
                 r"|completing (?:the |this )?(?:referral|form|notification)|person (?:making|reporting"
                 r"|raising)|contact details"
                 r"|your agency|source of referral|nominat|referral details|declaration|signature"),
    ("subject", r"child|adult|young person|victim|deceased|subject|person details|personal (?:details"
        r"|information)|individual"
                r"|patient|pupil|student|service user|demographic|core data|vulnerable"),
    ("other", r"parallel|immediate|concerns|analysis|key (?:practice )?issues|learning"
        r"|good practice|involvement|questions?"
              r"|equality|additional|next steps|consent|guidance|notes"),
)  # fmt: skip
_PATTERNS = Patterns(_SECTIONS)
_ALSO_IN_BRACKETS = ("office", "prefilled")
_ONLY_PART = re.compile(r"(?:part|section|form)(?: \w{1,3})?")
TITLE = re.compile(
    r"\b(?:form|notification|referral|template|return|report|request|chronology|timeline|review|partnership|board|questionnaire"
    r"|committee)\b",
    re.I,
)
_OF_A_REVIEW = re.compile(r"\breview\b|\bsar\b|\bdhr\b|\bdardr\b|\bl?cspr\b", re.I)
_OF_TITLES = frozenset(
    {"incident", "criteria", "other", "chronology", "agencies", "family", "subject", "author"}
)
_OF_WHOM = re.compile(r"\W*(?:details of|about|name of|your)\b", re.I)
LONGEST_HEADING = 110


@lru_cache(maxsize=1024)
def section_of(heading: str) -> str:
    """Return the section a heading opens, or nothing when its words say nothing of that sort."""
    heading = in_english(heading)
    text = plain(heading) if len(heading) <= LONGEST_HEADING * 2 else ""
    if re.match(r"\W*part\s*2\b", heading, re.I) and "chair" in text:
        return "office"
    bracketed = re.sub(r"[^\w]+", " ", heading.casefold())
    for name, pattern in _PATTERNS.in_question(f"{text} {bracketed}") if text else ():
        if pattern.search(text) or (name in _ALSO_IN_BRACKETS and pattern.search(bracketed)):
            return name
    bare = not text or _ONLY_PART.fullmatch(text)
    return _PATTERNS.first(bracketed) if bare else ""


def is_title(text: str, section: str) -> bool:
    """Say whether a heading is the title of the form, which opens no part of it; asked before anything else is."""
    titled = section in _OF_TITLES and bool(TITLE.search(text)) and not has_number(text)
    return titled and not _OF_WHOM.match(text)


def names_the_form(head: str, rest: str) -> bool:
    """Say whether "Rapid Review: Agency Chronology" is what a form is called rather than something it asks."""
    halves = [(head, rest), (rest, head)]
    halves += [(rest, rest)] if " " in head.strip() else []  # but "Re: ..." says whom it is about
    return any(TITLE.search(one) and _OF_A_REVIEW.search(other) for one, other in halves)
