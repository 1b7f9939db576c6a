// A notice as a page for people: at a glance, then each activity in full, then what holds for the whole document. Every fact has
// the id of its place (shared/notice/render.ts), so that evidence opens the page at its sentence.
import { issueWords } from '../../shared/notice/issues.ts';
import { periodWords } from '../../shared/notice/retention.ts';
import type { PrivacyNotice } from '../../shared/notice/schema.ts';
import { pageDocument } from './document.ts';
import { markup, shown, type Markup, type MarkupValue } from './markup.ts';
import { activityDetails } from './notice-activity.ts';
import { basisFact, contacts, fact, items, recipients, retentionFact, said, transferFact } from './notice-facts.ts';
import { overviewTable } from './notice-overview.ts';
import { dateWords, kindWords, policyWords, rightWords } from './notice-words.ts';

export interface NoticePageInput {
  notice: PrivacyNotice;
  /** SHA-256 of its canonical JSON, 43 base64url characters. */
  hash: string;
  siteName: string;
  /** Without a trailing slash. */
  serviceUrl: string;
  /** Where the same version is answered as JSON. */
  jsonUrl: string;
  /** … and as JSON-LD; left out: the address of `jsonUrl`, by Accept. */
  jsonLdUrl?: string;
  /** All versions of this kind that the site published, newest first. */
  versions?: { hash: string; version: string | null; date: string | null }[];
}

interface Section {
  id: string;
  title: string;
  content: MarkupValue;
}

const has = (list: readonly unknown[]): boolean => list.length > 0;

const who = (notice: PrivacyNotice): Markup => {
  const { controller, representative, dpo } = notice;
  return markup`<div class="stated"><p class="kept">Controller: <strong>${said(notice, controller.name)}</strong>${
    controller.legalName
      ? markup` <span class="note">${said(notice, controller.legalName)}</span>`
      : markup` <span class="note">no legal name given</span>`
  }${has(controller.aliases) && markup` <span class="note">also: ${said(notice, controller.aliases.join(', '))}</span>`}</p>
${fact(notice, 'controller', controller.statement)}${contacts(notice, controller.contacts)}</div>
${
  representative &&
  markup`<div class="stated"><p class="kept">Representative: <strong>${said(notice, representative.name)}</strong></p>${fact(notice, 'representative', representative.statement)}${contacts(notice, representative.contacts)}</div>`
}
${
  dpo
    ? markup`<div class="stated"><p class="kept">Data protection officer: <strong>${said(notice, dpo.role)}</strong></p>${fact(notice, 'dpo', dpo.statement)}${contacts(notice, dpo.contacts)}</div>`
    : markup`<p class="note">No data protection officer is named.</p>`
}`;
};

const rightFact = (
  notice: PrivacyNotice,
  right: PrivacyNotice['rights'][number],
  i: number,
): Markup => markup`<div class="stated">
<p class="kept"><strong>${rightWords(right.right)}</strong></p>${fact(notice, `rights/${i}`, right.statement)}
${items(
  [
    right.route && markup`How: ${said(notice, right.route)}`,
    right.deadline && `Answer within: ${periodWords(right.deadline)}`,
    right.fee && markup`Fee: ${said(notice, right.fee)}`,
    has(right.formats) && markup`Formats: ${said(notice, right.formats.join(', '))}`,
  ].filter(Boolean),
  'small',
)}</div>`;

const complaints = (notice: PrivacyNotice): MarkupValue => [
  notice.complaints.map(
    (complaint, i) =>
      markup`<div class="stated"><p class="kept">To <strong>${complaint.to === 'authority' ? 'the supervisory authority' : 'the controller'}</strong></p>${fact(notice, `complaints/${i}`, complaint.statement)}${contacts(notice, complaint.contacts)}</div>`,
  ),
  notice.authority &&
    markup`<div class="stated"><p class="kept">Supervisory authority: <strong>${said(notice, notice.authority.name)}</strong></p>${fact(notice, 'authority', notice.authority.statement)}${contacts(notice, notice.authority.contacts)}</div>`,
];

