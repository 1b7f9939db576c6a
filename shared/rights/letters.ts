// Which letters a notice gives reason for: of each right whether the lawful bases that the notice states give it, with the sentence
// that says so, or why not; and to whom it goes. Pure; what the notice leaves open stays open.
import { LAWFUL_BASES, LAWFUL_BASIS_FACTS, type LawfulBasis } from '../notice/lawful-basis.ts';
import { rightsThatFollow, type Right } from '../notice/rights.ts';
import { lawfulBasisStatus, type Contact, type PrivacyNotice, type ProcessingActivity } from '../notice/schema.ts';
import { REGIMES, type Regime } from './clock.ts';
import type { LetterWords } from './letter-words.ts';
import { english } from './letter-words-en.ts';
import { mailbox } from './mailto.ts';
import { portabilityOf } from './portability.ts';
import { articleOf, REQUEST_KIND_FACTS, type RequestKind } from './request.ts';

export const LETTER_KINDS = [
  'access',
  'erasure',
  'objection',
  'direct_marketing_objection',
  'withdrawal',
  'portability',
  'complaint_controller',
  'complaint_authority',
] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/** Whose law: `unknown` where neither the notice nor the person says. */
export type LetterLaw = Regime | 'unknown';
export const LETTER_LAWS: readonly LetterLaw[] = [...REGIMES, 'unknown'];

/** What a notice that states no basis was: declared and read whole, or in a language that is not read. */
export type Searched = 'whole' | 'not_read';

/** One use of the data for which the right is there, and the sentence that gives it. */
export interface Ground {
  activity: ProcessingActivity;
  /** Null: the right is there whatever the basis. */
  basis: LawfulBasis | null;
  /** Stated of this activity, or of the whole document only. */
  scope: 'activity' | 'document';
  /** Where in the notice: "activities/0/lawfulBases/1"; null: no sentence. */
  place: string | null;
  quote: string | null;
}

export interface Addressee {
  who: 'dpo' | 'controller' | 'authority';
  /** Null: the notice names nobody. */
  name: string | null;
  email: string | null;
  post: string | null;
  /** A page or form of the addressee's; not a safe link until looked at. */
  web: string | null;
  phone: string | null;
  /** Why there is no email address, where there is none. */
  noEmail: 'hidden' | 'unusable' | 'not_stated' | null;
}

export interface Letter {
  kind: LetterKind;
  /** "Art. 15 UK GDPR". */
  source: string;
  offered: boolean;
  /** Why, or why not: a sentence for the person. */
  reason: string;
  grounds: Ground[];
  /** Where the notice itself tells of the right: "rights/0"; null: it does not. */
  told: string | null;
  to: Addressee;
}

const REQUEST_OF: Record<LetterKind, RequestKind> = {
  access: 'access',
  erasure: 'erasure',
  objection: 'objection',
  direct_marketing_objection: 'direct_marketing_objection',
  withdrawal: 'withdrawal',
  portability: 'portability',
  complaint_controller: 'complaint',
  complaint_authority: 'complaint',
};

export const letterLabel = (kind: LetterKind, words: LetterWords = english): string => words.labels[kind];

/** "Art. 15 UK GDPR", "section 164A of the Data Protection Act 2018". */
export function sourceOf(kind: LetterKind, law: LetterLaw, words: LetterWords = english): string {
  if (kind === 'complaint_controller') return words.britishComplaint.controller;
  if (kind === 'complaint_authority' && law === 'uk') return words.britishComplaint.authority;
  return `${words.article(articleOf(REQUEST_OF[kind], 'eu'))} ${words.laws[law]}`;
}

const BRITISH = /\bUK\b|Data Protection Act|\bDPA 2018\b|\bPECR\b|United Kingdom/i;
const EUROPEAN = /\bEU\b|\bEU-|2016\/679|DSGVO|DS-GVO|BDSG|RGPD|\bAVG\b/i;

/** The law that the notice itself points at, by the laws and the authority it names. GDPR alone says neither. */
export function lawOf({ regimes, authority }: PrivacyNotice): LetterLaw {
  const british = regimes.some((name) => BRITISH.test(name)) || /information commission/i.test(authority?.name ?? '');
  const european = regimes.some((name) => EUROPEAN.test(name) && !BRITISH.test(name));
  if (british === european) return 'unknown';
  return british ? 'uk' : 'eu';
}

