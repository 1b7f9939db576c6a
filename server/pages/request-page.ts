// Where a visitor sends a request to a site: one form that works without script, in the site's name. And the pages behind it:
// "look into your mail", the button that confirms, and what came of it.
import { REQUEST_KIND_FACTS, REQUEST_KINDS } from '../../shared/rights/request.ts';
import type { RequestSummary } from '../../shared/rights/api.ts';
import type { Contact } from '../../shared/notice/schema.ts';
import { CONFIRM_HOURS } from '../rights/letters.ts';
import { pageDocument } from './document.ts';
import { markup, shown, type Markup } from './markup.ts';
import { dateWords } from './notice-words.ts';
import { PAGE_CSP } from './page-style.ts';

/** As the other pages, and a form may be sent to this service. */
export const REQUEST_CSP = PAGE_CSP.replace("form-action 'none'", "form-action 'self'");

export const FORM_FIELDS = ['kind', 'email', 'message', 'reference'] as const;
export type FormField = (typeof FORM_FIELDS)[number];

export interface RequestPageInput {
  site: string;
  siteName: string;
  /** Where the notice is; null: the site has none of its own. */
  noticeHref: string | null;
  /** Of the notice: other ways to ask. */
  contacts: readonly Contact[];
  /** False: this service cannot take requests, because no mail was set up. */
  takes: boolean;
  /** What was sent before, to be put right. */
  values?: Partial<Record<FormField, string>>;
  wrong?: Partial<Record<FormField, string>>;
}

const KIND = 'Your data';

function otherWays(contacts: readonly Contact[]): Markup | false {
  const known = contacts.filter(({ value }) => value !== null);
  return (
    known.length > 0 &&
    markup`<h2>Other ways</h2>
<p>The notice of this site names these:</p>
<ul class="contacts">${known.map(({ kind, value, note }) => markup`<li><span class="label">${kind}</span>${shown(value ?? '')}${note && markup` <span class="hint">${shown(note)}</span>`}</li>`)}</ul>`
  );
}

const problems = (wrong: RequestPageInput['wrong'] = {}): Markup | false => {
  const fields = FORM_FIELDS.filter((field) => wrong[field] !== undefined);
  return (
    fields.length > 0 &&
    markup`<div class="problems" role="alert"><strong>Nothing was sent yet.</strong>
<ul>${fields.map((field) => markup`<li><a href="#${field === 'kind' ? `kind-${REQUEST_KINDS[0]}` : field}">${wrong[field]}</a></li>`)}</ul></div>`
  );
};

const invalid = (field: FormField, wrong: RequestPageInput['wrong']): Markup | false =>
  wrong?.[field] !== undefined && markup`aria-invalid="true"`;
const wrongWords = (field: FormField, wrong: RequestPageInput['wrong']): Markup | false =>
  wrong?.[field] !== undefined && markup`<p class="wrong" id="${field}-wrong">${wrong[field]}</p>`;

function form({ site, values = {}, wrong }: RequestPageInput): Markup {
  return markup`<form class="request" method="post" action="/r/${site}" novalidate>
<fieldset aria-describedby="${wrong?.kind ? 'kind-wrong' : ''}"><legend>What do you ask for?</legend>
${wrongWords('kind', wrong)}
${REQUEST_KINDS.map((kind) => {
  const { label, explanation } = REQUEST_KIND_FACTS[kind];
  return markup`<div class="choice"><input type="radio" name="kind" id="kind-${kind}" value="${kind}" required aria-describedby="about-${kind}" ${values.kind === kind && markup`checked`}><label for="kind-${kind}">${label}</label><p class="hint" id="about-${kind}">${explanation}</p></div>`;
})}
</fieldset>
<div class="field"><label for="email">Your e-mail address</label>
<p class="hint" id="email-hint">A message with a link comes there first; your request is sent on when you have confirmed it. The answer comes there too.</p>
${wrongWords('email', wrong)}
<input id="email" name="email" type="email" autocomplete="email" required maxlength="254" value="${shown(values.email ?? '')}" ${invalid('email', wrong)} aria-describedby="email-hint ${wrong?.email ? 'email-wrong' : ''}"></div>
<div class="field"><label for="message">What should be known? <span class="hint">(if you like)</span></label>
<p class="hint" id="message-hint">For example which data you mean, or what is wrong. You need not say why you ask.</p>
${wrongWords('message', wrong)}
<textarea id="message" name="message" maxlength="4000" ${invalid('message', wrong)} aria-describedby="message-hint ${wrong?.message ? 'message-wrong' : ''}">${shown(values.message ?? '')}</textarea></div>
<div class="field"><label for="reference">Number of a receipt <span class="hint">(if you have one)</span></label>
<p class="hint" id="reference-hint">Choices made in a banner are known by a code of your browser, not by your address. A receipt helps to find them.</p>
${wrongWords('reference', wrong)}
<input id="reference" name="reference" type="text" autocomplete="off" spellcheck="false" maxlength="100" value="${shown(values.reference ?? '')}" ${invalid('reference', wrong)} aria-describedby="reference-hint ${wrong?.reference ? 'reference-wrong' : ''}"></div>
<button class="send" type="submit">Send request</button>
</form>`;
}

