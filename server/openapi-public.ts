// The API's description: what visitors' browsers and anyone else may ask.
import * as v from 'valibot';

import { EventsAnswer, EventsRequest, OwnEvents, WellKnown } from '../shared/api.ts';
import { Presentation } from '../shared/consent/presentation.ts';
import { Receipt } from '../shared/consent/receipt.ts';
import { Leaf } from '../shared/log/leaf.ts';
import { PrivacyNotice } from '../shared/notice/schema.ts';
import { NoticeVersion } from '../shared/operator.ts';
import { OwnRequest, RequestForm, RequestSummary } from '../shared/rights/api.ts';
import { SiteConfiguration } from '../shared/site/configuration.ts';
import { json, NOT_CHANGED, page, type ApiOperation } from './openapi-operation.ts';
import { KeptBuild } from './widget-builds.ts';

const FORMS = ['text/html', 'application/json', 'application/ld+json'];
const EPOCH = { epoch: 'Which tree of the log; otherwise the one that grows.' };
const FORM = 'application/x-www-form-urlencoded';
const LANG = { lang: 'Language of the page: en, de, fr or ar. Otherwise what the browser asks for.' };
const OwnErasure = v.object({
  erased: v.number(),
  index: v.optional(v.number()),
  checkpoint: v.optional(v.string()),
  kept: v.optional(v.array(v.string())),
});
/** Of a tree of the log. */
const proofOf = (...names: string[]) =>
  v.object({
    epoch: v.number(),
    ...Object.fromEntries(names.map((name) => [name, v.number()])),
    proof: v.array(v.string()),
  });
const Leaves = v.object({
  epoch: v.number(),
  start: v.number(),
  end: v.number(),
  size: v.number(),
  leaves: v.array(Leaf),
});
const zip = (what: string) => ({ what, types: ['application/zip'] });

