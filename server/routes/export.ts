// Exports: the events of a site, and its records of processing.
import { Readable } from 'node:stream';

import type { Context, Handler } from 'hono';

import { EVENT_FORMATS, EVENT_MEDIA, exportEvents } from '../export/export-events.ts';
import { processingRecords, processingRecordsCsv } from '../export/processing-records.ts';
import { isoDay } from '../../shared/notice/period.ts';
import { audit } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import type { ServiceContext } from '../service-context.ts';

async function* encoded(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const piece of pieces) yield encoder.encode(piece);
}

const headersFor = (file: string, type: string): Record<string, string> => ({
  'Content-Type': type,
  'Content-Disposition': `attachment; filename="${file}"`,
  'Cache-Control': 'no-store',
});

/** `?from=&to=`: whole days, UTC. */
function rangeOf(c: Context): { received?: { from: number; until: number }; words: string } {
  const [from, to] = (['from', 'to'] as const).map((name) => {
    const day = c.req.query(name);
    const at = day === undefined ? null : Date.parse(`${day}T00:00:00Z`);
    if (at !== null && (Number.isNaN(at) || isoDay(at) !== day))
      throw new ProblemError('BAD_REQUEST', `${name} takes a day such as 2026-11-22`);
    return at;
  });
  if (from === null && to === null) return { words: '' };
  if (typeof from === 'number' && typeof to === 'number' && to < from) throw new ProblemError('BAD_REQUEST', 'to is before from');
  return {
    received: { from: from ?? 0, until: typeof to === 'number' ? to + 86_400_000 : Infinity },
    words: `, ${c.req.query('from') ?? 'the first'} to ${c.req.query('to') ?? 'the last'}`,
  };
}

/** Streams: nothing is held but a page of events. A failure on the way breaks the connection off, so that no file looks whole. */
export const getExport =
  (service: ServiceContext): Handler =>
  async (c) => {
    const format = EVENT_FORMATS.find((known) => known === (c.req.query('format') ?? 'jsonl'));
    if (!format) throw new ProblemError('BAD_REQUEST', `format takes ${EVENT_FORMATS.join(', ')}`);
    const { received, words } = rangeOf(c);
    const context = await service.sites.get(c.req.param('site') ?? '');
    await audit(service, c.get('operator'), 'export.run', { site: context.site, object: `events as ${format}${words}` });
    const source = { store: service.store, context, service: service.publicUrl };
    const pieces = exportEvents(format, received ? { ...source, received } : source);
    return c.body(
      Readable.toWeb(Readable.from(encoded(pieces), { objectMode: false })) as ReadableStream,
      200,
      headersFor(`${context.site.id}-events.${format}`, EVENT_MEDIA[format]),
    );
  };

/** No personal data: what the published notices say. */
export const getProcessingRecords =
  (service: ServiceContext): Handler =>
  async (c) => {
    const format = c.req.query('format') ?? 'json';
    if (format !== 'json' && format !== 'csv') throw new ProblemError('BAD_REQUEST', 'format takes json, csv');
    const context = await service.sites.get(c.req.param('site') ?? '');
    const records = processingRecords(context, service.now());
    const name = `${context.site.id}-processing-records.${format}`;
    return format === 'json'
      ? c.json(records, 200, { 'Cache-Control': 'no-store' })
      : c.body(processingRecordsCsv(records), 200, headersFor(name, EVENT_MEDIA.csv));
  };
