"""The words by which programs open the answers they give for somebody, in the languages of their makers."""

import re

# Somebody's absence is also a thing to write about, such as a child's from school: a program says no more than when
ABSENCE_ALONE = (
    r"(?:afwezigheid|fr.nvaro|frav.r|poissaolo|nieobecno(?:ść|sc)|nep[rř][ií]tomnost)"
    r"(?=\s*(?:$|[:;,(|–-]|re:|\d|(?:tot|t/m|van kantoor|til|till|fra kontoret|från kontoret|toimistolta|do|od|"
    r"w biurze|v kancel[aá][rř]i)\b))|"
    r"fr.nvarande(?=\s*[:(])|(?:afwezigheids|frav.rs)(?:bericht|assistent|melding)|fr.nvaro(?:meddelande|assistent)"
)
# What Exchange, Outlook, Notes and webmail write before the subject they answer
ANSWER_PREFIXES = (
    ABSENCE_ALONE,
    r"(?:yahoo! )?auto(?:matic|mated)?[ -]?(?:reply|response|respon[sd]er|acknowledge?ment)"
    r"(?=\s*(?:$|[:;/|()\[\]–—-]|(?:re|from)\b|(?:to|of|for)(?::| (?:re:|you|e-?mail|message))))|"
    r"auto(?:matic|mated)?[ -]?reply(?= to\b)",
    r"auto:\s*re:",
    # Notes
    r"auto ?:(?=.{2,120}(?:out of (?:the )?office|returning|absen|abwesen|r[uü]ckkehr|zur[uü]ck|retour|rientr))",
    r"oo[of](?:\s*:|\s+re:|\s*[–-](?=\s*(?:re:|back|until|till|away|returning|(?:annual )?leave|\d)))",
    r"aol automatic away message",
    r"out[ -]of[ -](?:the )?office(?:[ -]?(?:auto-?)?(?:reply|response|message|notification|notice|assistant)\b|\s*:)",
    r"(?:i am |i'm )?out of (?:the )?office\s*(?:[-–(,.!]|re:|until\b|till\b|from\b|today\b|returning\b|back\b)",
    r"(?:i am |i'm )?away from (?:the |my )?(?:office|desk|e-?mail|mail)"
    r"(?=\s*(?:$|[-–(,.!:\]]|(?:re|until|till|from|today|returning|back)\b))",
    r"vacation(?: reply| response| notice| message|:\s*re:)",
    r"(?:i am |i'm )?(?:currently )?"
    r"(?:away(?! on)|(?:(?:away )?on )?(?:annual |maternity |parental |sick |study )?leave)"
    r"(?: until .{3,25}?)?[\s,.:–-]+re:",
    r"rule reply:",  # GroupWise
    r"holiday auto-?(?:reply|respon[sd])",
    r"ateb awtomatig|ymateb awtomatig|allan o'r swyddfa",
    r"freagra uathoibr[ií]och|freagairt f[eè]in-ghluasadach",
    r"automatische (?:antwort|r[uü]ckantwort|e-?mail-?antwort)|autom\. antwort|"
    r"abwesenheit(?! (?:in|von|bei|aus|de[rs]|eine[rs])\b)|abwesend(?=\s*(?:$|[:,(–-]|(?:re|aw|bis|vom)\b))|"
    r"ich bin (?:derzeit |zur ?zeit )?(?:nicht im b[uü]ro|abwesend)",
    r"r.ponse auto(?:matique|mat)?|absence du bureau|absent(?:e|\(e\))? du bureau|message d.absence|avis d.absence",
    r"respuesta autom|fuera de (?:la )?oficina|ausente de la oficina|aviso de ausencia",
    r"risposta automatica|fuori (?:sede|ufficio)|messaggio di assenza",
    r"respost?a autom|fora do escrit|ausente do escrit|aus[eê]ncia tempor|erantzun automatikoa",
    r"automatisch (?:antwoord|bericht)|afwezig(?!heid)|niet aanwezig:",
    r"auto(?:matisk[at]?)? ?svar\b(?!-)|automatisk besvarelse|sj[aá]lfvirkt svar|ikke til stede:",
    r"automaattinen vastaus|poissa(?!olo)|automaat(?:ne )?vastus",
    r"autom[aā]tisk[aā] atbilde|automatinis atsakymas",
    r"autoodpowied|automatyczna odpowied|odpowied. automatyczna|poza biurem|jestem poza",
    r"automatick[aá] odpov|mimo kancel",
    r"automatikus v[aá]lasz|h[aá]zon k[ií]v[uü]l",
    r"r[aă]spuns automat|automatski odgovor|samodejni odgovor|аутоматски одговор|автоматски одговор",
    r"автоматичен отговор|автоматич(?:еский|на|ески) (?:ответ|відповідь|отговор)|автоответ|автовідповідь|вне офиса",
    r"αυτόματη απάντηση|εκτός γραφείου",
    r"otomatik (?:yan[ıi]t|cevap)|ofis d[ıi][sş][ıi]nda",
    r"תשובה אוטומטית|מענה אוטומטי|מענה ['\"׳״]אני לא נמצא|מחוץ למשרד",
    r"رد تلقائي|الرد التلقائي|الرد الآلي|خارج المكتب|پاسخ خودکار|خودکار جواب",
    r"स्वचालित (?:उत्तर|प्रत्युत्तर)|স্বয়ংক্রিয় (?:উত্তর|জবাব)|ਸਵੈਚਾਲਿਤ ਜਵਾਬ",
    r"自动(?:回复|答复|应答)|自動(?:回覆|答覆|返信|応答|回信)|不在(?:通知|の|に|中|办公室|辦公室)|外出(?:通知|中)|休假",
    r"자동 ?(?:회신|응답|답장)|부재 ?중(?=\s*(?:$|[:\[(–-]))",
    r"การตอบกลับอัตโนมัติ|ตอบ(?:กลับ)?อัตโนมัติ|trả lời tự động|balasan otomatis|balasan automatik",
    r"outomatiese antwoord|p[eë]rgjigje automatike|twe[gġ]iba awtomatika|awtomatikong tugon|ავტომატური პასუხი",
)
TAGS = (  # what gateways put before a subject
    r"(?:(?>\[[^\]]{1,40}\]|\{[^}]{1,40}\}|<[^>]{1,40}>|\*{1,3}[^*]{1,40}\*{1,3}|"
    r"(?:caution|warning)\b[^:–-]{0,20}[:–-]|ext(?:ernal)?(?: e-?mail| sender)?\s*[:–-]|"
    r"(?:secure|encrypted|official(?:[ -]sensitive)?|protect|restricted|spam)\s*[:–-])\s*){,6}"
)
ANSWER_SUBJECT = re.compile(rf"^{TAGS}[\[(]?(?:{'|'.join(ANSWER_PREFIXES)})", re.I)
NAMED_ABSENCE = re.compile(
    r"^[^:]{2,60} is (?:currently )?(?:out of the office\s*[.!]?$|"
    r"(?:out of the office|on (?:annual |maternity |sick )?leave|away)\s*(?:\(|until\b|returning\b))",
    re.I,
)
# A program's where it answers a letter; else only if somebody then says to be away
ANSWER_TO = re.compile(rf"^{TAGS}(?:(?:auto|vacation):|(?:i am |i'm )?out of (?:the )?office\s*$)", re.I)
AWAY_MYSELF = re.compile(
    r"\bI(?:['’]m| am| will be|['’]ll be)\s(?:currently\s|now\s)?"
    r"(?:away|out of|on (?:annual )?(?:leave|holiday|vacation))\b",
    re.I,
)
# Said in the first lines; believed only of a message that a machine has sent
ABSENCE_WORDS = re.compile(
    r"(?<!\w)(?:(?:out of|away from|not in|absent from|back in|return(?:ing)? to) (?:the |my )?(?:office|desk|work|"
    r"e-?mail)|on (?:annual |maternity |paternity |parental |sick |study |special )?leave\b|"
    r"on (?:holiday|vacation|furlough)\b|"
    r"(?:limited|no) access to (?:my )?e-?mail|no longer (?:work|employed|with|monitored|in use|in (?:this|the) )|"
    r"ha(?:s|ve) (?:now )?left the|"
    r"auto(?:mated|matic|matically generated)[ -](?:reply|response|acknowledge?ment)|"
    r"auto(?:mated|matic) message to (?:confirm|acknowledge)|"
    r"thank you for (?:your e-?mail|your message|your enquiry|contacting)|"
    r"this (?:mailbox|inbox|account|address) is not monitored|"
    r"nicht im (?:b[uü]ro|haus)|nicht erreichbar|im urlaub|abwesend|"
    r"(?:suis|serai|actuellement) absente?\b|absent(?:e|\(e\))? (?:du|jusqu|pour)\b|en cong[eé]s?\b|de retour le|"
    r"fuera de (?:la )?oficina|de vacaciones\b|(?:estoy|estar[eé]|estou|estarei) ausente\b|"
    r"fuori (?:ufficio|sede)|in ferie\b|(?:sono|sar[oò]) assente\b|"
    r"fora do escrit|de f[eé]rias|afwezig|niet aanwezig|met vakantie|p[aå] kontoret|på semester\b|tjenestefri|"
    r"lomalla|poissa|poza biurem|na urlopie|nieobecn|mimo kancel|dovolen|szabads[aá]g|"
    r"в отпуск|отсутств|вне офиса|у відпустці|izinde\b|tatilde\b|εκτός γραφείου|"
    r"i ffwrdd o'r swyddfa|allan o'r swyddfa|ar wyliau|ar absenoldeb)|"
    # Scripts that put no blanks between words
    r"休假|不在|外出|自动回复|休暇|휴가|부재|בחופש|لست في المكتب|إجازة",
    re.I,
)
# The first words of an answer that no header betrays, and of a filter that asks its sender to prove to be a person
CONFESSION = re.compile(
    r"\b(?:this|it) is an auto(?:mated|matic|matically generated) (?:e-?mail |message )?"
    r"(?:reply|response|acknowledge?ment)\b(?! in (?!reply|response|order\b))|"
    r"\b(?:added|add yourself) to (?:the recipient's|my|our) (?:allowed|approved|guest|safe|white) ?list\b|"
    r"\b(?:complete|begin) the (?:sender )?verification process\b|\baccount is protected by\b|"
    r"\bprotecting (?:myself|ourselves) from receiving junk\b",
    re.I,
)
QUOTED = re.compile(
    r"^[ \t]*(?:>|-{3,}|_{5,}|\*?(?:from|sent|von|gesendet|oddi wrth)\b\*?:|on .{5,120} wrote:)",
    re.I | re.M,
)
PASSED_ON = re.compile(r"^(?:fwd?|wg|tr|yml|doorst|vb|rv|enc|pd|i)\s*:", re.I)
