"""What printed words speak for a referral, for an agency's return, or for a form that came by mistake; data.

Patterns are tried on plainly spelt printed lines (see `labels.plain`).
"""

# What a form asks -> how much that speaks for its kind. Matched against printed text and labels, plainly spelt.
REFERRAL = (
    (3, r"case (?:management )?review (?:referral|notification|request)|referral .{0,40}(?:sar|review)\b"
        r"|\b(?:sar|dhr|dardr|l?cspr|review) (?:\w+ ){0,2}(?:referral|request|notification|nomination|proposal)\b"
        r"(?! for (?:info|records|chronolog))|\breferral (?:\w+ ){0,3}(?:sar|dhr|dardr|l?cspr)\b"
        r"|(?:request(?! for (?:your |the |agency )?(?:info|records|chronolog))"
        r"|nominat\w+|proposal|notification|application) (?:for|of|to) .{0,40}\b(?:sar|dhr|dardr"
        r"|l?cspr|review)\b"),
    (3, r"\b(?:alert (?:raised|made)|notified|put forward|proposed|nominated|suggested) by\b"
        r"|\bsuggestion form\b|\bnominat\w+ an? case\b|\balert(?:ing)? (?:form|agency)\b"
        r"|\b(?:sar|dhr|dardr|l?cspr|review) consideration\b|\bcase for screening\b|\bscreening request\b"
        r"|^(?:who (?:has asked|is asking)|proposer|outcome (?:sought|wanted))\b"),
    (3, r"notification of (?:a )?(?:potential|possible|serious)|consideration (?:of|for) .{0,30}(?:review|sar)"),
    (3, r"\bfor (?:discussion|consideration) (?:at|by|with) (?:the )?(?:\w+ ){0,3}(?:group|panel|board|committee)\b"),
    (3, r"(?:date of|making|person) referral|referred by|referrer\b|referring (?:agency|officer|organisation"
        r"|professional)|your details|^about you(?:rself)?\b"),
    (3, r"\bwhy (?:\w+ ){0,3}(?:board|partnership|panel|group|csp|sab|l?scp|review)\b"),
    (2, r"criteria for (?:a |the )?(?:\w+ ){0,4}review|criteria (?:have|has|may|are|is) (?:been )?met"
        r"|\b(?:tests?|criteria|conditions?)\b.{0,60}\bdo you (?:think|believe|consider)\b"
        r"|\bdo you (?:think|believe|consider)\b.{0,40}\b(?:partners|agencies|we|organisations|services)"
        r" (?:could|can|might) learn\b"
        r"|which criteria|grounds on which"),
    (3, r"\byou(?: \w+)? (?:are |re )?(?:referring|notifying)\b|\bbeing referred\b"
        r"|\b(?:would you like|are you (?:asking|requesting|seeking|recommending))\b.*\breview\b"),
    (3, r"circumstances that triggered|worked together|inter agency working"),
    (2, r"date of (?:critical |serious )?incident|immediate concerns|statutory proceedings|parallel processes"),
    (3, r"(?:serious|significant|notifiable|safeguarding) (?:incident|case) (?:\w+ )?(?:notification|referral)"
        r"|person referring"
        r"|reasons? for (?:the )?(?:referral|notification|nomination|request)\b|\btell us about (?:a|the|this) case\b"
        r"|\b(?:reasons? for |case (?:you are )?)bringing\b|\bbringing (?:a|the|this) case\b"
        r"|\bcase presentation\b|\bcase (?:is )?(?:being )?presented\b"
        r"|\bcase for (?:discussion|consideration)\b|\bput(?:ting)? (?:(?:a|the|this) case )?(?:forward|to)\b"),
    (3, r"\b(?:level|type|kind|sort|form) of (?:learning )?review\b|\bsubmitter\b"),
    (2, r"multi agency (?:issues|working|practice)|\blearning\b.*\bfrom (?:a |the |this )?review"),
    (3, r"notifying (?:agency|officer|organisation)|(?:agency|organisation|person|officer) notifying"
        r"|(?:officer|person) (?:completing|making) this"
        r" (?:notification|request|referral)|date of notification"
        r"|(?:officer|person|professional) (?:making|submitting|giving) (?:the |this )?"
        r"(?:notification|referral|request)"),
    (3, r"notif\w+ (?:\w+ ){0,4}(?:community safety|safeguarding) (?:partnership|board)"
        r"|domestic (?:\w+ ){0,4}notification|\bnotif\w+ (?:of|for) (?:an? |the )?(?:\w+ ){0,2}domestic (?:\w+ )"
        r"{0,3}(?:homicide|death)\b|\bnotif\w+ (?:\w+ ){0,3}(?:csp|sab|l?scp)\b"
        r"|\b(?:csp|sab|l?scp) (?:notification|referral)\b"),
    (2, r"circumstances of (?:the )?death|alleged perpetrator|person (?:arrested|suspected)"
        r"|suspects? s? ?(?:details|name|surname|dob)|criminal investigation"
        r"|other (?:proceedings|investigations)|your organisation|about the (?:person|adult|child)"),
    (1, r"agencies (?:were |are )?involved|professionals involved|family composition|chronology of key"
        r"|details of (?:the )?(?:adult|child|victim|deceased)\b|(?:outline|summary) of (?:the )?case\b"),
)  # fmt: skip
SCOPING = (
    (4, r"scoping|individual management review|(?<!case )management review|\bimr\b"
        r"|summary of (?:\w+ ){0,4}(?:involvement|contact)|case review report"
        r"|agency (?:summary|report|involvement|contact|contribution|analysis|return|reply\w*|responding"
        r"|chronology)\b"
        r"|(?:involvement|contact) with (?:the )?(?:victim|perpetrator|deceased)|records checked"
        r"|(?:single|individual) agency (?:review|report|summary|chronology)|information (?:request|return)"
        r"|request for (?:your |agency )?(?:info(?:rmation)?|records)\b|\blearning response\b"
        r"|agency information|agency s? ?(?:response|records)\b"
        r"|\b(?:report|information|chronology|analysis|contribution|checks|summary) (?:for|to) (?:an? "
        r"|the )?(?:\w+ ){0,4}"
        r"(?:review|sar|dhr|dardr|l?cspr|lscpr)\b|\binformation gathering\b|\bproviding (?:the |this )?information\b"
        r"|\bagency chec?k\w*|(?:agency|combined|integrated) chronolog(?:y|ies)|critical learning review"),
    (3, r"\b(?:partner|provider|employer|agency|service|school|college|gp|health|police|housing|practitioner"
        r"|organisation"
        r"|ambulance|carer)s? (?:info(?:rmation)?|contribution|account|input|questions|knowledge|evidence|submission"
        r"|perspective|statement|comments)$"
        r"|\bwhat (?:your|our|the) (?:agency|service|organisation|team|school|practice|trust|staff) \w+"),
    (4, r"(?:has|was|is|did) (?:your|the) (?:agency|organisation|service)|your agency s? ?involvement|known to your"
        r"|\byour (?:agency|organisation|service|team)s? (?:involve|response|contact|record|analysis)"),
    (4, r"\b(?:statement|record|account) of (?:\w+ )?involvement\b"
        r"|\binformation sharing (?:pro ?forma|form|template|return)\b|\bsection 45\b"
        r"|\b(?:review of|check of) (?:the |our |agency )?records\b|\b(?:response|return) from (?!the parent)\w+ \w+"
        r"|\b(?:sar|dhr|dardr|l?cspr|review)\b.*\b(?:gp|employer|school|agency|health|police|housing|education"
        r"|maternity|provider|practice) info(?:rmation)?$"
        r"|\bquestions (?:to|for) (?:the )?(?:agenc\w+|partners?|providers?)\b"),
    (3, r"^(?!.*\b(?:refer|request|notif|nominat|alert|from\b)).*\b(?:review|sar|dhr|dardr"
        r"|l?cspr)\b.*\b(?:ambulance service"
        r"|police|constabulary|nhs (?:foundation )?trust|hospital|school|college|housing(?: association)?|surgery"
        r"|probation(?: service)?|medical (?:centre|practice)|fire (?:and rescue )?service)$"),
    (3, r"period of involvement|involvement with (?:the )?(?:adult|child|family|subject)|report completed by"),
    (3, r"responding (?:organisation|agency)|report author|author of|date of (?:this )?(?:report|imr)"
        r"|agency completing|(?:person"
        r"|agency) completing (?:the|this) (?:form|report|return)"),
    (3, r"^(?:\w+ ){1,4}(?:response|return|reply)$"
        r"|\b(?:contribution|response|return|report|submission) (?:to|for) (?:the )?(?:\w+ ){0,4}"
        r"(?:review|sar|dhr|dardr|l?cspr|lscpr)\b"),
    (3, r"scop(?:e|ing) period|deadline for return"
        r"|(?:chronology|form|return|report|summary) completed by"),
    (2, r"worked well|good practice|practice improvement|areas for (?:improvement|development)|lessons learn"
        r"|record keeping|records? secured|period under review"
        r"|time ?(?:period|span)|contextual information|methodology|terms of reference"
        r"|(?:chronology|timeline) of (?:\w+ )?(?:involvement|contact)"),
    (4, r"^(?:what|how|why) (?:else )?(?:i|we) (?:knew|did|know|have|held|hold|would|worked|learnt|saw|responded)\b"
        r"|^what (?:i|we) (?:did ?n t|didnt|did not)\b|\bhold about\b"),
    (4, r"\b(?:return|response|reply|contribution) to (?:the )?(?:\w+ ){0,3}"
        r"(?:partnership|board|committee|csp|sab|l?scp)\b"),
    (2, r"most appropriate|formal investigation|agency not listed"),
    (4, r"\bwe have (?:had )?(?:not|no|never)\b.*\b(?:involve\w*|contact|trace|records?)\b|\bnil return\b"),
)  # fmt: skip
# Forms that arrive by mistake: (what it is, printed text that only such a form has, names that tell it in a title)
OTHERS = (
    ("a MARAC referral (live risk), not a review referral",
     r"marac (?:referral|form|research|information|action plan)|risk assessment conference"
     r"|safelives dash|visible high risk|dash (?:risk|ric)|referral to marac"
     r"|safe to call|professional judgement.{0,40}marac|idva",
     r"\bmarac\b"),
    ("a safeguarding concern under section 42 of the Care Act, not a review referral",
     r"safeguarding (?:adults? )?(?:concern|alert)(?: form| referral| notification)|section 42 (?:enquiry"
     r"|concern|duty)|s ?42 (?:enquiry|concern)"
     r"|(?:raise|raising|reporting|report) (?:a |an )?(?:adult )?safeguarding (?:adult |adults )?(?:concern"
     r"|alert)|concern form|alerter"
     r"|making safeguarding personal|desired outcomes|does the adult consent to (?:the|this) (?:concern"
     r"|referral|enquiry)",
     r"\b(?:section|s) ?42\b|abuse or neglect of an adult|adult at risk\b"),
    ("a child death notification or reporting form, not a review referral",
     r"notification (?:form )?(?:for|of) (?:a |the )?(?:child death|death of a child)"
     r"|child death (?:overview|notification|review|reporting|analysis)|notification of (?:a )?child death|cdop"
     r"|form [abc] (?:notification|agency|reporting)|sudi"
     r"|mode of death|resuscitation attempted|death certificate issued|post mortem required|ecdop"
     r"|joint agency response",
     r"\bcdop\b|\bsudic?\b|child death"),
    ("a children's social care or early help referral, not a review referral",
     r"multi agency referral form|marf\b|mash (?:referral|contact|enquiry)|early help (?:assessment|referral"
     r"|request)"
     r"|inter agency referral|request for (?:support|services|help)|consent to share .{0,30}parent"
     r"|continuum of need|level of need",
     r"\bmash\b|\bmarf\b|\bearly help\b|family support request"),
    ("an allegation about a person who works with children or adults (LADO), not a review referral",
     r"lado\b|designated officer|allegations? (?:against|about) (?:a )?(?:professional|person|staff|adult)"
     r"|position of trust",
     r"\blado\b|\bpipot\b|\ballegations? management\b"),
    ("a deprivation of liberty application, not a review referral",
     r"deprivation of liberty (?:safeguards )?(?:request|application|form)|standard authori[sz]ation"
     r"|urgent authori[sz]ation|dols form",
     r"\bdols\b|liberty protection"),
    ("a report for a child protection conference or review, not a review form",
     r"(?:child protection|case|initial|review) conference|strategy (?:discussion|meeting) (?:minutes|record|form)"
     r"|core group|date of (?:cpc|conference)|looked after child review|needs to happen|signs of safety"
     r"|score each child|worried about",
     r"\b(?:protection|case|review|initial) conference|\bconference report"
     r"|return home interview|\bstrategy (?:discussion|meeting)\b"),
    ("a health or care provider's incident report, not a review form",
     r"steis|72 hour (?:report|review)|duty of candour|patient safety incident|datix|level of harm|incident number"
     r"|date reported|lead investigator",
     r"\bpsii\b|\bpatient safety\b|\bserious incident investigation\b"),
    ("a barring referral, not a review referral", r"barring (?:referral|service)|regulated activity|barred list",
     r"\bbarring\b"),
    ("a notification of a death to another programme, not a review referral",
     r"leder\b|learning from lives and deaths|learning disability mortality|referring doctor"
     r"|proposed cause of death|coroners? (?:referral|s referral)",
     r"\bleder\b|coroners court|\binquest\b"),
    ("a notification to another body, not a review referral",
     r"\bnotif\w+ .{0,40}\bto (?:the )?(?:youth justice board|care quality commission|cqc|ofsted|hse)\b"
     r"|\bcqc (?:statutory )?notification",
     r"\bstatutory notification\b"),
    ("a Prevent or Channel referral, not a review referral", r"prevent referral|channel (?:referral|panel)"
        r"|radicalis",
     r"\bprevent (?:referral|concern|duty)|\bchannel (?:referral|panel|programme)|\bto (?:prevent|channel)$"),
    ("a MAPPA referral, not a review referral", r"mappa (?:referral|level|category)|mappa \w$",
     r"\bmappa\b"),
    ("a request for a person's own records, not a review form",
     r"subject access request|freedom of information|data subject|proof of identity|right of access",
     r"access to (?:\w+ )?(?:records|files)|complaints? (?:form|procedure|record)|^complaints?$"),
    ("a request to look at how anti-social behaviour was dealt with, not a review referral",
     r"community trigger|(?:anti ?social behaviour|asb) case review", r"community trigger|\b(?:anti ?social|asb)\b"),
    ("a missing person or police report, not a review form", r"missing person report|merlin\b"
        r"|vulnerable person report",
     r"\bmissing (?:person|child|episode)|vulnerable person report"),
)  # fmt: skip
# Papers of a board's own, told by their head: no form at all, though they speak of reviews in every line.
PAPERS = (
    r"^(?:draft |confirmed |approved )*(?:minutes|notes) (?:of|from)\b|^agenda\b|\bagenda$|^invoice\b|\bnewsletter\b"
    r"|\bexpressions? of interest\b|\bcourse evaluation\b|\btraining (?:evaluation|feedback|booking|day|needs)\b"
    r"|^invitation\b|^report to (?:the )?(?:\w+ ){0,6}(?:chair|board|executive|partnership|group|committee)\b"
    r"|\bsurvey\b|\bquality assurance\b|\backnowledge?ment\b"
    r"|\bconflicts? of interest\b|\bdeclarations? of interests?\b"
    r"|\battendance (?:sheet|list|register)\b|\bminutes briefing\b"
    r"|\bminute briefing\b|\baudit\b"
    r"|\bself (?:assessment|evaluation)\b|^(?:curriculum vitae|cv)\b|(?<!and )\bdecision (?:record|log|sheet)\b"
    r"|\b(?:evaluation|feedback) form\b|(?<!for )(?<!the )(?<!to )\boverview report$|^executive summary\b"
    r"|\baction (?:plan|log|tracker)\b(?! and\b)|\bchecklist$|\bquality markers?\b"
    r"|\bconsent form\b|\bfreedom of information\b"
    r"|\bnominat\w+ (?:of |for )?(?:an? |the )?(?:panel|imr|author)\b|^(?:notes|minutes|record) of (?:the )?meeting"
    r"|\binformation sharing (?:agreement|protocol)\b|\bapplication (?:to be|for (?:the )?(?:post|role))\b"
    r"|^letter to\b|\b(?:decision|invitation|outcome|family) letter\b|^paper (?:for|to)\b|\bto join\b"
    r"|\blearning brief\b"
    r"|\b(?:forward|work|business) (?:plan|programme)\b|\b(?:costs|budget)\b|\btracker$|^call for\b"
    r"|\b(?:panel|group|board) (?:membership|members|dates|contacts)\b|\b(?:publication|communications?|media"
    r"|project) plan\b"
    r"|^(?:contract|agreement|memorandum) (?:for|with|between|of)\b|\b(?:response"
    r"|responses) to (?:the )?recommendations\b"
    r"|\bsign ?up\b|\bevent feedback\b|\blearning event\b|\bconsultation (?:response|form|questions)\b"
    r"|\bconsultation$|^business case\b|\bextension of time\b|\b(?:data|annual|statistical) (?:return"
    r"|collection|report)\b|\b(?:meeting|panel) (?:notes|minutes)\b"
)
# ... these, unless the head says that a form is appended ...
GUIDES = (
    r"\bnotes for\b(?! complet)|^how to\b|^writing (?:an?|your)\b|\btips\b"
    r"|\bguid(?:ance|e) (?:for|to) (?!complet)\w+|\bpractice guid(?:ance|e)\b"
    r"|(?<=\w )(?<!for )(?<!see )(?<!the )guidance(?: notes?)?$"
)
# ... and these, unless the head speaks of a form as well: "SAR protocol, appendix 1: referral form".
POLICIES = (
    r"\bpolic(?:y|ies)\b|\b(?:framework|strategy|toolkit|handbook)\b|\bprocedures?$|\bprotocol$"
    r"|^terms of reference\b|\bterms of reference(?:$| (?:and|for)\b)|\bbriefing$"
)
OF_A_FORM = (
    r"\bforms?\b|\breferrals?\b|\bnotif\w+|\breturn\b|\btemplate\b|\bscoping\b|\bchronology\b|\breport\b|\bappendix\b"
    r"|\brequest\b|\bsummary\b|\bimr\b"
)
# What a board's own business about a review speaks of, and nobody who refers a case or answers about one.
BUSINESS = (
    r"^dear\b",
    r"\bfees?\b|\bday rate\b|\bparties\b|\bcommission(?:ed|ing)\b",
    r"\bchair(?:ed|ing|person)?\b(?! of governors)",
    r"\bvenue\b|^attending\b|\battendees\b|^apologies\b|^present\b|\b(?:can|cannot|able to) (?:attend|come)\b"
    r"|\bbooking\b",
    r"^(?:decisions?|outcome|agreed|discussion|resolved)\b",
    r"^(?:stage|rag|owner|version|page)\b|\byour referral (?:to|of|about|is|was)\b",
    r"\bwould you recommend\b|\bdo you (?:agree|support)\b",
    r"\bpublication\b|\bpublish\w*\b|\bpress\b|\bfinal report\b|\bdraft(?:ed)?\b",
    r"\bapply\b|\bapplicants?\b|\bclosing date\b|\byou will\b",
    r"\bnumber of (?:\w+ ){0,3}(?:referrals|reviews|sars|dhrs|lcsprs)\b",
    r"\bterms of reference\b|\blines of enquiry\b|\b(?:lead|independent) (?:reviewer|author)s?\b",
    r"\b(?:group|board|panel|members) (?:is|are) (?:asked|invited) to (?!decide|consider)|\b(?:has"
    r"|have) (?:decided|agreed) to\b",
    r"^recommendation \d|\baction plan\b|\bactions? (?:by|owner)\b|^milestones?\b",
    r"\b(?:learning|practitioner) event\b|\bworkshop\b|\btraining\b|\bevaluation\b",
)
# What papers of each sort speak of, whatever they are called; a form of ours speaks of hardly any of it.
SPOKEN_OF = {
    "training": (
        r"\bdietary\b|\baccess(?:ibility)? requirements\b",
        r"\bcourses?\b|\bworkshop\b|\bwebinar\b",
        r"\btraining\b",
        r"\bbook(?:ing)?\b|\bplaces?\b.*\bavailable\b|\bdelegates?\b",
        r"\bvenue\b",
        r"\b(?:learning|training|practitioner) events?\b|\bthe event\b",
        r"\bwould you recommend\b|\bhow will you use\b|\bwill you do differently\b",
        r"\b(?:line )?managers? s? ?(?:agreement|approval)\b",
        r"\bpresenters?\b|\bspeakers?\b|\bthe trainer\b|\bsession\b|\blearning outcomes\b",
    ),
    "leaflet": (
        r"\bthis (?:leaflet|guide|booklet|factsheet|page)\b",
        r"^what (?:is|are|does|happens)\b",
        r"\bfor (?:parents|families|relatives|carers)\b",
        r"^(?:will|can|do|must|how will|how can|when will) (?:i|we|my)\b",
        r"\bfrequently asked\b|\bhelp ?lines?\b|\bfurther (?:information|support)\b|\bto find out more\b",
        r"\bwe (?:will|would like to) (?:write|contact|talk|speak|ask|invite)\b",
    ),
    "report": (
        r"\bthis (?:overview )?(?:review|report) (?:concerns|is about|was|examines|tells|sets out|considers|has)\b",
        r"\bindependent (?:overview )?(?:reviewer|author|chair)\b|\blead reviewers?\b",
        r"\bpractitioner (?:learning )?event\b",
        r"\b(?:agencies|organisations) (?:provided|submitted|contributed|were asked)\b",
        r"\bthe (?:review )?(?:panel|review team) (?:was|were|met|agreed|heard|noted|considered|found)\b",
        r"\brecommendations? (?:for|to) (?:the )?(?:\w+ ){0,3}(?:board|partnership|partners)\b"
        r"|\bthe (?:\w+ ){0,3}(?:board|partnership) should\b",
        r"\bpublish(?:ed|ing|cation)\b|\bpublication\b",
        r"\bforeword\b|\bcondolences\b|\bcontents\b|\babout the (?:author|reviewer)\b|^introduction\b",
        r"\bthe (?:\w+ ){0,3}(?:board|partnership|chair) (?:\w+ )?"
        r"(?:decided|agreed|commissioned|determined|accepted)\b",
    ),
    "post": (
        r"\bperson specification\b|\bjob description\b",
        r"\bsalary\b|\bgrade\b|\bday rate\b|\bfees?\b",
        r"\b(?:main|key) (?:duties|responsibilities|accountabilities)\b|\breports to\b"
        r"|\bpurpose of (?:the|this) (?:job|post|role)\b",
        r"\breferees\b|\bqualifications\b|\bessential\b|\bdesirable\b|\bexperience of\b",
        r"\bclosing date\b|\binterviews?\b|\bvacancy\b|\bhow to apply\b",
    ),
    "meeting": (
        r"\bapologies\b",
        r"\bmatters arising\b|\bactions? (?:from|arising)\b|\bminutes\b",
        r"\bany other business\b|\baob\b",
        r"^present\b|\bin attendance\b|\battendees\b|\bmembership\b|\bquor\w+\b",
        r"\bnext meeting\b|\bfrequency of meetings\b",
        r"\bagenda\b|\bitem\b",
    ),
    "policy": (
        r"\bthis (?:policy|protocol|procedure|guidance|document|agreement)\b",
        r"\bversion\b|\bdocument (?:control|history|owner)\b",
        r"\breview date\b|\bnext review\b|\bdate (?:of|for) review\b|\bratified\b",
        r"^(?:purpose|scope|aims?|background|introduction|principles|definitions|legal framework)\b",
        r"\broles and responsibilities\b|\bequality impact\b|\bmonitoring\b",
        r"\bmust\b|\bshall\b",
    ),
    "money": (
        r"\binvoice\b|\bpurchase order\b|\bpo (?:number|no)\b",
        r"\bvat\b|\bsort code\b|\baccount (?:no|number)\b|\bbank\b",
        r"\btotal\b|\bamount\b|\bquantity\b|\bunit price\b|\bpayment\b",
    ),
    "press": (
        r"\bpress (?:release|statement|office)\b|\bmedia (?:statement|enquiries)\b",
        r"\bnotes (?:for|to) editors\b|\bembargo\w*\b|\bends$",
        r"\b(?:has|have) (?:today )?published\b|\bspokes\w+\b|\bsaid\b",
    ),
}  # fmt: skip
# What agencies do with somebody and somebody with them, one after another: these tell of a case, whoever writes.
DEALINGS = (
    r"\bvisit(?:s|ed)?\b|\bwelfare checks?\b",
    r"\battend(?:ed|ances?)\b|\bdna\b|\bmissed appointments?\b|\bno access\b|\bappointments?\b",
    r"\badmi(?:tted|ssions?)\b|\bdischarged?\b|\bconveyed\b|\bcrews?\b",
    r"\breferr(?:ed|als?) (?:was |were )?(?:to|made|sent|from|by)\b"
    r"|\bconcerns? (?:was |were )?(?:raised|recorded|from|shared)\b",
    r"\b(?:calls?|calls) (?:from|to)\b|\btelephoned\b|\b(?:was|were) called\b|\bcontacts? from\b",
    r"\bclosed\b|\bnfa\b|\bno (?:further action|follow up)\b",
    r"\barrest(?:ed|s)?\b|\bcustody\b|\bcrime\b",
    r"\benrolled\b|\bon roll\b|\bexclu(?:ded|sion)\b|\bin class\b",
    r"\bletters? (?:sent|to|from)\b|\bwrote\b|\bcard left\b",
    r"\bassess(?:ed|ments?)\b|\bdiagnos\w+\b|\bprescri\w+\b|\bmedication\b",
    r"\btenan(?:t|cy)\b|\barrears\b|\beviction\b|\bneighbours?\b",
    r"\bwithdrawn\b|\bopened\b|\bbranch\b",
    r"\b(?:spoke|spoken|talked) (?:to|with)\b|\bwas seen\b|\bsaid (?:that |she |he |they )",
    r"\bnot (?:answering|seen|asked|told|known|escalated|shared)\b",
)
