// The evidence for a question as a page to read and print, complete in itself: its style and the evidence file are in it.
import { createHash } from 'node:crypto';

import { raw } from 'hono/html';
import * as v from 'valibot';

import { canonicalJson } from '../../shared/canonical.ts';
import { parseAttestation, type ProvenAttestation } from '../../shared/consent/attestation.ts';
import { ConsentEvent, type PurposeState } from '../../shared/consent/event.ts';
import { EVENT_TYP, parseJws } from '../../shared/consent/jws.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import { ACTOR_WORDS, METHOD_WORDS, RESULT_WORDS, STATE_WORDS } from '../../shared/consent/words.ts';
import { noticeLines } from '../../shared/notice/render.ts';
import { PrivacyNotice } from '../../shared/notice/schema.ts';
import type { Choice, ErasedEvent, Evidence, ProvenEvent } from '../../shared/evidence/evidence.ts';
import { embeddedJson, EVIDENCE_ELEMENT } from '../prove/evidence-file.ts';
import type { EvidenceCheck } from '../../shared/evidence/verify-evidence.ts';
import { ERASED_BY_WORDS, EVIDENCE_WORDS, HELD_WORDS, STANDING_WORDS } from '../../shared/evidence/words.ts';
import { sha256 } from '../verifier.ts';
import { pageDocument } from './document.ts';
import { markup, shown, type Markup, type MarkupValue } from './markup.ts';
import { instantWords, kindWords, plain } from './notice-words.ts';
import { pageStyle } from './page-style.ts';
import { choices, shownThen } from './receipt-page.ts';

/** The Content-Security-Policy of the page: its own style and nothing else. */
export const EVIDENCE_CSP = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const row = (name: MarkupValue, value: MarkupValue): Markup => markup`<tr><th scope="row">${name}</th><td>${value}</td></tr>`;

const heldRow = (
  choice: Choice,
): Markup => markup`<tr data-purpose="${choice.id}" data-state="${choice.state}" data-standing="${choice.standing}">
<th scope="row"><span dir="auto">${shown(choice.label ?? choice.id)}</span>${!choice.asked && !choice.id.includes('/') && markup` <span class="tag">not asked for then</span>`}</th>
<td><span class="state ${choice.chosen ?? choice.state}">${HELD_WORDS[choice.state]}</span>${choice.chosen && markup`<br>Chosen before: ${STATE_WORDS[choice.chosen]}`}</td>
<td>${choice.since === null ? 'never' : `since ${choice.since}${choice.until === null ? '' : `, until ${choice.until}`}`}</td>
<td>${choice.demonstrable || choice.standing === 'no_choice' ? '' : markup`<strong>Not demonstrable.</strong> `}${STANDING_WORDS[choice.standing]}</td></tr>`;

function beginning({ answer }: Evidence): MarkupValue {
  const { beginning: start, forked, missing } = answer;
  return [
    start.kind === 'restored' &&
      markup`<p class="callout" data-beginning="restored">The record of this browser begins with a restored one: it repeats the choice of ${start.day} (${Object.entries(
        start.choices,
      )
        .map(([id, state]) => `${plain(id)}: ${STATE_WORDS[state]}`)
        .join(
          ', ',
        )}) from a cookie. That earlier choice was signed by a key that is gone, so it is out of reach here, and nothing in this record counts as a first choice.</p>`,
    start.kind === 'forked' &&
      markup`<p class="callout">This record was begun because an earlier one had been copied to a second browser; the earlier one is under another key.</p>`,
    start.kind === 'unknown' && answer.events > 0 && markup`<p class="callout">The first event of this subject is not here.</p>`,
    forked &&
      markup`<p class="callout">Two events follow one: the browser’s record was copied. Where the copies differ, the one that grants less holds.</p>`,
    missing.length > 0 && markup`<p class="callout">Not here: number ${missing.join(', ')} of this subject’s events.</p>`,
  ];
}

