// The API's description: what the operator's people may ask. Who may what is added from permissions.ts.
import * as v from 'valibot';

import { AdminEvents, AdminSite, AdminStatistics } from '../shared/api.ts';
import { AttestationReceipt } from '../shared/consent/attestation.ts';
import { Receipt } from '../shared/consent/receipt.ts';
import { PrivacyNotice } from '../shared/notice/schema.ts';
import {
  AdminSiteDetails,
  AuditLog,
  MadeKey,
  NewKey,
  NewSite,
  NoticeCheck,
  NoticeDiff,
  NoticeVersions,
  OperatorKeys,
  PublishedNotice,
  SignedIn,
  NewPasskey,
  OperatorPasskey,
  OperatorPasskeys,
  PasskeyOptions,
  SignIn,
  SiteChange,
} from '../shared/operator.ts';
import { NewRequest, NewStep, RequestDetails, RequestSummary } from '../shared/rights/api.ts';
import { NewTag } from './routes/tags.ts';
import { PinnedTag, PinnedTags } from './widget-pins.ts';
import { NamedWitness, NewWitness, SiteWitnesses, Witnesses } from './witness/named-witnesses.ts';
import { MadeWebhook, NewWebhook, Replay, WebhookChange, WebhookDeliveries, Webhooks } from '../shared/webhook.ts';
import { NewAttestation } from './attest/attest.ts';
import { MARKETING_OPERATIONS } from './openapi-marketing.ts';
import { json, NOT_CHANGED, page, type ApiOperation } from './openapi-operation.ts';

const PAGING = { before: 'Where the page before ended (`next`).', limit: 'At most 200.' };
const AUDIT_QUERY = {
  ...PAGING,
  action: 'Only this action, such as `request.change`.',
  actor: 'Only this key’s id, or `command`.',
};
const EVIDENCE = {
  what: 'The evidence, as a file that is checked offline or as a page.',
  types: ['application/json', 'text/html'],
};
const zip = (what: string) => ({ what, types: ['application/zip'] });
const ErasedSubject = v.object({
  erased: v.number(),
  index: v.nullable(v.number()),
  contacts: v.number(),
  requests: v.number(),
  kept: v.array(v.string()),
});
const Restriction = v.object({ subject: v.string(), since: v.string(), request: v.nullable(v.string()) });
const RetentionPlan = {
  day: v.string(),
  records: v.array(
    v.object({
      record: v.string(),
      rule: v.nullable(v.string()),
      due: v.number(),
      kept: v.record(v.string(), v.number()),
      note: v.nullable(v.string()),
    }),
  ),
  notices: v.array(
    v.object({
      notice: v.string(),
      place: v.string(),
      rule: v.string(),
      anchor: v.nullable(v.string()),
      cannotCompute: v.nullable(v.string()),
      governs: v.nullable(v.string()),
    }),
  ),
};
const RetentionRun = v.object({
  number: v.number(),
  record: v.string(),
  rule: v.string(),
  at: v.string(),
  count: v.number(),
  head: v.object({ epoch: v.number(), size: v.number(), root: v.string() }),
});
const done = { what: 'Done.' };

