import { readFileSync } from 'node:fs';

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { PrivacyNotice } from '../notice/schema.ts';
import { SiteConfiguration, STATISTICS_CONDITIONS, type SiteConfigurationInput } from '../site/configuration.ts';
import { lintConfiguration } from './lint-configuration.ts';
import { lifetimeDays } from './lifetime.ts';
import { BANNER_RULES } from './rules.ts';

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../demo/${path}`, import.meta.url), 'utf8'));
const noticesOf = (site: string) =>
  [`notices/${site}.notice.json`, `notices/${site}.cookie-policy.notice.json`].map((path) => v.parse(PrivacyNotice, read(path)));
const configurationOf = (site: string) => ({
  ...(read(`configurations/${site}.configuration.json`) as SiteConfigurationInput),
  site,
  origins: ['https://site.example'],
});

type Change = (draft: SiteConfigurationInput, notices: PrivacyNotice[]) => void;
const changed = (change: Change) => {
  const draft = structuredClone(configurationOf('cpoms'));
  const notices = structuredClone(noticesOf('cpoms'));
  change(draft, notices);
  return { configuration: v.parse(SiteConfiguration, draft), notices };
};
const rulesOf = (change: Change): string[] => [...new Set(lintConfiguration(changed(change)).map(({ rule }) => rule))];
const purpose = (draft: SiteConfigurationInput, id: string) => {
  const found = draft.purposes.find((one) => one.id === id);
  if (!found) throw new Error(`no purpose ${id}`);
  return found;
};
const activity = (notices: PrivacyNotice[], id: string) => {
  const found = notices.flatMap(({ activities }) => activities).find((one) => one.id === id);
  if (!found) throw new Error(`no activity ${id}`);
  return found;
};
const processor = { name: 'Tallyhouse', note: 'on our behalf' };
const assessed = (more: object = {}) => ({
  assessment: {
    id: 'DPIA-2026-014',
    day: '2026-05-01',
    powerImbalance: 'There are other papers for the region.',
    fee: 'What a reader brings in, rounded down.',
    equivalence: 'Who pays reads the same articles.',
    privacyByDesign: 'Nothing is stored before the answer.',
    ...more,
  },
  price: '£3 a month',
  offer: '/subscribe',
});
/** Statistics as the exception of PECR Schedule A1 allows them. */
const excepted: Change = (draft, notices) => {
  Object.assign(purpose(draft, 'statistics'), { modes: { GB: 'opt_out', unknown: 'opt_in' }, recipients: [] });
  Object.assign(activity(notices, 'statistics'), { recipients: [processor] });
};

const CASES: [rule: string, what: string, change: Change][] = [
  [
    'L5',
    'storage that is on outside GB',
    (d, n) => (excepted(d, n), Object.assign(purpose(d, 'statistics'), { modes: { EU: 'opt_out' } })),
  ],
  [
    'L10',
    'words that take use for consent',
    (d) => Object.assign(purpose(d, 'media'), { description: 'By using this site you load videos of others.' }),
  ],
  [
    'L10',
    'the same in German',
    (d) => Object.assign(purpose(d, 'media'), { description: 'Durch die weitere Nutzung laden Sie Videos anderer.' }),
  ],
  [
    'L12',
    'words that push',
    (d) => Object.assign(purpose(d, 'media'), { description: 'Loads videos; without it you miss out.' }),
  ],
  [
    'L13',
    'a double negative',
    (d) => Object.assign(purpose(d, 'media'), { description: 'Untick it so that videos do not load.' }),
  ],
  ['L14', 'an opt-in that is an opt-out', (d) => Object.assign(d.marketing?.[0] ?? {}, { label: 'I do not want messages' })],
  ['L15', 'an opt-in with terms', (d) => Object.assign(d.marketing?.[0] ?? {}, { label: 'Messages, and our terms' })],
  [
    'L15',
    'an opt-in with the privacy policy',
    (d) => Object.assign(d.marketing?.[0] ?? {}, { label: 'I agree to the privacy policy' }),
  ],
  [
    'L15',
    'an opt-in whose reason has the terms in it',
    (d) => Object.assign(d.marketing?.[0] ?? {}, { why: 'News, and you accept our terms and conditions' }),
  ],
  ['L16', 'an opt-in for two channels', (d) => Object.assign(d.marketing?.[0] ?? {}, { label: 'Hear from us by email and SMS' })],
  ['L21', 'a refusal that is shorter', (d) => Object.assign(d, { validity: { given: 'P12M', refused: 'P6M' } })],
  ['L21', 'people asked again after three months', (d) => Object.assign(d, { validity: { given: 'P3M', refused: 'P3M' } })],
  ['L23', 'a consent for two years', (d) => Object.assign(d, { validity: { given: 'P2Y', refused: 'P2Y' } })],
  [
    'L35',
    'an assessment that says the same of two questions',
    (d) => Object.assign(d, { consentOrPay: assessed({ fee: 'There are other papers for the region.' }) }),
  ],
  ['L36', 'a price of nothing', (d) => Object.assign(d, { consentOrPay: { ...assessed(), price: '£0.00' } })],
  ['L24', 'an ambiguous label', (d) => Object.assign(purpose(d, 'statistics'), { label: 'Enhance your experience' })],
  ['L24', 'the same in German', (d) => Object.assign(purpose(d, 'statistics'), { label: 'Unsere Dienste verbessern' })],
  [
    'L25',
    'a social item among statistics',
    (d) => purpose(d, 'statistics').storage?.push({ name: '_fbp', kind: 'cookie', lifetime: '3 months' }),
  ],
  [
    'L25',
    'advertising that runs unasked',
    (d) => Object.assign(purpose(d, 'advertising'), { modes: { GB: 'opt_out', unknown: 'opt_in' } }),
  ],
  [
    'L26',
    'a recipient of its own in the exception',
    (d, n) => (excepted(d, n), Object.assign(purpose(d, 'statistics'), { recipients: ['Example Ltd'] })),
  ],
  [
    'L26',
    'replay where the exception’s conditions are declared',
    (d, n) => (
      excepted(d, n),
      Object.assign(purpose(d, 'statistics'), {
        description: 'Counts pages by session replay.',
        modes: {},
        conditions: Object.fromEntries(STATISTICS_CONDITIONS.map((condition) => [condition, true])),
      })
    ),
  ],
  [
    'L26',
    'replay in the exception',
    (d, n) => (excepted(d, n), Object.assign(purpose(d, 'statistics'), { description: 'Counts pages by session replay.' })),
  ],
  [
    'L27',
    'browser settings as the only way',
    (d, n) => (
      excepted(d, n),
      Object.assign(purpose(d, 'statistics'), { description: 'Counts pages; use your browser settings to stop it.' })
    ),
  ],
  [
    'L28',
    'storage on legitimate interests',
    (_, n) =>
      Object.assign(activity(n, 'statistics'), { lawfulBases: [{ basis: 'legitimate_interests', statement: 'Our interests.' }] }),
  ],
  [
    'L30',
    'two bases',
    (_, n) => void activity(n, 'statistics').lawfulBases.push({ basis: 'legitimate_interests', statement: 'Our interests.' }),
  ],
  ['L31', 'notices in another language', (d) => Object.assign(d, { languages: ['de'] })],
  ['L33', 'a discount', (d) => Object.assign(purpose(d, 'media'), { description: 'Loads videos and gives you a discount.' })],
  ['L34', 'urgency', (d) => Object.assign(purpose(d, 'media'), { description: 'Loads videos for a limited time.' })],
  ['L37', 'partners', (d) => Object.assign(purpose(d, 'media'), { recipients: ['Selected partners'] })],
  [
    'L38',
    'a notice without version and date',
    (_, n) => n.forEach((notice) => Object.assign(notice, { version: null, date: null })),
  ],
  ['L38', 'an activity that is not there', (d) => Object.assign(purpose(d, 'media').activity, { activity: 'gone' })],
  [
    'L39',
    'an item that stays longer than its notice says',
    (d) => Object.assign(purpose(d, 'media').storage?.[0] ?? {}, { lifetime: '2 years' }),
  ],
  ['L39', 'an item without a period', (d) => Object.assign(purpose(d, 'media').storage?.[0] ?? {}, { lifetime: 'persistent' })],
  ['L39', 'an activity without retention', (_, n) => Object.assign(activity(n, 'embedded-media'), { retention: [] })],
  ['L41', 'a control that is off', (d) => Object.assign(d, { control: false })],
];

describe('a configuration with one thing wrong', () => {
  it.each(CASES)('%s finds %s, and nothing else', (rule, _, change) => {
    expect(rulesOf(change)).toEqual([rule]);
  });

  it('L22 finds a revision without a reason, and none where the words changed', () => {
    const before = changed(() => undefined);
    const raised = changed((draft) => Object.assign(purpose(draft, 'media'), { revision: 2 }));
    const reworded = changed((draft) => Object.assign(purpose(draft, 'media'), { revision: 2, description: 'Loads films.' }));
    expect(lintConfiguration(raised, { before }).map(({ rule, where }) => [rule, where])).toEqual([
      ['L22', 'purposes/3/revision'],
    ]);
    expect(lintConfiguration(reworded, { before })).toEqual([]);
  });
});

describe('what holds', () => {
  it.each(['cmp-solutions', 'cpoms', 'cpo', 'cl-consortium', 'cmsuk'])('finds nothing in %s', (site) => {
    const configuration = v.parse(SiteConfiguration, configurationOf(site));
    expect(lintConfiguration({ configuration, notices: noticesOf(site) })).toEqual([]);
  });

  it('L26 L27 finds nothing in statistics that keep to the exception', () => {
    expect(rulesOf(excepted)).toEqual([]);
  });

  it('gives each finding its place, its evidence, what would make it right and a source, without a verdict', () => {
    const [finding] = lintConfiguration(changed((draft) => Object.assign(draft, { validity: { given: 'P2Y', refused: 'P2Y' } })));
    expect(finding).toMatchObject({ rule: 'L23', severity: 'warning', where: 'validity/given', evidence: { given: 'P2Y' } });
    for (const { right, source } of Object.values(BANNER_RULES)) {
      expect(`${right} ${source}`).not.toMatch(/\b(?:lawful|illegal|compliant)\b/i);
      expect([right, source]).not.toContain('');
    }
  });

  it('L35 L36 finds nothing where consent or pay is assessed and has its price', () => {
    const rules = rulesOf((d) => Object.assign(d, { consentOrPay: assessed() }));
    expect(rules.filter((rule) => rule === 'L35' || rule === 'L36')).toEqual([]);
  });

  it('knows each of L1 to L45', () => {
    expect(Object.keys(BANNER_RULES)).toEqual(Array.from({ length: 45 }, (_, i) => `L${i + 1}`));
  });

  it.each([
    ['14 months', 434],
    ['3 months after your last visit', 93],
    ['one year', 366],
    ['zwei Jahre', 732],
    ['until you close the browser', 0],
    ['forever', null],
  ])('reads the lifetime "%s"', (words, days) => {
    expect(lifetimeDays(words)).toBe(days);
  });
});