/** Does it send, or may it be used for, direct marketing? */
export const isDirectMarketing = ({ purposes, marketing }: Pick<ProcessingActivity, 'purposes' | 'marketing'>): boolean =>
  purposes.some(({ kind }) => kind === 'marketing') ||
  (marketing !== null && !marketing.never && (marketing.channels.length > 0 || marketing.howToStop.length > 0));

const quoteOf = (fact: { statement: string; evidence?: { quote: string } | undefined }): string | null =>
  fact.evidence?.quote || fact.statement || null;

function marketingGround(activity: ProcessingActivity, index: number): Ground[] {
  if (!isDirectMarketing(activity)) return [];
  const place = activity.marketing ? `activities/${index}/marketing` : null;
  return [{ activity, basis: null, scope: 'activity', place, quote: activity.marketing && quoteOf(activity.marketing) }];
}

/** The sentences that give the right for one activity; what is stated for the whole document counts only where nothing is stated here. */
function groundsOf(notice: PrivacyNotice, activity: ProcessingActivity, index: number, right: Right): Ground[] {
  if (right === 'object_direct_marketing') return marketingGround(activity, index);
  const scope = lawfulBasisStatus(notice, activity) === 'stated' ? 'activity' : 'document';
  const [statements, at] =
    scope === 'activity' ? [activity.lawfulBases, `activities/${index}/lawfulBases`] : [notice.documentBases, 'documentBases'];
  const found = statements.flatMap((statement, i): Ground[] =>
    LAWFUL_BASIS_FACTS[statement.basis].gives.includes(right)
      ? [{ activity, basis: statement.basis, scope, place: `${at}/${i}`, quote: quoteOf(statement) }]
      : [],
  );
  // One sentence for each basis is enough.
  return found.filter(({ basis }, i) => found.findIndex((other) => other.basis === basis) === i);
}

const named = (basis: LawfulBasis, words: LetterWords): string =>
  `${words.bases[basis]} (${words.article(LAWFUL_BASIS_FACTS[basis].article)})`;