const administration: Record<string, Omit<ApiOperation, 'group' | 'by'>> = {
  'GET /v1/admin/sites': {
    summary: 'Sites',
    answers: { 200: json('With their totals.', v.object({ sites: v.array(AdminSite) })) },
  },
  'POST /v1/admin/sites': {
    summary: 'Make a site',
    description: 'Publishes its notices and its configuration; without one, a configuration is made that asks for everything.',
    body: { schema: NewSite },
    answers: { 201: json('The site with the tag to embed.', AdminSiteDetails) },
  },
  'GET /v1/admin/sites/:site': { summary: 'A site', answers: { 200: json('With its configuration.', AdminSiteDetails) } },
  'PATCH /v1/admin/sites/:site': {
    summary: 'Change a site',
    description:
      'Origins, layout, languages, purposes and the rest of the configuration, part by part: each part that is sent takes the place of ' +
      'the one that holds now, and `null` takes an optional part out again (`{"configuration": {"children": null}}`), so that it is as if ' +
      'it had never been said. The version before stays.',
    body: { schema: SiteChange },
    answers: {
      200: json(
        'As it is now, and whether visitors are asked again.',
        v.object({ ...AdminSiteDetails.entries, asksAgain: v.boolean() }),
      ),
    },
  },
  'POST /v1/admin/sites/:site/check': {
    summary: 'What changing a site would do',
    description: 'Takes what a change takes, and changes nothing.',
    body: { schema: SiteChange },
    answers: {
      200: json(
        'The hash that the configuration would have, and whether visitors would be asked again.',
        v.object({ configurationHash: v.string(), asksAgain: v.boolean() }),
      ),
    },
  },
  'GET /v1/admin/sites/:site/statistics': {
    summary: 'Counts',
    query: { days: 'How many days back, 30 unless told.' },
    answers: { 200: json('By day and by purpose.', AdminStatistics) },
  },
  'GET /v1/admin/sites/:site/events': {
    summary: 'Events, newest first',
    description: 'Support sees subjects shortened.',
    query: PAGING,
    answers: { 200: json('A page of events.', AdminEvents) },
  },
  'GET /v1/admin/sites/:site/attestations': {
    summary: 'What was attested about somebody',
    query: { subject: 'Thumbprint of the subject’s key.', reference: 'Your own number, in place of the subject.' },
    answers: { 200: json('With proofs, oldest first.', v.object({ attestations: v.array(AttestationReceipt) })) },
  },
  'POST /v1/admin/sites/:site/attestations': {
    summary: 'Attest a choice',
    description:
      'A choice that reached you without the data subject’s key: on paper, by telephone, by an import. It goes into the log as ' +
      'your word, signed with the log’s key, and is never counted as a choice of the data subject’s own. Sent again with the same id it ' +
      'is answered with 200 and the first receipt.',
    body: { schema: NewAttestation },
    answers: { 201: json('Its receipt.', AttestationReceipt), 200: json('It was there already.', AttestationReceipt) },
  },
  'GET /v1/admin/sites/:site/notices': {
    summary: 'Versions of notices',
    answers: { 200: json('Newest first.', NoticeVersions) },
  },
  'POST /v1/admin/sites/:site/notices': {
    summary: 'Publish a notice',
    description:
      'As a version that never changes; it becomes the current one of its kind. What a publisher should know comes back with it.',
    body: { schema: PrivacyNotice },
    answers: { 201: json('Its hash, findings, and what changed.', PublishedNotice) },
  },
  'POST /v1/admin/sites/:site/notices/check': {
    summary: 'What publishing a notice would do',
    description:
      'Checks it, compares it with the current version of its kind and says whether visitors would be asked again. Publishes nothing.',
    body: { schema: PrivacyNotice },
    answers: { 200: json('What publishing it would answer.', PublishedNotice) },
  },
  'GET /v1/admin/sites/:site/notices/diff': {
    summary: 'What changed between two versions',
    query: { to: 'Hash of the later version.', from: 'Hash of the earlier; otherwise the one before it.' },
    answers: { 200: json('In meaning: activities, bases, retention, recipients.', NoticeDiff) },
  },
  'POST /v1/admin/notices/check': {
    summary: 'Check a notice',
    description: 'Publishes nothing.',
    body: { schema: PrivacyNotice },
    answers: { 200: json('Its hash and findings.', NoticeCheck) },
  },
  'GET /v1/admin/sites/:site/audit': {
    summary: 'Audit log of a site',
    query: AUDIT_QUERY,
    answers: { 200: json('Who read or changed what, newest first.', AuditLog) },
  },
  'GET /v1/admin/audit': {
    summary: 'Audit log of the service as a whole',
    query: AUDIT_QUERY,
    answers: { 200: json('Who read or changed what, newest first.', AuditLog) },
  },
  'GET /v1/admin/keys': { summary: 'API keys', answers: { 200: json('Without their secrets.', OperatorKeys) } },
  'POST /v1/admin/keys': {
    summary: 'Make an API key',
    body: { schema: NewKey },
    answers: { 201: json('Its token is given this once.', MadeKey) },
  },
  'GET /v1/admin/passkeys': { summary: 'Passkeys of your own key', answers: { 200: json('Oldest first.', OperatorPasskeys) } },
  'POST /v1/admin/passkeys/challenge': {
    summary: 'Begin to make a passkey',
    answers: { 200: json('For `navigator.credentials.create`; answered once, within five minutes.', PasskeyOptions) },
  },
  'POST /v1/admin/passkeys': {
    summary: 'Make a passkey',
    description: 'From then on your key opens nothing without it: neither the dashboard nor the API.',
    body: { schema: NewPasskey },
    answers: { 201: json('The passkey.', OperatorPasskey) },
  },
  'DELETE /v1/admin/passkeys/:passkey': { summary: 'Remove a passkey of your own key', answers: { 204: done } },
  'DELETE /v1/admin/keys/:key': {
    summary: 'Revoke an API key',
    description: 'Sessions that were opened with it end too.',
    answers: { 204: done },
  },
  'GET /v1/admin/sites/:site/export': {
    summary: 'All events of a site',
    description: 'Streamed. Formula cells of the CSV are neutralised.',
    query: {
      format: '`csv`, `jsonl` (unless told) or `jsonld`.',
      from: 'The first day of receipt, UTC, such as 2026-11-01; otherwise from the beginning.',
      to: 'The last day of receipt; otherwise up to now.',
    },
    answers: { 200: { what: 'A file.', types: ['text/csv', 'application/jsonl', 'application/ld+json'] } },
  },
  'GET /v1/admin/sites/:site/processing-records': {
    summary: 'Records of processing (Art. 30)',
    query: { format: '`json` (unless told) or `csv`.' },
    answers: { 200: { what: 'What the published notices say.', types: ['application/json', 'text/csv'] } },
  },
  'GET /v1/admin/sites/:site/prove': {
    summary: 'What held, and what shows it',
    description: 'Support gets the answer alone, with the subject shortened: the evidence is made of keys and signatures.',
    query: {
      subject: 'Thumbprint of the subject’s key.',
      event: 'Id of an event, in place of the subject.',
      purpose: 'One purpose; otherwise all.',
      at: 'The moment asked about; otherwise now.',
      download: 'Given: as a file.',
    },
    answers: { 200: EVIDENCE },
  },
  'POST /v1/admin/sites/:site/prove': {
    summary: 'What held, by receipt',
    body: { schema: v.object({ receipt: Receipt, purpose: v.optional(v.string()), at: v.optional(v.string()) }) },
    answers: { 200: EVIDENCE },
  },
};

