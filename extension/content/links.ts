// The links of a page that may lead to a notice: those that stand where such links stand, and those whose words or address say so in
// some language. Which of them do, and what they are, is decided in the background, where the words of forty languages are.
import { CAPS } from '../caps.ts';
import type { PageLink } from '../messages.ts';
import { safeHref } from '../plain-text.ts';

/** Stems of "privacy", "data protection" and "cookies", in the scripts of the web. A sieve, not a judgement. */
const HINT =
  /priv|datens|confiden|vie-?\s?privee|donnees|données|rgpd|gdpr|dsgvo|kvkk|cookie|protec|informativa|riservat|integritet|personuppgift|personvern|persondata|tietosuoj|yksityis|persónuv|prywatn|rodo|osobn|soukrom|súkrom|adatv|adatkez|date(?:lor)? personal|zasebn|asmens|andmekait|isikuandm|gizlilik|kişisel|preifat|príobh|pribat|yhtei|rekister|προσωπικ|απορρ|ιδιωτ|конфиден|конфіден|персональн|приватн|поверител|лични данни|личн|الخصوصية|פרטיות|حریم|गोपनीय|プライバシー|個人情報|隐私|隱私|个人信息|個人資料|개인정보|ความเป็นส่วนตัว|riêng tư|legal|policies|policy/i;

const FOOTER = 'footer, [role="contentinfo"], [id*="footer" i], [class*="footer" i], [class*="colophon" i]';
const MENU = 'nav, [role="navigation"], header, [role="menu"], dialog, [class*="menu" i]';
const BANNER = '[id*="cookie" i], [class*="cookie" i], [id*="consent" i], [class*="consent" i], [id*="gdpr" i]';

const words = (link: Element): string =>
  (link.textContent || link.getAttribute('aria-label') || link.getAttribute('title') || '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, CAPS.linkText);

/** Open shadow trees hold the footers of some sites. Names with a hyphen are the only elements that have one. */
function roots(document: Document): ParentNode[] {
  const found: ParentNode[] = [document];
  for (const element of document.querySelectorAll('*'))
    if (element.shadowRoot && found.length < 20) found.push(element.shadowRoot);
  return found;
}

export function pageLinks(document: Document): PageLink[] {
  const found = new Map<string, PageLink>();
  const here = document.baseURI.replace(/#.*/, '');
  const add = (link: Element, region: PageLink['region'], hinted: boolean): void => {
    if (found.size >= CAPS.links) return;
    const address = link.getAttribute('href') ?? '';
    if (!address || address.startsWith('#') || /^(?:javascript|mailto|tel):/i.test(address)) return;
    const text = words(link);
    if (hinted && !HINT.test(text) && !HINT.test(address)) return;
    const href = safeHref(address, document.baseURI);
    if (!href || href.replace(/#.*/, '') === here) return;
    const key = `${href} ${text}`;
    if (!found.has(key)) found.set(key, { href, text, region });
  };
  for (const root of roots(document)) {
    const region = (selector: string, name: PageLink['region'], hinted: boolean): void => {
      for (const part of root.querySelectorAll(selector))
        for (const link of part.querySelectorAll('a[href]')) add(link, name, hinted);
    };
    region(FOOTER, 'footer', true);
    region(MENU, 'menu', true);
    for (const form of root.querySelectorAll('form')) {
      // The sentence about data often stands right behind the form.
      const near = form.parentElement && form.parentElement !== document.body ? form.parentElement : form;
      for (const link of near.querySelectorAll('a[href]')) add(link, 'form', true);
    }
    region(BANNER, 'banner', true);
    for (const link of root.querySelectorAll('a[href]')) add(link, 'page', true);
  }
  return [...found.values()];
}
