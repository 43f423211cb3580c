"""Words for the samples: the office's own, and those that trip a careless printer."""

BODY = "Herefordshire Safeguarding Boards and Partnerships"
MARKING = "OFFICIAL-SENSITIVE"
REFERENCE = "JCR-2026-0001"
CONTACT = ("Joint Case Review, Plough Lane, Hereford HR4 0LE", "jcr@example.org, https://example.org/jcr")
HOSTILE = '<b>bold</b> & <img src="/etc/passwd"> </para> <a href="javascript:alert(1)">x</a> &lt;'
NAMES = "Siân Ŵyn-Łukaszewska, Ștefan Yılmaz, محمد الأحمد, Agnieszka Brzęczyszczykiewicz-Żółć, বাংলা নাম, 王小明"
UNBROKEN = "x" * 400
LONG = f"{NAMES}. {HOSTILE} " + "The health visitor called and nobody answered the door. " * 150
LIGHT_MARKS = f"## A heading & <b>\n- {HOSTILE}\n- {NAMES}\nand on\n\n\n\n{UNBROKEN}\n## \n-"
AWKWARD = f"{LONG}\n\n{LIGHT_MARKS}\n☒ agreed 😀\x00\x07"
