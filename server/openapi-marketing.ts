// What the API's description says of marketing.
import {
  ContactDetails,
  NewObjection,
  NewStatement,
  ObjectionMade,
  PermissionAnswer,
  PermissionLine,
  PermissionQuestion,
  StatementMade,
  Suppressions,
} from '../shared/marketing/api.ts';
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
      409: { what: 'It may not be sent.' },
    },
  },
  'POST /v1/admin/sites/:site/permissions/check': {
    summary: 'May up to 100,000 addresses be written to',
    description:
      'One JSON object a line, or CSV with a header. Answers come in order, one JSON object a line, with the line’s number and your ' +
      '`ref`; no answer repeats an address. One check of a site at a time.',
    query: {
      channel: 'For lines that name none.',
      sender: 'For lines that name none.',
      callingCode: 'Of telephone numbers without a country, such as `44`.',
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
    description: 'Stops every channel of every sender and profiling for it, at once. No objection is turned down.',
    body: { schema: NewObjection },
    answers: { 201: json('It stands.', ObjectionMade) },
  },
  'GET /v1/admin/sites/:site/suppressions': {
    summary: 'The suppression list',
    description: 'Keyed hashes, no address.',
    query: { after: 'Number behind which the page begins.' },
    answers: { 200: json('By rising number.', Suppressions) },
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
    answers: { 200: json('What went, and whether it stays on the suppression list.') },
  },
};
