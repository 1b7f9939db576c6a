// Names of lawful bases in languages that no frame reads: enough for a column, a label or a section of lawful bases. Notices in
// English leave such a word untranslated now and then.
import type { LawfulBasis } from '../../notice/lawful-basis.ts';
import type { BasisRule } from './bases-en.ts';

const basis = (says: LawfulBasis, trigger: RegExp, match: string[]): BasisRule => ({
  id: `${says.replaceAll('_', '-')}-elsewhere`,
  says,
  scope: 'words',
  trigger,
  examples: { match, not: ['the data that we use'] },
});

export const BASES_ELSEWHERE: readonly BasisRule[] = [
  basis(
    'legitimate_interests',
    /\b(?:ber\u00e4ttigat intresse|intresseavv\u00e4gning|oikeutettu etu|oikeutetun edun|gerechtvaardigd(?:e)? belang(?:en)?|inter[e\u00e9]s(?:es)? leg[i\u00ed]timos?|(?:legittimo|interesse) (?:interesse|legittimo)|leg[i\u00ed]timos? interesses?|legitim interesse|prawnie uzasadnion\w+ interes\w*)/i,
    ['berättigat intresse', 'oikeutettu etu', 'gerechtvaardigd belang', 'interés legítimo', 'legittimo interesse'],
  ),
  basis(
    'vital_interests',
    /\b(?:livsviktiga? intressen?|vitale belangen|intereses vitales|interessi vitali|elint\u00e4rke\w+ e\w+)/i,
    ['vitale belangen'],
  ),
  basis(
    'public_task',
    /\b(?:allm\u00e4nt intresse|algemeen belang|openbaar gezag|inter\u00e9s p\u00fablico|interesse pubblico|yleinen etu|yleist\u00e4 etua|samfundets interesse)/i,
    ['allmänt intresse', 'interesse pubblico'],
  ),
  basis(
    'legal_obligation',
    /\b(?:r\u00e4ttslig f\u00f6rpliktelse|lakis\u00e4\u00e4tei\w+ velvo\w+|oikeudelli\w+ velvo\w+|wettelijke (?:verplichting(?:en)?|plicht)|obligaci\u00f3n(?:es)? legal(?:es)?|obbligh?[oi] (?:di legge|legal[ei])|obriga\u00e7(?:\u00e3o|\u00f5es) lega(?:l|is)|retlig forpligtelse|obowi\u0105z\w+ prawn\w+)/i,
    ['rättslig förpliktelse', 'wettelijke verplichting', 'obligación legal'],
  ),
  basis(
    'contract',
    /\b(?:avtal(?:et)?|sopimus|sopimuksen \w+|overeenkomst|ejecuci\u00f3n (?:de un|del) contrato|contratto|contrato|aftale(?:n)?|umow[ay])(?![\w\u00c0-\u024f])/i,
    ['Sopimus', 'uitvoering van de overeenkomst', 'contratto'],
  ),
  basis(
    'consent',
    /\b(?:samtycke|suostumus|toestemming|consentimiento|consenso|consentimento|samtykke|zgod[ay]|permission)(?![\w\u00c0-\u024f])|^\W*you(?:'ve| have)? (?:agreed|said yes|opted in)(?!\w)/i,
    ['samtycke', 'toestemming', 'consenso', 'Permission', "You've agreed"],
  ),
];
