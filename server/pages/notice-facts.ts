// The small parts that a notice page is made of: a fact with its place, a basis, a contact, lists.
import { retentionWords } from '../../shared/notice/retention.ts';
import type { Contact, LawfulBasisStatement, PrivacyNotice, RetentionRule } from '../../shared/notice/schema.ts';
import { markup, shown, type Markup, type MarkupValue } from './markup.ts';
import { basisDetails, basisWords, contactRoleWords, retentionDetails } from './notice-words.ts';

/** Attributes' worth of language: nothing for English, so that the page's own language holds. */
const language = (notice: PrivacyNotice): Markup =>
  /^en\b/.test(notice.language) ? markup`` : markup` lang="${notice.language}"`;

/** Text that the notice's author wrote: isolated, in its own direction and language. */
export const said = (notice: PrivacyNotice, text: string): Markup =>
  markup`<span dir="auto"${language(notice)}>${shown(text)}</span>`;

/** One fact of the notice: its sentence and nothing else, under the id of its place (shared/notice/render.ts). */
export const fact = (notice: PrivacyNotice, place: string, statement: string): Markup =>
  markup`<p class="fact" id="${place}" dir="auto"${language(notice)}>${shown(statement)}</p>`;

export const items = (list: readonly MarkupValue[], className = 'plain'): MarkupValue =>
  list.length > 0 && markup`<ul class="${className}">${list.map((item) => markup`<li>${item}</li>`)}</ul>`;

export const basisChip = (base: Pick<LawfulBasisStatement, 'basis'>): Markup => {
  const { label, article } = basisWords(base);
  return markup`<span class="chip basis">${label} <span class="article">${article}</span></span>`;
};

export const basisFact = (notice: PrivacyNotice, place: string, base: LawfulBasisStatement): Markup => markup`<div class="stated">
${basisChip(base)}
${fact(notice, place, base.statement)}
${items(
  basisDetails(base).map((text) => said(notice, text)),
  'small',
)}</div>`;

export const retentionFact = (notice: PrivacyNotice, place: string, rule: RetentionRule): Markup => markup`<div class="stated">
<p class="kept"><strong>${said(notice, retentionWords(rule))}</strong></p>
${fact(notice, place, rule.statement)}
${items(
  retentionDetails(rule).map((text) => said(notice, text)),
  'small',
)}</div>`;

function contactValue({ kind, value }: Contact): Markup {
  if (value === null) return markup`<em>hidden by the site</em>`;
  const text = shown(value);
  const isolated = markup`<span dir="auto">${text}</span>`;
  if (kind === 'email' && /^[^\s@<>"?&]+@[^\s@<>"?&]+$/.test(value)) return markup`<a href="mailto:${value}">${isolated}</a>`;
  if (kind === 'phone' && /^[+\d][\d ()-]{4,}$/.test(value))
    return markup`<a href="tel:${value.replaceAll(/[^+\d]/g, '')}">${isolated}</a>`;
  if ((kind === 'url' || kind === 'form') && /^https?:\/\/[^\s"<>]+$/.test(value))
    return markup`<a href="${value}" rel="noreferrer">${isolated}</a>`;
  return isolated;
}

export const contacts = (notice: PrivacyNotice, list: readonly Contact[]): MarkupValue =>
  items(
    list.map(
      (contact) =>
        markup`<span class="label">${contactRoleWords(contact.role)}, ${contact.kind === 'url' ? 'web page' : contact.kind}</span> ${contactValue(contact)}${
          contact.note && markup` <span class="note">${said(notice, contact.note)}</span>`
        }`,
    ),
    'contacts',
  );

export const recipients = (notice: PrivacyNotice, list: PrivacyNotice['recipients']): MarkupValue =>
  items(
    list.map(
      ({ name, negative, note }) =>
        markup`${negative && markup`<strong>Not shared with:</strong> `}${said(notice, name)}${note && markup` <span class="note">${said(notice, note)}</span>`}`,
    ),
  );

export const transferFact = (
  notice: PrivacyNotice,
  place: string,
  transfer: PrivacyNotice['transfers'][number],
): Markup => markup`<div class="stated">
<p class="kept">To <strong>${said(notice, transfer.to)}</strong>, ${
  transfer.mechanism ? markup`safeguard: ${said(notice, transfer.mechanism)}` : markup`<em>no safeguard stated</em>`
}</p>
${fact(notice, place, transfer.statement)}</div>`;