const rights: Record<string, Omit<ApiOperation, 'group' | 'by'>> = {
  'GET /v1/admin/sites/:site/requests': {
    summary: 'Requests of data subjects',
    query: { state: 'Only those in this state.' },
    answers: { 200: json('Each with its clock.', v.object({ requests: v.array(RequestSummary) })) },
  },
  'POST /v1/admin/sites/:site/requests': {
    summary: 'Enter a request that came another way',
    body: { schema: NewRequest },
    answers: { 201: json('The request.', RequestDetails) },
  },
  'GET /v1/admin/sites/:site/requests/:request': {
    summary: 'A request',
    answers: { 200: json('With contact and steps; support sees contacts shortened.', RequestDetails) },
  },
  'PATCH /v1/admin/sites/:site/requests/:request': {
    summary: 'Name the subject of a request',
    body: { schema: v.object({ subject: v.string() }) },
    answers: { 200: json('The request.', RequestDetails) },
  },
  'POST /v1/admin/sites/:site/requests/:request/steps': {
    summary: 'Take a step',
    body: { schema: NewStep },
    answers: { 200: json('What was done, and the request.', v.object({ done: v.unknown(), request: RequestDetails })) },
  },
  'GET /v1/admin/sites/:site/requests/:request/access': {
    summary: 'Access pack',
    answers: { 200: zip('To be sent to the data subject.') },
  },
  'GET /v1/admin/sites/:site/requests/:request/portability': {
    summary: 'Portable copy',
    answers: { 200: zip('To be sent to the data subject.') },
  },
  'DELETE /v1/admin/sites/:site/requests/:request/contact': {
    summary: 'Erase the contact details of a request',
    answers: { 200: json('Whether there were any.', v.object({ erased: v.boolean() })) },
  },
  'DELETE /v1/admin/sites/:site/subjects/:subject': {
    summary: 'Erase a subject',
    answers: { 200: json('What was erased, the leaf that says so, and what stays.', ErasedSubject) },
  },
  'GET /v1/admin/sites/:site/restrictions': {
    summary: 'Restricted subjects',
    answers: { 200: json('Since when.', v.object({ restrictions: v.array(Restriction) })) },
  },
  'POST /v1/admin/sites/:site/restrictions/:subject': { summary: 'Restrict processing', answers: { 204: done } },
  'DELETE /v1/admin/sites/:site/restrictions/:subject': {
    summary: 'Lift a restriction',
    answers: { 200: json('Whether there was one.', v.object({ lifted: v.boolean() })) },
  },
  'GET /v1/admin/sites/:site/retention': {
    summary: 'What retention would remove',
    description: 'A dry run; rules that cannot be computed are listed with the reason.',
    answers: { 200: json('The plan and earlier runs.', v.object({ ...RetentionPlan, runs: v.array(RetentionRun) })) },
  },
  'POST /v1/admin/sites/:site/retention': {
    summary: 'Run retention',
    answers: {
      200: json(
        'What was removed, by rule.',
        v.object({ ...RetentionPlan, removed: v.record(v.string(), v.number()), run: v.nullable(v.number()) }),
      ),
    },
  },
};

