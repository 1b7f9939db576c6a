// What a site configuration and the notices that it points at show of a banner before it is ever rendered: periods, modes, items,
// parties. Each check is one function over all that is checked; lint-configuration.ts runs them.
import type { PrivacyNotice, ProcessingActivity } from '../notice/schema.ts';
import type { Mode, Purpose, SiteConfiguration } from '../site/configuration.ts';
import { modeOf } from '../site/jurisdiction.ts';
import type { Found } from './finding.ts';
import { knownByName } from './known-items.ts';
import { lifetimeDays, periodDays } from './lifetime.ts';
import { matchOf } from './words.ts';

export interface CheckedConfiguration {
  configuration: SiteConfiguration;
  /** The notices published or to be published with it. */
  notices: readonly PrivacyNotice[];
}

export interface PurposeInPlace {
  purpose: Purpose;
  /** `purposes/2`. */
  at: string;
  notice: PrivacyNotice | undefined;
  activity: ProcessingActivity | undefined;
  /** The modes that it has anywhere; a place that is not configured is asked. */
  modes: readonly Mode[];
}

export const purposesOf = ({ configuration, notices }: CheckedConfiguration): PurposeInPlace[] =>
  configuration.purposes.map((purpose, i) => {
    const notice = notices.find(({ kind }) => kind === purpose.activity.notice);
    return {
      purpose,
      at: `purposes/${i}`,
      notice,
      activity: notice?.activities.find(({ id }) => id === purpose.activity.activity),
      modes: [
        ...new Set<Mode>([
          ...('unknown' in purpose.modes ? [] : (['opt_in'] as const)),
          ...Object.values(purpose.modes),
          // By the conditions alone that the owner declares.
          ...(modeOf(purpose, 'GB') === 'opt_out' ? (['opt_out'] as const) : []),
        ]),
      ],
    };
  });

const isUnitedStates = (place: string): boolean => /^US\b/.test(place);

/** The words about a purpose that visitors or readers of the notice are given. */
const wordsAbout = ({ purpose, activity }: PurposeInPlace): string =>
  [purpose.label, purpose.description, ...(activity?.purposes.map(({ text }) => text) ?? [])].join('\n');

/** L21, L23: how long choices hold. */
export function periodFindings({ configuration: { validity } }: CheckedConfiguration): Found[] {
  const [given, refused] = [periodDays(validity.given), periodDays(validity.refused)];
  const evidence = { given: validity.given, refused: validity.refused };
  const found: Found[] = [];
  if (refused < given)
    found.push({
      rule: 'L21',
      where: 'validity/refused',
      found: `A refusal holds ${validity.refused}, a consent ${validity.given}.`,
      evidence,
    });
  else if (refused < periodDays('P6M'))
    found.push({
      rule: 'L21',
      where: 'validity/refused',
      found: `Somebody who refused is asked again after ${validity.refused}.`,
      evidence,
    });
  if (given > periodDays('P13M'))
    found.push({ rule: 'L23', where: 'validity/given', found: `A consent holds ${validity.given}.`, evidence });
  return found;
}

/** L5, L25, L26, L27, L28: what runs without consent, and whether it is of a kind that may. */
export const unaskedFindings = (checked: CheckedConfiguration): Found[] =>
  purposesOf(checked).flatMap((one): Found[] => {
    const { purpose, at, activity, modes } = one;
    const about = wordsAbout(one);
    const found: Found[] = [];
    const report = (rule: Found['rule'], where: string, fact: string, evidence: Found['evidence'] = {}): void =>
      void found.push({ rule, where: `${at}${where}`, found: fact, evidence: { purpose: purpose.id, ...evidence } });
    const kinds = [purpose.kind, ...(activity?.purposes.map(({ kind }) => kind) ?? [])];
    const classedAs = purpose.kind === 'statistics' ? 'statistics' : modes.includes('info_only') ? 'necessary' : null;
    for (const [i, { name }] of purpose.storage.entries()) {
      const known = knownByName(name);
      if (known && known.what !== 'statistics' && classedAs !== null)
        report('L25', `/storage/${i}`, `${name} of ${known.who} (${known.what}) is classed as ${classedAs}.`, { item: name });
    }
    // Where the law is that people opt out, advertising may run until they do.
    const elsewhere = Object.entries(purpose.modes).flatMap(([place, mode]) =>
      mode === 'opt_in' || (mode === 'opt_out' && isUnitedStates(place)) ? [] : [mode],
    );
    if (elsewhere.length > 0 && kinds.some((kind) => kind === 'advertising' || kind === 'marketing'))
      report('L25', '/modes', `Advertising has the mode ${[...new Set(elsewhere)].join(', ')}.`, { modes: elsewhere });
    for (const [place, mode] of Object.entries(purpose.modes)) {
      if (mode !== 'opt_out' || /^GB\b/.test(place) || isUnitedStates(place) || Object.hasOwn(purpose.exemptions ?? {}, place))
        continue;
      if (purpose.storage.length > 0 || activity?.source?.from === 'device')
        report('L5', `/modes/${place}`, `What is stored on the device is on in ${place} unless somebody objects.`, { place });
    }
    if (modes.includes('info_only') && !['security', 'service', 'legal'].includes(purpose.kind))
      report('L25', '/modes', `A purpose of the kind ${purpose.kind} runs without a choice.`, { kind: purpose.kind });
    if (!modes.includes('opt_out')) return found;
    if (purpose.kind === 'statistics') found.push(...statisticsFindings(one));
    const words = matchOf('browserSettings', about);
    if (words !== null && matchOf('ownObjection', about) === null)
      report('L27', '/description', 'The settings of the browser are the only way to object that the words name.', { words });
    if (!checked.configuration.control)
      report('L27', '', 'It runs unless objected to, and the widget’s own control is off.', { control: false });
    return found;
  });

