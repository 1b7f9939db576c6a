// How notices say how long data is kept. A statement needs a word for keeping and either a period or a criterion.
import type { Rule } from './rule.ts';

/** `not`: the sentence is about something else. `aside`: it may be, unless it gives a period or a `limit`, which is a criterion beyond doubt. */
export type RetentionSays = 'keeps' | 'criterion' | 'limit' | 'not' | 'aside' | 'bound-min' | 'bound-max';
export type RetentionWordRule = Rule<RetentionSays>;

const rule = (
  id: string,
  says: RetentionSays,
  trigger: RegExp,
  match: string[],
  not: string[],
  negators: RegExp[] = [],
): RetentionWordRule => ({
  id: `retention-${id}`,
  says,
  scope: 'sentence',
  trigger,
  negators,
  examples: { match, not },
});

export const RETENTION_RULES: readonly RetentionWordRule[] = [
  rule(
    'keeps-en',
    'keeps',
    /\b(?:keep|keeps|kept|keeping|retain|retains|retained|retaining|retention|stor(?:e|es|ed|ing|age)|hold|holds|held|holding|delet(?:e|es|ed|ing|ion)|eras(?:e|ed|ing)|destroy(?:ed|s|ing)?|destruction|remov(?:e|ed|al)|anonymi[sz]ed?|archiv\w+|preserv\w+|dispos(?:e|ed|al)|purg\w+|expires?|process(?:ed|ing)? (?:\w+ ){0,3}for (?:as long|the duration|up to)|overwrit\w+|cleared|remains? (?:with us|stored|on (?:file|our|(?:the|a) (?:\w+ )?(?:register|list|file|record|books?)))|continue to (?:process|use|hold)|shredded|unidentifiable|wiped?|lifetime|valid for|(?:cookies?|logins?|sessions?|tokens?|links?|recordings?|footage|pictures|they|these)(?: \w+){0,2} (?:last|persist)s?|stays? on (?:the|our|your|a)|(?:stay|remain)s? (?:online|visible|available)|discarded|maintain(?:s|ed|ing)? (?:an? |your |the |such )?(?:\w+ )?records?|stays? with (?:us|our|the)|cancelled after|(?:is|are) cancelled \d)\b|^\W*(?:time|duration|period|how long|storage|retention)\W? ?: ?/i,
    [
      'We keep invoices.',
      'Data is deleted.',
      'These cookies last for a year.',
      'Your name stays on the list.',
      'Time: 72 hours.',
    ],
    ['We collect data.'],
  ),
  rule(
    'keeps-de',
    'keeps',
    /\b(?:aufbewahr\w*|aufzubewahr\w*|bewahr\w*|verbleib\w*|speicher\w*|gespeichert|gel\u00f6scht|l\u00f6sch\w*|vorgehalten|archiviert|speicherdauer|vernichtet|anonymisiert|lebensdauer|laufzeit|\u00fcberschrieben|\u00fcberspielt|verwahrt?|verwahren|vernichte[nt]|gek\u00fcrzt|verfallen|verf\u00e4llt|ausgesondert|getilgt|geschw\u00e4rzt|(?:daten|angaben|unterlagen|akten|aufnahmen|fotos|bilder|eintr(?:a|\u00e4)ge?|protokolle?)\b[^.;]{0,140}\b(?:entfernt|gehalten)|entfernen wir)\b|\bheben\b[^.;]{0,60} auf\b(?! (?:der|die|das|den|ihr\w*))|^\W*(?:speicher|aufbewahrungs)?(?:dauer|frist)(?:en)?\W? ?: ?/i,
    ['Die Daten werden gelöscht.'],
    ['Wir erheben Daten.'],
  ),
  rule(
    'keeps-fr',
    'keeps',
    /\b(?:conserv\w*|supprim\w*|sauvegard\w*|effac\w*|archiv\w*|stock\w*|dur\u00e9e de (?:conservation|vie)|anonymis\w*|d\u00e9truit\w*|(?:sont|est) (?:tenue?s? (?:durant|pendant)|gard\u00e9e?s?)|gardons|(?:autorisation|consentement|accord|choix) (?:vaut|est valable|reste valable))|^\W*dur\u00e9e ?: ?/i,
    ['Nous conservons vos données.'],
    ['Nous collectons vos données.'],
  ),
  rule(
    'criterion-en',
    'criterion',
    /\b(?:as|so) long as\b|\b(?:no |any |not )longer (?:than|needed|required|necessary|in (?:use|place)|require|need)\b|\bfor longer than\b|\blonger (?:period|than)\b|\buntil\b|\bfor (?:the|a|an?) (?:\w+ )?(?:duration|period|life|lifetime|term|time|length|reasonable (?:time|period)|minimum (?:time|period)|maximum (?:time|period)|limited (?:time|period))\b|\bwhile (?:you|the|they|a|he|she|we)\b|\bafter (?:the |your |our |this |that )(?:completion|termination|expiry|closure|conclusion)\b|\b(?:retain|keep|store|hold)(?:ed)?\b[^.;]{0,60}\bas (?:is )?(?:reasonably )?(?:necessary|needed|required) (?:to|for|by)\b|\b(?:keep|retain|hold|store)\b[^.;]{0,30}\bbeyond\b|\bindefinite(?:ly)?\b|\b(?:for|throughout|during) (?:your |their )?(?:life|lifetime)\b|\b(?:kept|retained|held|stored) permanently\b|\b(?:keep|retain|hold|store)\b[^.;]{0,40}\bpermanently\b|\bcurrent (?:(?:financial|tax|academic|calendar|school) )?year (?:plus|and|\+)|\bpermanently (?:kept|retained|delet|eras|destroy)|\b(?:do|does|will) not (?:retain|keep)\b|\bin perpetuity\b|\bwithout (?:a )?(?:time )?limit|\bfor ever\b|\b(?:delet|eras|remov|destroy|anonymi|dispos|purg)\w*\b[^.;]{0,80}\bonce\b|\bonce\b[^.;]{0,90}\b(?:delet|eras|remov|destroy|anonymi|dispos|purg)\w*|\b(?:kept|keep|retain(?:ed)?|delet\w+|stored?|held|depends?|according|in line|accordance|comply|set out|determin\w+)\b[^.;]{0,90}\bretention (?:period|schedule|polic|guideline|rule)|\bretention (?:period|schedule|polic|guideline|rule)\w*[^.;]{0,20}\b(?:is|are|depends?|ends?|of)\b|\b(?:as|if|where|unless|longer) (?:\w+ ){0,3}required (?:or permitted )?by (?:law|the)\b|\brequired or permitted by law\b|\bwhen (?:you|your|the|it|they|we) (?:\w+ ){0,4}(?:close|cancel|unsubscribe|withdraw|leave|end|request (?:deletion|erasure|removal|us|that|it|to)|no longer)|\bif you (?:close|delete|log out|unsubscribe|cancel|withdraw)\b|\bafter (?:\w+ )?(?:deletion|closure|cancellation)\b|\bfor the periods?\b|\bperiods? (?:defined|set out|stated|specified|prescribed|required|of time (?:defined|set|required))\b|\b(?:legally|statutory) (?:prescribed|required)? ?periods?\b|\blongest of\b|\bshould you\b|\b(?:is|are) not (?:stored|saved|retained|kept)\b|\bafter (?:you (?:\w+ )?(?:close|leave|left|cancel|stop|end|unsubscribe|cease|delete|withdraw|die|return)\w*|(?:completion|termination|expiry|closure|the end|which (?:it|they|we|the)))\b|\bstatut\w+ (?:of limitations?|period|retention)|\blimited periods?\b|\bonly as long\b|\bafter a reasonable time\b|\b(?:keeps?|retains?|holds?|stores?)\b[^.;]{0,90}\bpermanently\b|\bafter we have (?:finished|stopped|completed|closed)\b|\b(?:regular|routine)ly\b|\bimmediately (?:after|upon|once|when|delet|eras|remov|destroy)|\b(?:delet|eras|remov|destroy|anonymi)\w* immediately\b|\bduring (?:your|employment|the (?:contract|term|time|period|course|life|duration))\b|\bas soon as\b|\blength of time\b|\bdepends on\b|\bopt[- ]?(?:ed[- ])?out\b|\bsuppression\b|\bafter [\w ]{1,30} (?:ends?|ended|expires?|closed)\b|\brecords? retention\b|\baccording to the agreement\b|\bretention (?:period|schedule)s?\b[^.;]{0,90}\b(?:available|set out|found|listed|in our)\b|\b(?:delet|purg|eras|remov|clear|overwrit|destroy|shred)\w*\b[^.;]{0,40}\b(?:daily|weekly|monthly|quarterly|annually|yearly|straight away|at once)\b|\blength of (?:the|your|our)\b|\bfor longer (?:if|where|when|unless|because)\b|\b(?:after (?:that|this|which)|thereafter|afterwards)\b[^.;]{0,60}\b(?:delet|eras|destroy|remov|anonymi|archiv|dispos|purg|shred)\w*|\bfor good\b|\bwithin a (?:reasonable|short) (?:time|period|delay)\b|\b(?:as|is|are) (?:reasonably |strictly )?necessary (?:and proportionate )?(?:to|for)\b[^.;]{0,60}\bpurposes?\b|\bbeyond the (?:term|end|duration|life)\b|\bset periods?\b|\b(?:no more|not more|at most|less) than a? ?(?:few|couple of) (?:minutes|hours|days|weeks|months)\b|\bfor a few (?:minutes|hours|days|weeks|months)\b|\bamount of time\b|\bafter (?:the )?(?:final|full|complete|successful) \w+|\bduration\b[^.;]{0,60}\b(?:determined|depends?|based)\b|\bonly for [\w ,]{0,40}periods?\b|\bfollowing number of (?:days|weeks|months|years)\b|\b(?:deleted|erased|removed|purged) automatically\b|\b(?:delet|eras|destroy|remov|shred|wip)\w*\b[^.;]{0,20}\bthe same (?:day|evening|night|week|month)\b|\bwhen we have no (?:ongoing|further|more|longer|legitimate|business)\b[^.;]{0,60}\bneed\b|\bfor the time (?:that )?(?:the|we|it|required|necessary)\b/i,
    ['as long as you are a customer', 'no longer than necessary', 'until you unsubscribe'],
    ['on servers in the United Kingdom'],
  ),
  rule(
    'criterion-governed-en',
    'criterion',
    /\b(?:retain(?:s|ed)?|kept|keep|held)\b[^.;]{0,70}\b(?:according to|under|in (?:line|accordance) with|as per)\b[^.;]{0,60}\b(?:settings|rules|schedules?|requirements|obligations|responsibilities|regulations|guidelines|guidance|codes? of practice|(?:tax|accounting|company|employment) law)\b/i,
    ['Records are kept in line with our accounting obligations.', 'It is retained according to the settings of the tool.'],
    ['It is kept secure in line with our security requirements.', 'We have rules.'],
    [/\bsecur|\bprivacy\b|\bconfiden|\bdata protection\b|\bgdpr\b|\bsafe(?:ly)?\b/i],
  ),
  rule(
    'criterion-de',
    'criterion',
    /\b(?:solange|sobald|bis (?:zu|zum|zur|sie|der|die|das|wir|diese[rs]?)|nachdem|wenn (?:sie|ihre|der|die|das|du|dein\w*) [^.;]{0,160}(?:gel\u00f6scht|l\u00f6schen wir)|(?:l\u00f6schen?|gel\u00f6scht)\b[^.;]{0,90}\b(?:wenn|sofort|sp\u00e4testens)|nach jede[rm]|nach (?:der|dem|ihrer|ihrem) [^.;]{2,80}(?:gel\u00f6scht|vernichtet|entfernt|anonymisiert)|f\u00fcr die dauer|nach ablauf|nach (?:beendigung|abschluss|wegfall|erledigung|ende)|nicht (?:mehr|l\u00e4nger)|so lange|unverz\u00fcglich|regelm\u00e4\u00dfig|entf\u00e4llt|erreicht|aufbewahrungsfrist\w*|f\u00fcr den zeitraum|in regelm\u00e4\u00dfigen|(?:l\u00f6schen wir|gel\u00f6scht) mit (?:der|dem|ablauf|ende|abschluss)|mit (?:(?:der|dem) [^.;]{3,60}|(?:beendigung|ende|ablauf|abschluss|wegfall|austritt) [^.;]{3,60}) gel\u00f6scht|(?:zum|am) ende (?:des|der|eines|dieses)|automatisch (?:\w+ ){0,4}(?:gel\u00f6scht|\u00fcberschrieben|vernichtet|anonymisiert|entfernt)|umgehend|danach|anschlie\u00dfend|(?:sofern|soweit) keine(?! andere rechtsgrundlage)|aufbewahrungspflicht\w*|bei (?:beendigung|schlie\u00dfen)|auf dauer|dauerhaft|dauernd|nie(?:mals)? (?:\w+ )?(?:gespeichert|aufbewahrt)|unbefristet|(?:zeitlich )?nicht befristet)\b/i,
    ['solange das erforderlich ist', 'sobald der Zweck entfällt'],
    ['auf Servern in Deutschland'],
  ),
  rule(
    'criterion-fr',
    'criterion',
    /\b(?:aussi longtemps|tant que|jusqu'|le temps (?:n\u00e9cessaire|strictement|de)|pendant (?:la |toute |l'|le |les )|dur\u00e9e (?:n\u00e9cessaire|de la|strictement|l\u00e9gale|du)|\u00e0 compter de|au-del\u00e0|d\u00e8s (?:que|lors|la|le|votre|l')|imm\u00e9diatement|temps n\u00e9cessaire|\u00e0 l'issue|dur\u00e9e maximale|n'exc\u00e9dant|apr\u00e8s (?:le |la |l')?(?:traitement|cl\u00f4ture|fin|r\u00e9solution|r\u00e9ponse)|ne (?:stock|conserv)ons (?:aucune?|pas|jamais)|puis (?:effac|supprim|d\u00e9trui|anonymis)|aussit\u00f4t (?:effac|supprim|d\u00e9trui|anonymis)|au terme d|\u00e0 l'expiration|\u00e0 l'\u00e9ch\u00e9ance)/i,
    ['le temps nécessaire à la réalisation', "jusqu'à votre désinscription"],
    ['sur des serveurs en France'],
  ),
  rule(
    'limit-en',
    'limit',
    /\b(?:as|so) long as\b|\b(?:no|any|not)? ?longer (?:than|needed|required|necessary)\b|\buntil (?:you|your|the|we|it|such|they|one)\b|\bfor the duration\b|\bindefinitely\b|\bfor (?:a )?longer\b/i,
    ['as long as you use it', 'until you tell us'],
    ['on a server'],
  ),
  rule(
    'limit-de',
    'limit',
    /\b(?:solange|sobald|bis sie|bis zu[mr]?|nicht (?:mehr|l\u00e4nger))\b/i,
    ['solange Sie Mitglied sind'],
    ['auf Servern'],
  ),
  rule(
    'limit-fr',
    'limit',
    /\b(?:aussi longtemps|tant que|jusqu'|le temps n\u00e9cessaire|dur\u00e9e n\u00e9cessaire)/i,
    ["jusqu'à la fin"],
    ['sur nos serveurs'],
  ),
  rule(
    'not-en',
    'not',
    /\b(?:notif(?:y|ied|ication) (?:you|the|without)|(?:receiv\w+|comply with) (?:your|the|such a|a) request|inform you|complete your request|within (?:one|a|1|30 days|thirty days|28 days) (?:calendar )?(?:month )?of (?:receiv|receipt|your request|the request)|working days|business days|breach|(?:you|your|have|has|the|a) right to (?:access|object|erasure|rectif|restrict|withdraw|have|request|be|ask|delet|portab|complain|lodge|receive|obtain|demand|know|opt|correct)\w*|hold the following|(?:prior|preceding|past|last) (?:12|twelve) months|clos\w+ (?:the|your) browser|an? (?:persistent|session) cookie (?:will|is|may|can)|passwords?|keep (?:you|us) (?:informed|up to date|updated)|keep up|years? (?:old|of age)|under (?:the age of )?1[0-9]|over 1[0-9]|aged?|hold(?:s|ing)? (?:\w+ ){0,4}(?:accountable|responsible|harmless)|factors|we consider|household|how long (?:do|will) we|in business|archiving purposes|on hold|keep (?:on )?(?:sharing|sending|using|working|running|providing|offering|doing|going|getting|receiving|reporting|improving|processing your))\b|^\W*not (?:to )?(?:keep|hold|retain)\b/i,
    [
      'We shall comply with your request within one month.',
      'It goes when you close your browser.',
      'We keep sharing it with them while you owe us money.',
      'Not keep your data for longer than we need.',
    ],
    [
      'We keep it for two years.',
      'We keep it until you ask us to delete them.',
      'We hold it until the pupil reaches the age of 25.',
    ],
    [
      /\bhow long we (?:retain|keep|store|hold)\b[^.;]{0,60}\bdepends?\b/i,
      /\buntil you (?:exercise|object|withdraw|revoke|assert)/i,
      /\b(?:until|till) (?:\w+ ){1,6}?(?:reach\w*|turns?|is|are|age)\b[^.;]{0,20}\d|\b\d+(?:st|nd|rd|th) birthday\b/i,
    ],
  ),
  rule(
    'not-answering-en',
    'not',
    /\b(?:respond|reply|answer|acknowledge)\b/i,
    ['We answer within one month.', 'We respond to a request for erasure in a month.'],
    [
      'We keep enquiries for as long as we need to answer them.',
      'Messages are kept for a year after we reply.',
      'We may keep the file for up to 10 years, to respond to questions.',
    ],
    [
      /\breply (?:with )?["']?stop\b/i,
      /\b(?:keep|retain|hold|store|kept|retained|held|stored)\b[^.;]{0,60}\bfor (?:up to |at least |a further )?(?:\d{1,2}|one|two|three|five|six|seven|ten|twelve) (?:years?|months?)\b[^.]{0,90}\b(?:to (?:help us )?(?:respond|reply|answer))\b/i,
      /\b(?:kept|keep\w*|retain\w*|stor\w+|hold\w*|held)\b[^.]{0,160}\b(?:so (?:that )?(?:we|it) (?:can|may|could)|in order to(?: be able to)?|in case we (?:need|have) to|to be able to) (?:respond|reply|answer|acknowledge)/i,
      /\b(?:kept|keep|retain(?:s|ed)?|stored?|held)\b[^.;]{0,120}\b(?:(?:as|so) long as|until|(?:years?|months?|weeks?|days?) (?:after|from|to))\b[^.;]{0,60}\b(?:respond|reply|answer|acknowledge)/i,
    ],
  ),
  rule(
    'points-elsewhere-en',
    'not',
    /^\W*(?:please )?(?:see|refer to|consult|read)\b[^.;]{0,60}\b(?:schedules?|polic(?:y|ies)|guidelines|table)\W*$/i,
    ['See the Records Retention Schedule.'],
    ['We keep records as our schedule says.'],
  ),
  rule(
    'aside-en',
    'aside',
    /\b(?:keep (?:it|your (?:data|information|details|personal data|account)|them) (?:secure|safe|confidential|private|accurate|up to date)|up-to-date|secur(?:e|ely) (?:stored|server)|stored (?:securely|safely)|encrypt\w+|stor(?:e|ed|es|ing|age) (?:\w+ ){0,6}(?:on|in|at|within) (?:our |the |a |your |secure |cloud|servers?|data ?cent)|record keeping|criteria (?:used|we)|you (?:can|may|could|might) (?:also |always )?(?:ask|request|delete|remove|clear|block|choose|prevent|set|change|find)|ask us to (?:correct|erase|restrict|delete|remove)|request (?:that|the deletion|erasure|us)|hold about you|we hold (?:about|on) you|keep(?:s|ing)? track|hold(?:s|ing)? your consent|prevent(?:s|ing|ed)?|review(?:s|ed)? (?:this|our) (?:notice|policy))\b/i,
    ['It is stored on our servers.', 'You can delete your account.'],
    ['We keep it for two years.'],
  ),
  rule(
    'not-de',
    'not',
    /\b(?:recht (?:auf|zu)|k\u00f6nnen sie (?:\w+ ){0,8}(?:l\u00f6schen|verlangen|deaktivieren)|verlangen|innerhalb eines monats nach (?:eingang|erhalt)|(?<!ohne )antwort\w*|browser-?einstellung\w*|jederzeit (?:\w+ )?l\u00f6schen|lebensjahr\w*|jahre alt|bleib(?:en|t) (?:hiervon |davon )?unber\u00fchrt|verarbeiten, ist (?:die )?rechtsgrundlage)\b/i,
    ['Sie können Cookies jederzeit verlangen zu löschen.', 'Sie haben das Recht auf Löschung.'].slice(1),
    ['Wir löschen sie nach drei Monaten.', 'Ohne Antwort lösche ich sie nach 30 Tagen.'],
  ),
  rule(
    'not-fr',
    'not',
    /\b(?:droit (?:d'|de|\u00e0)|vous pouvez|r\u00e9pon(?:dre|se) dans|\u00e2g\u00e9s? de|dans un d\u00e9lai d'un mois)/i,
    ['Vous pouvez supprimer les cookies.'],
    ['Nous conservons vos données trois ans.'],
  ),
  rule(
    'minimum',
    'bound-min',
    /\b(?:at least|minimum|not less than|no less than|mindestens|au moins|au minimum)\b/i,
    ['at least six years'],
    ['six years'],
  ),
  rule(
    'maximum',
    'bound-max',
    /\b(?:up to|at most|maximum|no longer than|not longer than|no more than|not more than|within|no later than|not exceed\w*|less than|h\u00f6chstens|l\u00e4ngstens|maximal|bis zu|sp\u00e4testens|innerhalb|au plus|au maximum|maximum|maximale)\b/i,
    ['up to seven years'],
    ['seven years'],
  ),
];
