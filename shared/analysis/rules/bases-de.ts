// German words that name a lawful basis.
import type { LawfulBasis } from '../../notice/lawful-basis.ts';
import type { BasisRule } from './bases-en.ts';

const basis = (id: string, says: LawfulBasis, trigger: RegExp, match: string[], not: string[] = []): BasisRule => ({
  id,
  says,
  scope: 'words',
  trigger,
  examples: { match, not },
});

export const BASES_DE: readonly BasisRule[] = [
  basis(
    'interests-de',
    'legitimate_interests',
    /\b(?:berechtigte|\u00fcberwiegende|rechtm\u00e4\u00dfige|legitime)[nsrm]?(?:,? (?:und \w+|oder \w+|wirtschaftliche[ns]?|\u00f6konomische[ns]?|berechtigte[ns]?|gesch\u00e4ftliche[ns]?|unternehmerische[ns]?))? interesses?n?\b|\binteressenabw\u00e4gung\b/i,
    ['unser berechtigtes Interesse', 'Wahrung berechtigter Interessen'],
    ['interessante Angebote'],
  ),
  basis(
    'vital-interests-de',
    'vital_interests',
    /\blebenswichtige[nrs]? interessen?\b/i,
    ['zum Schutz lebenswichtiger Interessen'],
    ['wichtige Hinweise'],
  ),
  basis(
    'public-task-de',
    'public_task',
    /\u00f6ffentliche[nsmr]? (?:interesses?|aufgaben?|auftrags?)\b|\u00f6ffentlicher gewalt\b|\bhoheitliche[nr]? (?:aufgaben?|befugnis\w*|gewalt)\b|\bgesetzliche[nr]? aufgaben?(?:erf\u00fcllung)?\b|\baufgabenerf\u00fcllung\b/i,
    ['in Ausübung öffentlicher Gewalt', 'eine Aufgabe im öffentlichen Interesse'],
    ['öffentliche Profile'],
  ),
  basis(
    'obligation-de',
    'legal_obligation',
    /\b(?:gesetzliche|rechtliche|steuerrechtliche|handelsrechtliche)[nrsm]?(?:,? (?:und|oder|bzw\.?) \w+)? (?:\w+ )?(?:verpflichtung|pflicht|vorgabe|aufbewahrungspflicht|aufbewahrungsfrist|anforderung|vorschrift|bestimmung|meldepflicht)(?:en)?\b|\bgesetzlich (?:dazu |hierzu )?(?:verpflichtet|vorgeschrieben|vorgesehen|angeordnet)\b|\brechtlich verpflichtet\b|\brechtspflicht\b/i,
    ['zur Erfüllung einer rechtlichen Verpflichtung', 'sind wir gesetzlich verpflichtet'],
    ['rechtliche Hinweise'],
  ),
  basis(
    'contract-de',
    'contract',
    /\bvertrags(?:erf\u00fcllung|durchf\u00fchrung|abwicklung|anbahnung|abschluss(?:es)?|verh\u00e4ltnis(?:ses)?|schluss(?:es)?|zweck\w*)\b|\b(?:vor)?vertragliche[nrsm]? (?:ma\u00dfnahmen?|verpflichtung(?:en)?|pflicht(?:en)?|beziehung(?:en)?|verh\u00e4ltnis\w*|leistung(?:en)?|zwecke?n?|anfragen?|kommunikation)\b|\bvertrags- und (?:sonstigen? )?(?:rechtsbeziehungen?|rechtsverh\u00e4ltnisse[ns]?)\b|\bvorvertraglich\w*\b|\b\w{0,24}vertrag(?:e?s|e|en)?\b|\bvertr\u00e4gen?\b/i,
    ['zur Vertragserfüllung', 'Durchführung vorvertraglicher Maßnahmen', 'Erfüllung eines Vertrages'],
    ['verträglich'],
  ),
  basis(
    'consent-de',
    'consent',
    /\b(?:einwilligung(?:en|serkl\u00e4rung)?|eingewilligt|willigen sie|willigst du|einwilligst|einwilligt|einwilligen|zustimmung(?:en)?|zugestimmt)\b/i,
    ['Ihre Einwilligung', 'wenn Sie eingewilligt haben'],
    ['der Stimmung'],
  ),
];
