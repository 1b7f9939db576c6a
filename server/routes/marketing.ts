// Marketing, as the operator's people and programs ask for it: may we send, why, with what proof; what is stated of a contact;
// objections; the suppression list. Addresses come in bodies only, and go out of one route, to those who may read them.
import { Readable } from 'node:stream';

import type { Context, Handler } from 'hono';
import * as v from 'valibot';

import {
  ContactId,
  MAX_LINES,
  NewObjection,
  NewStatement,
  PermissionQuestion,
  type PermissionAnswer,
} from '../../shared/marketing/api.ts';
import type { Role } from '../../shared/operator.ts';
import { checkLines, csvLines, jsonLines, lineDefaults, type CheckedLine } from '../marketing/check-lines.ts';
import { contactDetails } from '../marketing/contact-details.ts';
import { eraseContact } from '../marketing/erase-contact.ts';
import { isSender, stateOf } from '../marketing/grounds.ts';
import { maskedAddress } from '../marketing/import/masked-address.ts';
import { ImportFileError } from '../marketing/import/file-text.ts';
import { followed } from '../marketing/import/spool.ts';
import { objectToMarketing } from '../marketing/objections.ts';
import { permissionsOf } from '../marketing/permissions.ts';
import { audit } from '../operator.ts';
import { placesFor } from '../places.ts';
import { ProblemError } from '../problem.ts';
import { readAs } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';
import type { SiteContext } from '../site-context.ts';
import type { StoredContact } from '../store/contacts.ts';

const FRESH = { 'Cache-Control': 'no-store' };
const MAX_BODY = 32 * 1024;
/** 100,000 lines of 320 bytes: more than the longest address there is. */
const MAX_CHECK = 320 * MAX_LINES;

const siteOf = ({ sites }: ServiceContext, c: Context): Promise<SiteContext> => sites.get(c.req.param('site') ?? '');

/** Evidence is what an operator wrote of a person, as statements are: support sees why, and not that. */
function seenBy<Answer extends Pick<PermissionAnswer, 'reason' | 'proof'>>(role: Role, permitted: Answer): Answer {
  if (role !== 'support' || permitted.reason === undefined || permitted.reason === 'consent') return permitted;
  const { proof: _, ...rest } = permitted;
  return rest as Answer;
}

/** Throws ProblemError NOT_PERMITTED where a message is about to go out and may not. */
async function answer(service: ServiceContext, c: Context, context: SiteContext, question: PermissionQuestion) {
  if (!isSender(context, question.sender)) throw new ProblemError('BAD_REQUEST', 'the site never had that sender');
  await audit(service, c.get('operator'), 'permission.read', {
    site: context.site,
    object: `${question.contact ?? 'an address'}, ${question.channel} of ${question.sender}`,
  });
  const [permission] = (await permissionsOf(service, context, [question])) as [PermissionAnswer];
  if (question.sending && !permission.may) throw new ProblemError('NOT_PERMITTED', permission.why);
  return c.json(seenBy(c.get('operator').role, permission), 200, FRESH);
}

/** `?contact=&channel=&sender=`: an address is asked about with POST, as it may stand in no URL. */
export const getPermission =
  (service: ServiceContext): Handler =>
  async (c) => {
    const read = v.safeParse(PermissionQuestion, { ...c.req.query(), sending: false });
    if (!read.success || read.output.contact === undefined)
      throw new ProblemError('BAD_REQUEST', 'name ?contact=<id>, &channel= and &sender=; an address is asked about with POST');
    return answer(service, c, await siteOf(service, c), read.output);
  };

export const postPermission =
  (service: ServiceContext): Handler =>
  async (c) => {
    const question = await readAs(PermissionQuestion, c.req.raw, MAX_BODY);
    return answer(service, c, await siteOf(service, c), question);
  };

