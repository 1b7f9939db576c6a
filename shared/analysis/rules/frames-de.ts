// German frames, in the order in which they are tried: the first that holds decides.
import type { LawfulBasis } from '../../notice/lawful-basis.ts';
import type { Frame, Verdict } from './frame.ts';
import type { SectionKind } from './section.ts';

interface Options {
  for?: readonly LawfulBasis[];
  outside?: readonly SectionKind[];
  unless?: readonly RegExp[];
  confidence?: number;
  byNumber?: true;
}

const frame = (id: string, says: Verdict, trigger: RegExp, match: string[], not: string[], options: Options = {}): Frame => ({
  id: `${id}-de`,
  says,
  scope: 'sentence',
  trigger,
  confidence: options.confidence ?? 0.9,
  examples: { match, not },
  ...(options.unless ? { negators: options.unless } : {}),
  ...(options.for ? { for: options.for } : {}),
  ...(options.byNumber ? { byNumber: true } : {}),
  ...(options.outside ? { outside: options.outside } : {}),
});

const CONSENT: readonly LawfulBasis[] = ['consent'];
const INTERESTS: readonly LawfulBasis[] = ['legitimate_interests'];
const BY_WORDS: readonly LawfulBasis[] = [
  'contract',
  'legal_obligation',
  'vital_interests',
  'public_task',
  'legitimate_interests',
];
const NOT_OWN: readonly SectionKind[] = [
  'sharing',
  'transfers',
  'rights',
  'retention',
  'definitions',
  'special',
  'children',
  'automated',
  'complaints',
  'changes',
];

