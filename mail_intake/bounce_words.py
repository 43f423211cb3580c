"""The words of mail systems that could not deliver a letter, and the names under which they write."""

import re

NEVER_A_PERSON = re.compile(
    r"^(?:mailer[-_.]?daemon|mail[-_.]?daemon|double-bounce|microsoftexchange[0-9a-f]{32})@", re.I
)
ROBOTS = re.compile(
    r"^(?:mailer[-_.]?daemon|post[-_]?master|mail[-_.]?daemon|mail-?admin(?:istrator)?|mdaemon|nobody|bounces?|"
    r"double-bounce|email-?daemon|microsoftexchange[0-9a-f]+|maildelivery|imss|[\w.-]*(?:smtp|antivirus)[\w.-]*|"
    r"mail[._-]?delivery(?:[._-]?(?:sub)?(?:system|service))?)@",
    re.I,
)
ROBOT_NAMES = re.compile(
    r"mail delivery (?:(?:sub)?system|service|agent)|mailer-?daemon|^\W*postmaster\W*$|(?:mail|system) administrator|"
    r"mail(?:er)? ?(?:system|server|gateway)\b|internet mail delivery|^\W*microsoft outlook\W|microsoft exchange",
    re.I,
)
SUBJECTS = re.compile(
    r"undeliver|non[- ]?deliver|returned (?:mail|to sender|message)|return(?:ed)? mail|"
    r"delivery (?:status|report|fail|error|problem|has failed|delayed|notif|incomplete|unsuccessful)|"
    r"(?:mail|e-?mail|message) delivery|fail(?:ed|ure) (?:mail|delivery)|failure notice|delayed mail|"
    r"mail (?:system )?(?:error|fail|could not)|permanent fail|"
    r"could not (?:be )?(?:send|sent|deliver)|couldn't be delivered|not delivered|unable to (?:send|deliver)|"
    r"(?:message|e-?mail)(?: was| has been)? (?:not|delayed|rejected|undeliverable|status|blocked|you sent)|"
    r"^rejected:|you tried to send|rejected mail|bounced mail|"
    r"warning: (?:message|could not)|user unknown|error (?:sending|report|condition)|returned: |bounce notif|"
    r"non[- ]?(?:remis|distribu|d[eé]livr)|notification d.(?:[eé]tat|[eé]chec)|"
    r"[eé]chec de (?:la )?(?:remise|distribution)|"
    r"unzustellbar|nicht zugestellt|nicht zustellbar|zustellung|"
    r"no se (?:puede|pudo|ha podido) entregar|no entregad|no entregable|devuelto|"
    r"recapit|mancat[ao] (?:consegna|recapito)|impossibile consegnare|"
    r"n[aã]o (?:foi|[eé]) poss[ií]vel entregar|n[aã]o entregue|n[aã]o pode ser entregue|falha na entrega|devolvid|"
    r"onbestelbaar|niet (?:afgeleverd|bezorgd)|kan niet worden (?:bezorgd|afgeleverd)|"
    r"(?:kan|g[aå]r|kunne) (?:inte|ikke) (?:att )?lever|ikke leveret|ikke levert|ej leverer|ei voitu toimittaa|"
    r"niedostarcz|nie mo[zż]na dostarczy|nie dostarczono|zwrot|nedoru[cč]|k[eé]zbes[ií]th?etetlen|"
    r"imposibil de livrat|nelivrat|nije (?:isporu|dostav)|ni mogo[cč]e dostaviti|"
    r"не удалось доставить|не вдалося доставити|не доставлен|недоставлен|невозможно доставить|не може да се достави|"
    r"teslim edilem|iletilemedi|δεν (?:είναι δυνατή|ήταν δυνατή) η παράδοση|"
    r"無法(?:傳遞|送達)|无法(?:传递|送达|投递)|未能?(?:送达|传递|送達|傳遞|配信)|退信|投递失败|"
    r"メールエラー|(?:配信|送信)(?:エラー|不能|できません|に失敗)|を配信できません|"
    r"배달(?:되지| 실패|할 수)|전송 ?실패|반송|לא ניתן למסירה|تعذر (?:التسليم|تسليم)|لم يتم تسليم",
    re.I,
)
UNMISTAKABLE = re.compile(
    r"^(?:undelivered mail returned to sender|delivery status notification ?\((?:failure|delay)\)|"
    r"mail delivery failed: returning message to sender|delivery notification: delivery has failed|"
    r"delivery failure: user .{1,80} not listed in .{1,60}|nondeliverable mail|"
    r"\W*message you sent blocked by our (?:bulk )?e?-?mail filter\W*|"
    r"your (?:message|e-?mail) to \S+@\S+ (?:(?:could not be|couldn't be|was not|has not been) delivered|"
    r"(?:was|has been) (?:blocked|rejected|refused|returned))|"
    r"complaint about message from [\d.:a-f]+|メールエラー通知)$",
    re.I,
)
OPENINGS = re.compile(
    r"hi\. this is the [\w -]{0,30}(?:mail|send|deliver|program|daemon|server)[\w -]{0,30} at|"
    r"this is a delivery status notification|"
    r"\W{0,80}(?:message from interscan|non-delivery report\b|failed recipients\b)|"
    r"(?:your|the) (?:e-?mail|message)(?: with subject.{1,200}?)? (?:could not|cannot) be delivered to the following|"
    r"\W{0,80}votre message n.a pas pu [eê]tre (?:d[eé]livr|remis|distribu)|"
    r"this is the mail system at host|"
    r"this message was created automatically by (?:the )?mail (?:delivery|transfer) (?:software|system)(?! \(tmda)|"
    r"this is an automatically generated delivery status notification|"
    r"this report relates to a message you sent with the following header|"
    r"your message did not reach some or all of the intended recipients|"
    r"delivery (?:has failed )?to (?:these|the following) recipients?(?:\(s\))?(?: or groups)?\b|"
    r"a message (?:that )?you sent could not be delivered|"
    r"(?:sorry,? )?(?:we were )?unable to deliver (?:your )?message to (?:the following|one or more)|"
    r"the original message was received at .{10,200}(?:fatal errors|undeliverable|delivery problems)",
    re.I | re.S,
)
FAILURE_WORDS = re.compile(
    r"(?:could not|couldn't|cannot|can't|unable to|not|failed|failure)[^.]{0,60}deliver|undeliver|"
    r"user unknown|unknown user|invalid (?:user|recipient)|no such (?:user|recipient|mailbox)|"
    r"mailbox (?:is )?(?:full|unavailable)|mailbox not found|user not found|"
    r"permanent (?:fatal )?error|does(?:n't| not) exist|over quota|\b55\d[ -]|"
    r"delivery (?:has )?failed|returned (?:to sender|because)|error delivering|not (?:approved|accepted) by|"
    r"(?:delivery|message)[^.]{0,30}(?:delayed|rejected|failed)",
    re.I,
)
# Said of a letter that waits on its way; of one that is given up mail systems say none of this
DELAYED = re.compile(
    r"warning(?: message)? only|not need to (?:resend|re-send|send (?:it|your message) again)|"
    r"no (?:further )?action is required|still (?:being retried|undelivered)|(?:not yet|n't|not) been delivered yet|"
    r"has not yet been delivered|(?:will|shall) (?:keep|continue|go on) (?:(?:re)?trying|to (?:re)?try|to attempt)|"
    r"will (?:be )?retr(?:y|ied)|(?:attempts will|will) continue (?:for|to be attempted)|"
    r"^(?:\W*(?:warning|notice):?\W*)?(?:delivery|message|mail|e-?mail)(?: \S{10,40})? (?:(?:is|has been) )?delayed\b|"
    r"^delayed (?:mail|delivery)|delivery status notification ?\(delay\)|"
    r"noch nicht zugestellt|wird weiter(?:hin)? versucht|verz[oö]ger|versuche? (?:es )?weiter|"
    r"(?:remise|livraison|distribution) (?:est )?(?:diff[eé]r|retard)|continuera [aà] (?:essayer|tenter)|"
    r"(?:entrega|env[ií]o) (?:est[aá] |ha sido )?(?:retrasad|demorad|atrasad)|"
    r"(?:seguir[aá]|continuar[aá]) (?:intentando|a tentar|tentando)|"
    r"(?:consegna|recapito) (?:[eè] )?(?:in ritardo|ritardat)|continuer[aà] a (?:provare|tentare)|"
    r"bezorging (?:is )?vertraagd|op[oó][zź]nion|opóźnien|ponawian|zpožd|odložen|"
    r"доставка (?:отложена|задерж)|ещ[её] не доставлен|попытки (?:доставки )?будут|доставку затримано|ще не доставлено|"
    r"gecikti|hen[uü]z teslim edilmedi|καθυστέρησ|投递延迟|延[迟遲]|遅延|지연|تأخر|התעכב",
    re.I | re.M,
)
