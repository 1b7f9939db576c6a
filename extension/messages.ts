// Everything that goes between the page, the content script, the background and the extension's own pages: one closed
// union, parsed where it arrives. What a page had a hand in is hostile until then, and capped.
import * as v from 'valibot';

import type { Method } from '../shared/consent/event.ts';
import type { ReceiptCheck } from '../shared/consent/receipt.ts';
import type { PrivacyNotice } from '../shared/notice/schema.ts';
import type { PageFacts } from '../shared/notice/page.ts';
import type { PageSignals } from '../shared/signals/signals.ts';
import { CAPS } from './caps.ts';
import type { Recipe } from './page-world/channel.ts';

const text = v.pipe(v.string(), v.maxLength(CAPS.text));
const url = v.pipe(v.string(), v.maxLength(CAPS.url), v.regex(/^https?:\/\//));
const upTo = <T extends v.GenericSchema>(item: T, most: number) => v.pipe(v.array(item), v.maxLength(most));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const tab = count;

const PageFactsSchema: v.GenericSchema<PageFacts> = v.strictObject({
  url,
  title: text,
  headings: upTo(text, CAPS.headings),
  forms: upTo(
    v.strictObject({
      id: text,
      fields: upTo(v.strictObject({ label: text, name: text, type: text, autocomplete: text }), CAPS.fields),
      submit: text,
    }),
    CAPS.forms,
  ),
  jsonLdTypes: upTo(text, CAPS.jsonLdTypes),
  hosts: upTo(text, CAPS.hosts),
  signals: v.optional(upTo(text, CAPS.signals), []),
});

/** A notice that the page declares in a form that can be read. */
const DeclaredLink = v.strictObject({ href: url, title: text });
export type DeclaredLink = v.InferOutput<typeof DeclaredLink>;

/** A notice that the page names as such and that is a page for people. */
const NamedLink = v.strictObject({ href: url, title: text, by: v.picklist(['rel', 'link_header', 'json_ld']) });
export type NamedLink = v.InferOutput<typeof NamedLink>;

/** Parts of a page in which links to notices stand. */
export const REGIONS = ['footer', 'menu', 'form', 'banner', 'page'] as const;
/** A link that may lead to a notice: what it says and where it stands. Which do is decided in the background. */
const PageLink = v.strictObject({ href: url, text: v.pipe(v.string(), v.maxLength(CAPS.linkText)), region: v.picklist(REGIONS) });
export type PageLink = v.InferOutput<typeof PageLink>;

/** One for each time that a page was loaded: made at random, gone with the page. */
const visit = v.pipe(v.string(), v.maxLength(40));

/** Of which visit, because another page may be there when it is asked. */
export const FactsNow = v.strictObject({ visit, page: PageFactsSchema });

/** What the content script tells of its page. */
export const PageSeen = v.strictObject({
  type: v.literal('page_seen'),
  visit,
  page: PageFactsSchema,
  /** Of the page only its address, title and first heading were read: enough to find its notices. */
  brief: v.optional(v.literal(true)),
  declared: upTo(DeclaredLink, CAPS.declared),
  named: upTo(NamedLink, CAPS.named),
  links: upTo(PageLink, CAPS.links),
});
export type PageSeen = v.InferOutput<typeof PageSeen>;

/** What an extension page asks of the background. */
export const Ask = v.variant('type', [
  v.strictObject({ type: v.literal('view_tab'), tab }),
  /** Reads a notice that was found, because the person pressed on it; `again`: anew, whatever was read before. */
  v.strictObject({ type: v.literal('read_notice'), tab, href: url, again: v.boolean() }),
  v.strictObject({ type: v.literal('view_choices'), tab }),
  v.strictObject({ type: v.literal('view_signals'), tab }),
  v.strictObject({ type: v.literal('check_receipt'), tab, receipt: v.pipe(v.string(), v.maxLength(CAPS.receipt)) }),
  v.strictObject({ type: v.literal('view_stored') }),
  v.strictObject({ type: v.literal('set_always'), always: v.boolean() }),
  v.strictObject({ type: v.literal('clear_stored') }),
  v.strictObject({ type: v.literal('view_mine') }),
  v.strictObject({ type: v.literal('view_site'), origin: url }),
  /** As check_receipt, of a receipt that is kept on this device. */
  v.strictObject({ type: v.literal('check_kept'), origin: url, id: text }),
  /** Withdraws what was given and objects to the rest on a site with our widget: in the tab in view where that is the site, else in a new one. */
  v.strictObject({ type: v.literal('withdraw'), tab, origin: url }),
  /** Opens the site's own consent dialog again. */
  v.strictObject({ type: v.literal('reopen'), tab, origin: url }),
  v.strictObject({ type: v.literal('forget_site'), origin: url }),
  v.strictObject({ type: v.literal('export_mine') }),
  /** Everything that is kept, as the text of a file; and back from one. */
  v.strictObject({ type: v.literal('export_all') }),
  v.strictObject({ type: v.literal('import_all'), text: v.pipe(v.string(), v.maxLength(CAPS.file)) }),
  /** The person has seen what changed in the notice of this address. */
  v.strictObject({ type: v.literal('saw_changes'), tab, href: url }),
]);
export type Ask = v.InferOutput<typeof Ask>;

/** What the background asks of a content script. */
export const AskPage = v.variant('type', [
  v.strictObject({ type: v.literal('look') }),
  /** A script gave the page another address, of which this visit is to tell as soon as the view of it stands there. */
  v.strictObject({ type: v.literal('moved'), visit }),
  /** All that the page shows about itself (FactsNow). */
  v.strictObject({ type: v.literal('page_facts') }),
  v.strictObject({ type: v.literal('ask_receipts') }),
  v.strictObject({ type: v.literal('withdraw') }),
  v.strictObject({ type: v.literal('reopen') }),
  /** The page's own HTML, where the page is the notice. */
  v.strictObject({ type: v.literal('read_page') }),
  /** What other consent platforms say. */
  v.strictObject({
    type: v.literal('read_signals'),
    recipes: v.array(v.custom<Recipe>((value) => typeof value === 'object' && value !== null)),
    /** Which platform stands in the page: one of each list of selectors has to. */
    platforms: v.array(v.strictObject({ id: v.string(), all: v.array(v.array(v.string())) })),
  }),
]);
export type AskPage = v.InferOutput<typeof AskPage>;
export type ReadSignals = Extract<AskPage, { type: 'read_signals' }>;

const storedNames = v.nullable(upTo(v.pipe(v.string(), v.maxLength(CAPS.storedName)), CAPS.storedNames));
/** Names that stand in the storage of the page's origin, never values; null: not to be read. */
export const StoredNames = v.strictObject({
  /** Taken at the first touch of the page; else when asked, with nothing touched yet. */
  touched: v.boolean(),
  /** Those that scripts can see. */
  cookies: storedNames,
  local: storedNames,
  session: storedNames,
  databases: storedNames,
});

/** What a content script read; what stands in `readings` was said by the page and is parsed by signals/read-signals.ts. */
export const PageSignalsRaw = v.strictObject({
  /** Global Privacy Control as the browser tells it; null: it tells nothing. */
  gpc: v.nullable(v.boolean()),
  /** Of the platforms asked for. */
  platforms: v.array(v.string()),
  stored: StoredNames,
  /** JSON: one Reading for each recipe. Null: the page's world did not answer. */
  readings: v.nullable(v.pipe(v.string(), v.maxLength(CAPS.readings))),
});
export type PageSignalsRaw = v.InferOutput<typeof PageSignalsRaw>;
export type StoredNames = v.InferOutput<typeof StoredNames>;

/** What the page's own script said when asked for its receipts; each receipt is JSON that nobody has read yet. */
export const PageReceipts = v.variant('state', [
  v.strictObject({ state: v.literal('no_widget') }),
  v.strictObject({ state: v.literal('failed') }),
  v.strictObject({
    state: v.literal('given'),
    receipts: upTo(v.pipe(v.string(), v.maxLength(CAPS.receipt)), CAPS.receipts),
    /** How many were left out for being too many or too long. */
    left: count,
    /** Acknowledged choices of an earlier widget, which did not keep what a receipt needs. */
    unsourced: v.optional(count, 0),
  }),
]);
export type PageReceipts = v.InferOutput<typeof PageReceipts>;

/** What came of asking the page to do something. */
export const Done = v.variant('state', [
  v.strictObject({ state: v.literal('done') }),
  /** Nothing on the page takes it: no widget, no platform whose way is known. */
  v.strictObject({ state: v.literal('no_way') }),
  v.strictObject({ state: v.literal('failed') }),
]);
export type Done = v.InferOutput<typeof Done>;

/** The content script's word that the site's widget recorded something: a reason to ask for its receipts, and no more. */
export const ChoiceMade = v.strictObject({ type: v.literal('choice_made') });

/** The content script's word that a link to a notice came to the head of its page, or went: a reason to look again. */
export const HeadChanged = v.strictObject({ type: v.literal('head_changed') });

// Answers of the background to the extension's own pages: made by us, so types are enough.

/** How a notice was found, in the order in which one is believed before another. */
export const HOW = [
  'declared',
  'rel',
  'link_header',
  'json_ld',
  'this_page',
  'footer',
  'menu',
  'banner',
  'form',
  'page',
] as const;
export type How = (typeof HOW)[number];

/** A notice that the page leads to. */
export interface FoundNotice {
  href: string;
  /** What the link says; may be empty. */
  title: string;
  how: How;
  kind: 'privacy' | 'cookies' | 'policy';
  /** Whom it is for, where the link says so: "applicants". */
  audience: string | null;
  /** Where it is another organisation's: its host. */
  other: string | null;
}

export type NoticeProblem =
  | 'OFFLINE'
  | 'NOT_REACHED'
  | 'TIMEOUT'
  | 'BAD_STATUS'
  | 'TOO_LARGE'
  | 'BAD_ADDRESS'
  | 'REDIRECT'
  | 'INSECURE'
  | 'LOCAL_ADDRESS'
  | 'NOT_JSON'
  | 'NOT_A_NOTICE'
  | 'OTHER_HASH'
  // Of a notice that is a page for people.
  | 'PDF'
  | 'NOT_TEXT'
  | 'SIGN_IN_NEEDED'
  | 'EMPTY_PAGE'
  | 'NO_NOTICE_THERE'
  | 'UNREADABLE_LANGUAGE';

export interface ProseFacts {
  /** What the notice says of each activity, by its index. */
  texts: string[];
  /** How sure the rules are of a statement, 0 to 1, by its place in the notice: "activities/0/lawfulBases/0". */
  confidence: Record<string, number>;
  /** The version of the rules that read it. */
  rules: number;
}

export interface NoticeView {
  /** What the page declared, or where the notice was read in the end. */
  href: string;
  found: FoundNotice;
  /** Null for a notice that was declared as data. */
  prose: ProseFacts | null;
  /** Why there is no fresh copy; with a notice: an earlier copy is shown. */
  problem: { code: NoticeProblem; detail: string } | null;
  /** Exactly as published; plain() it before it is shown. */
  notice: PrivacyNotice | null;
  hash: string | null;
  /** Places whose evidence does not stand in the notice's own text (R78). */
  stale: string[];
  /** ISO instant at which this copy was read. */
  readAt: string | null;
  /** ISO instant at which the first copy of this very notice was read on this device. */
  firstSeen: string | null;
  /** Null where it is the version that was read last time, or the first one. */
  changed: ChangedNotice | null;
}

/** What of a notice is not as it was when this person last read it. */
export interface ChangedNotice {
  /** ISO instant at which the earlier version was last read, and at which this one was first. */
  before: string;
  found: string;
  /** The earlier version; null where it is not kept any more, or was read by other rules. */
  notice: PrivacyNotice | null;
  /** Titles; of a declared notice those of its activities, and '' for the rest of it. */
  sections: { title: string; change: 'added' | 'removed' | 'changed' }[];
  /** The person said that they have seen it. */
  told: boolean;
  /** The earlier version was read in another browser, and came in a file. */
  imported: boolean;
}

export type TabView =
  | { state: 'unsupported' }
  | { state: 'no_access'; origin: string }
  | { state: 'reload'; url: string }
  | { state: 'none'; seen: PageSeen }
  /** `others`: found and not read. */
  | { state: 'found'; seen: PageSeen; notices: NoticeView[]; others: FoundNotice[] };

export type Alarm = 'KEY_CHANGED' | 'ROLLED_BACK' | 'INCONSISTENT' | 'BAD_HEAD';
export type CheckProblem = 'OFFLINE' | 'NOT_REACHED' | 'BAD_ANSWER' | 'LOCAL_ADDRESS' | 'UNKNOWN_LOG' | 'OTHER_ORIGIN';

export interface ReceiptView {
  /** The receipt as the page gave it. */
  raw: string;
  check: ReceiptCheck;
  service: string | null;
  log: string | null;
  /** ISO instant at which this device first saw the log's key. */
  keyFirstSeen: string | null;
  /** ISO instant at which the key was last compared with the service's. */
  keyCheckedAt: string | null;
  /** The receipt names another key than the one first seen. */
  newKey: boolean;
  alarm: { code: Alarm; at: string } | null;
  /** Of the last check, where it could not be done. */
  problem: CheckProblem | null;
  /** Of the last check: how the log's present head relates to the receipt's. */
  head: { size: number; consistent: boolean } | null;
  /** It came in a file, and this device has not seen it for itself. */
  imported: boolean;
}

export type ChoicesView =
  | { state: 'no_page' | 'no_widget' | 'failed' }
  | { state: 'given'; receipts: ReceiptView[]; left: number; unsourced: number };

/** `no_page`: nothing there can be asked. */
export type SignalsView = { state: 'no_page' } | { state: 'read'; signals: PageSignals };

export interface StoredView {
  notices: { title: string; controller: string; href: string; readAt: string; imported: boolean }[];
  keys: { log: string; origin: string; firstSeen: string; checkedAt: string | null; imported: boolean }[];
  /** How many sites have choices of this person's. */
  sites: number;
  always: boolean;
}

/** One choice on a site, as this device knows it; newest first. */
export interface MineChoice {
  id: string;
  /** ISO instant: when it was made, or first seen here where the page does not say. */
  at: string;
  from: 'candour' | 'platform';
  method: Method | null;
  /** The consent platform, where it is known. */
  platform: string | null;
  states: { id: string; name: string; state: string }[];
  /** It came in a file, and this device has not seen it for itself. */
  imported: boolean;
}

export interface MineSite {
  origin: string;
  /** Of the newest choice. */
  at: string;
  choices: MineChoice[];
  /** A key of this site changed, or its log does not continue the one seen before. */
  alarm: boolean;
}

export interface MineView {
  /** Newest first. */
  sites: MineSite[];
  /** Choices that had to make room for newer ones. */
  dropped: number;
}

export interface SiteView {
  origin: string;
  receipts: ReceiptView[];
}

/** `opened`: the site stands in a tab of its own now, and is asked as soon as it has loaded. */
export type DoneView = Done | { state: 'opened' };

export interface ExportedChoices {
  /** ISO instant. */
  at: string;
  sites: { origin: string; receipts: string[]; choices: MineChoice[] }[];
}

export interface Answers {
  view_tab: TabView;
  read_notice: NoticeView;
  view_choices: ChoicesView;
  view_signals: SignalsView;
  check_receipt: ReceiptView;
  view_stored: StoredView;
  set_always: null;
  clear_stored: null;
  view_mine: MineView;
  view_site: SiteView;
  check_kept: ReceiptView;
  withdraw: DoneView;
  reopen: DoneView;
  forget_site: null;
  export_mine: ExportedChoices;
  saw_changes: null;
  export_all: string;
  import_all: { taken: number; left: number } | null;
}