export const FRAMES_DE: readonly Frame[] = [
  frame(
    'consent-thing',
    'general',
    /\u25c6s?(?:-| )(?:banner|tool|management|manager|einstellung(?:en)?|dialog|platt?form)\b/i,
    ['Das ◆-Banner speichert die Wahl.'],
    ['Die ◆ ist die Grundlage.'],
    { for: CONSENT },
  ),
  frame(
    'means',
    'definition',
    /^\W*(?:(?:die|eine|unter|der|als|bei) )?["']?\u25c6["']?(?: der betroffenen person)? (?:ist jede|bedeutet|bezeichnet|versteht man|im sinne|meint|gilt jede)/i,
    ['◆ bedeutet jede freiwillige Erklärung.'],
    ['Die ◆ ist Rechtsgrundlage.'],
  ),
  frame(
    'withdrawn',
    'right',
    /\bwiderruf\w*(?: (?:\w+ ){0,6})?\u25c6|\u25c6[^.;\u25c6]{0,80}\b(?:jederzeit |mit wirkung |f\u00fcr die zukunft |uns gegen\u00fcber |kann |k\u00f6nnen |\w+ ){0,8}(?:zu )?widerruf/i,
    ['Sie können Ihre ◆ jederzeit widerrufen.', 'Der Widerruf Ihrer ◆ wirkt für die Zukunft.'],
    ['Grundlage ist Ihre ◆.'],
    { for: CONSENT, unless: [/(?:rechtsgrundlage|grundlage|basis|beruht|basiert|aufgrund)\b[^\u25c6.]{0,60}\u25c6/i] },
  ),
  frame(
    'when-then-right',
    'right',
    /^\W*(?:soweit|sofern|wenn|falls|insofern|insoweit|beruht|basiert|erfolgt|haben sie|verarbeiten? (?:ich|wir))\b[^\u25c6]{0,140}\u25c6[^]{0,220}\b(?:recht\b|widerruf\w*|widersp\w+|berechtigt,)/i,
    ['Soweit die Verarbeitung auf Ihrer ◆ beruht, haben Sie das Recht, sie zu widerrufen.'],
    ['Wenn Sie bestellen, ist Rechtsgrundlage ◆.'],
    { unless: [/\brechtsgrundlage (?:ist|sind|f\u00fcr)\b/i, /\bsoweit erforderlich\b/i, /\bnicht widersprochen\b/i] },
  ),
  frame(
    'right-to',
    'right',
    /\b(?:recht|rechte|widersprechen|widerspruch|widerspruchsrecht|daten\u00fcbertragbarkeit)\b[^\u25c6]{0,220}\u25c6/i,
    ['Sie haben das Recht, der Verarbeitung zu widersprechen, die auf ◆ beruht.'],
    ['Rechtsgrundlage ist ◆.'],
    { unless: [/\brecht und (?:billig|ordnung)/i, /\brechtsgrundlage\b/i] },
  ),
  frame(
    'beyond',
    'general',
    /\b\u00fcber\b[^\u25c6.;]{0,60}\u25c6 hinaus\b/i,
    ['Über die eigentliche ◆ hinaus verarbeiten wir Daten, weil wir ◇ haben.'],
    ['Wir berichten über ◆.'],
    { for: ['contract', 'legal_obligation'] },
  ),
  frame(
    'must-provide',
    'general',
    /\b(?:sie m\u00fcssen|m\u00fcssen sie|sind sie verpflichtet|nur diejenigen)\b[^\u25c6.;]{0,80}\b(?:bereitstell\w*|bereitzustell\w*|angeben|mitteil\w*|mitzuteilen)\b[^\u25c6]{0,160}\u25c6/i,
    ['Sie müssen nur die Daten bereitstellen, die für ◆ erforderlich sind.'],
    ['Für ◆ müssen wir Daten speichern.'],
  ),
  frame(
    'boilerplate',
    'general',
    /^\W*(?:soweit|sofern|insoweit|insofern|bei der verarbeitung|ist die verarbeitung|f\u00fcr den fall|wenn|erfolgt)\b[^]{0,320}\bdien(?:t|en)\b[^]{0,80}\u25c6|^\W*(?:soweit|sofern|insoweit|insofern|bei der verarbeitung|ist die verarbeitung|f\u00fcr den fall|wenn)\b[^]{0,200}\u25c6[^]{0,260}\bdien(?:t|en)\b|\u25c6[^]{0,40}\bdient (?:unserem unternehmen|uns)\b[^]{0,60}\brechtsgrundlage\b/i,
    [
      'Soweit wir eine ◇ einholen, dient ◆ als Rechtsgrundlage.',
      '◆ dient uns als Rechtsgrundlage für Vorgänge, bei denen wir eine ◇ einholen.',
    ],
    ['Rechtsgrundlage für den Versand ist ◆.'],
    {
      unless: [
        /\b(?:newsletter|bestell|kontaktformular|cookies?|anfrage|bewerb|registrier|analyse|versand|webseite|website)\w*/i,
      ],
    },
  ),
  frame(
    'not-yet',
    'general',
    /^\W*(?:sollten|sollte|falls|sofern|wenn) (?:\w+ ){0,4}(?:zuk\u00fcnftig|k\u00fcnftig|in zukunft|sp\u00e4ter)\b[^]{0,260}\u25c6/i,
    ['Sollten künftig Analysedienste hinzukommen, werden sie erst nach ◆ aktiv.'],
    ['Wenn Sie bestellen, ist ◆ die Grundlage.'],
    { for: CONSENT },
  ),
  frame(
    'automatically-or',
    'general',
    /\bautomatisch oder (?:nach|mit)(?: (?:ihrer|deiner|erteilter))? \u25c6/i,
    ['Andere Daten fallen automatisch oder nach ◆ beim Besuch an.'],
    ['Nach ◆ senden wir Angebote.'],
    { for: CONSENT },
  ),
  frame(
    'possible',
    'general',
    /\bk(?:ann|\u00f6nnen)\b[^\u25c6.;]{0,60}\b(?:grundlage|gest\u00fctzt|beruhen|basieren|erfolgen)\b[^\u25c6.;]{0,80}\u25c6/i,
    ['Die Verarbeitung kann ferner auf Grundlage von ◆ erfolgen.'],
    ['Die Verarbeitung erfolgt auf Grundlage von ◆.'],
  ),
  frame(
    'in-general',
    'general',
    /^\W*(?:sofern|soweit|wenn|falls) sie in die (?:daten)?verarbeitung (?:ihrer daten )?(?:\u25c7|\u25c6)|^\W*(?:sofern|soweit|wenn|falls) sie uns (?:eine |ihre )?(?:\u25c7|\u25c6) in die (?:daten)?verarbeitung (?:erteilt|gegeben)|^\W*(?:sind|ist) (?:ihre|deine|die) (?:daten|verarbeitung)\b[^]{0,140}\b(?:erforderlich|notwendig)\b/i,
    ['Sofern Sie in die Datenverarbeitung ◇ haben, verarbeiten wir Ihre Daten auf Grundlage von ◆.'],
    ['Sofern Sie sich anmelden, beruht das auf ◆.'],
    { unless: [/\b(?:newsletter|bestell|kontaktformular|cookies?|anfrage|bewerb|registrier|analyse|versand|\w*tools?)\w*/i] },
  ),
  frame(
    'law-allows',
    'general',
    /\b(?:dsgvo|gesetz\w*|datenschutzrecht|verordnung|gesetzgeber|verarbeitung)\b[^\u25c6]{0,50}\b(?:erlaubt|gestattet|nur (?:dann )?(?:zul\u00e4ssig|rechtm\u00e4\u00dfig|erlaubt)|verlangt|fordert|sieht vor|rechtm\u00e4\u00dfig, wenn|zul\u00e4ssig, wenn)\b[^]{0,240}\u25c6|\b(?:nur|lediglich) (?:dann )?(?:verarbeitet|erhoben|genutzt|weitergegeben|verwendet), (?:wenn|soweit|sofern)\b[^]{0,240}\u25c6|\bgrunds\u00e4tzlich nur\b[^]{0,260}\u25c6|\beine ausnahme gilt\b[^]{0,200}\u25c6/i,
    ['Die DSGVO erlaubt das nur mit ◆.', 'Daten werden grundsätzlich nur nach ◆ verarbeitet.'],
    ['Rechtsgrundlage ist ◆.'],
    { unless: [/\brechtsgrundlage (?:hierf\u00fcr |daf\u00fcr )?ist\b/i] },
  ),
  frame(
    'special',
    'special',
    /\b(?:besondere[nr]? (?:kategorien|arten)|art(?:ikel|\.)? ?9\b|gesundheitsdaten)[^]{0,200}\u25c6/i,
    ['Besondere Kategorien verarbeiten wir nur mit ◆.'],
    ['Grundlage ist ◆.'],
    { for: ['consent', 'public_task', 'legal_obligation'], unless: [/\bart(?:ikel|\.)? ?6\b|\u25c6[^]{0,40}\bart/i] },
  ),
  frame(
    'not',
    'negated',
    /\b(?:ohne|nicht|kein|keine|keiner|keinen|keinem|statt|anstelle|au\u00dfer|ausnahme)(?: [^\s,;.:()\u25c6]+){0,5} \u25c6|\u25c6[^.;,\u25c6]{0,30}\b(?:nicht erforderlich|nicht notwendig|entbehrlich|nicht vorliegt|nicht erteilt)/i,
    ['Ohne Ihre ◆ geben wir nichts weiter.', 'Eine ◆ ist nicht erforderlich.'],
    ['Mit Ihrer ◆ senden wir den Newsletter.'],
    { unless: [/\bnicht nur\b/i, /\bnicht \w+bar\b/i] },
  ),
  frame(
    'overriding',
    'general',
    /\b(?:\u00fcberwieg\w*|abw\u00e4g\w*)\b[^\u25c6.;]{0,40}\u25c6/i,
    ['Ihre Rechte überwiegen ◆ nicht.'],
    ['Wir haben ◆ an der Sicherheit.'],
    { for: INTERESTS, unless: [/\brechtsgrundlage|\bgrundlage\b/i] },
  ),
  frame(
    'by-the-law',
    'general',
    /\b(?:grundlage|basis|beachtung|einhaltung|rahmen) (?:der |aller )?(?:geltenden )?\u25c6 ?(?:\((?:ds-?gvo|bdsg|tkg|tmg|ttdsg|tdddg|dsg)|(?:des datenschutz|der ds-?gvo|zum datenschutz))/i,
    ['Wir verarbeiten Daten nur auf Grundlage der ◆ (DSGVO, TKG).'],
    ['Wir verarbeiten Daten auf Grundlage einer ◆.'],
    { for: ['legal_obligation'] },
  ),
  frame(
    'basis-label',
    'applied',
    /(?:^|[.;:|(] ?)\W*(?:(?:unsere|die|einschl\u00e4gige|ma\u00dfgebliche|gesetzliche|rechtliche) ){0,2}(?:rechtsgrundlagen?|rechtliche grundlagen?|rechtsgrund|grundlage)(?: (?:der|f\u00fcr|dieser|hierf\u00fcr|daf\u00fcr|nach|gem)\b[^:\u25c6.]{0,90})?(?: ?\([^)]{0,40}\))? ?(?::|-|=|\|)[^\u25c6]{0,200}\u25c6/i,
    ['Rechtsgrundlage: ◆', 'Rechtsgrundlagen der Verarbeitung: ◆'],
    ['Ohne Rechtsgrundlage keine ◆.'],
    { confidence: 0.97 },
  ),
  frame(
    'basis-is',
    'applied',
    /\b(?:rechtsgrundlagen?|rechtliche[rn]? grundlagen?|rechtsgrund|erlaubnistatbestand|gesetzliche[rn]? grundlagen?|grundlage)\b[^]{0,240}\u25c6/i,
    ['Rechtsgrundlage für die Verarbeitung ist ◆.', 'Die rechtliche Grundlage hierfür bildet ◆.'],
    ['◆ wurde erteilt.'],
    { confidence: 0.95, unless: [/\b(?:keine|ohne|andere|sonstige|eine) (?:rechtsgrundlage|gesetzliche grundlage)\b/i] },
  ),
  frame(
    'is-basis',
    'applied',
    /\u25c6[^.]{0,140}\b(?:rechtsgrundlagen?|rechtliche grundlage)\b/i,
    ['◆ ist hierfür die Rechtsgrundlage.'],
    ['Rechtsgrundlage fehlt.'],
    { confidence: 0.92, unless: [/\b(?:keine|ohne|andere|sonstige) (?:rechtsgrundlage|gesetzliche grundlage)\b/i] },
  ),
  frame(
    'kept-longer',
    'retention',
    /\b(?:gespeichert|gel\u00f6scht|l\u00f6sch(?:en|ung)|aufbewahrt)\b[^]{0,60}\b(?:es sei denn|sofern|soweit|wenn nicht|au\u00dfer)\b[^]{0,240}\u25c6[^]{0,200}\b(?:speicherung|aufbewahr\w*|speichern)\b|\b(?:hinausgehende|l\u00e4ngere|weitere)[nr]? (?:speicherung|aufbewahrung)\b[^.;]{0,120}\u25c6/i,
    ['Die Daten werden gelöscht, es sei denn, dass wir nach ◆ DSGVO zu einer längeren Speicherung verpflichtet sind.'],
    ['Wir speichern sie nach ◆ DSGVO.'],
  ),
  frame(
    'kept-for',
    'retention',
    /\b(?:aufbewahr\w*|gespeichert|speicher\w*|gel\u00f6scht|l\u00f6sch\w*|sperr\w*|solange)\b[^\u25c6;]{0,200}\u25c6|\u25c6[^\u25c6;]{0,120}\b(?:aufbewahr\w*|gel\u00f6scht|l\u00f6sch\w*|entgegenstehen)\b/i,
    ['Wir bewahren Rechnungen auf, weil wir ◆ sind; sie bleiben gespeichert, bis ◆ endet.'],
    ['Wir nutzen sie wegen ◆.'],
    {
      for: ['legal_obligation', 'contract', 'legitimate_interests', 'consent'],
      unless: [/\bart(?:ikel|\.)? ?6\b/i, /\bgrundlage\b|\bberuht|\bbasiert/i, /\u25c6[^\u25c6]{0,10}(?:dsgvo|ds-gvo|gdpr)/i],
    },
  ),
  frame(
    'shared-when',
    'general',
    /\b(?:weiter(?:gabe|gegeben|geleitet|geben|gebe)|\u00fcbermitt\w+(?! (?:daten|angaben|informationen|unterlagen)\b)|offengelegt|offenlegung|an dritte|dritten)\b[^\u25c6]{0,260}\u25c6/i,
    ['Daten werden nur weitergegeben, soweit ◆ besteht.'],
    ['Wir verarbeiten sie wegen ◆.'],
    {
      unless: [
        /\b(?:auf (?:der )?(?:grundlage|basis)|beruht|basiert|aufgrund)\b[^\u25c6]{0,40}\u25c6/i,
        /\b(?:interesse|interessen) (?:\w+ ){0,3}dritte/i,
        /\b(?:formular|e-?mail|anfrage|browser)\b[^\u25c6]{0,80}\u00fcbermittelt/i,
      ],
    },
  ),
  frame(
    'agreed-to-pass-on',
    'general',
    /\b(?:wenn|sofern|soweit|falls)\b[^.;\u25c6]{0,120}\u25c6[^.;\u25c6]{0,80}\b(?:\u00fcbermitteln|geben wir|leiten wir|teilen wir|weitergeben|weitergegeben|weitergeleitet|weiterleiten)\b/i,
    ['Soweit Sie ◆ haben, übermitteln wir Ihre Daten an die Ortsgruppe.'],
    ['Soweit Sie ◆ haben, senden wir Ihnen Angebote.'],
    { for: CONSENT, unless: [/\bgrundlage\b|\bart(?:ikel|\.)? ?6\b/i] },
  ),
  frame(
    'based-on',
    'applied',
    /\bauf (?:der )?(?:rechtlichen |gesetzlichen )?(?:grundlage|basis|rechtsgrundlage)\b[^\u25c6.;]{0,120}\u25c6|\b(?:aufgrund|auf grund|kraft|infolge)\b[^\u25c6.;,]{0,60}\u25c6|\b(?:beruh(?:t|en)|basier(?:t|en)|st\u00fctz(?:t|en)|gest\u00fctzt)\b[^\u25c6.;]{0,120}\u25c6|\bberufen wir uns\b[^\u25c6.;]{0,60}\u25c6|\bgrundlage (?:ist|bildet|sind)\b[^\u25c6.;]{0,60}\u25c6/i,
    ['Die Verarbeitung erfolgt auf Grundlage von ◆.', 'Sie beruht auf ◆.', 'aufgrund Ihrer ◆'],
    ['Trotz ◆ geschieht nichts.'],
    { confidence: 0.92, outside: ['rights', 'definitions', 'transfers'] },
  ),
  frame(
    'article',
    'applied',
    /\b(?:gem\u00e4\u00df|gem\.|nach|laut|entsprechend|i\.? ?s\.? ?d\.?|im sinne(?: von| des)?|aus|in|durch|i\.? ?v\.? ?m\.?|von|des|iSv|auf|\u00fcber|zu|bzw\.|beziehungsweise|sowie)\s?(?:dem |der )?\u25c6|[([,] ?\W{0,3}(?:vgl\.|siehe|gem\.|gem\u00e4\u00df|nach|rechtsgrundlage)? ?:? ?\u25c6 ?(?:ds-?gvo|gdpr|[,;)])|\((?:insb\.?|insbesondere|z\.? ?b\.?|u\.? ?a\.?) (?:[\w\u00c0-\u024f-]+,? ){0,6}\u25c6 ?(?:ds-?gvo|gdpr)/i,
    [
      'Das geschieht gemäß ◆ DSGVO.',
      'Wir sichern den Betrieb (◆ DSGVO).',
      'unter Beachtung der Vorschriften (insb. des Steuerrechts ◆ DSGVO)',
    ],
    ['◆ nennt die Bedingungen.'],
    { byNumber: true, confidence: 0.88, outside: ['rights', 'definitions'] },
  ),
  frame(
    'necessary-for',
    'applied',
    /\b(?:erforderlich|notwendig|ben\u00f6tig(?:en|t)|unerl\u00e4sslich)\b[^\u25c6.;]{0,120}\u25c6|\b(?:zur|zum|f\u00fcr)\b[^\u25c6.;,]{0,80}\u25c6[^.;]{0,120}\b(?:erforderlich|notwendig|ben\u00f6tig(?:en|t))\b/i,
    ['Dies ist zur Wahrung von ◆ erforderlich.', 'Das ist notwendig für die ◆.'],
    ['Das ist unsere ◆.'],
    { for: BY_WORDS, confidence: 0.86, outside: NOT_OWN },
  ),
  frame(
    'because-obliged',
    'applied',
    /\b(?:weil|da) wir\b[^\u25c6.;]{0,60}\u25c6/i,
    ['Die Kopie verlangen wir, weil wir als Halter dazu ◆ sind.'],
    ['Wir sind ◆.'],
    { for: ['legal_obligation'], confidence: 0.8, outside: NOT_OWN },
  ),
  frame(
    'interest-in',
    'applied',
    /\b(?:unser(?:e[snrm]?)?|ein(?:e[sm]?)?|wahrung|im|in|haben|hat|darin|sein(?:e[sm]?)?|ihr(?:e[sm]?)?|deren|das|zugunsten|diese|dieses|dies|als|dem|den|aus)(?: (?:unsere[rsmn]?|eine[rsm]?|der|des|dem|den|die|jeweilige[nrs]?|\w+en|ebenfalls|auch|daher)){0,3} \u25c6/i,
    ['Wir haben ein ◆ an der Sicherheit.', 'Das liegt in unserem ◆.'],
    ['Gegen ◆ können Sie sich wenden.'],
    { for: INTERESTS, confidence: 0.8, outside: NOT_OWN },
  ),
  frame(
    'with-consent',
    'applied',
    /\b(?:mit|nach|bei vorliegen|auf|im rahmen)(?: (?:ihrer|deiner|einer|ausdr\u00fccklicher|vorheriger|entsprechender|erteilter|gesonderter|der|deren|ausdr\u00fccklichen|vorherigen|des \w+|und)){0,4} \u25c6|\b(?:wenn|sofern|soweit|falls|nachdem|weil|indem)\b[^.;]{0,140}\u25c6(?: haben| hast| hat|\w* erteil\w+| gegeben| vorliegt)|\b(?:wenn|sofern|soweit|falls|nachdem) (?:sie|du)\b[^.;,]{0,120}\u25c6/i,
    ['Mit Ihrer ◆ senden wir Ihnen Angebote.', 'Wenn Sie ◆ haben, werten wir Besuche aus.'],
    ['◆ ist ein Wort.'],
    { for: CONSENT, confidence: 0.7, outside: NOT_OWN, unless: [/\bnur\b/i] },
  ),
  frame(
    'named-behind-purpose',
    'applied',
    /\b(?:wir|um|zur|zum|f\u00fcr)\b[^.;()?]{0,200}\((?:unser(?:e[snrm]?)? |ein(?:e[sm]?)? )?\u25c6\)|^[^.:;()?]{3,60}: (?:unser(?:e[snrm]?)? |ein(?:e[sm]?)? )?\u25c6\W*$/i,
    ['Wir nutzen Ihre Anschrift zur Lieferung (◆).', 'Lieferung: ◆.'],
    ['◆ ist ein Wort.'],
    { for: BY_WORDS, confidence: 0.75, outside: NOT_OWN },
  ),
];
