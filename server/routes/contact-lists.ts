// Lists of contacts: brought in as a mail tool or CRM saved them, and given out to whoever may be written to now.
import { Readable } from 'node:stream';

import type { Context, Handler } from 'hono';

import { NewOptIn } from '../../shared/marketing/api.ts';
import { CHANNELS } from '../../shared/notice/schema.ts';
import { CONTACT_FORMATS, CONTACT_MEDIA, exportContacts } from '../marketing/export/export-contacts.ts';
import type { Operator } from '../credentials.ts';
import { isSender } from '../marketing/grounds.ts';
import { ImportFileError } from '../marketing/import/file-text.ts';
import { importList, type ListFile, type ListPlan } from '../marketing/import/import-list.ts';
import { readListOptions } from '../marketing/import/plan.ts';
import { spooled } from '../marketing/import/spool.ts';
import { recordOptIn } from '../marketing/record-opt-in.ts';
import { audit } from '../operator.ts';
import { placesFor } from '../places.ts';
import { ProblemError } from '../problem.ts';
import { readAs } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';
import type { SiteContext } from '../site-context.ts';
import type { Store } from '../store/store.ts';

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

/** Of a site: one that goes in, and a trial of the next. */
const takePlace = placesFor('lists', { ofSite: 2, ofService: 4, retryAfter: 30 });

/** The rows that are in hand are finished then, and none behind them is begun. */
const GONE = 'the connection was closed';
const STOPPING = 'the service is being stopped; send the list again, which changes nothing twice';

interface UnderWay {
  stopping: boolean;
  works: Set<Promise<void>>;
}
const underWay = new WeakMap<Store, UnderWay>();
function underWayAt(store: Store): UnderWay {
  const known = underWay.get(store) ?? { stopping: false, works: new Set() };
  underWay.set(store, known);
  return known;
}

/** From now on lists end behind the rows in hand, and say so. `ended` waits for them: before the database is closed. */
export function stopLists(store: Store): { ended(): Promise<void> } {
  const lists = underWayAt(store);
  lists.stopping = true;
  return { ended: async () => void (await Promise.all(lists.works)) };
}

/**
 * What happens, line by line, as it happens. A failure is the last line: the status was sent long before. It begins at once, and
 * `ended` is called when nothing is done any more, whether anybody read it or not.
 */
function importing(
  service: ServiceContext,
  context: SiteContext,
  {
    plan,
    file,
    bytes,
    first,
    operator,
    what,
    ended,
  }: {
    plan: ListPlan;
    file: Omit<ListFile, 'bytes'>;
    /** Begun. */
    bytes: AsyncGenerator<Uint8Array>;
    first: IteratorResult<Uint8Array>;
    operator: Operator;
    what: string;
    ended: () => void;
  },
): Readable {
  let isGone = false;
  const lines = new Readable({
    read: () => undefined,
    destroy(error, done) {
      isGone = true;
      done(error);
    },
  });
  const say = (line: Record<string, unknown>): void => void (isGone || lines.push(`${JSON.stringify(line)}\n`));
  let named = 0;
  const name = (line: Record<string, unknown>): void => {
    if (named++ < NAMED) say(line);
  };
  let upTo = 0;
  const lists = underWayAt(service.store);
  const goOn = (): void => {
    if (isGone) throw new ProblemError('BAD_REQUEST', GONE);
    if (lists.stopping) throw new ProblemError('UNAVAILABLE', STOPPING);
  };
  async function* whileHere(): AsyncGenerator<Uint8Array> {
    goOn();
    if (!first.done) yield first.value;
    for await (const piece of bytes) {
      goOn();
      yield piece;
    }
  }
  const tell = (how: string) => audit(service, operator, 'import.run', { site: context.site, object: `${what}: ${how}` });
  const work = async (): Promise<void> => {
    try {
      const into = { ...service, context, by: operator.actor };
      const report = await importList(into, { ...file, bytes: whileHere() }, plan, {
        header: (header) => say({ header }),
        problem: (problem) => name({ problem }),
        dropped: (dropped) => name({ dropped }),
        progress({ rows, line }) {
          upTo = line;
          say({ progress: { rows, line } });
          goOn();
        },
      });
      await tell(`${report.rows} rows, up to line ${report.line}`);
      say({ report });
    } catch (error) {
      const known = error instanceof ImportFileError || error instanceof ProblemError;
      if (!known) service.logger.error({ error: (error as Error).name }, 'import');
      say({ failed: known ? error.message : 'the service could not go on', line: upTo });
      await tell(`ended behind line ${upTo}${isGone ? `, as ${GONE}` : ''}`);
    } finally {
      ended();
      lines.push(null);
      // Of a list that was not read to its end.
      await bytes.return(undefined);
    }
  };
  const done = work()
    .catch((error: unknown) => service.logger.error({ error: (error as Error).name }, 'import'))
    .finally(() => lists.works.delete(done));
  lists.works.add(done);
  return lines;
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
    if (Number(c.req.header('Content-Length') ?? 0) > LARGEST) throw new ProblemError('BODY_TOO_LARGE');
    const operator = c.get('operator');
    const what = `contacts for ${plan.channels.join(', ')} by ${plan.sender}${plan.dryRun ? ', tried only' : ''}`;
    const leave = takePlace(service.store, context.site.id);
    const bytes = spooled(body as unknown as AsyncIterable<Uint8Array>, LARGEST);
    try {
      await audit(service, operator, 'import.run', { site: context.site, object: what });
      // All of it is here before the answer begins.
      const first = await bytes.next();
      const answer = importing(service, context, { plan, file, bytes, first, operator, what, ended: leave });
      return c.body(Readable.toWeb(answer) as ReadableStream, 200, { 'Content-Type': 'application/x-ndjson', ...FRESH });
    } catch (error) {
      leave();
      throw error;
    }
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
