// Where a text says which organisation is the controller. The name stands where ◆ stands: `before` and `after` say on which side of
// the trigger it is read.
import type { Rule } from './rule.ts';

export interface ControllerRule extends Rule<'before' | 'after' | 'next'> {
  /** How much a name found this way counts. */
  weight: number;
}

const rule = (
  id: string,
  says: ControllerRule['says'],
  weight: number,
  trigger: RegExp,
  match: string[],
  not: string[],
  negators: RegExp[] = [],
): ControllerRule => ({
  id: `controller-${id}`,
  says,
  weight,
  scope: 'sentence',
  trigger,
  negators,
  examples: { match, not },
});

/** `next`: the name is the next line or block. */
export const CONTROLLER_RULES: readonly ControllerRule[] = [
  rule(
    'is-en',
    'before',
    10,
    /(?:\([^()]{0,120}\),? ?)?(?:,[^,]{0,100}, ?)?\b(?:is|are|acts? as|as|will be|shall be|remains)\b (?:both |also |each |considered |registered [^.]{0,90}?as,? and |joint |independent |a |an |the |our |to be ){0,5}['"]?(?:data |joint |sole |main |registered |independent )?controllers?\b/i,
    ['Acme Ltd is the data controller.'],
    ['The controller decides.'],
    [/\b(?:who|which|that|person|someone) (?:is|are) (?:the |a )/i],
  ),
  rule(
    'is-registered-en',
    'before',
    10,
    /\b(?:is|are) (?:registered|listed|notified|known|recorded) (?:[^.]{0,80}? )?as (?:a |an |the |our )?(?:data |joint )?controllers?\b/i,
    ['Hill Borough Council is registered as a data controller with the authority.'],
    ['You are registered as a user.'],
  ),
  rule(
    'we-means-en',
    'after',
    9,
    /\b(?:references? to |the (?:words?|terms?) )?["']?(?:we|us|our)["']?,?(?: (?:and|or) ["']?(?:we|us|our)["']?)? (?:means?|refers? to|are references? to|is a reference to) (?:the )?$/i,
    ["In this policy 'we' and 'us' mean "],
    ['we know what you mean '],
  ),
  rule(
    'are-references-en',
    'after',
    8,
    /\breferences? (?:in this (?:notice|policy) )?to ["']?(?:we|us|our)\b[^.]{0,60}\b(?:are|is|mean) (?:to )?(?:the )?$/i,
    ['References to "we", "us" or "our" are to '],
    ['references from former employers are '],
  ),
  rule(
    'is-responsible-en',
    'before',
    7,
    /\b(?:is|are) (?:the (?:company|entity|organi[sz]ation|party) )?responsible for (?:the )?(?:processing|collecti|your personal|the personal|this (?:website|privacy|policy|notice)|use of your)/i,
    ['Acme Ltd is responsible for the processing of your data.'],
    ['You are responsible for your password.'],
  ),
  rule(
    'of-which-en',
    'after',
    10,
    /\b(?:data )?controllers?(?: of| for| in respect of| responsible)?[^.:;]{0,100}?(?:\b(?:is|are|:)|:) ?(?:the company |the )?['"]?$/i,
    ['The data controller for this site is '],
    ['We control costs.'],
  ),
  rule(
    'label-en',
    'after',
    9,
    /(?:^|\n)\W*(?:the |joint |data |name of |company |responsible ){0,4}(?:controller|company name|responsible (?:party|entity|body))(?:\(s\))?(?: name| details| contact)? ?(?::|-|\||,)\s*$/i,
    ['Data controller: '],
    ['controller of games'],
  ),
  rule(
    'we-are-en',
    'after',
    8,
    /(?:^|[.!\n] ?)\W*(?:we,? (?:are|at)|our (?:company )?(?:full |legal )?name is|this (?:is )?(?:website|site|app|service)? ?is (?:operated|owned|run|provided|managed|published) by|(?:website|site|app|service|platform|brand)s?[^.]{0,60} (?:is|are) (?:owned and |operated and |provided and )?(?:operated|owned|run|provided|managed|published|controlled|offered)(?: and (?:controlled|operated|owned|managed))? by) $/i,
    ['We are ', 'This website is operated by '],
    ['You are '],
  ),
  rule(
    'operated-en',
    'after',
    8,
    /\b(?:owned|operated|run|provided|published|controlled|managed)(?: and (?:controlled|operated|owned|managed|provided))? by $/i,
    ['a service provided by '],
    ['provided for '],
  ),
  rule(
    'defined-as-us',
    'before',
    8,
    / ?,?(?: ?\([^()"']{0,60}\))? ?\((?:together |collectively |hereinafter |hereafter |referred to as |in the following |the |also |nachfolgend |im folgenden |ci-après |"|'){0,3}[^()]{0,60}(?:["'](?:we|us|our|wir|uns|nous|the company|company)["'])/i,
    ['Acme Ltd ("we", "us")'],
    ['our services (the "Services")'],
  ),
  rule(
    'short-name',
    'before',
    5,
    /,?(?: ?\([^()"']{0,60}\))? ?\((?:together |collectively |hereinafter |hereafter |referred to as |the |"|'){0,3}["'][^()"']{2,40}["'][^()]{0,80}\)/i,
    ['Acme Trading Ltd ("Acme")'],
    ['the site (see below)'],
  ),
  rule(
    'respects-en',
    'before',
    5,
    /\b(?:\([^()]{0,80}\) )?(?:is|are) (?:fully |strongly |deeply )?(?:committed to|dedicated to)|\b(?:respects?|takes?|values?|collects?|processes|uses|needs|understands|recogni[sz]es|gathers|handles)\b (?:and \w+ )?(?:your|the|to|personal|certain|individuals|that|data|cookies|privacy)\b/i,
    ['Acme is committed to protecting your privacy.', 'Acme collects your name.'],
    ['committed a crime'],
  ),
  rule(
    'notice-of-en',
    'after',
    4,
    /\b(?:privacy|data protection|data processing)?(?: \w+)? ?(?:policy|notice|statement)\b[^.]{0,60}\b(?:how|of|by|for|what|that|to) (?:the |[A-Z]\w* )?$/i,
    ['This privacy notice explains how '],
    ['This explains '],
  ),
  rule(
    'officer-of-en',
    'after',
    3,
    /\b(?:data protection|privacy) (?:officer|manager|lead|team|coordinator),? (?:at |of )?(?:the )?$/i,
    ['Please write to the Data Protection Officer, '],
    ['the officer on duty '],
  ),
  rule('form-first-fr', 'after', 5, /\b(?:SARL|SASU?|EURL|SELARL|SCOP) $/, ['La librairie (SARL '], ['capital social ']),
  rule('name-label', 'after', 4, /(?:^|\n)\W*(?:company |organi[sz]ation |firm |legal )?name ?: $/i, ['Name: '], ['by name']),
  rule(
    'title-en',
    'before',
    4,
    /(?:'s)? (?:website |customer |online |candidate |general |global )?(?:privacy|data protection|cookies?) (?:notice|policy|statement)\W*$/i,
    ['Little Shop privacy notice'],
    ['privacy notice of'],
  ),
  rule(
    'is-a-en',
    'before',
    3,
    / (?:is|are) (?:a|an|the) (?:registered|leading|charity|company|provider|not-for-profit|non-profit|independent|public|local|national|professional|membership|charitable|limited|social)\b/i,
    ['Moor Homes is a registered provider of homes.'],
    ['You are here.'],
  ),
  rule(
    'is-de',
    'before',
    9,
    /\b(?:ist|sind)\b[^.]{0,60}\bverantwortliche(?:r|n)?\b/i,
    ['Die Beispiel GmbH ist Verantwortlicher.'],
    ['Der Verantwortliche ist hier.'].slice(1),
  ),
  rule(
    'of-which-de',
    'after',
    10,
    /\bverantwortlich(?:e|er|en)?\b(?: stelle)?[^.:;]{0,160}?(?:\bist\b(?: die| der| das)?|:)\s*$/i,
    ['Verantwortlicher im Sinne der DSGVO ist die ', 'Verantwortliche Stelle:\n'],
    ['Die Firma ist '],
  ),
  rule(
    'of-which-fr',
    'after',
    10,
    /\bresponsables?\b(?: du| de| conjoints?| des)?(?: traitements?)?[^.:;]{0,100}?(?:\best\b(?: la soci\u00e9t\u00e9| l'association| la| l')?|:)\s*$/i,
    ['Le responsable du traitement est la société '],
    ['La société est '],
  ),
  rule(
    'is-fr',
    'before',
    8,
    /(?:,[^,]{0,80},)? ?\b(?:est (?:le )?responsable|agit en (?:qualit\u00e9|tant) (?:de|que) responsable|soci\u00e9t\u00e9 (?:par actions|\u00e0 responsabilit\u00e9|anonyme))/i,
    ['Exemple SAS est responsable du traitement.'],
    ['Le responsable vous répond.'],
  ),
  rule(
    'edited-fr',
    'after',
    7,
    /(?:\u00e9dit\u00e9|exploit\u00e9|g\u00e9r\u00e9|propos\u00e9)e?s? par (?:la soci\u00e9t\u00e9 |l'association |la )?$/i,
    ['Ce site est édité par la société '],
    ['publié en '],
  ),
  rule(
    'heading',
    'next',
    7,
    /^\W*(?:\d[\d.]*\W+)?(?:(?:name|identity|contact details?|details)(?: and [\w ]{0,30})? of (?:the )?|who is (?:the |your )?|the |data |name und (?:anschrift|kontaktdaten|adresse) (?:des|der) (?:f\u00fcr die verarbeitung )?|(?:f\u00fcr die (?:daten)?verarbeitung|wer ist) |identit\u00e9 (?:et coordonn\u00e9es )?du |le )*(?:data )?(?:controllers?|verantwortlich(?:e|er|en)?(?: stelle)?|responsables? (?:du|de) traitement|responsible (?:party|body|entity))\b/i,
    ['Data controller', 'Name und Anschrift des Verantwortlichen'],
    ['Your rights'],
    [/\bofficer|\bbeauftragt/i],
  ),
];

/** What a name of an organisation ends with, in many countries. */
export const LEGAL_FORM =
  /\b(?:Ltd|Limited|LLC|L\.L\.C|Inc|Incorporated|Corp|Corporation|PLC|plc|LLP|LP|GmbH|gGmbH|mbH|AG|SE|UG|KG|KGaA|OHG|GbR|e\.\s?V|eG|SAS|SASU|SARL|SA|S\.A|SCOP|AB|Oyj?|ASA|AS|ApS|A\/S|BV|B\.V|NV|N\.V|VZW|ASBL|S\.p\.A|SpA|S\.r\.l|Srl|SL|S\.L|S\.L\.U|Pty|CIC|CIO|Foundation|Trust|Council|University|College|School|Academy|Hospital|Ministry|Ministerium|Verein|Verband|Stiftung|Association|Society|Group|Company|Institute|Universit\u00e4t|Hochschule|Stadt|Gemeinde|Landkreis|Universit\u00e9|Fondation|Mairie|Commune|Charity|Club|Church|Bank|Agency|Authority|Department|Office|Service)\b\.?/u;
