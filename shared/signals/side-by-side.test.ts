import { describe, expect, it } from 'vitest';

import type { LawfulBasis } from '../notice/lawful-basis.ts';
import type { PrivacyNotice, ProcessingActivity, PurposeKind } from '../notice/schema.ts';
import { consentStates, defaultCameLate } from './consent-mode.ts';
import { sideBySide } from './side-by-side.ts';
import { deviceKinds } from './signal-kinds.ts';
import type { ConsentCommand, ConsentModeSignal, DecodedTcf, PageSignals, StoredNames } from './signals.ts';

const STORED: StoredNames = { touched: false, cookies: [], local: [], session: [], databases: [] };
const NONE: PageSignals = {
  platforms: [],
  tcf: { state: 'none' },
  gpp: { state: 'none' },
  consentMode: { state: 'none' },
  uet: { state: 'none' },
  cookiebot: { state: 'none' },
  oneTrust: { state: 'none' },
  clarity: { state: 'none' },
  candour: { state: 'none' },
  gpc: { browser: null, page: null },
  stored: STORED,
  answered: true,
};
const tcf = (decoded: Partial<DecodedTcf>, eventStatus = 'useractioncomplete'): PageSignals['tcf'] => ({
  state: 'read',
  value: {
    tcString: 'decoded',
    eventStatus,
    cmpId: 31,
    gdprApplies: true,
    decoded: {
      cmpId: 31,
      policyVersion: 5,
      vendorListVersion: 17,
      lastUpdated: '2026-03-04',
      publisherCountry: 'GB',
      serviceSpecific: true,
      purposeConsents: [],
      purposeLegitimateInterests: [],
      specialFeatures: [],
      vendorConsents: [],
      vendorLegitimateInterests: [],
      vendorsDisclosed: [],
      restrictedPurposes: [],
      ...decoded,
    },
  },
});
const command = (
  name: ConsentCommand['command'],
  types: ConsentCommand['types'],
  more: Partial<ConsentCommand> = {},
): ConsentCommand => ({
  command: name,
  at: 0,
  types,
  region: null,
  waitForUpdate: null,
  ...more,
});
const mode = (commands: ConsentCommand[], more: Partial<ConsentModeSignal> = {}): PageSignals['consentMode'] => ({
  state: 'read',
  value: { commands, firstTag: null, now: {}, lateByGoogle: null, ...more },
});
const activity = (title: string, bases: LawfulBasis[], kinds: PurposeKind[] = []) => ({
  title,
  purposes: kinds.map((kind) => ({ text: kind, kind })),
  lawfulBases: bases.map((basis) => ({ basis, statement: `${title}: ${basis}.` })),
});
const notice = (...activities: ReturnType<typeof activity>[]): PrivacyNotice =>
  ({ activities: activities as unknown as ProcessingActivity[] }) as PrivacyNotice;
const outline = (signals: Partial<PageSignals>, ...activities: ReturnType<typeof activity>[]) =>
  sideBySide({ ...NONE, ...signals }, [notice(...activities)]).map(({ about, ...facts }) => [
    about,
    ...('stated' in facts ? [facts.stated.activity] : []),
    ...('purposes' in facts ? [facts.purposes] : []),
    ...('types' in facts ? [facts.types] : []),
    ...('items' in facts ? [facts.items.map(({ name }) => name)] : []),
  ]);

