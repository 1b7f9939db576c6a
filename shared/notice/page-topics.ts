// What a page is for: its forms, its structured data, its title and the hosts it loads from, each as a topic with what shows it.
import { hostKind } from './host-kinds.ts';
import { fieldKind, pageTypes, type PageFacts, type PageForm } from './page.ts';
import type { FieldKind } from './schema.ts';
import { evenText, foundStem } from './stems.ts';
import { TOPIC_BY_ID, TOPICS, type HostKind, type Topic } from './topics.ts';

export type Shown =
  /** A form by what it asks for or what its button says. */
  | { by: 'form_topic'; topic: string; form: string; words: string }
  | { by: 'structured_data'; topic: string; type: string }
  /** The title or the first heading, with a form beside it or not. */
  | { by: 'title'; topic: string; words: string }
  | { by: 'address'; topic: string; words: string };

export interface PageTopic {
  topic: string;
  /** 3: a form or structured data shows it; 2: the title is about it; 1: the address or a word of a title says so. */
  strength: 1 | 2 | 3;
  shown: Shown[];
}

export type FormKind = 'search' | 'newsletter' | 'sign_in' | 'other' | 'nothing';

const kindsOf = (form: PageForm): FieldKind[] =>
  form.fields.filter(({ type }) => type !== 'checkbox' && type !== 'radio').map(fieldKind);

const SUBSCRIBES =
  'subscribe, sign up, sign me up, join, get updates, keep me, newsletter, abonn, anmelden, eintragen, inscri, suscr, iscri, notify me, stay in';
const CREATES = 'create, register, sign up, join, registrieren, konto, créer, inscri, get started, start, apply, enrol, become';

/** What a form is by its fields alone. */
export function formKind(form: PageForm): FormKind {
  const kinds = kindsOf(form);
  if (kinds.length === 0) return 'nothing';
  if (kinds.every((kind) => kind === 'search')) return 'search';
  const words = evenText(`${form.submit} ${form.id}`);
  if (
    kinds.length === 1 &&
    /(?:search|suche|recherche|buscar|cerca|zoeken|^q$|query|keyword)/.test(
      evenText(`${words} ${form.fields[0]?.name} ${form.fields[0]?.label}`),
    )
  )
    return 'search';
  const passwords = kinds.filter((kind) => kind === 'current_password' || kind === 'new_password').length;
  if (passwords === 1 && !kinds.includes('new_password') && kinds.length <= 3 && !foundStem(CREATES, evenText(form.submit)))
    return 'sign_in';
  const asks = (...allowed: FieldKind[]): boolean => kinds.every((kind) => allowed.includes(kind));
  if (
    kinds.includes('email') &&
    (asks('email') ||
      (asks('email', 'name', 'organisation', 'other') &&
        !(kinds.includes('other') && /^(?:join|become)/.test(words)) &&
        !form.fields.some(({ type }) => type === 'number') &&
        foundStem(SUBSCRIBES, words) &&
        kinds.length <= 4))
  )
    return 'newsletter';
  return 'other';
}

/** A form that writes to somebody: a message and a way to answer it. */
const writes = (kinds: readonly FieldKind[]): boolean =>
  kinds.includes('message') &&
  (kinds.includes('email') || kinds.includes('phone') || kinds.includes('name')) &&
  !kinds.includes('file');
const asksWhoYouAre = (kinds: readonly FieldKind[]): boolean =>
  kinds.some((kind) => kind === 'email' || kind === 'phone' || kind === 'name' || kind === 'address' || kind === 'date_of_birth');

const spread = (name: string): string => name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/[-_.[\]]+/g, ' ');
const labelsOf = (form: PageForm): string =>
  evenText(form.fields.map(({ label, name, autocomplete }) => `${label} | ${spread(name)} | ${autocomplete}`).join(' | '));

