"""What stands on a page and is not the release: navigation, share bars, cookie notices, print footers; and the words that mark a
release's parts — its kind, its end, its notes to editors, its contacts — in the languages of the field."""

# ruff: noqa: E501 - the lists of words are easier to read and to add to when a language stands on a line

from __future__ import annotations

import re

# Each entry is matched against a whole line, lower-cased, its outer punctuation gone.
_NAVIGATION = re.compile(
    r"""(?:
    (?:skip|jump)\ (?:to|directly\ to)\b.* | (?:go\ )?back(?:\ to\b.*)? | (?:log|sign)[\ -]?(?:in|out|up)(?:\s*(?:/|or)\s*\w+)?(?:\ to\ (?:post|leave|add|comment|reply)\b.{0,40})? | register | home(?:page)? | menu | (?:site\ )?search
    | donate(?:\ (?:now|today))? | join(?:\ us)? | subscribe(?:\b.{0,60})? | newsletter(?:\ sign[- ]?up)? | sign\ up\b.{0,60} | follow\ us\b.* | about(?:\ us)? | contact(?:\ us)?
    | what\ we\ do | get\ involved | take\ action | act\ now | our\ work | news(?:room)? | media(?:\ cent(?:re|er))? | press(?:\ (?:room|cent(?:re|er)|releases))? | publications | resources | countries | languages? | english | français | español | deutsch | русский | العربية | português
    | toggle\ navigation | main\ (?:menu|navigation) | close | open\ menu | breadcrumbs? | you\ are\ here\b.* | previous | next(?:\ (?:article|post|story))? | (?:previous|next)(?:\ (?:article|post|page))?\b.{0,120}
    | share(?:\ (?:this|on|via|to)?\b.{0,60})? | tweet | facebook | twitter | x | whatsapp | linkedin | telegram | reddit | (?:e-?)?mail(?:\ (?:this|to\ a\ friend)\b.*)? | copy\ link | print(?:\ (?:this|page|version|friendly)\b.*)? | print(?:er)?[ -]friendly.* | (?:send|forward|e-?mail)\ (?:this\ |it\ )?(?:page\ |article\ |story\ )?to\ a\ friend | save(?:\ as)?\ pdf | download(?:\ (?:pdf|as|this|the)\b.*)? | pdf | rss
    | (?:\w+\ \|\ )*(?:facebook|twitter|whatsapp|email|print|share)(?:\s*[|•·/,]?\s*(?:facebook|twitter|x|whatsapp|linkedin|telegram|e-?mail|print|share|copy\ link|pdf))*
    | read\ (?:more|the\ full|full|the\ rest|on)\b.{0,80} | continue\ reading\b.* | (?:click|tap)\ here\b.{0,60} | learn\ more\b.{0,40} | see\ (?:more|all|also)\b.{0,80} | (?:view|see|browse|more)\ (?:all\ |the\ |our\ )?(?:latest|more|all|other|recent|press|news)\b.{0,60}
    | back\ to\ top | (?:return\ )?to\ (?:the\ )?top | top\ of\ page | load\ more | show\ more | advertisement | sponsored | listen(?:\ to\ this\ article)? | \d+\ (?:min(?:ute)?s?)\ read
    | .{0,60}\ball\ rights\ reserved\b.{0,60} | terms\ (?:of|and)\b.{0,60} | privacy(?:\ policy)?(?:\s*[|·•,]\s*.{0,80})? | cookie\ (?:policy|settings|preferences) | accessibility | sitemap | site\ map | legal\ notice | imprint | powered\ by\b.*
    | accept(?:\ (?:all|cookies|and\b.*)?)?(?:\ cookies)? | reject(?:\ all)?(?:\ cookies)? | manage\ (?:cookies|preferences|options)
    | (?:we|this\ (?:web)?site|our\ (?:web)?site)\ (?:and\ our\ partners\ )?uses?\ cookies\b.* | by\ (?:continuing|using)\b.{0,40}\bcookies\b.*
    | (?:related|see\ also|read\ also|also\ read|lire\ aussi|voir\ aussi|lea\ también|ver\ también|siehe\ auch|mehr\ dazu|leia\ também|veja\ também|читайте\ также|по\ теме|اقرأ\ أيضا?ً?)\s*:.{0,140}
    | printed\ (?:on|from|by)\b.* | https?://\S+(?:\s+\d+/\d+)? | (?:tags?|filed\ under|categor(?:y|ies)|topics?|posted\ in)\s*:.{0,120} | photo(?:\ credit)?\s*:.{0,100} | \d+\ (?:comments?|shares?|views?)
    | aller\ au\ contenu\b.* | accueil | (?:se\ )?connexion | se\ connecter | rechercher | partage[rz](?:\b.{0,40})? | imprimer(?:\b.{0,40})? | faire\ un\ don | lire\ (?:la\ suite|aussi|plus)\b.{0,80} | en\ savoir\ plus\b.{0,40} | à\ lire\ aussi\b.* | nous\ utilisons\ des\ cookies.* | (?:ce|notre)\ site\ utilise\ des\ cookies.* | tout\ accepter | tout\ refuser | accepter | mentions\ légales | haut\ de\ page | retour\ en\ haut\b.* | s['’]abonner | actualités | agir | qui\ sommes-nous
    | (?:saltar|ir|pasar)\ al\ contenido\b.* | inicio | iniciar\ sesi[oó]n | buscar | comp[aá]rt(?:ir|elo|e)(?:\b.{0,40})? | imprimir(?:\b.{0,40})? | donar? | dona\ ahora | leer\ m[aá]s\b.* | ver\ m[aá]s\b.* | utilizamos\ cookies.* | (?:este|nuestro)\ sitio(?:\ web)?\ utiliza\ cookies.* | aceptar(?:\ (?:todo|todas|cookies))? | rechazar(?:\b.{0,20})? | volver\ arriba | suscr[ií]bete | noticias | actúa | qui[eé]nes\ somos
    | (?:direkt\ )?zum\ inhalt(?:\ springen)?\b.* | startseite | anmelden | suche | teilen(?:\b.{0,40})? | drucken(?:\b.{0,40})? | (?:jetzt\ )?spenden | weiterlesen\b.* | mehr\ (?:erfahren|lesen|zum\ thema)\b.* | wir\ verwenden\ cookies.* | diese\ (?:web)?seite\ verwendet\ cookies.* | alle\ akzeptieren | ablehnen | akzeptieren | nach\ oben | impressum | datenschutz(?:erklärung)? | über\ uns | aktuelles | mitmachen | presse
    | (?:ir|pular|saltar)\ (?:para|até|diretamente)\b.*conteúdo.* | início | entrar | pesquisar | partilhar(?:\b.{0,40})? | compartilhar(?:\b.{0,40})? | doe(?:\ agora)? | doar | (?:leia|saiba|ver|ler)\ (?:mais|também)\b.* | (?:utilizamos|usamos)\ cookies.* | este\ (?:site|sítio)\ (?:utiliza|usa)\ cookies.* | aceitar(?:\b.{0,20})? | rejeitar(?:\b.{0,20})? | voltar\ ao\ topo | notícias | quem\ somos
    | перейти\ к\b.* | главная(?:\ страница)? | войти | вход | регистрация | поиск | поделиться\b.{0,40} | (?:версия\ для\ )?печат[иь]\b.{0,30} | распечатать | пожертвовать | читать\ (?:далее|также|дальше|полностью)\b.* | читайте\ также.* | подробнее\b.{0,40} | (?:мы|наш\ сайт|этот\ сайт|сайт)\ использу(?:ем|ет)\ (?:файлы\ )?cookies?.* | принять(?:\ все)? | отклонить | наверх | меню | новости | о\ нас | подписаться\b.{0,40} | контакты
    | (?:انتقل|الانتقال|تخط[يى]|تخطى|اذهب)\ (?:إلى|الى)\ (?:المحتوى|المحتوى\ الرئيسي).* | الرئيسية | الصفحة\ الرئيسية | تسجيل\ الدخول | بحث | ابحث | القائمة | شارك\b.{0,40} | مشاركة\b.{0,40} | طباعة\b.{0,30} | تبرع(?:\ الآن)? | تبرّع(?:\ الآن)? | (?:اقرأ|إقرأ|اقرئي)\ (?:المزيد|أيضا|أيضاً|أيضًا).* | المزيد\b.{0,30} | نستخدم\ ملفات\ تعريف\ الارتباط.* | يستخدم\ (?:هذا\ )?الموقع\ ملفات.* | قبول(?:\ الكل)? | رفض | من\ نحن | اتصل\ بنا | أخبار | الأخبار | جميع\ الحقوق\ محفوظة.* | العودة\ إلى\ الأعلى
    )""",
    re.VERBOSE | re.IGNORECASE,
)
# A line from which on nothing belongs to the release any more.
_AFTER = re.compile(
    r"""(?:
    (?:leave|post|add|write)\ a\ (?:comment|reply)\b.* | (?:\d+\ )?comments?(?:\s*\(\d+\))?(?:\ on\b.*)? | (?:join|view)\ the\ (?:conversation|comments)\b.* | you\ (?:may|might)\ also\ (?:like|be\ interested\ in)\b.* | related(?:\ (?:content|articles?|news|stories|posts|links|releases|press\ releases|documents|items|topics))? | more\ (?:from|on|in|about)\b.{0,60} | most\ (?:read|popular|viewed) | recommended(?:\ for\ you)? | trending(?:\ now)? | latest\ (?:news|press\ releases|stories|posts) | recent\ (?:posts|news|comments) | see\ also
    | (?:laisser|ajouter)\ un\ commentaire\b.* | commentaires?(?:\s*\(\d+\))? | articles?\ (?:liés|similaires|connexes|récents) | à\ lire\ aussi | sur\ le\ même\ (?:sujet|thème) | voir\ aussi | dernières\ actualités
    | (?:deja|dejar|añadir)\ un\ comentario\b.* | comentarios?(?:\s*\(\d+\))? | (?:noticias|artículos|contenidos?)\ relacionad[oa]s? | también\ te\ puede\ interesar\b.* | más\ noticias | últimas\ noticias | lo\ más\ leído
    | kommentar(?:e|\ schreiben|\ hinterlassen)?(?:\s*\(\d+\))? | (?:ähnliche|verwandte|weitere)\ (?:artikel|beiträge|themen|meldungen|inhalte|pressemitteilungen) | das\ könnte\ sie\ auch\ interessieren\b.* | mehr\ zum\ thema | meistgelesen
    | deixe\ (?:um|o\ seu|seu)\ comentário\b.* | (?:notícias|artigos|conteúdos?)\ relacionad[oa]s? | veja\ também\b.* | leia\ também\b.* | últimas\ notícias | mais\ lidas
    | (?:оставить|добавить)\ комментарий\b.* | комментарии(?:\s*\(\d+\))? | похожие\ (?:статьи|материалы|новости) | по\ теме | материалы\ по\ теме | читайте\ также | последние\ новости | другие\ новости
    | (?:أضف|اترك)\ تعليق\S*.* | التعليقات(?:\s*\(\d+\))? | تعليقات | مواضيع\ ذات\ صلة | (?:أخبار|مقالات|مواد)\ ذات\ صلة | اقرأ\ أيضا?ً? | آخر\ الأخبار | الأكثر\ قراءة
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_END = re.compile(
    r"(?:[\s#*=/\\|<>~_–—-]*(?:ends?|fin|fin del comunicado|fin du communiqué|ende|fim|конец|ends? of (?:press |news |media )?(?:release|statement)|انتهى|إنتهى|انتهت|النهاية)[\s#*=/\\|<>~_–—.!-]*|[-–—\s]*30[-–—\s]*|(?:#\s*){2,}|(?:\*\s*){3,}|(?:[-–—/]{1,3}\s*)?xxx)",
    re.IGNORECASE,
)
_END_WORD = re.compile(r"[#*=/\\|–—-]*\s*(?:ends?|fin|ende|fim|конец|انتهى|النهاية|30)\b|#\s*#", re.IGNORECASE)
_NOTES = re.compile(
    r"""(?:
    (?:(?:background\ )?notes?|information|background|notice)\ (?:to|for)\ (?:the\ )?(?:editors?|journalists?|media|the\ press|newsrooms?|newsdesks?)(?:\s+and\s+\w+)? | editors?['’]?s?['’]?\ notes? | notes
    | notes?\ (?:aux|à\ l['’]attention\ des|pour\ les|à\ l['’]intention\ des)\ (?:rédactions?|rédacteurs?|éditeurs?|journalistes) | notes?\ (?:à|de)\ la\ rédaction | notes?\ aux\ rédacteurs\ en\ chef | informations?\ (?:complémentaires|à\ l['’]intention\ des\ journalistes) | complément\ d['’]information
    | notas?\ (?:para|a)\ (?:la\ )?(?:los\ )?(?:editores|redacci[oó]n|redacciones|redactores|periodistas|medios)(?:\ .{0,20})? | notas?\ a\ la\ redacci[oó]n | informaci[oó]n\ (?:complementaria|para\ periodistas)
    | (?:hinweise?|anmerkung(?:en)?|notiz(?:en)?|information(?:en)?)\ (?:für|an)\ (?:die\ )?(?:redaktion(?:en)?|journalist(?:inn)?en|medien|presse)(?:\ .{0,30})? | redaktionelle(?:r)?\ hinweise? | hintergrund(?:information(?:en)?)?\ für\ redaktionen
    | notas?\ (?:aos|para\ os|à|para\ a|às|para)\ (?:editores|redação|redações|jornalistas|imprensa)
    | (?:примечани[ея]|заметки|информация|справка)\ (?:для|к)\ (?:редактор(?:ов|ам|а)|редакци[йи]|журналистов|прессы|сми) | примечани[ея]
    | ملاحظ(?:ات|ة)\ (?:للمحررين|إلى\ المحررين|الى\ المحررين|لرؤساء\ التحرير|للصحفيين|للناشرين|للمحرر|لمحرري\ الأخبار|للسادة\ المحررين|إلى\ السادة\ المحررين) | ملاحظات | معلومات\ للمحررين | (?:خلفية|معلومات)\ (?:للصحفيين|للمحررين)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_CONTACT = re.compile(
    r"""(?:
    (?:press|media|editorial|news)?\s*(?:enquir(?:y|ies)|inquir(?:y|ies)|contacts?|queries)(?:\ (?:details|information|persons?|us|for\ (?:the\ )?(?:media|press|journalists)))? | contacts?\s*(?:\(.{0,30}\))? | (?:press|media)\ (?:office|team|officer|relations)(?:\ contacts?)? | for\ (?:more|further|additional)\ (?:information|details)\b.{0,120} | for\ (?:media|press|interviews?|all)\b.{0,100}(?:contact|call|email|enquiries|inquiries)\b.{0,60} | to\ (?:arrange|request|schedule)\ (?:an\ )?interviews?\b.{0,100} | (?:please\ )?contact\b.{0,60}
    | contacts?\ (?:de\ )?(?:presse|médias?) | contacts?\ pour\ la\ presse | pour\ (?:plus|tout\ complément|toute|de\ plus\ amples|davantage)\b.{0,120} | service\ de\ presse | relations\ (?:presse|médias)
    | contactos?(?:\ (?:de|para|con)\ (?:la\ )?(?:prensa|medios).{0,30})? | para\ (?:más|mayor|obtener\ más|solicitar)\ (?:información|entrevistas)\b.{0,120} | (?:oficina|gabinete|departamento)\ de\ prensa
    | (?:presse|medien)?kontakte? | ansprechpartner(?:in)?(?:nen)? | (?:für\ )?(?:weitere|mehr|nähere)\ (?:informationen|auskünfte)\b.{0,120} | (?:für\ )?(?:presse)?(?:rück|nach|an|interviewan)fragen\b.{0,100} | pressestelle | pressekontakt\b.{0,40}
    | contat?[oc]s?(?:\ (?:de|para|com)\ (?:a\ )?(?:imprensa|mídia|media).{0,30})? | assessoria\ de\ imprensa | para\ (?:mais|obter\ mais|maiores)\ informaç(?:ões|ão)\b.{0,120}
    | контакт(?:ы|ная\ информация|ное\ лицо)?(?:\ для\ (?:прессы|сми|журналистов))? | (?:за|для)\ (?:получения\ )?(?:дополнительной|более\ подробной|подробной)\ информаци(?:ей|и)\b.{0,120} | по\ всем\ вопросам\b.{0,120} | пресс-служба
    | (?:جهات|جهة|معلومات|بيانات)\ (?:الاتصال|التواصل|اتصال)\b.{0,40} | (?:للاتصال|للتواصل|الاتصال|التواصل)\b.{0,60} | (?:لمزيد|للمزيد|لمزيدٍ)\ من\ (?:المعلومات|التفاصيل|الاستفسارات)\b.{0,120} | المكتب\ (?:الصحفي|الإعلامي) | للاستفسار\b.{0,60}
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_LABEL_END = re.compile(r"\s*[:：]\s*$")
EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(
    r"(?<![\w/.,])(?:(?:\+|00)\s?\d[\d\s().\-/]{6,20}\d|\(?0\d{1,4}\)?[\s\-]\d[\d\s\-/]{4,14}\d|(?:\(\d{3}\)|\d{3})[\s.\-]\d{3}[\s.\-]\d{4})(?![\w/])"
)
_TELEPHONE_WORD = re.compile(
    r"\b(?:tel|tél|phone|mobile|cell|fax|telefon|teléfono|telefone|téléphone|portable|móvil|mobil|whatsapp|signal)\b|тел\b|телефон|هاتف|جوال|الهاتف|موبايل",
    re.I,
)

# Phrases for what a document is; the longest that fits names it.
KINDS: tuple[tuple[str, str], ...] = (
    ("press release", r"(?:joint\s+)?(?:press|media|news)\s+(?:release|communiqué|communique|notice)|communiqués?\s+de\s+presse|communiqué\s+aux\s+médias|comunicados?\s+de\s+prensa|notas?\s+de\s+prensa|nota\s+informativa|boletín\s+de\s+prensa|(?:gemeinsame\s+)?(?:presse|medien)(?:mitteilung|information|meldung|erklärung|aussendung)(?:en)?|comunicados?\s+(?:de|à)\s+imprensa|notas?\s+(?:de|à|para\s+a)\s+imprensa|пресс-?\s?релиз|сообщение\s+для\s+(?:прессы|печати|сми)|(?:بيان|بلاغ)\s+(?:صحفي|صحافي|إعلامي)|comunicato\s+stampa|persbericht|basın\s+(?:bülteni|açıklaması)|komunikat\s+prasowy|communiqué|comunicado"),
    ("joint statement", r"joint\s+(?:public\s+|press\s+)?statement|déclaration\s+(?:commune|conjointe)|declaración\s+conjunta|comunicado\s+conjunto|gemeinsame\s+(?:erklärung|stellungnahme)|declaração\s+conjunta|совместное\s+заявление|بيان\s+مشترك"),
    ("urgent action", r"urgent\s+action|action\s+urgente|acción\s+urgente|eilaktion|ação\s+urgente|акция\s+срочной\s+помощи|срочная\s+акция|تحرك\s+عاجل|مناشدة\s+عاجلة"),
    ("open letter", r"open\s+letter|lettre\s+ouverte|carta\s+abierta|offener\s+brief|carta\s+aberta|открытое\s+письмо|رسالة\s+مفتوحة"),
    ("advisory", r"media\s+advisory|press\s+advisory|news\s+advisory|avis\s+aux\s+médias|aviso\s+(?:a\s+los\s+medios|de\s+prensa)|presseeinladung|aviso\s+de\s+pauta"),
    ("statement", r"(?:official\s+)?(?:public\s+|press\s+|media\s+)?statement|déclaration(?:\s+(?:publique|officielle))?|declaración(?:\s+(?:pública|oficial))?|stellungnahme|(?:öffentliche\s+)?erklärung|declaração(?:\s+pública)?|(?:официальное\s+|публичное\s+|открытое\s+)?заявление(?:\s+для\s+прессы)?|بيان(?:\s+عام)?|تصريح(?:\s+صحفي)?"),
    ("news story", r"news\s+story"),
    ("newsletter", r"newsletter|bulletin"),
    ("briefing", r"(?:press\s+|media\s+)?briefing(?:\s+paper)?"),
)  # fmt: skip
KIND = re.compile(
    "|".join(f"(?P<k{number}>(?<!\\w)(?:{pattern})(?!\\w))" for number, (_, pattern) in enumerate(KINDS)), re.IGNORECASE
)
RELEASE_NOW = re.compile(
    r"(?:for\s+)?immediate\s+release|for\s+release(?:\s+on)?|pour\s+(?:diffusion|publication)\s+immédiate|para\s+(?:publicación|difusión|divulgación)\s+inmediata|zur\s+sofortigen\s+veröffentlichung|para\s+divulgação\s+imediata|для\s+немедленного\s+(?:распространения|опубликования|публикации)|для\s+немедленной\s+публикации|للنشر\s+(?:الفوري|فورا|فوراً|فورًا)|public(?:\s+document)?",
    re.IGNORECASE,
)
EMBARGO = re.compile(
    r"\bembargo(?:ed)?\b|\bsperrfrist\b|\bnot\s+for\s+(?:release|publication)\s+(?:before|until)\b|эмбарго|محظور\s+النشر|حظر\s+النشر|não\s+publicar\s+antes|no\s+publicar\s+antes|sous\s+embargo",
    re.IGNORECASE,
)
UPDATED = re.compile(
    r"\b(?:last\s+)?(?:updated|modified|edited|revised|reviewed|changed)\b|mis\s+à\s+jour|mise\s+à\s+jour|modifié|actualizad[oa]|actualización|modificad[oa]|aktualisiert|zuletzt\s+geändert|stand:|atualizad[oa]|atualização|обновлен[оа]?|обновлено|изменено|تحديث|آخر\s+تعديل|تم\s+التعديل",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"\b(?:published|posted|released|issued|release\s+date|date\s+of\s+(?:issue|release|publication)|date)\b|publié|mis(?:e)?\s+en\s+ligne|paru|diffusé|date\s+de\s+publication|publicad[oa]|fecha|fecha\s+de\s+publicación|veröffentlicht|erschienen|datum|divulgado|data|опубликован[оа]?|дата|размещено|نشر|تاريخ|صدر|النشر",
    re.IGNORECASE,
)
EVENT = re.compile(
    r"\b(?:when|event|deadline|hearing|meeting|conference|vigil|join\s+us|takes?\s+place|will\s+be\s+held|will\s+take\s+place)\b|\bquand\b|\bcuándo\b|\bwann\b|\bquando\b|\bкогда\b|متى|الموعد|موعد",
    re.IGNORECASE,
)
PRINTED = re.compile(
    r"\b(?:scanned|received|digiti[sz]ed|eingescannt|eingegangen|numérisé|reçu|recibido|получено|отсканировано|printed|retrieved|accessed|downloaded|archived|captured|saved|snapshot|crawled|consulté|imprimé|impreso|consultado|abgerufen|gedruckt|ausgedruckt|impresso|acessado|распечатано|скачано|дата\s+обращения)\b|تمت\s+الطباعة|تاريخ\s+الطباعة|طبع",
    re.IGNORECASE,
)
COPYRIGHT = re.compile(
    r"©|\(c\)\s|\bcopyright\b|جميع\s+الحقوق|alle\s+rechte|tous\s+droits|todos\s+los\s+derechos|todos\s+os\s+direitos|все\s+права",
    re.IGNORECASE,
)

_OMISSION = re.compile(r"\s*[(\[]\s*(?:…|\.\s?\.\s?\.)\s*[)\]]\s*")
_TRAIL = re.compile(
    r"(?P<before>[.!?…)\]”»\"']\s+)(?:read\s+(?:the\s+)?(?:full|more|rest|on)\b[^.!?]{0,80}|continue\s+reading\b[^.!?]{0,40}|lire\s+la\s+suite\b.{0,60}|leer\s+más\b.{0,60}|weiterlesen\b.{0,60}|leia\s+mais\b.{0,60}|читать\s+далее.{0,60}|اقرأ\s+المزيد.{0,60}|(?:click|tap)\s+here\b[^.!?]{0,60})[\s.!»›→…>]*$",
    re.IGNORECASE,
)


def bare(line: str) -> str:
    """A line without its outer marks, for matching."""
    return line.strip().strip("*_#|•·»«›‹→←▶►▼▲[](){}<>=~+–—-").strip().rstrip(":：.…!").strip()


def is_navigation(line: str) -> bool:
    """True for a line that belongs to the page, not to the release."""
    text = bare(line)
    if not text:
        # "[…]" alone is the text's own mark that something was left out.
        return not any(char.isalnum() for char in line) and not _OMISSION.fullmatch(line)
    if _NAVIGATION.fullmatch(text):
        return True
    parts = [part.strip() for part in re.split(r"\s*[|•·›»>/]\s*|\s{3,}", text) if part.strip()]
    return len(parts) >= 2 and len(text) < 160 and all(_NAVIGATION.fullmatch(part) for part in parts)


def ends_page(line: str) -> bool:
    """True for the heading of what follows a release on a page: comments, related stories."""
    return len(line) < 90 and _AFTER.fullmatch(bare(line)) is not None


def is_end_mark(line: str) -> bool:
    """True for a mark that a release is over: ENDS, ###, -30-."""
    return len(line) < 50 and _END.fullmatch(line.strip()) is not None


def opens_notes(line: str) -> bool:
    """True for a line that heads the notes to editors."""
    return len(line) < 90 and _NOTES.fullmatch(bare(line)) is not None


def opens_contacts(line: str) -> bool:
    """True for a line that heads or is a contact: who to ring or write to."""
    text = bare(line)
    return (len(text) < 90 and _CONTACT.fullmatch(text) is not None) or (
        _CONTACT.match(text) is not None and has_contact(text)
    )


def has_contact(text: str) -> bool:
    """True where a telephone number or an e-mail address stands in the text."""
    return (
        EMAIL.search(text) is not None
        or any(_is_phone(number[0]) for number in PHONE.finditer(text))
        or (_TELEPHONE_WORD.search(text) is not None and sum(map(str.isdigit, text)) >= 6)
    )


def _is_phone(number: str) -> bool:
    return sum(map(str.isdigit, number)) >= 8 and not re.search(
        r"\b\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b", number
    )


def trail(text: str) -> int:
    """Where in a paragraph a "read more" begins that was glued to its end, or its length."""
    match = _TRAIL.search(text)
    return match.end("before") if match else len(text)
