// A configuration as the widget gets it, of nobody that exists.
import type { SiteRecord, WidgetBoot } from '../../shared/site/boot.ts';
import type { Mode } from '../../shared/site/configuration.ts';
import type { SpokenDetails } from '../../shared/site/details.ts';
import { FIRST_WORDS, spoken, wordsWith, type FirstWords } from '../../shared/site/words.ts';
import { LOCALES } from '../../widget/messages/locales.ts';

/** As the service gives them out. */
export const exampleWords = (language = 'en') => {
  const words = LOCALES[language];
  if (!words) throw new Error(`no words in ${language}`);
  return { ...spoken(language), ...wordsWith(words) };
};

export function firstWords(language = 'en'): FirstWords {
  const words = exampleWords(language);
  return {
    ...spoken(language),
    ...(Object.fromEntries(FIRST_WORDS.map((id) => [id, words[id]])) as Omit<FirstWords, keyof ReturnType<typeof spoken>>),
  };
}

export const TERMS = 'T'.repeat(43);

export const exampleRecord: SiteRecord = {
  logKeys: [],
  configuration: 'C'.repeat(43),
  build: 'B'.repeat(43),
  jurisdiction: 'GB',
  validity: { given: 'P6M', refused: 'P6M' },
  terms: TERMS,
};

/** Statistics and advertising are asked about, security is explained. */
export function exampleBoot({ modes = {}, ...more }: Partial<WidgetBoot> & { modes?: Record<string, Mode> } = {}): WidgetBoot {
  const kinds: Record<string, Mode> = { statistics: 'opt_in', advertising: 'opt_in', security: 'info_only', ...modes };
  return {
    service: 'https://consent.example',
    site: 'example',
    log: 'consent.example/example',
    version: 'V'.repeat(16),
    assets: 'B'.repeat(10),
    notices: ['cookie_policy'],
    terms: TERMS.slice(0, 16),
    words: firstWords(),
    purposes: Object.entries(kinds).map(([id, mode]) => (mode === 'opt_in' ? { id } : { id, mode })),
    ...more,
  };
}

export const exampleDetails = (boot: WidgetBoot = exampleBoot(), language = 'en'): SpokenDetails => ({
  language: 'en',
  words: exampleWords(language),
  record: exampleRecord,
  name: 'Example',
  controller: 'Example Limited',
  notices: [
    { kind: 'cookie_policy', title: 'Cookies on example.org', hash: 'N'.repeat(43) },
    { kind: 'internal_policy', title: 'Handbook', hash: 'I'.repeat(43) },
  ],
  purposes: boot.purposes.map(({ id, kind = id, mode = 'opt_in' as const }, i) => ({
    id,
    kind,
    label: `The ${id}`,
    description: `What ${id} does.`,
    mode,
    lawfulBases: [mode === 'info_only' ? 'legitimate_interests' : 'consent'],
    retention: [`The ${id} are kept for a year.`],
    recipients: [`${id} helper`],
    storage: [{ name: `_${id}`, kind: 'cookie', lifetime: '14 months' }],
    notice: { hash: 'N'.repeat(43), place: `activities/${i}` },
  })),
  marketing: [
    {
      activity: 'newsletter',
      label: 'Our newsletter',
      senders: [{ id: 'example', name: 'Example Limited' }],
      channels: ['email', 'sms'],
      howToStop: 'Write to us to stop it.',
      why: 'News of our shop.',
      howOften: 'Once a month.',
      notice: { hash: 'P'.repeat(43), kind: 'privacy_notice' },
    },
    {
      activity: 'customers',
      box: 'opt_out',
      label: 'Offers to customers',
      senders: [{ id: 'example', name: 'Example Limited' }],
      channels: ['email'],
      howToStop: 'Write to us to stop it.',
    },
  ],
});