const listed = (items: readonly string[], last: string): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1) ?? ''}`;

/** Of the uses that are looked at, and of the whole document. */
interface StatedBases {
  own: LawfulBasis[];
  whole: LawfulBasis[];
}

function whyNot(kind: LetterKind, right: Right, { own, whole }: StatedBases, searched: Searched, words: LetterWords): string {
  if (right === 'object_direct_marketing') return words.marketingWhyNot[searched];
  const all = (bases: readonly LawfulBasis[], last = words.and): string =>
    listed(
      bases.map((basis) => named(basis, words)),
      last,
    );
  const giving = all(
    LAWFUL_BASES.filter((basis) => LAWFUL_BASIS_FACTS[basis].gives.includes(right)),
    words.or,
  );
  if (own.length === 0 && whole.length > 0) return words.statesWhole(all(whole), giving);
  if (own.length === 0) return words.depends(words.unstated[searched], giving);
  return kind === 'portability' && !portabilityOf(own).portable
    ? words.restsOnPortability(all(own))
    : words.restsOn(all(own), giving);
}

function why(grounds: readonly Ground[], words: LetterWords): string {
  if (grounds.every(({ basis }) => basis === null)) return words.marketingWhy;
  const bases = [...new Set(grounds.flatMap(({ basis }) => (basis ? [named(basis, words)] : [])))];
  const said = listed(bases, words.and);
  return grounds.every(({ scope }) => scope === 'document') ? words.followsWhole(said) : words.follows(said);
}

const contactsFor = (notice: PrivacyNotice, kind: LetterKind): [Addressee['who'], Contact[]][] => {
  const complaintsTo = (to: 'controller' | 'authority') =>
    notice.complaints.filter((complaint) => complaint.to === to).flatMap(({ contacts }) => contacts);
  if (kind === 'complaint_authority')
    return [['authority', [...(notice.authority?.contacts ?? []), ...complaintsTo('authority')]]];
  const complaints = kind === 'complaint_controller' ? complaintsTo('controller') : [];
  return [
    ['dpo', [...complaints.filter(({ role }) => role === 'dpo'), ...(notice.dpo?.contacts ?? [])]],
    ['controller', [...complaints.filter(({ role }) => role !== 'dpo'), ...notice.controller.contacts]],
  ];
};

const valueOf = (contacts: readonly Contact[], ...kinds: Contact['kind'][]): string | null =>
  contacts.find((contact) => kinds.includes(contact.kind) && contact.value !== null)?.value ?? null;

/** The data protection officer where the notice gives a way to reach one, else the controller. An address that is hidden is never made up. */
export function addresseeOf(notice: PrivacyNotice, kind: LetterKind): Addressee {
  const ways = contactsFor(notice, kind);
  const withEmail = ways.find(([, found]) => found.some(({ kind: way, value }) => way === 'email' && value && mailbox(value)));
  const withAny = ways.find(([, found]) => found.some(({ value }) => value !== null));
  const [who, contacts] = withEmail ?? withAny ?? ways.at(-1) ?? ['controller', []];
  const all = ways.flatMap(([, found]) => found);
  const emails = contacts.filter((contact) => contact.kind === 'email');
  const email = emails.flatMap(({ value }) => (value === null ? [] : (mailbox(value) ?? []))).at(0) ?? null;
  const hidden = all.some((contact) => contact.kind === 'email' && contact.value === null);
  const name = who === 'authority' ? notice.authority?.name : notice.controller.legalName || notice.controller.name;
  return {
    who,
    name: name || null,
    email,
    post: valueOf(contacts, 'post'),
    web: valueOf(contacts, 'form', 'url'),
    phone: valueOf(contacts, 'phone'),
    noEmail: email !== null ? null : emails.some(({ value }) => value !== null) ? 'unusable' : hidden ? 'hidden' : 'not_stated',
  };
}

const told = (notice: PrivacyNotice, kind: LetterKind, right: Right): string | null => {
  const to = kind === 'complaint_controller' ? 'controller' : 'authority';
  const complaint = right === 'complaint' ? notice.complaints.findIndex((each) => each.to === to) : -1;
  if (complaint >= 0) return `complaints/${complaint}`;
  if (kind === 'complaint_controller') return null;
  const index = notice.rights.findIndex((entry) => entry.right === right);
  return index < 0 ? null : `rights/${index}`;
};

function complaintReason(kind: LetterKind, law: LetterLaw, words: LetterWords): { offered: boolean; reason: string } {
  if (kind === 'complaint_authority') return { offered: true, reason: words.complaintAlways };
  if (law === 'uk') return { offered: true, reason: words.complaintUk };
  return { offered: false, reason: law === 'eu' ? words.complaintEu : words.complaintUnknown };
}

/**
 * Every letter, offered or not, about these activities of the notice (by their index). `words`: of what the person reads.
 * @throws RangeError for an activity that the notice does not have.
 */
export function lettersFor(
  notice: PrivacyNotice,
  about: readonly number[],
  law: LetterLaw,
  searched: Searched = 'whole',
  words: LetterWords = english,
): Letter[] {
  const uses = about.map((index) => {
    const activity = notice.activities[index];
    if (!activity) throw new RangeError(`the notice has no activity ${index}`);
    return { activity, index };
  });
  const each = (statements: readonly { basis: LawfulBasis }[]): LawfulBasis[] => [
    ...new Set(statements.map(({ basis }) => basis)),
  ];
  const bases = { own: each(uses.flatMap(({ activity }) => activity.lawfulBases)), whole: each(notice.documentBases) };
  const always = rightsThatFollow([], false);
  return LETTER_KINDS.map((kind): Letter => {
    const { right } = REQUEST_KIND_FACTS[REQUEST_OF[kind]];
    const common = { kind, source: sourceOf(kind, law, words), told: told(notice, kind, right), to: addresseeOf(notice, kind) };
    if (right === 'complaint') return { ...common, ...complaintReason(kind, law, words), grounds: [] };
    if (always.includes(right)) return { ...common, offered: true, reason: words.always, grounds: [] };
    const grounds = uses.flatMap(({ activity, index }) => groundsOf(notice, activity, index, right));
    const offered = grounds.length > 0;
    return { ...common, offered, grounds, reason: offered ? why(grounds, words) : whyNot(kind, right, bases, searched, words) };
  });
}
