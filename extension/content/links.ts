// The links of a page that may lead to a notice: those that stand where such links stand, and those whose words or address say so in
// some language. Which of them do, and what they are, is decided in the background, where the words of forty languages are.
import { CAPS } from '../caps.ts';
import type { PageLink } from '../messages.ts';
import { safeHref } from '../plain-text.ts';
import { all, baseOf, one, parentOf, treesOf } from './dom.ts';

/** Stems of "privacy", "data protection" and "cookies", in the scripts of the web and in small letters. A sieve, not a judgement. */
const STEMS =
  'priv|datens|datesch|datenv|dsgvo|your data|your information|personal data|personal info|fair processing|personenbezog|confiden|donnees|données|dados|datos|datuen|dati pers| dati|gegevens|persoonsg|dataskydd|databesk|personoply|personoppl|dine data|henkilöt|osebn|danych|dane osob|klauzul|datelor|podat|податоци|подаци|duomen|personas dat|dhënave|protezzjoni|sonraí|diogelu|dades|rgpd|lgpd|avg|gdpr|kvkk|cookie|protec|informativa|riservat|integritet|personuppgift|personvern|persondata|tietosuoj|yksityis|persónuv|persónuupp|prywatn|rodo|osobn|soukrom|súkrom|adatv|adatkez|date personal|datelor personal|zasebn|asmens|andmekait|isikuandm|gizlilik|kişisel|aydınlat|məxfilik|maxfiylik|faragha|კონფიდ|գաղտն|preifat|príobh|pribat|yhtei|rekister|προσωπικ|απορρ|απόρρ|ιδιωτ|конфиден|конфіден|персональн|приватн|поверител|лични данни|личн|захист|защит|заштит|خصوصية|البيانات|פרטיות|הגנת מידע|حریم|गोपनीय|निजता|গোপনীয়|プライバシー|個人情報|隐私|隱私|私隱|个人信息|个人资|個人資料|개인정보|프라이버|ความเป็นส่วนตัว|ข้อมูลส่วนบุคคล|riêng tư|bảo mật|dữ liệu cá|pelindungan|perlindungan|legal|policies|policy'.split(
    '|',
  );
// The browser's own search for a word, many times: in a new tab a large expression takes longer to compile than that to run.
export function isHint(text: string): boolean {
  const small = text.toLowerCase();
  for (const stem of STEMS) if (small.includes(stem)) return true;
  return false;
}

/**
 * The same for addresses, for the browser's own matching: the few hundred links of a page need not come into script for it. Without the
 * letter that may be a capital: to match whatever the case takes the browser five times as long.
 */
const HINTED = 'a[href*="riva"],a[href*="RIVA"],a[href*="atens"],a[href*="ookie"]';
/** Which of them a page is asked for of which nothing is known, by its language: each is a walk through all of its links. */
const IN_GERMAN = 'html[lang|="de" i]';
const LIKELY = { german: 'a[href*="atens"]', other: 'a[href*="riva"]' };
/** Links to notices stand at the end of a page, and in banners that are put behind it. */
const LAST = 80;

const FOOTER = 'footer, [role="contentinfo"], [id*="footer" i], [class*="footer" i], [class*="colophon" i]';
const MENU = 'nav, [role="navigation"], header, [role="menu"], dialog, [class*="menu" i]';
const BANNER = '[id*="cookie" i], [class*="cookie" i], [id*="consent" i], [class*="consent" i], [id*="gdpr" i]';
/** How many elements around a form may hold the sentence about data that belongs to it. */
const NEAR = 3;

function isBesideForm(link: Element): boolean {
  let around: Element | null = link;
  for (let i = 0; i < NEAR && around && !(around instanceof HTMLBodyElement); i += 1, around = parentOf(around))
    if (around instanceof HTMLFormElement || one(around, 'form')) return true;
  return link.closest('form') !== null;
}

function regionOf(link: Element): PageLink['region'] {
  if (link.closest(FOOTER)) return 'footer';
  if (link.closest(MENU)) return 'menu';
  if (isBesideForm(link)) return 'form';
  return link.closest(BANNER) ? 'banner' : 'page';
}

const BROKEN = ['\n', '\t', '\u00A0', '  '];
const even = (text: string): string => text.replace(/\s+/g, ' ');
/** A picture may be all that a link holds. */
const spoken = (link: Element): string =>
  link.textContent?.trim() ||
  link.getAttribute('aria-label') ||
  link.getAttribute('title') ||
  (link.firstElementChild && one(link, '[alt]')?.getAttribute('alt')) ||
  '';
const words = (link: Element): string => even(spoken(link)).trim().slice(0, CAPS.linkText);

/** Of all links the last. */
function lastLinks(document: Document): Element[] {
  const links = all(document, 'a[href]');
  const last: Element[] = [];
  for (let at = Math.max(0, links.length - LAST); at < links.length; at += 1) last.push(links[at] as Element);
  return last;
}

function* candidates(document: Document, thorough: boolean): Generator<Element> {
  if (!thorough) {
    yield* all(document, HINTED);
    yield* lastLinks(document);
    return;
  }
  for (const root of treesOf(document)) yield* all(root, 'a[href]');
}

// Each by itself, and with its tag: a list of selectors is tried on every element of the page, as is one without a tag.
const NAMING = ['link[rel~="privacy-policy" i]', 'link[itemprop="privacyPolicy"]', 'script[type="application/ld+json"]'];

/**
 * Whether anything on the page may lead to a notice, as a quick look sees it: every page is asked this, and most hold nothing of the kind.
 * Each search is a walk through all of the page, and each selector a test of each link.
 */
export function mayLead(document: Document): boolean {
  const stands = (selector: string): boolean => one(document, selector) !== null;
  if (NAMING.some(stands)) return true;
  const last = lastLinks(document);
  let said = '';
  for (const link of last)
    said += `${spoken(link)}|${link.getAttribute('href')}|${link.getAttribute('rel') ?? ''}|${link.getAttribute('itemprop') ?? ''}|`;
  // Words may be broken over lines; in most pages none are, and the expression need not be compiled.
  if (isHint(BROKEN.some((space) => said.includes(space)) ? even(said) : said)) return true;
  return last.length === LAST && stands(stands(IN_GERMAN) ? LIKELY.german : LIKELY.other);
}

const ORDER = ['footer', 'menu', 'form', 'banner', 'page'];

/** `thorough`: every link of the page and of its open shadow trees, for a person who looks; else those that a quick look shows. */
export function pageLinks(document: Document, thorough = true): PageLink[] {
  const found = new Map<string, PageLink>();
  const base = baseOf(document);
  const here = base.replace(/#.*/, '');
  for (const link of candidates(document, thorough)) {
    const address = link.getAttribute('href') ?? '';
    if (!address || address.startsWith('#') || /^(?:javascript|mailto|tel):/i.test(address)) continue;
    const text = words(link);
    if (!isHint(text) && !isHint(address)) continue;
    const href = safeHref(address, base);
    if (!href || href.replace(/#.*/, '') === here) continue;
    const key = `${href} ${text}`;
    if (!found.has(key)) found.set(key, { href, text, region: regionOf(link) });
    if (found.size >= 2 * CAPS.links) break;
  }
  return [...found.values()].sort((one, two) => ORDER.indexOf(one.region) - ORDER.indexOf(two.region)).slice(0, CAPS.links);
}
