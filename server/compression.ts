// Bodies that are asked for often, compressed once (off the event loop) and kept.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const unpacked = promisify(brotliDecompress);
const gzipped = promisify(gzip);

export interface CompressedBody {
  contentType: string;
  etag: string;
  identity: Buffer;
  br: Buffer;
  gzip: Buffer;
}

export async function compress(text: string | Buffer, contentType: string): Promise<CompressedBody> {
  const identity = Buffer.from(text);
  const [br, gz] = await Promise.all([
    brotli(identity, {
      params: { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length },
    }),
    gzipped(identity, { level: 9 }),
  ]);
  return bodyOf(contentType, identity, br, gz);
}

/** To be kept, and seldom asked for again: 20 times faster than what is given out each day. */
export const packed = (text: string): Promise<Buffer> => brotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });

/** Of what was kept as its Brotli bytes. */
export async function decompress(br: Uint8Array, contentType: string): Promise<CompressedBody> {
  const identity = await unpacked(br);
  return bodyOf(contentType, identity, Buffer.from(br), await gzipped(identity, { level: 9 }));
}

function bodyOf(contentType: string, identity: Buffer, br: Buffer, gz: Buffer): CompressedBody {
  const etag = createHash('sha256').update(identity).digest('base64url').slice(0, 27);
  return { contentType, etag, identity, br, gzip: gz };
}

/** The codings that the request takes (RFC 9110 section 12.5.3); `q=0` refuses one. */
function accepted(header: string | undefined): Set<string> {
  const codings = (header ?? '').split(',').map((part) =>
    part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/),
  );
  return new Set(codings.filter(([, q]) => !/^q=0(\.0*)?$/.test(q ?? '')).map(([coding = '']) => coding));
}

type Coding = 'br' | 'gzip' | 'identity';

function codingOf(request: Request): Coding {
  const codings = accepted(request.headers.get('Accept-Encoding') ?? undefined);
  return codings.has('br') ? 'br' : codings.has('gzip') ? 'gzip' : 'identity';
}

/** Each coding has its own ETag, as their bytes differ (RFC 9110 section 8.8.3). */
const etagOf = (body: CompressedBody, coding: Coding): string => `"${body.etag}${coding === 'identity' ? '' : `-${coding}`}"`;

/** Has whoever asks this body already? */
export function isCurrent(request: Request, body: CompressedBody): boolean {
  const known = (request.headers.get('If-None-Match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes(etagOf(body, codingOf(request)));
}

/** 200 or 304. */
export function compressedResponse(request: Request, body: CompressedBody, cacheControl: string): Response {
  const coding = codingOf(request);
  const headers = new Headers({
    'Cache-Control': cacheControl,
    ETag: etagOf(body, coding),
    Vary: 'Accept-Encoding',
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  });
  if (isCurrent(request, body)) return new Response(null, { status: 304, headers });
  headers.set('Content-Type', body.contentType);
  if (coding !== 'identity') headers.set('Content-Encoding', coding);
  return new Response(new Uint8Array(body[coding]), { headers });
}

export const IMMUTABLE = 'public, max-age=31536000, immutable';
