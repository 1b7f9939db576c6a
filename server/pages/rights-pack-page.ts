// The packs that answer a request, as a page to read and print: a file of its own, with its style in it.
import { raw } from 'hono/html';

import { ACTOR_WORDS, METHOD_WORDS, STATE_WORDS } from '../../shared/consent/words.ts';
import { LAWFUL_BASIS_FACTS } from '../../shared/notice/lawful-basis.ts';
import { REQUEST_KIND_FACTS } from '../../shared/rights/request.ts';
import type { AccessPack, PackEvent } from '../rights/access-pack.ts';
import type { PortabilityPack } from '../rights/portability-pack.ts';
import type { ActivityFacts } from '../rights/processing.ts';
import { pageDocument } from './document.ts';
import { markup, shown, type Markup } from './markup.ts';
import { instantWords, plain, rightWords } from './notice-words.ts';
import { addressesPart } from './pack-addresses.ts';
import { pageStyle } from './page-style.ts';

const style = raw(`<style>${pageStyle}</style>`);
const list = (items: readonly string[]): Markup =>
  markup`<ul class="plain">${items.map((item) => markup`<li>${shown(item)}</li>`)}</ul>`;
const row = (label: string, value: Markup | string): Markup =>
  markup`<div class="facet"><h4>${label}</h4><div>${typeof value === 'string' ? markup`<p>${shown(value)}</p>` : value}</div></div>`;

const eventRow = ({ event, receivedAt, index }: PackEvent): Markup =>
  markup`<tr><td>${instantWords(event.at)}<br><span class="hint">received ${instantWords(receivedAt)}</span></td>
<td>${Object.entries(event.purposes).map(([purpose, state]) => markup`<div>${purpose}: <span class="state ${state}">${STATE_WORDS[state]}</span></div>`)}</td>
<td>${METHOD_WORDS[event.method]}<br><span class="hint">${ACTOR_WORDS[event.actor]}</span></td><td>${index}</td></tr>`;

const activity = (one: ActivityFacts): Markup =>
  markup`<section class="stated"><h3>${shown(one.title)}</h3>
<p class="hint">${shown(one.notice.title)}${one.choices.length > 0 && `; your choices: ${one.choices.join(', ')}`}</p>
${row('Purposes', list(one.purposes))}
${row('Data', list(one.dataCategories))}
${row('Lawful basis', one.lawfulBases.length === 0 ? 'not stated' : list(one.lawfulBases.map(({ basis, article, statement }) => `${plain(basis)} (${article}): ${statement}${one.lawfulBasisStatus === 'document_only' ? ' Stated for the whole document, not for this activity.' : ''}`)))}
${row('Recipients', list(one.recipients))}
${row('Kept', list(one.retention))}
${row('Source', one.source)}
${row('To other countries', one.transfers.length === 0 ? 'none stated' : list(one.transfers.map(({ to, safeguard }) => `${to}; safeguard: ${safeguard}`)))}
${row('Automated decisions', one.automatedDecisions)}
${row('Your rights', list(one.rights.map(rightWords)))}</section>`;

export const accessPackPage = (pack: AccessPack): string =>
  pageDocument({
    title: `Your data at ${pack.site.name}`,
    whose: pack.site.name,
    kind: 'Your data',
    style,
    main: markup`<p class="eyebrow">${pack.site.name}</p>
<h1>Your data</h1>
<p>Made on ${instantWords(pack.madeAt)}${pack.subject !== null && markup` for the browser known as <code>${pack.subject}</code>`}.</p>
${list(pack.notes)}
<h2>Who is responsible</h2>
${row('Controller', pack.controller.name)}
${row('Contact', list(pack.controller.contacts))}
${row('Data protection officer', list(pack.controller.dpo))}
${pack.controller.representative.length > 0 && row('Representative', list(pack.controller.representative))}
<h2>What was recorded</h2>
${
  pack.data.events.length === 0
    ? markup`<p>No choice is recorded${pack.subject === null && ' that could be found with what is known of you'}.</p>`
    : markup`<table class="data"><thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">How</th><th scope="col">Entry in the log</th></tr></thead><tbody>${pack.data.events.map(eventRow)}</tbody></table>`
}
${pack.data.restrictedSince !== null && markup`<p>Since ${instantWords(pack.data.restrictedSince)} this data is only stored (Art. 18).</p>`}
${pack.data.suppressions.map(({ channel, since }) => markup`<p>Since ${instantWords(since)} your address is kept, as a keyed hash, on the list of those who get no direct marketing (${plain(channel)}).</p>`)}
<h2>Addresses for marketing</h2>
${addressesPart(pack.data)}
<h2>What you asked for</h2>
${
  pack.data.requests.length === 0
    ? markup`<p>No request is recorded.</p>`
    : markup`<table class="data"><thead><tr><th scope="col">Number</th><th scope="col">What</th><th scope="col">When</th><th scope="col">State</th></tr></thead><tbody>${pack.data.requests.map(({ id, kind, receivedAt, state }) => markup`<tr><td><code>${id}</code></td><td>${REQUEST_KIND_FACTS[kind].label}</td><td>${instantWords(receivedAt)}</td><td>${plain(state)}</td></tr>`)}</tbody></table>`
}
<h2>What it is used for</h2>
${pack.processing.map(activity)}
<h2>Your rights</h2>
${pack.controller.rights.length === 0 ? markup`<p>The notice states none; the law gives them all the same.</p>` : list(pack.controller.rights.map(({ statement, route }) => `${statement} How: ${route}.`))}
<h2>If you are not content</h2>
${list(pack.controller.complaints.map(({ statement, contacts }) => [statement, ...contacts].join(' · ')))}
${pack.controller.authority ? row('Supervisory authority', [pack.controller.authority.name, ...pack.controller.authority.contacts].join(' · ')) : markup`<p>Supervisory authority: not stated. You can complain to the data protection authority of your country.</p>`}`,
  });

export const portabilityPackPage = (pack: PortabilityPack): string =>
  pageDocument({
    title: `Your data from ${pack.site.name}, to take with you`,
    whose: pack.site.name,
    kind: 'Your data',
    style,
    main: markup`<p class="eyebrow">${pack.site.name}</p>
<h1>Your data, to take with you</h1>
<p>Made on ${instantWords(pack.madeAt)}. The data itself is in <code>portability.json</code> and <code>choices.csv</code>: ${pack.choices.length} choices.</p>
<h2>In it</h2>
${list(pack.included.map(({ label, basis }) => `${label}: ${LAWFUL_BASIS_FACTS[basis].label} (${LAWFUL_BASIS_FACTS[basis].article})`))}
<h2>Not in it</h2>
${list(pack.excluded.map(({ label, reason }) => `${label}: ${reason}`))}`,
  });
