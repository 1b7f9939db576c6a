// Which notices a page leads to, and how each was found: declared, named by the page, or linked where such links stand, in any of the
// languages of notice-words.ts. Only what stands on the page counts: no address is guessed.
import { pageTopics } from '../../shared/notice/page-topics.ts';
import { evenText, foundStem } from '../../shared/notice/stems.ts';
import { HOW, type FoundNotice, type How, type PageLink, type PageSeen } from '../messages.ts';
import { AUDIENCE_WORDS, CONTROL_WORDS, COOKIE_WORDS, DOCUMENT_WORDS, OTHERS, PRIVACY_WORDS } from './notice-words.ts';

const ALL_PRIVACY = Object.values(PRIVACY_WORDS).join(', ');
const MOST_WORDS = 9;
const MOST = 12;

const PATH =
  /(?:^|[/_.-])(?:data-?)?(?:privacy|privacidad|privacidade|datenschutz\w*|data-?protection|confidentialite|politique-de-\w+|donnees-personnelles|informativa|integritetspolicy|personvern|privatlivspolitik|tietosuoja\w*|adatvedel\w*|adatkezel\w*|polityka-prywatnosci|gizlilik\w*|kvkk|gdpr|rgpd|dsgvo)(?:$|[/_.?-])/i;
const COOKIE_PATH = /(?:^|[/_.-])cookies?(?:$|[/_.?-])/i;