/** L26: the exception for statistics, as far as words and recipients show it. */
function statisticsFindings(one: PurposeInPlace): Found[] {
  const { purpose, at, activity } = one;
  const about = wordsAbout(one);
  const found: Found[] = [];
  for (const name of ['intrusive', 'advertising'] as const) {
    const words = matchOf(name, about);
    if (words !== null)
      found.push({
        rule: 'L26',
        where: `${at}/description`,
        found: `Statistics without consent: the words name "${words}".`,
        evidence: { words },
      });
  }
  const named = (activity?.recipients ?? []).filter(({ negative }) => !negative);
  const helps = (name: string): boolean =>
    named.some(
      (recipient) => recipient.name === name && matchOf('onBehalf', `${recipient.note ?? ''} ${recipient.name}`) !== null,
    ) || matchOf('onBehalf', name) !== null;
  for (const recipient of new Set([...purpose.recipients, ...named.map(({ name }) => name)]))
    if (!helps(recipient))
      found.push({
        rule: 'L26',
        where: `${at}/recipients`,
        found: `${recipient} receives statistics taken without consent; nothing says that it acts on the controller’s behalf.`,
        evidence: { recipient },
      });
  return found;
}

/** L28, L30: the bases of what is stored. */
export const basisFindings = (checked: CheckedConfiguration): Found[] =>
  purposesOf(checked).flatMap(({ purpose, at, activity, modes }): Found[] => {
    const bases = (activity?.lawfulBases ?? []).filter(({ limitedTo }) => limitedTo === undefined).map(({ basis }) => basis);
    const interests = bases.includes('legitimate_interests');
    const evidence = { purpose: purpose.id, bases };
    if (!modes.includes('opt_in') || !interests) return [];
    if (bases.includes('consent'))
      return [{ rule: 'L30', where: at, found: 'Its activity rests on consent and on legitimate interests.', evidence }];
    return purpose.storage.length > 0 || activity?.source?.from === 'device'
      ? [
          {
            rule: 'L28',
            where: at,
            found: 'People are asked about storage that its activity puts on legitimate interests.',
            evidence,
          },
        ]
      : [];
  });

/** L38, L39: what the notices say about who, which version, how long. */
export const noticeFindings = (checked: CheckedConfiguration): Found[] =>
  purposesOf(checked).flatMap(({ purpose, at, notice, activity }): Found[] => {
    const found: Found[] = [];
    const evidence = { purpose: purpose.id };
    if (checked.notices.length > 0) {
      if (!notice || !activity)
        found.push({
          rule: 'L38',
          where: `${at}/activity`,
          found: notice ? 'Its activity is not in the notice.' : `No ${purpose.activity.notice.replaceAll('_', ' ')} is there.`,
          evidence: { ...evidence, activity: purpose.activity.activity },
        });
      else if (notice.version === null && notice.date === null)
        found.push({ rule: 'L38', where: `${at}/activity`, found: 'Its notice has neither a version nor a date.', evidence });
      if (activity?.retention.length === 0)
        found.push({
          rule: 'L39',
          where: `${at}/activity`,
          found: 'Its activity says nothing of how long data is kept.',
          evidence,
        });
    }
    const longest = Math.max(
      0,
      ...(activity?.retention ?? []).map(({ rule }) => ('period' in rule ? periodDays(rule.period) : 0)),
    );
    for (const [i, { name, lifetime }] of purpose.storage.entries()) {
      const days = lifetimeDays(lifetime);
      const item = { ...evidence, item: name, lifetime };
      if (days === null || matchOf('noLifetime', lifetime.trim()) !== null)
        found.push({
          rule: 'L39',
          where: `${at}/storage/${i}/lifetime`,
          found: `${name}: "${lifetime}" is no period.`,
          evidence: item,
        });
      // Months have 28 to 31 days.
      else if (longest > 0 && days > longest * 1.1)
        found.push({
          rule: 'L39',
          where: `${at}/storage/${i}/lifetime`,
          found: `${name} stays ${lifetime}, longer than the ${longest} days that the notice gives.`,
          evidence: item,
        });
    }
    return found;
  });

/** L35, L36: what people meet who neither consent nor pay. A wall without an assessment, or without a price, is no configuration. */
export function consentOrPayFindings({ configuration: { consentOrPay } }: CheckedConfiguration): Found[] {
  if (!consentOrPay) return [];
  const { assessment, price } = consentOrPay;
  const answers = Object.entries(assessment).filter(([name]) => name !== 'id' && name !== 'day');
  const repeated = answers.filter(([, text], i) => answers.findIndex(([, other]) => other === text) !== i);
  const found: Found[] = repeated.map(([name, text]) => ({
    rule: 'L35',
    where: `consentOrPay/assessment/${name}`,
    found: 'The assessment says the same of two of its four questions.',
    evidence: { text },
  }));
  if (/^[^1-9]*$/.test(price))
    found.push({ rule: 'L36', where: 'consentOrPay/price', found: `"${price}" is no price to pay.`, evidence: { price } });
  return found;
}

/** L41: the way back to the choices. The page's own link shows only where it is rendered. */
export const controlFindings = ({ configuration }: CheckedConfiguration, pageIsLookedAt: boolean): Found[] =>
  configuration.control || pageIsLookedAt
    ? []
    : [
        {
          rule: 'L41',
          where: 'control',
          found: 'The widget’s own control is off; whether every page has a link to the choices shows with --url.',
          evidence: { control: false },
        },
      ];