function eventSection(one: ProvenEvent, presentations: ReadonlyMap<string, Presentation>, service: string): Markup {
  const read = v.safeParse(ConsentEvent, parseJws(one.event, EVENT_TYP).payload);
  if (!read.success) return markup`<p>The event of leaf ${one.index} cannot be read.</p>`;
  const event = read.output;
  const presentation = event.presentation === null ? null : (presentations.get(event.presentation) ?? null);
  return markup`<section aria-labelledby="e-${event.id}"><h3 id="e-${event.id}">Number ${event.seq}, ${instantWords(one.leaf.receivedAt)}</h3>
${choices(event, presentation)}
<table class="data"><tbody>
${row('Chosen at, by the clock of the browser', instantWords(event.at))}
${row('How', METHOD_WORDS[event.method])}
${row('By whom', ACTOR_WORDS[event.actor])}
${row('Where', event.origin)}
${row('Global Privacy Control', event.gpc ? 'was on' : 'was not on')}
${row('Id', markup`<code>${event.id}</code>`)}
${row('Entry in the log', `${one.index}${one.epoch > 0 ? ` of epoch ${one.epoch}` : ''}`)}
</tbody></table>
<details class="activity"><summary><h4>What was shown</h4></summary><div class="activity-body">${
    event.presentation !== null && !presentation
      ? markup`<p>What was shown never reached the service. Its hash is <code>${event.presentation}</code>.</p>`
      : shownThen(presentation, service)
  }</div></details></section>`;
}

const erasedSection = ({ epoch, index, leaf, erasure }: ErasedEvent): Markup =>
  markup`<p data-erased="${epoch}/${index}">The event of leaf ${index}, received ${instantWords(leaf.receivedAt)}, was erased ${ERASED_BY_WORDS[erasure.leaf.by]} on ${instantWords(erasure.leaf.at)}: leaf ${erasure.index} of the log says so. What it said is gone; its hash <code>${leaf.event}</code> stays.</p>`;

function documentSection({ documents, answer }: Evidence): Markup[] {
  return documents.map(({ hash, kind, document }) => {
    const current = answer.configuration === hash || Object.values(answer.notices).includes(hash);
    const note = current ? 'current then' : 'cited by an event';
    const read = kind === 'configuration' ? null : v.safeParse(PrivacyNotice, document);
    if (!read?.success)
      return markup`<details class="activity"><summary><h3>Configuration</h3><span class="tag">${note}</span></summary><div class="activity-body"><p><code>${hash}</code></p><pre class="proof" tabindex="0">${shown(canonicalJson(document))}</pre></div></details>`;
    const notice = read.output;
    return markup`<details class="activity"><summary><h3 lang="${notice.language}">${shown(notice.title)}</h3><span class="tag">${kindWords(notice.kind)}, ${note}</span></summary>
<div class="activity-body" lang="${notice.language}"><p><code>${hash}</code></p>${noticeLines(notice).map(({ level, text }) =>
      level === 'fact' ? markup`<p class="fact" dir="auto">${shown(text)}</p>` : markup`<h4 dir="auto">${shown(text)}</h4>`,
    )}</div></details>`;
  });
}

const steps = ({ steps: all }: EvidenceCheck): Markup => markup`<table class="data">
<thead><tr><th scope="col">What</th><th scope="col">Step</th><th scope="col">Result</th><th scope="col">What it says</th></tr></thead><tbody>
${all.map(
  ({ about, step, result, why }) =>
    markup`<tr data-step="${step}" data-result="${result}"><th scope="row">${about}</th><td>${plain(step)}</td><td><span class="state ${result}">${RESULT_WORDS[result]}</span></td><td>${why}</td></tr>`,
)}
</tbody></table>`;

/** The page is made of a file that may have been changed: what cannot be read is said so. */
function attestedRow({ attestation: compact, index }: ProvenAttestation) {
  try {
    const { at, medium, attested } = parseAttestation(compact).attestation;
    const states = [
      ...Object.entries(attested.purposes),
      ...Object.entries(attested.channels ?? {}).flatMap(([activity, senders]) =>
        Object.entries(senders).flatMap(([sender, channels]) =>
          Object.entries(channels).map(([channel, state]): [string, PurposeState] => [`${activity}/${sender}/${channel}`, state]),
        ),
      ),
    ];
    const words = states.map(([id, state]) => `${id}: ${STATE_WORDS[state].toLowerCase()}`).join('; ');
    return markup`<tr><td>${instantWords(at)}</td><td>${plain(medium)}</td><td>${words}</td><td>${index}</td></tr>`;
  } catch {
    return markup`<tr><td colspan="3">This attestation cannot be read.</td><td>${index}</td></tr>`;
  }
}