export const hrefKey = (href: string): string => href.replace(/#.*$/, '').replace(/\/$/, '');

/** The last two labels, three where the last but one is short ("co.uk"): near enough to tell one's own site from another's. */
export function siteOf(host: string): string {
  const labels = host.toLowerCase().split('.');
  return labels.slice((labels.at(-2)?.length ?? 0) <= 3 && labels.length > 2 ? -3 : -2).join('.');
}

const audienceOf = (text: string): string | null =>
  Object.entries(AUDIENCE_WORDS).find(([, words]) => foundStem(words, text) !== null)?.[0] ?? null;

/** What may follow "privacy" in the address of a notice and in its name. */
const FOLLOWS =
  /^(?:polic|notice|statement|cent|hub|cookie|info|terms|legal|and|und|security|data|matters|rights|gdpr|at|for|to|of|protection|commitment|promise|portal|overview|page|faq|questions|office|principles|practices|shield|[a-z]{1,2}$)/;

/** "Privacy screens" at /privacy-screens is about what its title names: a thing to buy, or an article. */
function isNamedAfter(path: string, even: string, page: URL): boolean {
  const next = /(?:^|[/_-])privacy[-_]([a-z]+)/.exec(path.toLowerCase())?.[1];
  return next !== undefined && isOther(next, page) && even.split(/[^\p{L}\p{N}]+/u).includes(next);
}

const isOther = (word: string, page: URL): boolean =>
  !FOLLOWS.test(word) && !page.hostname.includes(word) && audienceOf(word) === null;

/** "Privacy film" in a menu or a text, wherever it leads. */
function isThingOfThatName(even: string, region: PageLink['region'], page: URL): boolean {
  const next = /^(?:our )?privacy ([a-z]{3,})/.exec(even)?.[1];
  return (region === 'menu' || region === 'page') && next !== undefined && isOther(next, page);
}

/** 0: no notice. */
function scoreOf({ text, href, region }: PageLink, page: URL): { score: number; kind: FoundNotice['kind'] } {
  const even = evenText(text);
  const url = new URL(href);
  const path = `${url.pathname}${url.hash.startsWith('#/') ? url.hash : ''}`;
  const words = even.split(/[\s/|,-]+/).filter(Boolean).length;
  const privacy = foundStem(ALL_PRIVACY, even) !== null;
  const cookies = foundStem(COOKIE_WORDS, even) !== null;
  // "Do not sell my personal information" is no document for its last word.
  const document = foundStem(DOCUMENT_WORDS, even.replaceAll('personal information', '')) !== null;
  if (!document && (isNamedAfter(path, even, page) || isThingOfThatName(even, region, page)))
    return { score: 0, kind: 'privacy' };
  if (foundStem(CONTROL_WORDS, even) !== null && !document) return { score: 0, kind: 'privacy' };
  let score = 0;
  if (privacy && document && words <= MOST_WORDS) score = 6;
  else if (privacy && words <= 4) score = 5;
  else if (privacy && PATH.test(path)) score = 4;
  else if (cookies && words <= MOST_WORDS && (document || words <= 2 || COOKIE_PATH.test(path))) score = 3;
  else if (PATH.test(path) && words <= MOST_WORDS) score = 2.5;
  else if (privacy && region !== 'page' && words <= MOST_WORDS) score = 2;
  if (score === 0) return { score, kind: 'privacy' };
  // An article about privacy is linked from the text of a page, seldom from below it.
  if (region === 'page' && score < 6 && !PATH.test(path)) return { score: 0, kind: 'privacy' };
  const own = siteOf(url.hostname) === siteOf(page.hostname);
  const kind = cookies && !privacy && !(PATH.test(path) && !COOKIE_PATH.test(path)) ? 'cookies' : 'privacy';
  if (/\.(?:zip|docx?|png|jpe?g|ics)$/i.test(path)) return { score: 0, kind };
  return { score: score + (own ? 0.5 : 0) + (region === 'footer' ? 0.4 : region === 'form' ? 0.2 : 0), kind };
}

interface Scored extends FoundNotice {
  score: number;
}

/** Another's: known for it, or named by the link, whose name is not in what the page says of itself. */
function otherHost({ href, text }: PageLink, { page }: PageSeen): string | null {
  const { hostname } = new URL(href);
  const own = new URL(page.url).hostname;
  if (siteOf(hostname) === siteOf(own)) return null;
  const [name = ''] = siteOf(hostname).split('.');
  const says = (words: string): boolean => evenText(words).includes(name);
  const named = name.length > 2 && says(text) && !foundStem(ALL_PRIVACY, name) && !own.includes(name) && !says(page.title);
  return named || OTHERS.test(hostname) ? hostname : null;
}

const NOTICE_TITLE = `${ALL_PRIVACY}`;
/** As people begin who write about notices. */
const ABOUT_NOTICES =
  /^(?:what(?:'s| is| are)|how to|why (?:you|do|does|is|every)|do (?:i|you)|was ist|wie (?:man|schreib)|qu'est-ce|comment (?:faire|rédiger|écrire))\b/;
/** Is the page in view itself a notice? By its title and address, as a reader would say. */
export function isNoticePage(seen: PageSeen): boolean {
  const title = evenText(seen.page.title.split(/\s+[|–—·»-]\s+/)[0] ?? '');
  const heading = evenText(seen.page.headings[0] ?? '');
  const named = [title, heading].some(
    (text) =>
      text !== '' &&
      text.split(' ').length <= MOST_WORDS &&
      foundStem(NOTICE_TITLE, text) !== null &&
      foundStem(CONTROL_WORDS, text) === null &&
      !ABOUT_NOTICES.test(text),
  );
  const says = [title, heading].some(
    (text) => foundStem(NOTICE_TITLE, text) !== null && foundStem(DOCUMENT_WORDS, text) !== null,
  );
  return named && (says || PATH.test(new URL(seen.page.url).pathname));
}

/** Every notice that the page leads to, each address once: the surest way of finding it counts, then the best link. */
export function discover(seen: PageSeen): FoundNotice[] {
  const page = new URL(seen.page.url);
  const found = new Map<string, Scored>();
  const add = (one: Scored): void => {
    const key = hrefKey(one.href);
    const known = found.get(key);
    if (!known) found.set(key, one);
    else if (!known.title && one.title) known.title = one.title;
  };
  const whole = (href: string, title: string, how: How): Scored => ({
    href,
    title,
    how,
    kind: foundStem(COOKIE_WORDS, evenText(title)) && !foundStem(ALL_PRIVACY, evenText(title)) ? 'cookies' : 'privacy',
    audience: audienceOf(evenText(title)),
    other: null,
    score: 10,
  });
  for (const { href, title } of seen.declared) add(whole(href, title, 'declared'));
  for (const { href, title, by } of seen.named) add(whole(href, title, by));
  if (isNoticePage(seen)) add(whole(seen.page.url, seen.page.title, 'this_page'));
  const links = seen.links
    .map((link): Scored => {
      const { score, kind } = scoreOf(link, page);
      const other = otherHost(link, seen);
      return {
        href: link.href,
        title: link.text,
        how: link.region,
        kind,
        audience: audienceOf(evenText(link.text)),
        other,
        score: other ? score / 4 : score,
      };
    })
    .filter(({ score }) => score > 0)
    .sort((one, two) => two.score - one.score);
  for (const link of links) add(link);
  // Another's notice, beside a captcha, is only of interest where the site has none.
  const all = [...found.values()];
  const own = all.filter(({ other }) => other === null);
  return (own.length > 0 ? own : [])
    .concat(all.filter(({ other }) => other !== null))
    .sort((one, two) => rank(one) - rank(two) || two.score - one.score)
    .slice(0, MOST)
    .map(({ score: _score, ...notice }) => notice);
}

/** Declared first; then the site's own privacy notice for everybody; then those for some, those about cookies, and others'. */
function rank({ how, kind, audience, other }: FoundNotice): number {
  if (other !== null) return 9;
  if (how === 'declared') return 0;
  const named = HOW.indexOf(how) < HOW.indexOf('footer') ? HOW.indexOf(how) / 100 : 1;
  const general = how === 'this_page' || audience === null || audience === 'website visitors' || audience === 'customers';
  return 1 + named + (kind === 'cookies' ? 4 : 0) + (general ? 0 : 2);
}

/** What a page is for where a notice is meant for those people. */
const TOPICS_OF: Readonly<Record<string, readonly string[]>> = {
  applicants: ['recruitment'],
  students: ['course', 'admissions'],
  children: ['admissions'],
  patients: ['health'],
  members: ['membership'],
  donors: ['donation', 'volunteering'],
  suppliers: ['supplier'],
};

/**
 * Of what a page leads to, what is read for a person who looks: what it declares, else the first, and the one for those people whom
 * the page is for; and what they read before on this visit.
 */
export function toRead(seen: PageSeen, found: readonly FoundNotice[], done: readonly string[] = []): FoundNotice[] {
  const declared = found.filter(({ how }) => how === 'declared');
  const own = found.filter(({ other }) => other === null);
  const about = new Set(pageTopics(seen.page).flatMap(({ topic, strength }) => (strength === 3 ? [topic] : [])));
  const meant = own.find(({ audience }) => audience !== null && TOPICS_OF[audience]?.some((topic) => about.has(topic)));
  const first = declared.length > 0 ? declared : [...new Set([...(meant ? [meant] : []), ...own.slice(0, 1)])];
  return [...first, ...found.filter((one) => !first.includes(one) && done.includes(one.href))];
}
