"""Whole labels of real forms for questions that are not simply somebody's particulars; data, as in forms.vocabulary."""

from .phrases_referral import REFERRAL
from .phrases_scoping import SCOPING

# Labels that stand on forms of either kind.
COMMON: dict[str, tuple[str, ...]] = {
    "subject_name": ("subject of report", "subject of the report", "subject of this report", "subject of review"),
    "board_reference": (
        "reference", "reference number", "ref no", "our reference", "case reference", "board reference",
        "case reference number", "unique reference number", "reference no", "case ref", "ref",
    ),
    "cause_of_death": ("cause of death", "cause of death if known", "suspected cause of death"),
    "cp_plan_current_or_previous": (
        "is was subject to child protection plan", "is was subject to cp plan",
        "is or was the child subject to a child protection plan",
        "child protection plan current or previous", "current or previous child protection plan",
        "has the child ever been subject to a child protection plan",
        "childs name is was on the child protection register",
    ),
    "cp_plan_current": (
        "subject to child protection plan", "is the child subject to a child protection plan",
        "is the child subject to a cp plan",
        "is the child on a child protection plan", "is the child on a cp plan",
        "child protection plan at time of incident",
        "currently subject to a child protection plan", "current child protection plan",
        "child protection plan", "cp plan", "subject of a child protection plan", "cp plan current",
        "child protection plan currently", "on child protection register", "child protection register current",
        "child protection register", "currently on the child protection register",
        "is the child currently subject to a child protection plan",
    ),
    "cp_plan_previous": (
        "previously subject to child protection plan", "has the child previously been subject to a cp plan",
        "previous child protection plan",
        "was the child previously subject to a child protection plan", "cp plan previous",
        "subject to a child protection plan in the past", "child protection plan previously",
        "child protection register within previous 6 months", "child protection register previous",
        "previously on the child protection register",
        "has the child previously been subject to a child protection plan",
    ),
    "open_to_social_care": (
        "open to social care", "is the case open to childrens social care", "known to social care",
        "is the child known to social care", "is the adult known to adult social care",
        "open to childrens social care", "open to adult social care", "allocated social worker",
        "is the case currently open to social care", "child in need",
    ),
    "lead_professional": (
        "lead professional", "name of lead professional", "key worker", "name of key worker",
    ),
    "subject_telephone": ("telephone number of adult", "telephone number of victim"),
    "safe_to_call": (
        "is this number safe to call", "is it safe to call", "safe to call", "safe contact number",
    ),
    "parents_carers_names": (
        "parents carers", "names of parents carers", "parents names", "parents carers names",
        "parent carer names", "names of parents", "mothers name", "parents", "carers",
        "names of parents or carers", "name of parents carers", "parents or carers",
    ),
    "family_members": (
        "family members", "family composition", "household members", "significant others",
        "family composition significant others", "details of family members", "siblings",
        "name of adults next of kin carers and their addresses if different", "household composition",
        "other household members", "other family members", "members of the household",
        "family and household members", "details of siblings", "children in the household",
        "details of family and significant others", "family household composition", "children",
        "names of next of kin carers and their addresses", "relevant family members", "family details",
    ),
    "family_note": (
        "any other family information", "family background", "additional family information", "family note",
        "family note to identify key family relationships",
    ),
    "alleged_perpetrators": (
        "alleged perpetrators", "details of alleged perpetrator", "alleged perpetrator", "suspect",
        "person alleged to have caused harm", "suspected perpetrator",
        "details of person alleged responsible", "person alleged responsible", "perpetrator details",
        "details of the person alleged to be responsible",
    ),
    "incident_date": (
        "date of critical incident", "date of incident", "incident date", "date of serious incident",
        "date of incident if applicable", "date and time of incident", "date of significant incident",
        "date of event", "date of harm", "date of the incident", "when did the incident happen",
        "date of incident or death", "date time of incident", "date of death or incident",
        "dates of incidents", "date of death incident", "date incident occurred", "date of serious harm",
    ),
    "incident_time": ("time of incident", "time of critical incident", "time of the incident"),
    "chronology": (
        "chronology", "chronology of key dates", "chronology of significant events", "brief chronology",
        "key events", "timeline", "key dates", "chronology of events", "chronology of key events",
        "significant events", "chronology of involvement", "chronology of agency involvement",
    ),
    "subject_religion": ("religion", "religion faith", "faith"),
    "death_expected": (
        "was the death expected", "death expected", "expected or unexpected death",
        "was the death expected or unexpected",
    ),
    "death_certificate_issued": ("death certificate issued", "has a death certificate been issued"),
    "post_mortem_required": ("post mortem required", "is a post mortem required", "post mortem"),
    "consultant": ("consultant", "named consultant", "name of consultant"),
    "confirmed_by_designated_doctor": ("confirmed by designated doctor",),
    "subject_details": (
        "details of adults with care and support needs", "details of adult", "details of child",
        "adult details", "details of subject", "childs details", "details of the adult",
        "details of the child", "subject details", "child details", "victim details", "details of deceased",
        "person details", "details of the person", "details of victim",
    ),
    "other_information": (
        "other relevant information provided", "other relevant information", "any other information",
        "any other relevant information", "other information", "additional information",
        "further information", "any additional information", "any other comments", "other comments",
        "any further information", "additional comments", "is there anything else you wish to add",
    ),
    "mode_of_death": ("mode of death",),
    "resuscitation_attempted": ("resuscitation attempted", "was resuscitation attempted"),
    "voice": (
        "voice of the child", "voice of the adult", "lived experience",
        "voice of the child lived experience", "wishes and feelings",
    ),
    "next_of_kin_name": ("next of kin", "name of next of kin", "next of kin details", "nearest relative"),
    "subject_died": (
        "has the person died", "is the adult deceased",
        "is the child deceased", "has the adult died", "has the child died", "is the person deceased",
        "has the subject died", "deceased", "child died", "adult died",
    ),
    "next_of_kin_relationship": ("relationship of next of kin",),
    "consent_given": ("has consent been given", "consent given", "consent obtained"),
}  # fmt: skip

PHRASES: dict[str, tuple[str, ...]] = {**COMMON, **REFERRAL, **SCOPING}
REFERRAL_ONLY, SCOPING_ONLY = frozenset(REFERRAL), frozenset(SCOPING)
