// What the API's description says of marketing.
import * as v from 'valibot';

import {
  ContactDetails,
  NewObjection,
  NewOptIn,
  NewStatement,
  ObjectionMade,
  OptInMade,
  PermissionAnswer,
  PermissionLine,
  PermissionQuestion,
  StatementMade,
  Suppressions,
} from '../shared/marketing/api.ts';
import { BouncesTaken, MessageLinks, NewBounces, NewMessageLinks } from '../shared/marketing/mail-api.ts';
import { json, type ApiOperation } from './openapi-operation.ts';

export const MARKETING_OPERATIONS: Record<string, Omit<ApiOperation, 'group' | 'by'>> = {
  'GET /v1/admin/sites/:site/permissions': {
    summary: 'May a contact be written to',
    description: 'An address is asked about with POST: it may stand in no URL.',
    query: { contact: 'Id of the contact.', channel: 'Such as `email`.', sender: 'Id of the sender.' },
    answers: { 200: json('Whether, why, since when and what shows it.', PermissionAnswer) },
  },
  'POST /v1/admin/sites/:site/permissions': {
    summary: 'May an address be written to',
    description: 'With `sending: true` what may not be sent is answered with 409 NOT_PERMITTED.',
    body: { schema: PermissionQuestion },
    answers: {
      200: json('Whether, why, since when and what shows it.', PermissionAnswer),
      409: { what: 'It may not be sent.', types: ['application/problem+json'] },
    },
  },
  'POST /v1/admin/sites/:site/permissions/check': {
    summary: 'May up to 100,000 addresses be written to',
    description:
      'One JSON object a line, or CSV with a header. Answers come in order, one JSON object a line, with the line’s number and your ' +
      '`ref`; no answer repeats an address. Four checks of a site at a time.',
    query: {
      channel: 'For lines that name none.',
      sender: 'For lines that name none.',
      callingCode:
        'Of telephone numbers without a country, such as `44`; not said: the site’s. Where neither is known, nothing is permitted to them.',
    },
    body: { schema: PermissionLine, types: ['application/x-ndjson', 'text/csv'] },
    answers: { 200: { what: 'A line for each line.', schema: PermissionAnswer, types: ['application/x-ndjson'] } },
  },
  'POST /v1/admin/sites/:site/grounds': {
    summary: 'State something about a contact',
    description:
      'A reason other than consent with its evidence, who the subscriber is, a look at the TPS or CTPS register. Each statement is kept ' +
      'with its version; the latest of a kind holds. What is missing for it to permit anything comes back with it.',
    body: { schema: NewStatement },
    answers: { 201: json('Its version, and what is missing.', StatementMade) },
  },
  'POST /v1/admin/sites/:site/objections': {
    summary: 'Enter an objection to direct marketing',
    description:
      'Stops every channel of every sender and profiling for it, at once. No objection is turned down. One that names contacts alone, of which none is there, is 404: send the address.',
    body: { schema: NewObjection },
    answers: { 201: json('It stands.', ObjectionMade) },
  },
  'POST /v1/admin/sites/:site/opt-ins': {
    summary: 'Record what was ticked in a form that posts elsewhere',
    description:
      'From the site’s own server. It goes into the log as your word, with the notice that was shown; each address is kept only where ' +
      'something was said yes to. Sent again with the same id it changes nothing and is answered with 200.',
    body: { schema: NewOptIn },
    answers: { 201: json('What may be sent now.', OptInMade), 200: json('It was there already.', OptInMade) },
  },
  'GET /v1/admin/sites/:site/lists': {
    summary: 'Whom a sender may write to by a channel',
    description:
      'A file for a mail tool. Whoever may not be written to now is left out and counted with the reason: in the last line of `jsonl`, or ' +
      'with `counts`, which gives nobody out. Formula cells of the CSV are neutralised.',
    query: {
      channel: 'Such as `email`.',
      sender: 'Id of the sender.',
      format: '`csv` (unless told), `jsonl` or `counts`.',
    },
    answers: { 200: { what: 'A file, streamed.', types: ['text/csv', 'application/jsonl', 'application/json'] } },
  },
  'POST /v1/admin/sites/:site/lists': {
    summary: 'Bring in a list of contacts',
    description:
      'The body is the file as a mail tool, a CRM or a spreadsheet saved it. Whoever is on the suppression list is left out and reported; a ' +
      'claim without its evidence is kept as `not_stated`. Sent twice it changes nothing twice. The answer is one JSON object a line: ' +
      '`header`, `problem`, `dropped`, `progress`, and at the end `report` or `failed`.',
    query: {
      channel: 'What the list is for; can be repeated.',
      sender: 'Id of the sender.',
      map: '`<column>=<field>`, where the header does not say it; can be repeated.',
      dryRun: '`true`: only says what would happen, with the first rows masked.',
      reason: 'Why they may be written to; `not_stated` unless told.',
      evidence: 'Evidence that is the same for all rows, as JSON.',
      activity: 'With `consent`: which messages of the notice it is for.',
      notice: 'With `consent`: hash of the notice that was given.',
      since: 'Since when the reason holds.',
      subscriber: 'Who holds the lines or mailboxes.',
      callingCode:
        'Of telephone numbers without a country, such as `44`; not said: the site’s. Where neither is known, nothing is permitted to them.',
      encoding: 'Where the file is in neither UTF-8, UTF-16 nor Windows-1252.',
      delimiter: 'What parts cells, where it is told wrong.',
      fromLine: 'Goes on from that line.',
    },
    body: { schema: v.string(), types: ['text/csv'] },
    answers: { 200: { what: 'What happened, line by line.', types: ['application/x-ndjson'] } },
  },
  'GET /v1/admin/sites/:site/suppressions': {
    summary: 'The suppression list',
    description: 'Keyed hashes, no address.',
    query: { after: 'Number behind which the page begins.' },
    answers: { 200: json('By rising number.', Suppressions) },
  },
  'POST /v1/admin/sites/:site/unsubscribe-links': {
    summary: 'Links that stop messages',
    description:
      'For whoever sends the messages: for each address a link that stops that channel of that sender (RFC 8058, it never ends), a link ' +
      'to the person’s own page, and the two headers of an e-mail. At most 10,000 a call; a link is the same good however often it is made.',
    body: { schema: NewMessageLinks },
    answers: { 200: json('In order; NO_ADDRESS or UNKNOWN_SENDER where there is none.', MessageLinks) },
  },
  'POST /v1/admin/sites/:site/bounces': {
    summary: 'Addresses that take no mail',
    description:
      'As JSON, or a delivery status notification (RFC 3464) as message/delivery-status, message/rfc822 or multipart/report. Only what is ' +
      'for good (5.x.x) counts: no mail about an opt-in goes there for 30 days.',
    body: { schema: NewBounces, types: ['application/json', 'message/delivery-status'] },
    answers: { 200: json('How many were marked.', BouncesTaken) },
  },
  'GET /v1/admin/sites/:site/contacts/:contact': {
    summary: 'What is known of a contact',
    description: 'For the role `support` the address is masked and nothing stated is shown.',
    answers: { 200: json('Its address, what was stated, and who may write to it.', ContactDetails) },
  },
  'DELETE /v1/admin/sites/:site/contacts/:contact': {
    summary: 'Erase a contact',
    description:
      'Its key, address, statements, and what was attested of it alone. What was said no to stays on the suppression list.',
    answers: {
      200: json(
        'What went, and whether it stays on the suppression list.',
        v.object({ erased: v.boolean(), attestations: v.number(), suppressed: v.boolean() }),
      ),
    },
  },
};
