// Exports: the events of a site, and its records of processing.
import { Readable } from 'node:stream';

import type { Handler } from 'hono';

import { EVENT_FORMATS, EVENT_MEDIA, exportEvents } from '../export/export-events.ts';
import { processingRecords, processingRecordsCsv } from '../export/processing-records.ts';
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

/** Streams: nothing is held but a page of events. A failure on the way breaks the connection off, so that no file looks whole. */
export const getExport =
  (service: ServiceContext): Handler =>
  async (c) => {
    const format = EVENT_FORMATS.find((known) => known === (c.req.query('format') ?? 'jsonl'));
    if (!format) throw new ProblemError('BAD_REQUEST', `format takes ${EVENT_FORMATS.join(', ')}`);
    const context = await service.sites.get(c.req.param('site') ?? '');
    await audit(service, c.get('operator'), 'export.run', { site: context.site, object: `events as ${format}` });
    const pieces = exportEvents(format, { store: service.store, context, service: service.publicUrl });
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