/** A whole HTML document. Serve it with REQUEST_CSP. */
export function requestPage(input: RequestPageInput): string {
  const { siteName, noticeHref, contacts, takes, wrong } = input;
  return pageDocument({
    title: `${wrong && Object.keys(wrong).length > 0 ? 'Please check: ' : ''}Your data at ${siteName}`,
    whose: siteName,
    kind: KIND,
    main: markup`<p class="eyebrow">${siteName}</p>
<h1>Ask about your data</h1>
${problems(wrong)}
<p>Here you can ask ${siteName} about data that it has of you, or to do something about it. It costs nothing${noticeHref !== null && markup`; <a href="${noticeHref}">the notice of this site</a> says what is done with your data`}.</p>
${
  takes
    ? markup`${form(input)}
<p class="hint">What you write is encrypted here with a key of its own and used for this request only. No cookie is set.</p>`
    : markup`<p class="callout">This page cannot take requests at the moment, because sending mail is not set up here.</p>`
}
${otherWays(contacts)}`,
  });
}

/** The same whatever the address is. */
export const requestSentPage = (siteName: string): string =>
  pageDocument({
    title: `Look into your mail – ${siteName}`,
    whose: siteName,
    kind: KIND,
    main: markup`<p class="eyebrow">${siteName}</p>
<h1>Now look into your mail</h1>
<p>If the address can be written to, a message is on its way there. Open its link and press “Confirm”: only then is your request sent on to ${siteName}.</p>
<p>The link works for ${CONFIRM_HOURS} hours. Without it, the request and the address are deleted after that. Nothing arrived? Look among unwanted mail, or send the request again.</p>`,
  });

/** Says the same of every token: only the button asks whether it holds. A mail scanner that opens the link does nothing. */
export const confirmPage = (site: string, siteName: string, token: string): string =>
  pageDocument({
    title: `Confirm your request – ${siteName}`,
    whose: siteName,
    kind: KIND,
    main: markup`<p class="eyebrow">${siteName}</p>
<h1>Confirm your request</h1>
<p>You asked ${siteName} about your data. Press the button to send the request on. If it was not you, close this page: nothing happens.</p>
<form class="request" method="post" action="/r/${site}/confirm"><input type="hidden" name="token" value="${token}"><button class="send" type="submit">Confirm</button></form>`,
  });

const due = ({ clock }: RequestSummary): Markup | false => {
  const last = clock.answer ?? clock.acknowledge;
  const what = clock.answer ? 'You get an answer' : 'You hear from them';
  return (
    last !== null &&
    markup`<p>${what} by <strong>${dateWords(last.day)}</strong> at the latest${last.day !== last.counted && `, the first working day after ${dateWords(last.counted)}`}.</p>`
  );
};

export const confirmedPage = (siteName: string, request: RequestSummary): string =>
  pageDocument({
    title: `Your request is with ${siteName}`,
    whose: siteName,
    kind: KIND,
    main: markup`<p class="eyebrow">${siteName}</p>
<h1>Your request is with ${siteName}</h1>
<p>${REQUEST_KIND_FACTS[request.kind].label} (${REQUEST_KIND_FACTS[request.kind].article}). Its number is <code>${request.id}</code>: name it if you write about it.</p>
${due(request)}
${request.clock.notes.includes('extended') || request.clock.answer === null ? false : markup`<p class="hint">Where a request is complex this can become two months more; you are told so, with the reasons, within the first.</p>`}`,
  });

export const notConfirmedPage = (site: string, siteName: string): string =>
  pageDocument({
    title: `Not confirmed – ${siteName}`,
    whose: siteName,
    kind: KIND,
    main: markup`<p class="eyebrow policy">${siteName}</p>
<h1>This link does not work any more</h1>
<p>A link confirms one request, once, within ${CONFIRM_HOURS} hours. If you have pressed the button before, your request is on its way and there is nothing to do.</p>
<p><a href="/r/${site}">Send a new request</a></p>`,
  });
