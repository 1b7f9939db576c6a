// The words of a configuration: labels, descriptions, parties, opt-ins in forms.
import type { Found } from './finding.ts';
import { matchOf, WORDS } from './words.ts';
import { purposesOf, type CheckedConfiguration } from './configuration-checks.ts';

interface Text {
  at: string;
  text: string;
}

const textsOf = ({ configuration: { purposes, marketing } }: CheckedConfiguration): Text[] => [
  ...purposes.flatMap(({ label, description }, i) => [
    { at: `purposes/${i}/label`, text: label },
    { at: `purposes/${i}/description`, text: description },
  ]),
  ...marketing.flatMap(({ label, howToStop }, i) => [
    { at: `marketing/${i}/label`, text: label },
    { at: `marketing/${i}/howToStop`, text: howToStop },
  ]),
];

/** The rules about words alone, and what they say when such words stand there. */
const WORDING = [
  { rule: 'L10', name: 'implied', says: 'The words take something else for consent' },
  { rule: 'L12', name: 'emotive', says: 'The words are not neutral', purposesOnly: true },
  { rule: 'L13', name: 'doubleNegative', says: 'The words are a double negative' },
  { rule: 'L33', name: 'promotion', says: 'The words promote something', purposesOnly: true },
  { rule: 'L34', name: 'urgency', says: 'The words press for time' },
] as const;

const quoted = (rule: Found['rule'], { at, text }: Text, says: string, words: string): Found => ({
  rule,
  where: at,
  found: `${says}: "${words}".`,
  evidence: { words, text: text.slice(0, 200) },
});

/** L10, L12, L13, L33, L34 over every text of the configuration. */
export const wordingFindings = (checked: CheckedConfiguration): Found[] =>
  textsOf(checked).flatMap((text) =>
    WORDING.flatMap((one): Found[] => {
      if ('purposesOnly' in one && !text.at.startsWith('purposes/')) return [];
      const words = matchOf(one.name, text.text);
      return words === null ? [] : [quoted(one.rule, text, one.says, words)];
    }),
  );

/** L24: a label, or a description that says nothing more. */
export const ambiguityFindings = (checked: CheckedConfiguration): Found[] =>
  purposesOf(checked).flatMap(({ purpose, at }): Found[] => {
    const inLabel = matchOf('ambiguous', purpose.label);
    if (inLabel !== null)
      return [quoted('L24', { at: `${at}/label`, text: purpose.label }, 'The name does not say what happens', inLabel)];
    const words = matchOf('ambiguous', purpose.description);
    const advertises =
      purpose.kind === 'advertising' && matchOf('advertising', `${purpose.label} ${purpose.description}`) === null;
    const isAll = words !== null && purpose.description.split(/\s+/).length < 12;
    return words !== null && (isAll || advertises)
      ? [quoted('L24', { at: `${at}/description`, text: purpose.description }, 'The words do not say what happens', words)]
      : [];
  });

/** L37: a party is its name. Words that are no category on their own ("Example Partners Ltd") pass: a name has a capital further in. */
const isCategory = (name: string): boolean =>
  matchOf('partners', name) !== null && !/\b(?:Ltd|Limited|LLC|LLP|Inc|GmbH|AG|plc|SE|BV|KG)\b/.test(name);

export const partyFindings = ({ configuration: { purposes, marketing } }: CheckedConfiguration): Found[] => [
  ...purposes.flatMap(({ recipients }, i) =>
    recipients.flatMap((name, j): Found[] =>
      isCategory(name)
        ? [{ rule: 'L37', where: `purposes/${i}/recipients/${j}`, found: `"${name}" names nobody.`, evidence: { name } }]
        : [],
    ),
  ),
  ...marketing.flatMap(({ senders }, i) =>
    senders.flatMap(({ name }, j): Found[] =>
      isCategory(name)
        ? [{ rule: 'L37', where: `marketing/${i}/senders/${j}/name`, found: `"${name}" names nobody.`, evidence: { name } }]
        : [],
    ),
  ),
];

/** How many channels of direct marketing the words name. */
export const channelsIn = (text: string): number =>
  Math.max(
    ...Object.values(WORDS).map(({ channels }) => channels.filter((channel) => new RegExp(channel, 'iu').test(text)).length),
  );

/** L14, L15, L16: opt-ins in the site's own forms. */
export const optInFindings = ({ configuration: { marketing } }: CheckedConfiguration): Found[] =>
  marketing.flatMap(({ label, why, senders }, i): Found[] => {
    const at = `marketing/${i}`;
    const found: Found[] = [];
    const optOut = matchOf('optOutBox', label);
    if (optOut !== null) found.push(quoted('L14', { at: `${at}/label`, text: label }, 'The box is one to opt out', optOut));
    for (const [field, text] of Object.entries({ label, why: why ?? '' })) {
      const terms = matchOf('terms', text);
      if (terms !== null) found.push(quoted('L15', { at: `${at}/${field}`, text }, 'The opt-in speaks of something else', terms));
    }
    if (channelsIn(label) > 1)
      found.push(quoted('L16', { at: `${at}/label`, text: label }, 'One question for several channels', label));
    for (const [j, { name }] of senders.entries())
      if (
        /,\s| and its | and their | und (?:ihre|seine) |\s&\s.*\bgroup\b|\bgroup of companies\b/i.test(name) &&
        matchOf('partners', name) !== null
      )
        found.push(quoted('L16', { at: `${at}/senders/${j}/name`, text: name }, 'One box for several senders', name));
    return found;
  });

const primary = (language: string): string => language.toLowerCase().split('-')[0] ?? '';

/** L31: a notice in a language that the banner never speaks. */
export const languageFindings = ({ configuration: { languages }, notices }: CheckedConfiguration): Found[] =>
  notices.flatMap(({ language, kind }): Found[] =>
    languages.some((one) => primary(one) === primary(language))
      ? []
      : [
          {
            rule: 'L31',
            where: 'languages',
            found: `The ${kind.replaceAll('_', ' ')} is in ${language}, the banner in ${languages.join(', ')}.`,
            evidence: { notice: language, banner: languages },
          },
        ],
  );
