// The words of the interface: which there are, what stands in braces in each, and which language a page gets. A site's
// configuration may put its own in the place of any.
import * as v from 'valibot';

/** In the order in which people meet them. */
export const WORDS = [
  'control',
  'embed',
  'embedPurposes',
  'embedOnce',
  'embedAlways',
  'saved',
  'pageOnly',
  'withdrawn',
  'withdrawnNow',
  'withdrawnReload',
  'kept',
  'dismiss',
  'title',
  'asks',
  'explains',
  'free',
  'withdraw',
  'acceptAll',
  'rejectAll',
  'choose',
  'notice.privacy_notice',
  'notice.cookie_policy',
  'close',
  'intro',
  'lastChoice',
  'noChoice',
  'signalled',
  'locked',
  'lockedWhy',
  'optOut',
  'optOutHow',
  'objected',
  'offBySignal',
  'expired',
  'superseded',
  'lawfulBasis',
  'basis.consent',
  'basis.contract',
  'basis.legal_obligation',
  'basis.vital_interests',
  'basis.public_task',
  'basis.recognised_legitimate_interests',
  'basis.legitimate_interests',
  'basis.document_only',
  'retention',
  'recipients',
  'storage',
  'item.name',
  'item.kind',
  'item.lifetime',
  'provider',
  'notStated',
  'nobody',
  'nothing',
  'services',
  'country',
  'privacyOf',
  'notice',
  'save',
  'withdrawAll',
  'receipts',
  'receiptsWhy',
  'verified',
  'download',
  'messages',
  'messagesWhy',
  'stop',
  'stopped',
  'messagesLeft',
  'sayNo',
  'notSaved',
  'loading',
  'notLoaded',
  'again',
  'history',
  'historyWhy',
  'historyNone',
  'restored',
  'before',
  'state.given',
  'state.refused',
  'state.withdrawn',
  'state.objected',
  'state.not_objected',
  'sent.acknowledged',
  'sent.pending',
  'sent.parked',
  'sent.erased',
  'check',
  'verdict.true',
  'verdict.false',
  'verdict.unchecked',
  'witnessed',
  'unwitnessed',
  'step.form',
  'step.event_signature',
  'step.event_log',
  'step.leaf',
  'step.inclusion',
  'step.checkpoint_signature',
  'step.presentation',
  'step.log_key',
  'result.holds',
  'result.fails',
  'result.unchecked',
  'verdict.unable',
  'receipt',
  'chosenAt',
  'receivedAt',
  'proof',
  'receiptWithdraw',
  'erase',
  'eraseGoes',
  'eraseStays',
  'eraseThen',
  'eraseObjections',
  'eraseWaiting',
  'eraseReceipts',
  'eraseNext',
  'eraseSure',
  'eraseNow',
  'eraseNot',
  'erasing',
  'erased',
  'eraseFailed',
  'eraseHere',
  'eraseHereWhy',
  'erasedHere',
  'eraseHereFailed',
  'kind.cookie',
  'kind.local_storage',
  'kind.session_storage',
  'kind.indexed_db',
  'kind.cache_storage',
  'kind.other',
  'ownItems',
  'untilDelivered',
  'untilErased',
  'receiptsElsewhere',
  'method.accept_all',
  'method.reject_all',
  'method.save_choices',
  'method.withdraw',
  'method.object',
  'method.form',
  'method.unsubscribe',
  'method.extension',
  'method.import',
  'method.api',
  'channel.email',
  'channel.sms',
  'channel.push_dm',
  'channel.live_call',
  'channel.auto_call',
  'channel.post',
  'box',
  'boxOut',
  'boxesFree',
  'boxesOut',
  'messagesFor',
  'messagesOften',
  'messagesStop',
  'control.us',
  'explains.us',
  'withdraw.us',
  'honoured.us',
  'tcf.vendors',
  'tcf.why',
  'tcf.asks',
  'tcf.always',
  'tcf.kept',
  'children',
  'parent',
  'byParent',
  'free.pay',
  'rejectAll.pay',
  'tcf.whyInterests',
  'tcf.interests',
  'tcf.features',
  'tcf.search',
  'tcf.allOff',
] as const;
export type WordId = (typeof WORDS)[number];
export type Words = Record<WordId, string>;

/** What a page may need before anything of the interface is loaded, in the order of the boot. */
export const FIRST_WORDS = ['control'] as const;

/** What the banner says, and what is said behind it: comes with it on a first visit. */
export const BANNER_WORDS = [
  ...FIRST_WORDS,
  'saved',
  'title',
  'asks',
  'explains',
  'free',
  'withdraw',
  'acceptAll',
  'rejectAll',
  'choose',
  'notice.privacy_notice',
  'notice.cookie_policy',
] as const;