export interface EvidencePageInput {
  evidence: Evidence;
  /** verifyEvidence(evidence, null, …): without the service's keys, so that the page says the same wherever it is made again. */
  check: EvidenceCheck;
}

/** A whole HTML document. Serve it with EVIDENCE_CSP and `Cache-Control: no-store`. */
export function evidencePage({ evidence, check }: EvidencePageInput): string {
  const { question, answer, made, events, erased, attested = [] } = evidence;
  const presentations = new Map(evidence.presentations.map((presentation) => [hashNow(presentation), presentation]));
  const verdict = EVIDENCE_WORDS[check.verified];
  return pageDocument({
    title: `Evidence – ${question.site}`,
    whose: question.site,
    kind: 'Evidence',
    style: raw(`<style>${pageStyle}</style>`),
    data: raw(`<script type="application/json" id="${EVIDENCE_ELEMENT}">${embeddedJson(evidence)}</script>\n`),
    main: markup`<p class="eyebrow">Evidence</p>
<h1>What held on ${instantWords(question.at)}</h1>
<div class="verdict ${check.verified}" data-verified="${check.verified}"><p><strong>${verdict.title}</strong></p><p>${verdict.why}</p></div>
<section aria-labelledby="held"><h2 id="held">What held</h2>
<p>Site <strong>${question.site}</strong>; data subject ${question.subject === null ? 'unknown here' : markup`<code>${question.subject}</code>, known only as a key of one browser`}${question.event !== null && markup`; asked about event <code>${question.event}</code>`}.</p>
${
  answer.choices.length > 0
    ? markup`<table class="data"><thead><tr><th scope="col">Asked for</th><th scope="col">What held</th><th scope="col">When</th><th scope="col">What there is to show</th></tr></thead><tbody>${answer.choices.map(heldRow)}</tbody></table>`
    : markup`<p>Nothing is known of a choice for what was asked about.</p>`
}
${beginning(evidence)}
<p class="note">This rests on the ${answer.events} event${answer.events === 1 ? '' : 's'} that the service had received by then. No file can show that there was no other; the numbers of a subject’s events show where one is missing before the last.</p></section>
${
  attested.length > 0 &&
  markup`<section aria-labelledby="attested"><h2 id="attested">Attested by the operator</h2>
<p class="note">This is the operator’s word for what reached them without the data subject’s key. The data subject did not sign it, and what held above does not rest on it.</p>
<table class="data"><thead><tr><th scope="col">Said</th><th scope="col">How</th><th scope="col">What</th><th scope="col">Leaf</th></tr></thead><tbody>${attested.map(attestedRow)}</tbody></table></section>`
}
${erased.length > 0 && markup`<section aria-labelledby="erased"><h2 id="erased">Erased</h2>${erased.map(erasedSection)}</section>`}
${events.length > 0 && markup`<section aria-labelledby="events"><h2 id="events">The events</h2>${events.map((one) => eventSection(one, presentations, evidence.made.service))}</section>`}
<section aria-labelledby="documents"><h2 id="documents">What was published</h2>
<p class="note">When a version became current is the service’s word; what it said is shown by its hash.</p>${documentSection(evidence)}</section>
<section aria-labelledby="verification"><h2 id="verification">Verification</h2>${steps(check)}
<p>This page carries the whole evidence. Keep it as a file and run <code>candour log verify --evidence FILE</code>, with <code>--url ${made.service}</code> to compare the log’s key with the published ones.</p></section>`,
    footer: markup`<p>Made ${instantWords(made.at)} by ${made.service}, Candour ${made.version}.</p>`,
  });
}

/** The page is made at once, and hashing here is synchronous. */
const hashNow = (presentation: Presentation): string =>
  Buffer.from(sha256(new TextEncoder().encode(canonicalJson(presentation)))).toString('base64url');