const webhooks: Record<string, Omit<ApiOperation, 'group' | 'by'>> = {
  'GET /v1/admin/sites/:site/webhooks': { summary: 'Webhooks', answers: { 200: json('Without their secrets.', Webhooks) } },
  'POST /v1/admin/sites/:site/webhooks': {
    summary: 'Add a webhook',
    body: { schema: NewWebhook },
    answers: { 201: json('Its secret is given this once.', MadeWebhook) },
  },
  'PATCH /v1/admin/sites/:site/webhooks/:webhook': {
    summary: 'Pause or resume a webhook',
    body: { schema: WebhookChange },
    answers: { 204: done },
  },
  'DELETE /v1/admin/sites/:site/webhooks/:webhook': { summary: 'Remove a webhook', answers: { 204: done } },
  'GET /v1/admin/sites/:site/webhooks/:webhook/deliveries': {
    summary: 'The last messages of a webhook',
    description:
      'How many there are by state, and of the newest what was answered. What was delivered is forgotten after 30 days.',
    query: { limit: 'At most 200, 25 unless told.' },
    answers: { 200: json('Newest first.', WebhookDeliveries) },
  },
  'POST /v1/admin/sites/:site/webhooks/:webhook/replay': {
    summary: 'Send messages again',
    body: { schema: Replay },
    answers: { 200: json('How many.', v.object({ messages: v.number() })) },
  },
};