/** Sections with a line in the notice's text have the id of that line; the others an id of their own. */
const sections = (notice: PrivacyNotice): Section[] =>
  [
    { id: 'overview', title: 'At a glance', content: overviewTable(notice) },
    { id: 'section-who', title: 'Who is responsible', content: who(notice) },
    {
      id: 'section-documentBases',
      title: 'Lawful bases for the document as a whole',
      content: has(notice.documentBases) && [
        markup`<p class="note">These are stated for the whole document. They do not say which activity relies on which.</p>`,
        notice.documentBases.map((base, i) => basisFact(notice, `documentBases/${i}`, base)),
      ],
    },
    {
      id: 'section-activities',
      title: 'What happens with personal data',
      content: notice.activities.map((activity, i) => activityDetails(notice, activity, i)),
    },
    {
      id: 'section-retention',
      title: 'How long data is kept',
      content: has(notice.retention) && notice.retention.map((rule, i) => retentionFact(notice, `retention/${i}`, rule)),
    },
    { id: 'recipients', title: 'Who receives data', content: has(notice.recipients) && recipients(notice, notice.recipients) },
    {
      id: 'section-transfers',
      title: 'Transfers to other countries',
      content: has(notice.transfers) && notice.transfers.map((transfer, i) => transferFact(notice, `transfers/${i}`, transfer)),
    },
    {
      id: 'section-automatedDecisions',
      title: 'Automated decisions',
      content: notice.automatedDecisions && fact(notice, 'automatedDecisions', notice.automatedDecisions.statement),
    },
    {
      id: 'section-rights',
      title: 'Your rights',
      content: has(notice.rights) && notice.rights.map((right, i) => rightFact(notice, right, i)),
    },
    {
      id: 'section-complaints',
      title: 'Complaints',
      content: (has(notice.complaints) || notice.authority) && complaints(notice),
    },
    {
      id: 'linked-documents',
      title: 'Other documents',
      content:
        has(notice.linkedDocuments) &&
        items(
          notice.linkedDocuments.map(({ title, href }) =>
            href && /^https?:/.test(href)
              ? markup`<a href="${href}" rel="noreferrer">${said(notice, title)}</a>`
              : markup`${said(notice, title)} <span class="note">${href ? markup`at <code>${shown(href)}</code>` : 'the text links to nothing'}</span>`,
          ),
        ),
    },
    {
      id: 'issues',
      title: 'What the text leaves open',
      content: has(notice.issues) && [
        markup`<p class="note">Facts about the text, found by reading it. They judge nobody.</p>`,
        items(
          notice.issues.map((issue) => {
            const about = notice.activities.findIndex(({ id }) => id === issue.activity);
            return markup`<strong class="issue">${issueWords(issue.code).title}</strong> ${said(notice, issue.statement)}${
              about >= 0 &&
              markup` <a class="note" href="#activities/${about}">${said(notice, notice.activities[about]?.title ?? '')}</a>`
            }`;
          }),
          'issues',
        ),
      ],
    },
  ].filter(({ content }) => content);

const keyFacts = (notice: PrivacyNotice): Markup => markup`<dl class="key-facts">
<div><dt>Version</dt><dd>${notice.version ? said(notice, notice.version) : 'no version given'}</dd></div>
<div><dt>Date</dt><dd>${dateWords(notice.date)}</dd></div>
<div><dt>Controller</dt><dd>${said(notice, notice.controller.name)}</dd></div>
<div><dt>Laws it names</dt><dd>${has(notice.regimes) ? said(notice, notice.regimes.join(', ')) : 'none'}</dd></div>
</dl>`;

const check = ({
  hash,
  jsonUrl,
  jsonLdUrl,
  serviceUrl,
  versions = [],
}: NoticePageInput): Markup => markup`<section class="check" aria-labelledby="check">
<h2 id="check">Check this version</h2>
<p>This version is named by its content. It cannot change without getting another name:</p>
<p><code class="hash">${hash}</code></p>
<p>To check it, take <a href="${jsonUrl}" type="application/json">this notice as JSON</a>, bring it into the form of RFC 8785 and compute SHA-256, in base64url. The command <code>candour notice hash FILE</code> does both. What you read above is made from that JSON and from nothing else.</p>
<p>Also as <a href="${jsonLdUrl ?? jsonUrl}" type="application/ld+json">JSON-LD in the Data Privacy Vocabulary</a>${jsonLdUrl ? '' : ' (ask for application/ld+json)'}.</p>
${
  versions.length > 1 &&
  markup`<h3>Versions that this site published</h3><ol class="versions">${versions.map(
    (one) =>
      markup`<li><a href="${serviceUrl}/v1/notices/${one.hash}"${one.hash === hash && markup` aria-current="page"`}>${one.version ? shown(one.version) : 'no version given'}, ${dateWords(one.date)}</a> <code>${one.hash.slice(0, 12)}…</code></li>`,
  )}</ol>`
}
</section>`;

/** A whole HTML document. Serve it with PAGE_CSP (page-style.ts). */
export function noticePage(input: NoticePageInput): string {
  const { notice, jsonUrl, jsonLdUrl } = input;
  const all = sections(notice);
  const policy = policyWords(notice.kind);
  return pageDocument({
    title: `${shown(notice.title)} – ${shown(input.siteName)}`,
    whose: shown(input.siteName),
    kind: kindWords(notice.kind),
    head: markup`<link rel="alternate" type="application/json" href="${jsonUrl}">
<link rel="alternate" type="application/ld+json" href="${jsonLdUrl ?? jsonUrl}">`,
    contents: true,
    main: markup`<p class="eyebrow ${policy ? 'policy' : ''}">${kindWords(notice.kind)}</p>
<h1 id="title" dir="auto">${shown(notice.title)}</h1>
${keyFacts(notice)}
${policy && markup`<p class="callout policy"><strong>Internal policy, not a notice.</strong> ${policy}</p>`}
${notice.about && markup`<p class="callout">${said(notice, notice.about)}</p>`}
${notice.scope && markup`<p class="scope">${said(notice, notice.scope)}</p>`}
${markup`<nav class="contents" aria-label="On this page"><p class="contents-title">On this page</p><ul>${all.map(
  ({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`,
)}<li><a href="#check">Check this version</a></li></ul></nav>`}
${all.map(({ id, title, content }) => markup`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`)}
${check(input)}`,
  });
}