export const PUBLIC_OPERATIONS: Record<string, ApiOperation> = {
  'GET /': { summary: 'Where to begin', group: 'Pages', answers: { 200: page('The service’s first page.') } },
  'GET /pages/style.css': {
    summary: 'Style of the pages',
    group: 'Pages',
    answers: { 200: { what: 'CSS.', types: ['text/css'] } },
  },
  'GET /healthz': {
    summary: 'Is the process alive',
    group: 'Operation',
    answers: { 200: json('It is.', v.object({ status: v.literal('alive') })) },
  },
  'GET /readyz': {
    summary: 'Can it store',
    description: 'The database answers, keeps what it acknowledges, and all migrations are done.',
    group: 'Operation',
    answers: { 200: json('It can.', v.object({ status: v.literal('ready') })) },
  },
  'GET /metrics': {
    summary: 'Metrics for Prometheus',
    description: 'For the operator’s own network; what comes through the proxy gets 404.',
    group: 'Operation',
    answers: { 200: { what: 'Prometheus text.', types: ['text/plain'] } },
  },
  'GET /openapi.json': { summary: 'This description', group: 'Operation', answers: { 200: json('OpenAPI 3.1.') } },
  'GET /docs': { summary: 'This description as a page', group: 'Pages', answers: { 200: page('The page.') } },
  'GET /.well-known/candour.json': {
    summary: 'Keys of the logs',
    description: 'What receipts are checked with. Retired keys stay for ever.',
    group: 'Log',
    answers: { 200: json('Every log of the service with its keys.', WellKnown) },
  },
  'GET /.well-known/gpc.json': {
    summary: 'Global Privacy Control',
    description: 'Only where the operator affirms it.',
    group: 'Operation',
    answers: { 200: json('What is affirmed and since when.', v.object({ gpc: v.boolean(), lastUpdate: v.string() })) },
  },

  'GET /w/assets/:folder/:file': {
    summary: 'A chunk of the widget',
    group: 'Widget',
    answers: { 200: { what: 'Immutable.', types: ['text/javascript'] }, 304: NOT_CHANGED },
  },
  'GET /w/assets/:site/:folder/:file': {
    summary: 'A chunk of a script that never changes',
    group: 'Widget',
    answers: { 200: { what: 'Immutable.', types: ['text/javascript'] }, 304: NOT_CHANGED },
  },
  'GET /w/builds/:build': {
    summary: 'What a build of the widget was made of',
    description:
      'By the hash that a presentation names as its `build`: the SHA-256 of those of its files, sorted, one a line. Every build that was given out is kept.',
    group: 'Widget',
    answers: { 200: json('Its files with their SHA-256, base64url.', KeptBuild) },
  },
  'GET /w/builds/:build/:file': {
    summary: 'A file of a build of the widget, as it was',
    group: 'Widget',
    answers: { 200: { what: 'Immutable.', types: ['text/javascript', 'application/json'] }, 304: NOT_CHANGED },
  },
  'GET /w/:pinned{[a-z0-9-]+@[\\w.-]+\\.js}': {
    summary: 'The widget of a site, of one version',
    description: '`{site}@{version}.js`: for a tag with `integrity` (`candour site pin`); it names the hashes of what it loads.',
    group: 'Widget',
    answers: { 200: { what: 'A classic script that never changes.', types: ['text/javascript'] }, 304: NOT_CHANGED },
  },
  'GET /w/:site/details/:file': {
    summary: 'Words of a configuration for the widget',
    group: 'Widget',
    answers: { 200: json('Immutable; 404 for a configuration that does not hold any more.'), 304: NOT_CHANGED },
  },
  'GET /w/:file{[a-z0-9-]+\\.js}': {
    summary: 'The widget of a site',
    description: '`{site}.js`: the first chunk with the site’s configuration in front of it.',
    group: 'Widget',
    answers: { 200: { what: 'A classic script.', types: ['text/javascript'] }, 304: NOT_CHANGED },
  },

  'POST /v1/sites/:site/events': {
    summary: 'Send consent events',
    description:
      'From a page of the site’s origins (the `Origin` decides before the body is read), or from the site’s own server with an `ingest` key. At most 128 KiB and 40 events of one subject, each a compact JWS. Answered after the commit, one result per event, in order. Only the codes BAD_JWS, BAD_SIGNATURE, WRONG_LOG, ID_REUSED, TOO_LARGE and UNKNOWN_PURPOSE are final; everything else is to be sent again.',
    group: 'Consent',
    body: { schema: EventsRequest, types: ['application/json', 'text/plain'] },
    answers: { 200: json('What became of each event, with its receipt.', EventsAnswer) },
  },
  'GET /v1/sites/:site/me/events': {
    summary: 'Own history',
    group: 'Data subject',
    by: 'subject',
    answers: { 200: json('All that the service has of the subject, with receipts.', OwnEvents) },
  },
  'DELETE /v1/sites/:site/me': {
    summary: 'Erase own events',
    group: 'Data subject',
    by: 'subject',
    answers: { 200: json('How many were erased, and the leaf that says so.', OwnErasure) },
  },
  'GET /v1/sites/:site/me/requests': {
    summary: 'Own requests',
    group: 'Data subject',
    by: 'subject',
    answers: { 200: json('Each with its clock.', v.object({ subject: v.string(), requests: v.array(RequestSummary) })) },
  },
  'POST /v1/sites/:site/me/requests': {
    summary: 'Send a request about own data',
    group: 'Data subject',
    by: 'subject',
    body: { schema: OwnRequest },
    answers: { 201: json('The request as it is registered.', RequestSummary) },
  },
  'GET /v1/sites/:site/me/access': {
    summary: 'Access pack (Art. 15)',
    group: 'Data subject',
    by: 'subject',
    answers: { 200: zip('Own data and what Art. 15 asks to be told.') },
  },
  'GET /v1/sites/:site/me/portability': {
    summary: 'Portable copy (Art. 20)',
    group: 'Data subject',
    by: 'subject',
    answers: { 200: zip('What may be taken along, where the lawful basis gives that right.') },
  },
  'GET /v1/sites/:site/receipts/:event': {
    summary: 'A receipt',
    description: 'By `Accept` (or `?as=html|json|jsonld`) as a page, JSON, or JSON-LD in terms of ISO/IEC TS 27560 and DPV.',
    group: 'Data subject',
    by: 'subject or operator',
    query: { subject: 'Operators name the subject: thumbprint of the key, 43 characters.' },
    answers: { 200: { what: 'The receipt.', schema: Receipt, types: FORMS } },
  },

  'GET /v1/sites/:site/notices': {
    summary: 'All versions of a site’s notices',
    group: 'Documents',
    answers: {
      200: json(
        'Newest first.',
        v.object({ site: v.string(), notices: v.array(v.object({ ...NoticeVersion.entries, url: v.string() })) }),
      ),
    },
  },
  'GET /v1/sites/:site/notices/:kind': {
    summary: 'The current notice of a kind',
    group: 'Documents',
    answers: { 200: { what: 'The notice.', schema: PrivacyNotice, types: FORMS } },
  },
  'GET /v1/sites/:site/notice': {
    summary: 'The current privacy notice, else the cookie policy',
    group: 'Documents',
    answers: { 200: { what: 'The notice.', schema: PrivacyNotice, types: FORMS } },
  },
  'GET /v1/notices/:hash': {
    summary: 'A version of a notice',
    description: 'As JSON: exactly the bytes whose SHA-256 is the hash.',
    group: 'Documents',
    answers: { 200: { what: 'Immutable.', schema: PrivacyNotice, types: FORMS } },
  },
  'GET /v1/configurations/:hash': {
    summary: 'A version of a site’s configuration',
    group: 'Documents',
    answers: { 200: json('Immutable; exactly the bytes that were hashed.', SiteConfiguration) },
  },
  'GET /v1/presentations/:hash': {
    summary: 'What was on screen',
    group: 'Documents',
    answers: { 200: json('Immutable; exactly the bytes that were hashed.', Presentation) },
  },

  'GET /v1/sites/:site/log/checkpoint': {
    summary: 'The newest signed head',
    group: 'Log',
    query: EPOCH,
    answers: { 200: { what: 'A C2SP signed note.', types: ['text/plain'] } },
  },
  'GET /v1/sites/:site/log/inclusion': {
    summary: 'Proof that a leaf is in the log',
    group: 'Log',
    query: { ...EPOCH, index: 'Of the leaf.', size: 'Of the tree; otherwise the newest.' },
    answers: { 200: json('Hashes in base64url (RFC 9162 section 2.1.3).', proofOf('index', 'size')) },
  },
  'GET /v1/sites/:site/log/consistency': {
    summary: 'Proof that a tree begins with an earlier one',
    group: 'Log',
    query: { ...EPOCH, from: 'Size of the earlier tree.', to: 'Size of the later; otherwise the newest.' },
    answers: { 200: json('Hashes in base64url (RFC 9162 section 2.1.4).', proofOf('from', 'to')) },
  },
  'GET /v1/sites/:site/log/leaves': {
    summary: 'Leaves',
    group: 'Log',
    query: { ...EPOCH, start: 'First index.', end: 'Behind the last; at most 1000 are given.' },
    answers: { 200: json('Leaves in order.', Leaves) },
  },

  'GET /r/:site': { summary: 'Page for a request about own data', group: 'Pages', answers: { 200: page('A form.') } },
  'POST /r/:site': {
    summary: 'Send the form',
    group: 'Pages',
    body: { schema: RequestForm, types: ['application/x-www-form-urlencoded'] },
    answers: { 303: { what: 'To the page that says what happens next.' }, 422: page('The form again, with what is wrong.') },
  },
  'GET /r/:site/sent': { summary: 'What happens next', group: 'Pages', answers: { 200: page('A page.') } },
  'GET /m/:site': {
    summary: 'Where somebody asks for their own page about messages',
    group: 'Pages',
    query: LANG,
    answers: { 200: page('A form.') },
  },
  'POST /m/:site': {
    summary: 'Send me the link to my own page',
    description: 'The answer is the same whatever the address is; a mail goes out if there is anything to show.',
    group: 'Pages',
    body: { schema: v.object({ email: v.string(), lang: v.optional(v.string()) }), types: [FORM] },
    answers: { 303: { what: 'To what happens next.' }, 422: page('The form again, with what is wrong.') },
  },
  'GET /m/:site/sent': { summary: 'Look into your mail', group: 'Pages', query: LANG, answers: { 200: page('A page.') } },
  'GET /m/:site/confirm/:token': {
    summary: 'The link of a double opt-in',
    description: 'Does nothing, and says the same of every token.',
    group: 'Pages',
    query: LANG,
    answers: { 200: page('A button to confirm.'), 404: page('That is no link of a mail.') },
  },
  'POST /m/:site/confirm': {
    summary: 'Confirm an opt-in',
    description: 'Writes an attested event that follows the form’s, once.',
    group: 'Pages',
    body: { schema: v.object({ token: v.string(), lang: v.optional(v.string()) }), types: [FORM] },
    answers: { 200: page('What comes from now on.'), 410: page('The link does not work any more.') },
  },
  'GET /m/:site/stop/:link': {
    summary: 'The link that stops messages',
    description: 'Does nothing: it shows a button.',
    group: 'Pages',
    query: LANG,
    answers: { 200: page('A button to stop them, and one for everything.'), 404: page('That is no link of this site.') },
  },
  'POST /m/:site/stop/:link': {
    summary: 'One-click unsubscribe (RFC 8058)',
    description: 'From a mailbox provider, without cookie or sign-in. It holds when this is answered.',
    group: 'Pages',
    body: { schema: v.object({ 'List-Unsubscribe': v.literal('One-Click') }), types: [FORM, 'multipart/form-data'] },
    answers: { 200: { what: 'Stopped.', types: ['text/plain'] } },
  },
  'POST /m/:site/stop': {
    summary: 'Stop messages, or all of them',
    group: 'Pages',
    body: {
      schema: v.object({ link: v.string(), act: v.picklist(['stop', 'object']), lang: v.optional(v.string()) }),
      types: [FORM],
    },
    answers: { 200: page('What does not come any more.'), 410: page('The link does not work.') },
  },
  'GET /m/:site/choices/:link': {
    summary: 'Somebody’s own page about messages',
    group: 'Pages',
    query: LANG,
    answers: {
      200: page('Every channel of every sender, whether it comes and why.'),
      404: page('That is no link of this site, or its time is over.'),
    },
  },
  'POST /m/:site/choices': {
    summary: 'Stop one kind of message, ask for it again, or object to all',
    description: 'What is asked for begins when the mail that this sends was confirmed.',
    group: 'Pages',
    body: {
      schema: v.object({
        link: v.string(),
        act: v.picklist(['stop', 'start', 'object']),
        activity: v.optional(v.string()),
        sender: v.optional(v.string()),
        channel: v.optional(v.string()),
        lang: v.optional(v.string()),
      }),
      types: [FORM],
    },
    answers: { 200: page('The page, with what was done.'), 410: page('The link does not work.') },
  },
  'GET /r/:site/confirm/:token': {
    summary: 'The link in the mail',
    group: 'Pages',
    answers: { 200: page('A button to confirm.') },
  },
  'POST /r/:site/confirm': {
    summary: 'Confirm a request',
    group: 'Pages',
    body: { schema: v.object({ token: v.string() }), types: ['application/x-www-form-urlencoded'] },
    answers: { 200: page('Its number and when an answer is due.'), 410: page('The link does not work any more.') },
  },
};