async function* asBytes(lines: AsyncIterable<CheckedLine>): AsyncGenerator<Buffer> {
  let text = '';
  for await (const line of lines) {
    text += `${JSON.stringify(line)}\n`;
    if (text.length < 16_384) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

/** Each has a file and a few hundred lines of its own, and all of them one database. */
const beginCheck = placesFor('checks', { ofSite: 4, ofService: 16, retryAfter: 1 });

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Lines are answered while more of them come in. */
export const postPermissionCheck =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const defaults = lineDefaults(context, c.req.query());
    if (Number(c.req.header('Content-Length') ?? 0) > MAX_CHECK) throw new ProblemError('BODY_TOO_LARGE');
    const end = beginCheck(service.store, context.site.id);
    const bytes = followed((c.req.raw.body as unknown as AsyncIterable<Uint8Array> | null) ?? nothing(), MAX_CHECK);
    try {
      const { site } = context;
      const operator = c.get('operator');
      await audit(service, operator, 'permission.read', { site, object: 'lines' });
      const isCsv = /^text\/csv\b/.test(c.req.header('Content-Type') ?? '');
      const lines = isCsv ? await csvLines(bytes, defaults) : jsonLines(bytes);
      async function* counted(): AsyncGenerator<CheckedLine> {
        let count = 0;
        try {
          for await (const line of checkLines(service, context, lines, defaults)) {
            count += 1;
            yield 'problem' in line ? line : seenBy(operator.role, line);
          }
        } finally {
          await audit(service, operator, 'permission.read', { site, object: `${count} lines` });
        }
      }
      const out = Readable.from(asBytes(counted()), { objectMode: false });
      // Also where nobody ever read it: whoever asked was gone before the first line.
      out.once('close', () => {
        end();
        void bytes.return(undefined);
      });
      return c.body(Readable.toWeb(out) as ReadableStream, 200, { 'Content-Type': 'application/x-ndjson', ...FRESH });
    } catch (error) {
      end();
      await bytes.return(undefined);
      if (error instanceof ImportFileError) throw new ProblemError('BAD_REQUEST', error.message);
      throw error;
    }
  };

export const postStatement =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const input = await readAs(NewStatement, c.req.raw, MAX_BODY);
    const operator = c.get('operator');
    await audit(service, operator, 'contact.change', { site: context.site, object: `states ${input.statement.says}` });
    return c.json(await stateOf(service, context, input, operator.actor), 201, FRESH);
  };

export const postObjection =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const objection = await readAs(NewObjection, c.req.raw, MAX_BODY);
    const operator = c.get('operator');
    await audit(service, operator, 'suppression.change', { site: context.site, object: 'objection' });
    return c.json(await objectToMarketing(service, context, objection, operator.actor), 201, FRESH);
  };

async function contactAsked({ store }: ServiceContext, c: Context, { site }: SiteContext): Promise<StoredContact> {
  const id = c.req.param('contact');
  const contact = v.is(ContactId, id) ? await store.contacts.get(site, id) : null;
  if (!contact) throw new ProblemError('NOT_FOUND', 'there is no such contact');
  return contact;
}

export const getContact =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const contact = await contactAsked(service, c, context);
    const operator = c.get('operator');
    await audit(service, operator, 'contact.read', { site: context.site, object: contact.id });
    const details = await contactDetails(service, context, contact);
    if (operator.role !== 'support') return c.json(details, 200, FRESH);
    // For whoever may know that there is an address, and not which.
    const hidden = details.address && maskedAddress(contact.kind, details.address);
    const permissions = details.permissions.map((one) => seenBy(operator.role, one));
    return c.json({ ...details, address: hidden, statements: [], permissions }, 200, FRESH);
  };

export const deleteMarketingContact =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const { store } = service;
    const contact = await contactAsked(service, c, context);
    await audit(service, c.get('operator'), 'contact.change', { site: context.site, object: `${contact.id} erased` });
    const restricted = new Set((await store.rights.restrictions(context.site)).map(({ subject }) => subject));
    if ((await store.contacts.mentions(context.site, [contact.id])).some(({ subject }) => restricted.has(subject)))
      throw new ProblemError(
        'REQUEST_STATE',
        'the subject’s data is restricted: lift the restriction first, if they agree (Art. 18(2))',
      );
    return c.json(await eraseContact(service, context.site, contact.id, service.now()), 200, FRESH);
  };

const PAGE = 500;

/** `?after=<number>`: by rising number. Keyed hashes, no address. */
export const getSuppressions =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { site } = await siteOf(service, c);
    const after = c.req.query('after') ?? '0';
    if (!/^\d{1,15}$/.test(after)) throw new ProblemError('BAD_REQUEST', 'after takes a number of the list');
    await audit(service, c.get('operator'), 'suppression.read', { site, object: `behind ${after}` });
    const suppressions = await service.store.suppressions.after(site, Number(after), PAGE);
    const next = suppressions.length === PAGE ? (suppressions.at(-1)?.number ?? null) : null;
    return c.json({ suppressions, next }, 200, FRESH);
  };
