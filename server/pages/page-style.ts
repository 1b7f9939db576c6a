// The look of the pages that the service serves to people: one file, no script, no inline style.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { marketingStyle } from './marketing-style.ts';
import { requestStyle } from './request-style.ts';

/** Where the service serves `pageStyle` as text/css (with an ETag; it changes with the release). */
export const PAGE_STYLE_PATH = '/pages/style.css';

/** The Content-Security-Policy that the pages of this folder work under. */
export const PAGE_CSP =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The tokens, which the dashboard has too. */
const THEME = readFileSync(join(import.meta.dirname, '../../shared/theme.css'), 'utf8');

const BASE = `
*, *::before, *::after { box-sizing: border-box; }
html { font: 100%/1.6 var(--sans); background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; margin: 0; }
h1 { font: 600 clamp(1.7rem, 1.2rem + 2.2vw, 2.6rem)/1.15 var(--serif); letter-spacing: -0.01em; margin-block: 0.3rem 1.1rem; }
h2 { font: 600 1.4rem/1.25 var(--serif); margin-block: 2.75rem 0.9rem; scroll-margin-block-start: 1rem; }
h3 { font-size: 1.05rem; font-weight: 650; }
section > h3 { margin-block: 1.4rem 0.5rem; }
h4 { font-size: 0.82rem; font-weight: 650; color: var(--muted); }
p, ul, ol, dl { margin-block: 0 0.75rem; }
a { color: var(--accent); text-underline-offset: 0.18em; text-decoration-thickness: 0.06em; }
a:hover { text-decoration-thickness: 0.13em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
code { font-family: var(--mono); font-size: 0.88em; }
.skip { position: absolute; inset-block-start: 0.5rem; inset-inline-start: 0.5rem; background: var(--accent); color: var(--accent-ink); padding: 0.6rem 1rem; border-radius: 6px; z-index: 2; }
.skip:not(:focus) { clip-path: inset(50%); inline-size: 1px; block-size: 1px; padding: 0; overflow: hidden; white-space: nowrap; }
.frame { max-inline-size: 74rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2.5rem); }
.bar { border-block-end: 1px solid var(--line); background: var(--surface); }
.bar .frame { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; justify-content: space-between; align-items: baseline; padding-block: 0.85rem; }
.bar .whose { font-weight: 650; }
.bar .kind { color: var(--muted); font-size: 0.9rem; }
main { max-inline-size: 52rem; padding-block: 2rem 3.5rem; min-inline-size: 0; }
.foot { border-block-start: 1px solid var(--line); color: var(--muted); font-size: 0.88rem; padding-block: 1.25rem; }
.foot p { margin: 0; }
.eyebrow { color: var(--accent); font-weight: 650; font-size: 0.9rem; margin: 0; }
.eyebrow.policy { color: var(--warn); }
.note { color: var(--muted); font-size: 0.92em; }
.fact { margin-block: 0.15rem 0.4rem; max-inline-size: 76ch; scroll-margin-block: 30vh; white-space: pre-line; }
.fact:target { background: var(--mark); box-shadow: 0.4rem 0 0 var(--mark), -0.4rem 0 0 var(--mark); }
.callout { background: var(--sunken); border-inline-start: 4px solid var(--edge); padding: 0.8rem 1rem; border-radius: 0 6px 6px 0; }
.callout:dir(rtl) { border-radius: 6px 0 0 6px; }
.callout.policy { background: var(--warn-soft); border-color: var(--warn); color: var(--ink); }
ul.plain, ul.small, ul.inline, ul.contacts, ul.issues { padding: 0; list-style: none; }
ul.plain > li + li, ul.contacts > li + li { margin-block-start: 0.3rem; }
ul.small { color: var(--muted); font-size: 0.92rem; margin-block-end: 0.4rem; }
ul.inline { display: flex; flex-wrap: wrap; gap: 0.35rem 0.5rem; }
ul.inline > li { background: var(--sunken); border-radius: 6px; padding: 0.15rem 0.6rem; font-size: 0.92rem; }
.label { color: var(--muted); font-size: 0.88rem; margin-inline-end: 0.4rem; }
.label::first-letter { text-transform: uppercase; }
.tag { color: var(--muted); font-size: 0.82rem; border: 1px solid var(--line); border-radius: 99px; padding: 0.05rem 0.5rem; white-space: nowrap; }
.chip { display: inline-block; font-size: 0.86rem; line-height: 1.4; padding: 0.12rem 0.6rem; border-radius: 6px; font-weight: 600; }
.chip.basis { background: var(--accent-soft); color: var(--accent); }
.chip .article { font-weight: 400; white-space: nowrap; }
.chip.missing { border: 1px dashed var(--edge); color: var(--muted); font-weight: 500; }`;