const witnesses: Record<string, Omit<ApiOperation, 'group' | 'by'>> = {
  'GET /v1/admin/witnesses': {
    summary: 'Witnesses',
    description:
      'Who cosigns the heads of the logs. A witness is a service of its own (`candour witness run`, or any that offers C2SP ' +
      'tlog-cosignatures at `GET {url}/checkpoint?log=<log id>` as a signed note); it is asked every half minute.',
    answers: { 200: json('By name.', Witnesses) },
  },
  'POST /v1/admin/witnesses': {
    summary: 'Name a witness',
    description: 'Takes the place of the one of that name.',
    body: { schema: NewWitness },
    answers: { 201: json('The witness, with the name that its key has.', NamedWitness) },
  },
  'DELETE /v1/admin/witnesses/:witness': {
    summary: 'Ask a witness no more',
    description: 'What it cosigned stays. Its name goes percent-encoded.',
    answers: { 204: done },
  },
  'GET /v1/admin/sites/:site/witnesses': {
    summary: 'What the witnesses cosigned of a site',
    answers: { 200: json('With the newest head that each cosigned.', SiteWitnesses) },
  },
};

const tags: Record<string, Omit<ApiOperation, 'group' | 'by'>> = {
  'GET /v1/admin/sites/:site/tags': {
    summary: 'Tags whose script never changes',
    answers: { 200: json('Newest first.', PinnedTags) },
  },
  'POST /v1/admin/sites/:site/tags': {
    summary: 'Pin the widget as it is now',
    description:
      'Keeps the script of the current configuration and build, and all that it loads, for a tag with `integrity`. It asks by the ' +
      'rules of one jurisdiction: the strictest that the site has, unless told otherwise.',
    body: { schema: NewTag },
    answers: { 201: json('The tag to put into each page.', PinnedTag) },
  },
};

const session: Record<string, ApiOperation> = {
  'POST /v1/admin/session': {
    summary: 'Sign in',
    description: 'With a one-time token or an API key; sets the cookie `candour_session`. From the service’s own pages only.',
    group: 'Administration',
    body: { schema: SignIn },
    answers: { 200: json('Who signed in.', SignedIn) },
  },
  'POST /v1/admin/session/challenge': {
    summary: 'Begin to sign in with a passkey',
    group: 'Administration',
    answers: { 200: json('For `navigator.credentials.get`; answered once, within five minutes.', PasskeyOptions) },
  },
  'POST /v1/admin/session/passkey': {
    summary: 'Sign in with a passkey',
    description:
      'Sets the cookie `candour_session`. A key that has a passkey opens nothing by itself. From the service’s own pages only.',
    group: 'Administration',
    body: { schema: NewPasskey },
    answers: { 200: json('Who signed in.', SignedIn) },
  },
  'GET /v1/admin/session': {
    summary: 'Who is signed in',
    group: 'Administration',
    by: 'operator',
    answers: { 200: json('Who.', SignedIn) },
  },
  'DELETE /v1/admin/session': { summary: 'Sign out', group: 'Administration', answers: { 204: done } },
  'GET /admin': { summary: 'Dashboard', group: 'Pages', answers: { 200: page('The dashboard.'), 304: NOT_CHANGED } },
  'GET /admin/*': {
    summary: 'Files of the dashboard',
    group: 'Pages',
    answers: {
      200: { what: 'A file.', types: ['text/html', 'text/javascript', 'text/css', 'font/woff2', 'image/svg+xml'] },
      304: NOT_CHANGED,
    },
  },
};

const grouped = (group: ApiOperation['group'], operations: Record<string, Omit<ApiOperation, 'group' | 'by'>>) =>
  Object.fromEntries(
    Object.entries(operations).map(([route, operation]): [string, ApiOperation] => [
      route,
      { ...operation, group, by: 'operator' },
    ]),
  );

export const ADMIN_OPERATIONS: Record<string, ApiOperation> = {
  ...session,
  ...grouped('Administration', administration),
  ...grouped('Log', witnesses),
  ...grouped('Widget', tags),
  ...grouped('Webhooks', webhooks),
  ...grouped('Rights', rights),
  ...grouped('Marketing', MARKETING_OPERATIONS),
};