/** In which language words are. */
export interface Spoken {
  /** BCP 47. */
  language: string;
  direction: 'ltr' | 'rtl';
}
/** Without a direction: from left to right. */
export type FirstWords = Pick<Spoken, 'language'> & Partial<Spoken> & Pick<Words, (typeof FIRST_WORDS)[number]>;
/** `signalled` where something runs unless somebody objects; `children` and `parent` where children use the site. */
export type BannerWords = Spoken &
  Pick<Words, (typeof BANNER_WORDS)[number]> &
  Partial<Pick<Words, 'signalled' | 'children' | 'parent'>>;

/** What is filled in, in braces. Every language, and every text of a site's own, says all of it. */
const PARAMETERS: Partial<Record<WordId, readonly string[]>> = {
  embed: ['control', 'host'],
  embedPurposes: ['always', 'purposes'],
  kept: ['items'],
  asks: ['controller', 'purposes'],
  explains: ['purposes'],
  'explains.us': ['controller', 'purposes'],
  'withdraw.us': ['control'],
  'tcf.vendors': ['count'],
  'tcf.asks': ['purposes'],
  'tcf.always': ['purposes'],
  'tcf.kept': ['days'],
  'tcf.interests': ['purposes'],
  'tcf.features': ['features'],
  'free.pay': ['price'],
  children: ['age'],
  parent: ['age'],
  withdraw: ['control'],
  intro: ['controller', 'save'],
  lastChoice: ['day'],
  receipts: ['count'],
  optOutHow: ['save'],
  privacyOf: ['provider'],
  restored: ['day'],
  receiptWithdraw: ['address'],
  before: ['state'],
  'sent.parked': ['code'],
  witnessed: ['names'],
  eraseWaiting: ['count'],
  erased: ['count'],
  eraseFailed: ['code', 'count'],
  eraseHereFailed: ['count'],
  box: ['channel', 'sender'],
  boxOut: ['message'],
};

/** The names in braces, sorted. */
export const parametersIn = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w*)\}/g)].map(([, name = '']) => name))].sort();

export const saysAll = (id: WordId, text: string): boolean =>
  JSON.stringify(parametersIn(text)) === JSON.stringify(PARAMETERS[id] ?? []);

/** A page's language tag, cut down to what the interface is told apart by: pt-BR is pt. Empty where there is none. */
export const primaryLanguage = (tag: string): string => /^[a-z]{2,3}(?=$|-)/.exec(tag.trim().toLowerCase())?.[0] ?? '';

/** Both written forms of Norwegian are read by everyone who reads one. */
const ALIASES: Readonly<Record<string, string>> = { no: 'nb', nn: 'nb', iw: 'he' };

/** The language of the interface for a tag: English where it has none. */
export function languageFor(tag: string, languages: readonly string[]): string {
  const primary = primaryLanguage(tag);
  const language = ALIASES[primary] ?? primary;
  return languages.includes(language) ? language : 'en';
}

export const spoken = (language: string): Spoken => ({ language, direction: /^(ar|he)$/.test(language) ? 'rtl' : 'ltr' });

/** A site's own texts by language, in the place of ours. */
export const OwnTexts = v.record(
  v.pipe(v.string(), v.regex(/^[a-z]{2}$/, 'must be a language such as de')),
  v.pipe(
    v.record(v.picklist(WORDS), v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(600))),
    v.check(
      (texts) => Object.entries(texts).every(([id, text]) => saysAll(id as WordId, text ?? '')),
      'a text must hold in braces exactly what ours holds, such as {controller} and {purposes}',
    ),
  ),
);

/** A language's words with the site's own in their place, those of the United States there, and those of a site that has a price. Sentences that name a button name it as it is called. */
export function wordsWith(words: Words, own: Partial<Words> = {}, jurisdiction = '', price?: string): Words {
  const merged = { ...words, ...own };
  if (/^US\b/.test(jurisdiction))
    Object.assign(merged, {
      control: merged['control.us'],
      explains: merged['explains.us'],
      withdraw: merged['withdraw.us'],
    });
  // In a language that runs the other way the price keeps its own direction.
  const isolated = /[\u0590-\u06ff]/.test(merged['free.pay']) ? `\u2068${price}\u2069` : `${price}`;
  if (price !== undefined)
    Object.assign(merged, { free: merged['free.pay'].replace('{price}', () => isolated), rejectAll: merged['rejectAll.pay'] });
  const { control, save } = merged;
  const named = (text: string): string => text.replaceAll('{control}', () => control).replaceAll('{save}', () => save);
  return Object.fromEntries(Object.entries(merged).map(([id, text]) => [id, named(text)])) as Words;
}