describe('notice and signals side by side', () => {
  it('R81 R86 puts a legitimate interest in the TC string beside a notice that says consent, for the purposes that are alike', () => {
    const signals = { tcf: tcf({ purposeLegitimateInterests: [2, 7, 9, 10] }) };
    expect(
      outline(signals, activity('Advertising', ['consent'], ['advertising']), activity('Payroll', ['consent'], ['hr'])),
    ).toEqual([['tcf_legitimate_interest', 'Advertising', [2, 7]]]);
    expect(outline(signals, activity('Advertising', ['consent', 'legitimate_interests'], ['advertising']))).toEqual([]);
    expect(outline(signals, activity('Website analytics', ['consent']))).toEqual([
      ['tcf_legitimate_interest', 'Website analytics', [9]],
    ]);
    expect(
      sideBySide({ ...NONE, ...signals }, [notice(), notice(activity('Ads', ['consent'], ['advertising']))])[0],
    ).toMatchObject({
      stated: { notice: 1, place: 'activities/0/lawfulBases/0', quote: 'Ads: consent.' },
    });
  });

  it('R86 puts a consent in the TC string beside a notice that says legitimate interests', () => {
    const signals = { tcf: tcf({ purposeConsents: [1, 8] }) };
    expect(outline(signals, activity('Visitor statistics on our website', ['legitimate_interests']))).toEqual([
      ['tcf_consent', 'Visitor statistics on our website', [8]],
    ]);
    expect(outline({ tcf: tcf({ purposeConsents: [1] }) }, activity('Cookies', ['legitimate_interests']))).toEqual([]);
  });

  it('R86 puts a default that is granted beside a notice that says consent, not one for some regions only', () => {
    const cookies = activity('Cookies', ['consent']);
    const granted = { ad_storage: 'granted', analytics_storage: 'denied', security_storage: 'granted' } as const;
    expect(outline({ consentMode: mode([command('default', granted)]) }, cookies)).toEqual([
      ['granted_by_default', 'Cookies', ['ad_storage']],
    ]);
    expect(outline({ consentMode: mode([command('default', granted, { region: ['US'] })]) }, cookies)).toEqual([]);
    expect(outline({ consentMode: mode([command('update', granted)]) }, cookies)).toEqual([]);
  });

  it('R86 puts what was stored before a choice beside a notice that says consent, unless an earlier choice explains it', () => {
    const stored = { ...STORED, touched: true, cookies: ['_ga', '_fbp', 'session'] };
    const statistics = activity('Website statistics', ['consent']);
    const said = [['stored_before_choice', 'Website statistics', ['_ga']]];
    expect(outline({ stored }, statistics)).toEqual(said);
    expect(outline({ stored, tcf: tcf({}, 'tcloaded') }, statistics)).toEqual([]);
    expect(
      outline({ stored, candour: { state: 'read', value: { purposes: [{ id: 'x', status: 'given' }] } } }, statistics),
    ).toEqual([]);
    const updated = mode([command('update', { analytics_storage: 'granted' })]);
    expect(outline({ stored: { ...stored, touched: false }, consentMode: updated }, statistics)).toEqual([]);
    expect(outline({ stored, consentMode: updated }, statistics), 'a choice of this visit came after').toEqual(said);
  });

  it('R86 puts signals beside each other: Global Privacy Control, Consent Mode, the TC string, and the framework’s own policies', () => {
    const all = mode([command('update', { ad_storage: 'granted', ad_personalization: 'granted', analytics_storage: 'granted' })]);
    expect(outline({ consentMode: all, gpc: { browser: true, page: true } })).toEqual([
      ['gpc', [], ['ad_storage', 'ad_personalization']],
    ]);
    expect(outline({ consentMode: all, tcf: tcf({ purposeConsents: [3] }) })).toEqual([
      ['platforms_differ', [1, 4], ['ad_storage', 'ad_personalization']],
    ]);
    expect(outline({ consentMode: all, tcf: tcf({ purposeConsents: [1, 3, 4] }) })).toEqual([]);
    expect(outline({ tcf: tcf({ purposeLegitimateInterests: [3, 7] }) })).toEqual([['framework_policy', [3]]]);
    expect(outline({ tcf: tcf({ purposeLegitimateInterests: [3], policyVersion: 2 }) })).toEqual([]);
  });

  it('finds nothing where nothing was read, and where a notice states no basis', () => {
    expect(outline({}, activity('Cookies', ['consent']))).toEqual([]);
    expect(
      outline({ tcf: { state: 'unreadable' }, consentMode: { state: 'unreadable' } }, activity('Cookies', ['consent'])),
    ).toEqual([]);
    expect(outline({ tcf: tcf({ purposeLegitimateInterests: [2] }) }, activity('Cookies', []))).toEqual([]);
  });
});

describe('Consent Mode', () => {
  it('R86 holds what Google’s script holds, else the last command, and the default that came first', () => {
    const { value } = mode(
      [
        command('default', { ad_storage: 'denied', analytics_storage: 'denied' }),
        command('default', { ad_storage: 'granted' }, { region: ['US'] }),
        command('update', { analytics_storage: 'granted' }, { at: 3 }),
      ],
      { now: { ad_user_data: 'denied' } },
    ) as { value: ConsentModeSignal };
    expect(consentStates(value)).toMatchObject({
      ad_storage: { byDefault: 'denied', now: 'denied' },
      analytics_storage: { byDefault: 'denied', now: 'granted' },
      ad_user_data: { byDefault: null, now: 'denied' },
      security_storage: { byDefault: null, now: null },
    });
    expect(defaultCameLate(value)).toBe(false);
    expect(defaultCameLate({ ...value, commands: [command('default', {}, { at: 5 })], firstTag: 2 })).toBe(true);
    expect(defaultCameLate({ ...value, lateByGoogle: true })).toBe(true);
  });
});

describe('what an activity is about', () => {
  it.each([
    ['Cookies and similar technologies', ['advertising', 'statistics', 'appearance']],
    ['Analytics cookies', ['statistics']],
    ['Targeted advertising on our website', ['advertising']],
    ['Salary statistics', []],
    ['Recruitment', []],
  ])('%s', (title, kinds) => {
    expect(deviceKinds({ title, purposes: [] })).toEqual(kinds);
  });
});