const NOTICE = `
.key-facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(11rem, 100%), 1fr)); gap: 1px; background: var(--line); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; margin-block-end: 1.25rem; }
.key-facts > div { background: var(--surface); padding: 0.7rem 0.95rem; }
dt { color: var(--muted); font-size: 0.82rem; }
dd { margin: 0; font-weight: 550; }
.contents { font-size: 0.92rem; padding-block: 0.25rem; }
.contents-title { font-weight: 650; margin-block-end: 0.4rem; }
.contents ul { list-style: none; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: 0.1rem 1.1rem; }
.contents a { display: inline-block; padding-block: 0.25rem; color: var(--muted); }
.contents a:hover { color: var(--accent); }
@media (min-width: 66rem) {
  .with-aside > main { max-inline-size: none; display: grid; grid-template-columns: minmax(0, 52rem) 13rem; column-gap: 3.5rem; justify-content: space-between; }
  .with-aside > main > * { grid-column: 1; min-inline-size: 0; }
  .with-aside > main > .contents { grid-column: 2; grid-row: 1 / span 40; position: sticky; inset-block-start: 0; align-self: start; max-block-size: 100vh; overflow-y: auto; padding-block: 1rem; }
  .contents ul { display: block; border-inline-start: 1px solid var(--line); padding-inline-start: 0.9rem; }
}
.overview { inline-size: 100%; table-layout: fixed; border-collapse: collapse; font-size: 0.94rem; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
.overview th, .overview td { text-align: start; vertical-align: top; padding: 0.7rem 0.85rem; border-block-start: 1px solid var(--line); }
.overview thead th { color: var(--muted); font-size: 0.82rem; font-weight: 600; border: 0; }
.overview thead th { inline-size: 24%; }
.overview thead th:nth-child(2) { inline-size: 22%; }
.overview thead th:nth-child(3) { inline-size: 31%; }
.overview tbody th { font-weight: 600; }
.overview .line { display: block; }
.overview .line + .line { margin-block-start: 0.2rem; }
.overview .chip { margin-block-end: 0.2rem; }
@media (max-width: 46rem) {
  .overview, .overview tbody, .overview tr, .overview th, .overview td { display: block; }
  .overview { background: none; border: 0; }
  .overview thead { position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; }
  .overview tbody tr { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; margin-block-end: 0.75rem; padding-block: 0.35rem; }
  .overview tbody th { inline-size: auto; border: 0; }
  .overview tbody td { border: 0; padding-block: 0.3rem; }
  .overview td::before { content: attr(data-label) / ""; display: block; color: var(--muted); font-size: 0.82rem; }
}
.activity { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; margin-block-end: 0.6rem; }
.activity[open] { border-color: var(--edge); }
.activity > summary { display: flex; flex-wrap: wrap; gap: 0.4rem 1rem; align-items: baseline; padding: 0.85rem 1rem; padding-inline-end: 2.75rem; cursor: pointer; list-style: none; position: relative; border-radius: 8px; }
.activity > summary::-webkit-details-marker { display: none; }
.activity > summary::after { content: "" / ""; position: absolute; inset-inline-end: 1.1rem; inset-block-start: 1.25rem; inline-size: 0.6rem; block-size: 0.6rem; border: solid var(--muted); border-width: 0 2px 2px 0; rotate: 45deg; }
.activity[open] > summary::after { rotate: 225deg; translate: 0 0.25rem; }
.activity > summary:hover h3 { color: var(--accent); }
.activity > summary .chips { display: flex; flex-wrap: wrap; gap: 0.3rem; }
.activity:has(> :target) > summary { background: var(--mark); }
.activity-body { padding: 0.25rem 1rem 1rem; scroll-margin-block-start: 6rem; }
.facet { padding-block: 0.8rem; border-block-start: 1px solid var(--line); display: grid; gap: 0.2rem 1.5rem; }
.facet > div { min-inline-size: 0; }
.facet > div > :last-child { margin-block-end: 0; }
@media (min-width: 46rem) { .facet { grid-template-columns: 10.5rem minmax(0, 1fr); } .facet h4 { padding-block-start: 0.2rem; } }
.stated + .stated { margin-block-start: 0.9rem; padding-block-start: 0.9rem; border-block-start: 1px dotted var(--line); }
.kept { margin: 0; font-size: 0.94rem; color: var(--muted); }
.kept strong { color: var(--ink); }
.issues > li { padding: 0.6rem 0; border-block-start: 1px solid var(--line); }
.issues .issue { display: block; }
.hash { display: inline-block; background: var(--sunken); padding: 0.35rem 0.6rem; border-radius: 6px; }
.versions { padding-inline-start: 1.2rem; }`;