const SMALL_WORDS = /^(?:of|the|and|for|in|at|de|la|le|les|des|du|und|der|für|&)$/;
/** "Larkfield Road Surgery": each of its words begins large. */
const looksNamed = (part: string): boolean => {
  const words = part.split(/\s+/).filter((word) => !SMALL_WORDS.test(word));
  return words.length > 1 && words.every((word) => /^[\p{Lu}\p{N}]/u.test(word));
};

/**
 * A title is one thing and a site's name; the shorter it is, the surer. The name is left out where the first heading says which part is
 * the other: a surgery is not about surgery on each of its pages.
 */
function titlesOf(page: PageFacts): string[] {
  const parts = page.title.split(/\s+[|–—·»:-]\s+|\s*[|»]\s*/).filter(Boolean);
  const heading = evenText(page.headings[0] ?? '');
  const said = parts.findIndex(
    (part) => heading !== '' && (heading.includes(evenText(part)) || evenText(part).includes(heading)),
  );
  const kept = said < 0 ? parts : parts.filter((part, index) => index === said || !looksNamed(part));
  return [...kept.slice(0, 2), ...page.headings.slice(0, 2)].map(evenText).filter(Boolean);
}
const SHORT_TITLE = 5;
const wordsOf = (text: string): number => text.split(/[^\p{L}\p{N}']+/u).filter(Boolean).length;

function pathWords(url: string): string {
  try {
    return evenText(
      decodeURIComponent(new URL(url).pathname)
        .replace(/\.(?:html?|php|aspx?)$/, '')
        .replace(/[-_/+]+/g, ' '),
    );
  } catch {
    return '';
  }
}

const isReading = (page: PageFacts): boolean =>
  page.jsonLdTypes.some((type) => /(?:Article|BlogPosting|NewsArticle|Report)$/.test(type));

/** Things whose name is the page's title: what the title says is what they are called, not what the page is for. */
const NAMED_BY_TITLE = /^(?:JobPosting|Product|Book|Movie|Recipe)$/;

class Found {
  private readonly byTopic = new Map<string, PageTopic>();
  add(strength: PageTopic['strength'], shown: Shown): void {
    const known = this.byTopic.get(shown.topic);
    if (!known) this.byTopic.set(shown.topic, { topic: shown.topic, strength, shown: [shown] });
    else {
      if (strength > known.strength) known.strength = strength;
      if (!known.shown.some((one) => JSON.stringify(one) === JSON.stringify(shown))) known.shown.push(shown);
    }
  }
  has = (topic: string): boolean => (this.byTopic.get(topic)?.strength ?? 0) === 3;
  list = (): PageTopic[] => [...this.byTopic.values()];
}

/** "Order your medication" is about health where the notice has no name for it, and else an enquiry. */
function isEnquiryOtherwise(id: string): boolean {
  const otherwise = TOPIC_BY_ID.get(id)?.otherwise;
  return otherwise !== undefined && (otherwise === 'contact' || isEnquiryOtherwise(otherwise));
}

const PAYING = TOPICS.find(({ id }) => id === 'payment');
/** Who asks for these is paid: the account that the form asks for is where the money goes. */
const PAYS_OUT = new Set(['claim', 'supplier', 'grant', 'complaint']);

/** One registers for an account, and also for an event, a return or a visit. */
const REGISTERS = new Set(['register', 'registration', 'registrieren', 'anmelden', 'sign up']);
const SAYS_NO_MORE = new Set(
  (
    'register registration registrieren registrierung anmelden sign up with us as a an now here online for free today new customer user ' +
    'your our site website account log login in or and jetzt hier neu bei uns sich'
  ).split(' '),
);

/** What of the topic a title or a button says. */
function onPage({ id, page, unless }: Topic, even: string): string | null {
  const words = foundStem(page, even);
  if (id === 'account' && words !== null && REGISTERS.has(words))
    return even.split(/[^\p{L}]+/u).every((word) => word === '' || SAYS_NO_MORE.has(word)) ? words : null;
  const other = foundStem(unless, even);
  return other === null ? words : foundStem(page, even.replaceAll(other, ' '));
}

/** Topics that forms of two kinds share: a sign-in is about an account and nothing else, whatever the title says. */
const ONLY: Partial<Record<FormKind, string>> = { newsletter: 'marketing', sign_in: 'account' };

function ofForm(form: PageForm, titles: readonly string[], main: boolean, found: Found): void {
  const kind = formKind(form);
  if (kind === 'search' || kind === 'nothing') return;
  const submit = evenText(form.submit);
  const labels = labelsOf(form);
  const only = ONLY[kind];
  const kinds = kindsOf(form);
  const add = (topic: Topic, strength: PageTopic['strength'], words: string): void =>
    found.add(strength, { by: 'form_topic', topic: topic.id, form: form.id, words });
  const matches: { topic: Topic; words: string }[] = [];
  for (const topic of TOPICS) {
    if (only !== undefined && topic.id !== only && topic.jsonLd === undefined && topic.id !== 'membership') continue;
    // Who pays or signs in subscribes to more than letters.
    if (topic.id === 'marketing' && kinds.some((each) => each.endsWith('password') || each === 'payment_card')) continue;
    const field = only === undefined ? foundStem(topic.fields, labels) : null;
    const button = onPage(topic, submit);
    const title =
      main && (only === undefined || topic.id === only || (kind === 'sign_in' && topic.id === 'membership'))
        ? titles.map((text) => onPage(topic, text)).find((words) => words !== null)
        : null;
    if (!field && !button && !title) continue;
    // A button that says "Register" is about whatever the page is about.
    if (
      topic.generic &&
      !field &&
      !title &&
      kind === 'other' &&
      topic.id === 'account' &&
      !kinds.some((each) => each.endsWith('password'))
    )
      continue;
    matches.push({ topic, words: field ?? button ?? title ?? '' });
  }
  const isPaidOut = matches.some(({ topic }) => PAYS_OUT.has(topic.id)) && !foundStem(PAYING?.page, submit);
  const special: string[] = [];
  for (const { topic, words } of matches) {
    if (topic === PAYING && isPaidOut) continue;
    add(topic, 3, words);
    if (!topic.generic) special.push(topic.id);
  }
  const account = TOPICS.find(({ id }) => id === 'account');
  const contact = TOPICS.find(({ id }) => id === 'contact');
  const marketing = TOPICS.find(({ id }) => id === 'marketing');
  const registration = TOPICS.find(({ id }) => id === 'registration');
  const takesPassword = kinds.some((each) => each.endsWith('password'));
  if (account && takesPassword) add(account, 3, 'password');
  if (registration && takesPassword && kind !== 'sign_in') add(registration, 3, 'password');
  if (PAYING && kinds.includes('payment_card') && !isPaidOut) add(PAYING, 3, 'card');
  if (marketing && kind === 'newsletter') add(marketing, 3, 'email');
  // What is ticked on another form may lead to messages.
  if (marketing && kind === 'other') {
    const ticked = form.fields
      .filter(({ type }) => type === 'checkbox')
      .map(({ label, name }) => evenText(`${label} ${spread(name)}`));
    const words = ticked
      .map((text) => foundStem(`${marketing.page}, offers, marketing, news$, promotion, keep me, hear from, werbung`, text))
      .find(Boolean);
    if (words) found.add(1, { by: 'form_topic', topic: 'marketing', form: form.id, words });
  }
  if (contact && kind === 'other' && !kinds.some((each) => each.endsWith('password') || each === 'payment_card')) {
    const otherwise = special.some(isEnquiryOtherwise);
    if (writes(kinds) && (special.length === 0 || otherwise)) add(contact, 3, 'message');
    else if (otherwise && asksWhoYouAre(kinds))
      add(contact, 3, foundStem(TOPICS.find(({ id }) => id === special[0])?.page, `${submit} ${titles.join(' ')}`) ?? 'form');
    else if (writes(kinds)) found.add(1, { by: 'form_topic', topic: 'contact', form: form.id, words: 'message' });
  }
}

const KEEPS_IN_TOUCH =
  'restons en contact, gardons le contact, kontakt bleiben, bleiben sie in kontakt, keep in contact, stay in contact';

/** These say little of what else a page is for. */
const UNSAID = new Set([...TOPICS.filter(({ generic }) => generic).map(({ id }) => id), 'marketing', 'payment']);

/** What the page is for, strongest first. */
export function pageTopics(page: PageFacts): PageTopic[] {
  const found = new Found();
  const titles = titlesOf(page);
  const types = page.jsonLdTypes.map((type) => type.replace(/^.*[/#:]/, ''));
  for (const topic of TOPICS)
    for (const type of types)
      if (topic.jsonLd?.includes(type) || (topic.id === 'event' && type.endsWith('Event') && type !== 'EducationEvent'))
        found.add(3, { by: 'structured_data', topic: topic.id, type });
  // The form that the page is about is not the one that stands on every page.
  const isOf = types.some((type) => NAMED_BY_TITLE.test(type));
  const own = page.forms.filter((form) => !['search', 'newsletter', 'sign_in', 'nothing'].includes(formKind(form)));
  const main = own.length > 0 ? own : page.forms;
  for (const form of page.forms) ofForm(form, isOf ? [] : titles, main.includes(form), found);
  const reading = isReading(page);
  const pays = page.forms.some((form) => kindsOf(form).includes('payment_card'));
  const path = pathWords(page.url);
  // Under the first heading of a page without a form come its parts, not what it is for.
  const part = own.length === 0 ? evenText(page.headings[1] ?? '') : '';
  const isPart = !evenText(`${page.title} ${page.headings[0] ?? ''}`).includes(part);
  for (const topic of TOPICS) {
    for (const title of isOf || (topic.id === 'marketing' && pays) ? [] : titles) {
      const words = onPage(topic, title);
      // "Restons en contact" is no enquiry.
      if (topic.id === 'contact' && foundStem(KEEPS_IN_TOUCH, title)) continue;
      const isSure = !reading && wordsOf(title) <= SHORT_TITLE && !(isPart && title === part);
      if (words !== null) found.add(isSure ? 2 : 1, { by: 'title', topic: topic.id, words });
    }
    const words = reading ? null : foundStem(topic.page, path);
    if (words !== null) found.add(1, { by: 'address', topic: topic.id, words });
  }
  const isKnown = found.list().some(({ topic, strength }) => strength >= 2 && !UNSAID.has(topic));
  for (const topic of isOf || isKnown ? [] : TOPICS) {
    const words = [...titles, ...main.map(({ submit }) => evenText(submit))]
      .map((text) => foundStem(topic.weak, text))
      .find(Boolean);
    const strength = own.length > 0 ? 3 : titles.some((title) => wordsOf(title) <= SHORT_TITLE) ? 2 : 1;
    if (words) found.add(reading ? 1 : strength, { by: 'title', topic: topic.id, words });
  }
  if (types.some((type) => type === 'Product' || type === 'Offer'))
    found.add(1, { by: 'structured_data', topic: 'purchase', type: 'Product' });
  for (const host of page.hosts)
    if (hostKind(host) === 'payment' && own.length > 0) found.add(2, { by: 'structured_data', topic: 'payment', type: host });
  if (pageTypes(page).includes('home'))
    return found.list().filter(({ strength, shown }) => strength === 3 && shown.some(({ by }) => by !== 'title'));
  return found.list().sort((one, other) => other.strength - one.strength);
}

/** Hosts by what they are for. */
export function hostsByKind(page: PageFacts): Map<HostKind, string[]> {
  const found = new Map<HostKind, string[]>();
  for (const host of page.hosts) {
    const kind = hostKind(host);
    if (kind) found.set(kind, [...(found.get(kind) ?? []), host]);
  }
  return found;
}
