"""How printed lines speak of reviews such as ours: of one by its name, or of what is done about it; data."""

from .patterns import Patterns

_REVIEW_WORDS = (  # each by itself: so many are looked for only where a word of theirs stands
    r"(?:case|case management|practice|homicide|learning|rapid"
    r"|statutory) review", r"adults? (?:safeguarding )?review",
    r"(?<!child )death review", r"multi ?agency review",
    r"serious (?:child\w* )?(?:safeguarding |care )(?:incident|case)", r"(?:serious|significant) case",
    r"serious (?:child )?incident (?:notif|refer)",
    r"notif\w+ of (?:an? )?(?:\w+ )?serious (?:child\w* )?(?:safeguarding )?(?:incident|harm)",
    r"scoping", r"review (?:sub ?group|panel)",
    r"(?:combined|integrated|(?:single )?agency) chronolog(?:y|ies)", r"individual management review",
    r"case for review", r"unified safeguarding review",
    r"\b(?:susr|scrs?|sars?|sar ?\d?[a-c]|(?:sar|scr|dhr) ?\d|dhrs?|dardrs?|owhrs?|l?csprs?|lscprs?|imrs?)\b",
)  # fmt: skip
_OF_REVIEWS_TOO = (
    r"lessons learne?d review", r"chronology of (?:\w+ )?(?:significant|key) (?:events|dates)",
    r"(?:case|incident) review (?:sub ?)?(?:group|panel"
    r"|committee)", r"multi ?agency learning", r"learning from practice",
    r"\b(?:csp|sab|l?scp) (?:notification|referral)\b",
    r"\b(?:a|this) review (?:is|would be|should be)\b",
    r"domestic abuse related death", r"learning (?:and \w+ )?(?:(?:sub ?)?group|panel)",
    r"\bnominat\w+ (?:an? |the |this |your )?case\b", r"case nomination", r"\bsafeguarding review of\b",
    r"domestic violence crime and victims act",
    r"\b(?:notif|refer)\w+ (?:\w+ ){0,8}to (?:the )?(?:\w+ ){0,3}(?:partnership|safeguarding (?:adults? )?board|csp"
    r"|sab|l?scp)\b",
    r"(?:be|is|was) reviewed\b", r"case referral", r"single agency", r"\bsection 44\b",
    r"\bdeath\b.{0,60}\bdomestic abuse\b",
    r"(?:referral|notification|request|consider\w*)\b.{0,60}\b(?:for|of|to) (?:an? )?review(?:$| by\b)",
    r"\bcriteria for (?:a |the )?review\b", r"^agency summary\b|\bindividual agency (?:summar(?:y|ies)|review"
    r"|analysis)\b",
    r"\b(?:board|partnership|csp|sab|l?scp)s? (?:information )?request\b|\bsubmission to (?:the )?(?:csp|sab"
    r"|l?scp)\b",
    r"\bthematic (?:review|analysis)\b",
    r"\bhow (?:\w+ ){0,4}(?:agencies|organisations|partners|professionals|services) (?:\w+ ){0,3}"
    r"(?:work(?:ed|ing)? (?:\w+ )?together|responded|acted)\b",
    r"\breview to be (?:held|commissioned|undertaken|carried out)\b",
    r"\b(?:case learning|learning case"
    r"|near miss)\b", r"\bhomicide\b", r"^(?:template )?(?:agency )?chronology\b", r"\bsection 45\b",
    r"\b(?:sab|l?scp|board|partnership) (?:business|office|manager|coordinator)\b", r"^review [a-z]",
    r"\bworking together 20\d\d\b",
    r"\b(?:agencies|partners|organisations|services|professionals|we)"
    r" (?:can|could|might|may|should|to|need to) learn\b",
    r"\bboard (?:needs? )?to (?:look|consider|review|know)\b|\btell the (?:board|partnership)\b",
)  # fmt: skip
A_REVIEW = "a review"
OF_REVIEWS = Patterns(
    [*((A_REVIEW, words) for words in _REVIEW_WORDS), *(("reviews", words) for words in _OF_REVIEWS_TOO)]
)
