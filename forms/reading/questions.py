"""Whole questions asked in many wordings, known by the few words they cannot do without.

Tried on plainly spelt labels, in the order of their tables, when no wording we know is near enough.
"""

import re

from .labels import ends_as_label, plain
from .patterns import Patterns
from .questions_common import BOTH, SURELY
from .questions_plain import PLAIN_REFERRAL, PLAIN_SCOPING
from .questions_referral import REFERRAL
from .questions_scoping import SCOPING

_CERTAIN = Patterns(SURELY)
_QUESTIONS = {
    "referral": Patterns(REFERRAL + BOTH + PLAIN_REFERRAL),
    "scoping": Patterns(SCOPING + BOTH + PLAIN_SCOPING),
}
_OPENS = re.compile(
    r"(?:in (?:your|the)|relevant|involvement|nature|other|tell us|presented|taken to|why|recommendations?"
    r"|briefly|what|which|who|how|why|when|where|are|is|has|have|do|does|did|was|were"
    r"|please|can|criminal|immediate|initial|early|single|describe|explain|outline"
    r"|give|provide|state|list|actions?|time ?frames?|brief|summary|details|circumstances|rationale|reasons?|any"
    r"|description|nature|overview|account|narrative|key|factors|issues|family|household|history"
    r"|use of|application of|risks?|joint|steps|measures|statutory|context"
    r"|police|to what extent|relationship|synopsis|type"
    r"|evidence|criteria|grounds|questions|queries|effective|further|additional"
    r"|set out|say|record|comment on|known|background|practice|should|would|organi[sz]ations?|services"
    r"|areas|gaps|missed|concerns|dates?|period|agenc\w+|examples|evidence of|learning|lessons)\b"
)
_FEWEST, _MOST = 3, 32  # words
_SHORT_ONES = frozenset({"oic", "sio", "investigating officer"})
_ASKING = re.compile(
    r"^(?:if (?:the )?(?:adult|child|person|they|he or she) (?:has |have |is |are )?(?:died|deceased|dead)"
    r"|if (?:yes|so|no|known|applicable|not)"
    r"|please|can you|kindly|briefly"
    r"|(?:provide|give|state|describe|outline|enter|insert|list|indicate|specify|identify|confirm|detail)(?: us)?"
    r"|what (?:is|are|was|were)|who (?:is|was)|the|an?|brief(?:ly)?|short)\s+"
)


def question(kind: str, label: str) -> str:
    """Return the name of the question a plainly spelt label asks, or nothing."""
    asked = _QUESTIONS.get(kind)
    long_enough = len(label.split()) >= _FEWEST or label in _SHORT_ONES
    return asked.first(label) if asked and long_enough and len(label.split()) <= _MOST else ""


def certain(label: str) -> str:
    """Return the name a plainly spelt label surely asks for, whatever known label it resembles, or nothing."""
    return _CERTAIN.first(label)


def asks(label: str) -> bool:
    """Say whether a label is put as a question or a heading of an answer, not as somebody's words."""
    return ends_as_label(label) or bool(_OPENS.match(plain(label)))


def without_asking(label: str) -> str:
    """Return a plainly spelt label without the "please give a brief" or "what is the" it may open with."""
    before = ""
    while before != label:
        before, label = label, _ASKING.sub("", label, count=1)
    return label
