// Lists of contacts: brought in as a mail tool or CRM saved them, and given out to whoever may be written to now.
import { Readable } from 'node:stream';

import type { Context, Handler } from 'hono';

import { NewOptIn } from '../../shared/marketing/api.ts';
import { CHANNELS } from '../../shared/notice/schema.ts';
import { CONTACT_FORMATS, CONTACT_MEDIA, exportContacts } from '../marketing/export/export-contacts.ts';
import { isSender } from '../marketing/grounds.ts';
import { ImportFileError } from '../marketing/import/file-text.ts';
import { importList, type ListFile, type ListPlan } from '../marketing/import/import-list.ts';
import { readListOptions } from '../marketing/import/plan.ts';
import { spooled } from '../marketing/import/spool.ts';
import { recordOptIn } from '../marketing/record-opt-in.ts';
import { audit } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import { readAs } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';
import type { SiteContext } from '../site-context.ts';

/** Some two to five million rows. */
const LARGEST = 512 * 1024 * 1024;
/** Of rows that were not taken the answer names so many; the report counts all. */
const NAMED = 10_000;
const FRESH = { 'Cache-Control': 'no-store' };

/** Names that may be there several times. */
const MANY = ['channel', 'map'];

function optionsOf(c: Context): { plan: ListPlan; file: Omit<ListFile, 'bytes'> } {
  const given = c.req.queries();
  const input = Object.fromEntries(
    Object.entries(given).map(([name, values]) => [
      name,
      MANY.includes(name) ? values : name === 'dryRun' ? values[0] !== 'false' : values[0],
    ]),
  );
  try {
    return readListOptions(input);
  } catch (error) {
    if (error instanceof ImportFileError) throw new ProblemError('BAD_REQUEST', error.message);
    throw error;
  }
}

type Line = Record<string, unknown>;

/** What happens, as it happens. A failure is the last line: the status was sent long before. */
async function* importing(
  service: ServiceContext,
  context: SiteContext,
  { plan, file, bytes, by }: { plan: ListPlan; file: Omit<ListFile, 'bytes'>; bytes: AsyncGenerator<Uint8Array>; by: string },
): AsyncGenerator<string> {
  let lines: Line[] = [];
  let wake: (() => void) | undefined;
  let named = 0;
  let done = 0;
  const say = (line: Line): void => {
    lines.push(line);
    wake?.();
  };
  const name = (line: Line): void => {
    if (named++ < NAMED) say(line);
  };
  const into = { ...service, context, by };
  let ended = false;
  const work = importList(into, { ...file, bytes }, plan, {
    header: (header) => say({ header }),
    problem: (problem) => name({ problem }),
    dropped: (dropped) => name({ dropped }),
    progress({ rows, line }) {
      done = line;
      say({ progress: { rows, line } });
    },
  })
    .then((report) => say({ report }))
    .catch((error: unknown) => {
      const known = error instanceof ImportFileError || error instanceof ProblemError;
      if (!known) service.logger.error({ error: (error as Error).name }, 'import');
      say({ failed: known ? error.message : 'the service could not go on', line: done });
    })
    // Of a list that was not read to its end.
    .then(() => bytes.return(undefined))
    .finally(() => {
      ended = true;
      wake?.();
    });
  while (!ended || lines.length > 0) {
    if (lines.length === 0) await new Promise<void>((resolve) => void (wake = resolve));
    const told = lines;
    lines = [];
    yield told.map((line) => `${JSON.stringify(line)}\n`).join('');
  }
  await work;
}

const knownSender = (context: SiteContext, sender: string): void => {
  if (!isSender(context, sender)) throw new ProblemError('BAD_REQUEST', 'the site never had that sender');
};

async function* encoded(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const piece of pieces) yield encoder.encode(piece);
}
const streamed = (pieces: AsyncIterable<string>): ReadableStream =>
  Readable.toWeb(Readable.from(encoded(pieces), { objectMode: false })) as ReadableStream;

/** The body is the file. */
export const postContactList =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await service.sites.get(c.req.param('site') ?? '');
    const { plan, file } = optionsOf(c);
    knownSender(context, plan.sender);
    if (!service.vault) throw new ProblemError('UNAVAILABLE', 'CANDOUR_SECRET is not set: no address can be taken here');
    const { body } = c.req.raw;
    if (!body) throw new ProblemError('BAD_REQUEST', 'the body is the list');
    const operator = c.get('operator');
    const what = `contacts for ${plan.channels.join(', ')} by ${plan.sender}`;
    await audit(service, operator, 'import.run', { site: context.site, object: plan.dryRun ? `${what}, tried only` : what });
    const bytes = spooled(body as unknown as AsyncIterable<Uint8Array>, LARGEST);
    // All of it is here before the answer begins.
    const first = await bytes.next();
    async function* whole(): AsyncGenerator<Uint8Array> {
      try {
        if (!first.done) yield first.value;
        yield* bytes;
      } finally {
        await bytes.return(undefined);
      }
    }
    const answer = importing(service, context, { plan, file, bytes: whole(), by: operator.actor });
    return c.body(streamed(answer), 200, { 'Content-Type': 'application/x-ndjson', ...FRESH });
  };

/** What was ticked in a form that posts to the site's own server. */
export const postOptIn =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await service.sites.get(c.req.param('site') ?? '');
    const input = await readAs(NewOptIn, c.req.raw, 32 * 1024);
    const operator = c.get('operator');
    await audit(service, operator, 'attestation.create', { site: context.site, object: input.id ?? 'an opt-in' });
    const made = await recordOptIn(service, context, input, operator.actor);
    service.marketingMails?.kick();
    return c.json(made, made.duplicate ? 200 : 201, FRESH);
  };

/** `?channel=&sender=&format=`. A failure on the way breaks the connection off, so that no file looks whole. */
export const getContactList =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await service.sites.get(c.req.param('site') ?? '');
    const format = CONTACT_FORMATS.find((known) => known === (c.req.query('format') ?? 'csv'));
    if (!format) throw new ProblemError('BAD_REQUEST', `format takes ${CONTACT_FORMATS.join(', ')}`);
    const channel = CHANNELS.find((known) => known === c.req.query('channel'));
    if (!channel) throw new ProblemError('BAD_REQUEST', `channel takes ${CHANNELS.join(', ')}`);
    const sender = c.req.query('sender') ?? '';
    knownSender(context, sender);
    if (!service.vault) throw new ProblemError('UNAVAILABLE', 'CANDOUR_SECRET is not set: no address can be read here');
    await audit(service, c.get('operator'), 'export.run', {
      site: context.site,
      object: `contacts for ${channel} by ${sender} as ${format}`,
    });
    return c.body(streamed(exportContacts(service, context, { channel, sender }, format)), 200, {
      'Content-Type': CONTACT_MEDIA[format],
      ...(format === 'counts' ? {} : { 'Content-Disposition': `attachment; filename="${context.site.id}-contacts.${format}"` }),
      ...FRESH,
    });
  };