const RECEIPT = `
.verdict { border-radius: 8px; padding: 1rem 1.15rem; border-inline-start: 5px solid; margin-block: 1rem; }
.verdict p { margin: 0; }
.verdict strong { font-size: 1.1rem; }
.verdict.true { background: var(--good-soft); border-color: var(--good); }
.verdict.false { background: var(--bad-soft); border-color: var(--bad); }
.verdict.unchecked { background: var(--warn-soft); border-color: var(--warn); }
.data { inline-size: 100%; border-collapse: collapse; font-size: 0.95rem; }
.data th, .data td { text-align: start; vertical-align: top; padding: 0.55rem 0.75rem 0.55rem 0; border-block-end: 1px solid var(--line); }
.data th { overflow-wrap: break-word; }
.data th [dir] { overflow-wrap: anywhere; }
.data thead th { color: var(--muted); font-size: 0.82rem; font-weight: 600; overflow-wrap: normal; }
.state { font-weight: 650; white-space: nowrap; }
@media (max-width: 30rem) { .state { white-space: normal; overflow-wrap: normal; } }
.state.given, .state.not_objected { color: var(--given); }
.state.refused { color: var(--refused); }
.state.withdrawn { color: var(--withdrawn); }
.state.objected { color: var(--objected); }
.state.holds { color: var(--good); }
.state.fails { color: var(--bad); }
.state.unchecked { color: var(--warn); }
.words { border: 1px solid var(--line); border-radius: 8px; background: var(--surface); padding: 0.9rem 1.1rem; }
.words p { margin-block-end: 0.45rem; white-space: pre-line; }
.proof { white-space: pre-wrap; background: var(--sunken); border-radius: 8px; padding: 0.8rem 1rem; font: 0.8rem/1.5 var(--mono); }
.pages { list-style: none; padding: 0; display: grid; gap: 0.75rem; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); }
.pages li { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 0.9rem 1.1rem; }
.pages a { font-weight: 650; }
.pages p { margin: 0.2rem 0 0; color: var(--muted); font-size: 0.93rem; }`;

const PRINT = `
@media (forced-colors: active) { .chip, .fact:target, .verdict { border: 1px solid; } }
@media print {
  html { font-size: 10pt; background: none; }
  .skip, .contents, .activity > summary::after { display: none; }
  .frame { max-inline-size: none; padding: 0; }
  main { max-inline-size: none; padding-block: 0.5rem; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .activity, .overview tr, .stated, .facet { break-inside: avoid-page; }
  .activity { border-width: 1px 0 0; border-radius: 0; break-inside: auto; }
  h2, h3, h4, summary { break-after: avoid-page; }
  .facet { grid-template-columns: 9rem minmax(0, 1fr); }
  a { color: inherit; }
}
`;

export const pageStyle = [THEME, BASE, NOTICE, RECEIPT, requestStyle, marketingStyle, PRINT].join('\n').trimStart();
