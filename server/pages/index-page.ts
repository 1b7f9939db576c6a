// What `/` of the service shows: what this is, and nothing private.
import { pageDocument } from './document.ts';
import { markup } from './markup.ts';

export interface IndexPageInput {
  /** Of the service. */
  version: string;
  /** Pages that exist here, in order. */
  links: { href: string; label: string; note: string }[];
}

/** A whole HTML document. Serve it with PAGE_CSP (page-style.ts). */
export const indexPage = ({ version, links }: IndexPageInput): string =>
  pageDocument({
    title: 'Candour consent service',
    whose: 'Candour',
    kind: 'Consent service',
    main: markup`<p class="eyebrow">Consent service</p>
<h1>Consent that can be checked</h1>
<p>Websites use this service to record what their visitors chose about their personal data. Each choice is signed by the visitor’s own browser, written to a log that shows tampering, and answered with a receipt that anyone can verify.</p>
<p>If you came from a website’s banner: your choices belong to that website. Change them there, with “Privacy choices”.</p>
<h2>Here</h2>
<ul class="pages">${links.map(({ href, label, note }) => markup`<li><a href="${href}">${label}</a><p>${note}</p></li>`)}</ul>`,
    footer: markup`<p>Version ${version}.</p>`,
  });
