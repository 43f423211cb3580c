"""Whole labels of real forms for questions that are not simply somebody's particulars, put together."""

from .phrases_common import COMMON
from .phrases_event import EVENT
from .phrases_grounds import GROUNDS
from .phrases_involvement import INVOLVEMENT
from .phrases_practice import PRACTICE
from .phrases_referral import REFERRAL
from .phrases_scoping import SCOPING

_REFERRAL = {**REFERRAL, **EVENT, **GROUNDS}
_SCOPING = {**SCOPING, **INVOLVEMENT, **PRACTICE}
PHRASES: dict[str, tuple[str, ...]] = {**COMMON, **_REFERRAL, **_SCOPING}
REFERRAL_ONLY, SCOPING_ONLY = frozenset(_REFERRAL), frozenset(_SCOPING)
