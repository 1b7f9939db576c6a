// How a request is spoilt: at the level of bytes, of HTTP, of JSON and of a JWS. All chance comes from the generator that is given.
import type { Chance } from '../faults/chance.ts';
import { fromBase64Url, toBase64Url, utf8, utf8Text } from '../../shared/bytes.ts';

/** A request before it is written to the line. Header values may hold any Latin-1 character, names too. */
export interface FuzzRequest {
  method: string;
  /** As it stands in the request line. */
  target: string;
  headers: [string, string][];
  body: Buffer | null;
  /** How the body is framed. */
  framing: 'length' | 'chunked' | 'both' | 'wrong length' | 'none';
}

const DEEP = 4_000;
const TEXTS = [
  '',
  '\0',
  'a\0b',
  '\u202Eevil\u202C',
  '\uFEFF',
  '\uD800',
  'ﷺ'.repeat(50),
  "' OR 1=1 --",
  '"><fuzz>',
  '${7*7}',
  '../../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'NaN',
  '1e400',
  '-1',
  'x'.repeat(5_000),
  '2026-02-30T25:61:61.000Z',
  '9999-12-31T23:59:59.999Z',
  '-271821-04-20T00:00:00.000Z',
];
/** What every object of JavaScript has. */
const RESERVED = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
const PATH_PIECES = [
  '..',
  '.',
  '%2e%2e',
  '%2E%2E%2f',
  '%00',
  '%ff',
  '%c0%ae',
  '%',
  '%zz',
  '%E2%80%AE',
  '%F0%9F%92%A9',
  '__proto__',
  'constructor',
  'toString',
  'planted',
  'example',
  'example%20',
  'EXAMPLE',
  'example;x=1',
  '*',
  '\xff\xfe',
  '%22%3E%3Cfuzz%3E',
  'x'.repeat(3_000),
  '',
];
const NUMBERS = [
  '0',
  '-1',
  '1e309',
  '99999999999999999999',
  '9007199254740993',
  '0x10',
  '١٢',
  'NaN',
  '1.5',
  ' 1',
  '+1',
  '',
  '[]',
  '2147483648',
];
const QUERY_NAMES = [
  'index',
  'size',
  'from',
  'to',
  'start',
  'end',
  'epoch',
  'as',
  'subject',
  'kind',
  'before',
  'limit',
  'witnessed',
  '__proto__',
  'a[]',
  '%00',
  '',
];
const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'QUERY',
  'get',
  'X',
  'PRI',
  'M-SEARCH',
  'BREW',
];
const HEADERS: [string, string][] = [
  ['Accept', 'text/html'],
  ['Accept', 'application/ld+json;q=0.5, */*;q=NaN'],
  ['Accept', ','.repeat(3_000)],
  ['Accept-Encoding', 'br;q=0, gzip;q=1e9, *'],
  ['If-None-Match', '*'],
  ['If-None-Match', 'W/"x", "y'],
  ['Origin', 'null'],
  ['Origin', 'https://www.example.org'],
  ['Origin', 'https://www.example.org.evil.example'],
  ['Origin', 'https://zanzibarium.example'],
  ['Content-Type', 'application/json; charset=utf-16'],
  ['Content-Type', 'multipart/form-data; boundary='],
  ['Content-Type', 'application/x-www-form-urlencoded'],
  ['Content-Type', 'text/plain'],
  ['Content-Encoding', 'gzip'],
  ['Content-Encoding', 'br, gzip'],
  ['Content-Length', '18446744073709551616'],
  ['Content-Length', '-1'],
  ['Transfer-Encoding', 'gzip, chunked'],
  ['Transfer-Encoding', 'identity'],
  ['Expect', '100-continue'],
  ['Expect', 'something-else'],
  ['Upgrade', 'websocket'],
  ['Upgrade', 'h2c'],
  ['Connection', 'Upgrade'],
  ['Range', 'bytes=0-18446744073709551615'],
  ['Host', 'evil.example'],
  ['Host', ''],
  ['Host', '[::1'],
  ['Authorization', 'Bearer candour_key_AAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ['Authorization', 'Subject a.b.c'],
  ['Authorization', 'Basic Og=='],
  ['Cookie', 'candour_session=AAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ['Cookie', '__proto__=1; candour_session=%'],
  ['X-Forwarded-For', '999.1.1.1, ::ffff:1.2.3.4%eth0, \xff'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['Sec-Fetch-Site', 'cross-site'],
  ['Sec-GPC', '1'],
  ['X-Long', 'x'.repeat(9_000)],
  ['X-Nul', 'a\0b'],
  ['X-Latin', '\xe9\xff'],
  ['X-Fold', 'a\r\n b'],
  ['Trailer', 'Content-Length'],
  ['Date', 'never'],
];

const bytesOf = (chance: Chance, length: number): Buffer => Buffer.from(Array.from({ length }, () => chance.between(0, 255)));

/** Changes, inserts, removes, repeats or cuts off bytes. */
export function spoilBytes(chance: Chance, bytes: Buffer): Buffer {
  const at = chance.between(0, bytes.length);
  const until = Math.min(bytes.length, at + chance.between(1, 64));
  switch (chance.between(0, 5)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), bytesOf(chance, chance.between(1, 8)), bytes.subarray(until)]);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytesOf(chance, chance.between(1, 64)), bytes.subarray(at)]);
    case 2:
      return bytes.subarray(0, at);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(until)]);
    case 4:
      return Buffer.concat([bytes, bytes.subarray(at)]);
    default:
      return Buffer.concat([Buffer.from(chance.oneOf(['\uFEFF', '[', '{"a":', '\xff\xfe', ' '.repeat(200)])), bytes]);
  }
}

/** Text that JSON.parse takes and nobody wants. */
const hostileJson = (chance: Chance): string =>
  chance.oneOf([
    () => 'null',
    () => 'true',
    () => '1e400',
    () => '-0',
    () => '1e21',
    () => '9007199254740993',
    () => '1'.repeat(400),
    () => '[]',
    () => '{}',
    () => '['.repeat(DEEP) + ']'.repeat(DEEP),
    () => '{"a":'.repeat(DEEP) + '1' + '}'.repeat(DEEP),
    () => '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    () => '"\\ud800"',
    () => '"\\u0000\\u202e"',
    () => JSON.stringify(chance.oneOf(TEXTS)),
    () => JSON.stringify(Array.from({ length: 500 }, () => 'x')),
    () => `{${Array.from({ length: 300 }, (_, i) => `"k${i}":"given"`).join(',')}}`,
  ])();

const PLACE = '@@place@@';

/** Changes a value, a key, or writes a key twice, somewhere in a JSON document; gives its text. */
export function spoilJson(chance: Chance, value: unknown): string {
  const copy = structuredClone(value);
  const holders: Record<string, unknown>[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    holders.push(node as Record<string, unknown>);
    Object.values(node).forEach(walk);
  };
  walk(copy);
  const holder = chance.oneOf(holders);
  const keys = Object.keys(holder ?? {});
  if (!holder || keys.length === 0) return hostileJson(chance);
  const key = chance.oneOf(keys);
  const old = holder[key];
  switch (chance.between(0, 4)) {
    case 0:
      delete holder[key];
      return JSON.stringify(copy);
    case 1:
      holder[chance.oneOf([...TEXTS, 'surprise'])] = old;
      return JSON.stringify(copy);
    case 2: {
      holder[key] = PLACE;
      // Written twice: which of the two counts is for parsers to quarrel about.
      const twice = `${hostileJson(chance)},${JSON.stringify(key)}:${JSON.stringify(old)}`;
      return JSON.stringify(copy).replace(`"${PLACE}"`, () => (Array.isArray(holder) ? hostileJson(chance) : twice));
    }
    default:
      holder[key] = PLACE;
      return JSON.stringify(copy).replace(`"${PLACE}"`, () => hostileJson(chance));
  }
}

const reencoded = (part: string, change: (text: string) => string): string => {
  try {
    return toBase64Url(utf8(change(utf8Text(fromBase64Url(part)))));
  } catch {
    return `${part}A`;
  }
};
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The other signature that ECDSA allows for the same bytes: (r, n − s). */
export function malleated(jws: string): string {
  const [header, payload, signature = ''] = jws.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  const other = ORDER - BigInt(`0x${bytes.subarray(32).toString('hex')}`);
  const s = Buffer.from(other.toString(16).padStart(64, '0'), 'hex');
  return [header, payload, Buffer.concat([bytes.subarray(0, 32), s]).toString('base64url')].join('.');
}

/** Its parts, their encoding, its header, its payload under the old signature, its signature. */
export function spoilJws(chance: Chance, jws: string): string {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const json = (part: string) => reencoded(part, (text) => spoilJson(chance, JSON.parse(text)));
  return chance.oneOf([
    () => [json(header), payload, signature].join('.'),
    () => [header, json(payload), signature].join('.'),
    () =>
      [
        reencoded(header, (text) => text.replace('ES256', chance.oneOf(['none', 'HS256', 'ES384', 'es256']))),
        payload,
        signature,
      ].join('.'),
    () =>
      [
        reencoded(header, (text) =>
          text.replace('{', `{"${chance.oneOf(['jku', 'x5u', 'crit', 'kid', '__proto__'])}":"http://127.0.0.1/",`),
        ),
        payload,
        signature,
      ].join('.'),
    () => [reencoded(header, (text) => text.replace(/"x":"[^"]*"/, `"x":"${'A'.repeat(43)}"`)), payload, signature].join('.'),
    () => [header, reencoded(payload, (text) => text.replace(',', ' ,')), signature].join('.'),
    () => [header, payload, 'A'.repeat(86)].join('.'),
    () => [header, payload, `${signature}=`].join('.'),
    () => [header, payload, signature.slice(0, -2)].join('.'),
    () => [header, payload].join('.'),
    () => [header, payload, signature, signature].join('.'),
    () => `${header}.${payload}.`,
    () => spoilBytes(chance, Buffer.from(jws)).toString('latin1'),
    () => malleated(jws),
    () => jws.toUpperCase(),
    () => 'A.'.repeat(3_000),
  ])();
}

function spoilTarget(chance: Chance, target: string): string {
  const [path = '/', query] = target.split('?');
  const pieces = path.split('/');
  const piece = chance.oneOf(PATH_PIECES);
  const at = chance.between(1, Math.max(1, pieces.length - 1));
  return chance.oneOf([
    () => `${pieces.toSpliced(at, 1, piece).join('/')}${query === undefined ? '' : `?${query}`}`,
    () => `${pieces.toSpliced(at, 0, piece).join('/')}`,
    () => `${path}/`,
    () => `/${path}`,
    () => path.slice(0, chance.between(1, path.length)),
    () => `${path}?${chance.oneOf(QUERY_NAMES)}=${chance.oneOf([...NUMBERS, ...PATH_PIECES])}&${query ?? ''}`,
    () => `${path}?${Array.from({ length: 3 }, () => `${chance.oneOf(QUERY_NAMES)}=${chance.oneOf(NUMBERS)}`).join('&')}`,
    () => `${path}?${chance.oneOf(QUERY_NAMES)}=${chance.oneOf(RESERVED)}`,
    () => `${path}?${'a=1&'.repeat(2_000)}`,
    () => `http://evil.example${target}`,
    () => `http://[::1${target}`,
    () => target.replaceAll(/./gs, (c) => (chance.between(0, 3) === 0 ? `%${c.charCodeAt(0).toString(16).padStart(2, '0')}` : c)),
    () => chance.oneOf(['*', '//', '/?', '/#', '', 'example:443', '\\..\\', '/\t/', '/ /']),
  ])();
}

/** One thing about the request is changed. */
export function spoilRequest(chance: Chance, request: FuzzRequest): FuzzRequest {
  const { headers, body, target } = request;
  return chance.oneOf<() => FuzzRequest>([
    () => ({ ...request, method: chance.oneOf(METHODS) }),
    () => ({ ...request, target: spoilTarget(chance, target) }),
    () => ({ ...request, target: spoilTarget(chance, target) }),
    () => ({ ...request, target: spoilTarget(chance, target) }),
    () => ({ ...request, headers: [...headers, chance.oneOf(HEADERS)] }),
    () => ({ ...request, headers: [...headers, chance.oneOf(HEADERS)] }),
    () => ({ ...request, headers: [...headers.slice(0, -1), chance.oneOf(HEADERS)] }),
    () => ({ ...request, headers: headers.flatMap((header) => (chance.between(0, 2) === 0 ? [header, header] : [header])) }),
    () => ({ ...request, headers: headers.filter(() => chance.between(0, 2) > 0) }),
    () => ({
      ...request,
      headers: [...headers, ...Array.from({ length: chance.oneOf([50, 3_000]) }, (_, i): [string, string] => [`X-${i}`, '1'])],
    }),
    () => ({ ...request, framing: chance.oneOf(['chunked', 'both', 'wrong length', 'none']) }),
    () => ({ ...request, body: spoilBytes(chance, body ?? Buffer.from('{}')) }),
    () => ({ ...request, body: spoilBytes(chance, body ?? Buffer.from('{}')) }),
    () => ({ ...request, body: Buffer.from(hostileJson(chance)) }),
    () => ({ ...request, body: Buffer.alloc(chance.oneOf([130_000, 140_000]), 0x20) }),
  ])();
}

function framed(body: Buffer, framing: FuzzRequest['framing']): { headers: [string, string][]; bytes: Buffer } {
  const chunks = Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
  const length: [string, string] = ['Content-Length', `${body.length}`];
  const chunked: [string, string] = ['Transfer-Encoding', 'chunked'];
  switch (framing) {
    case 'length':
      return { headers: [length], bytes: body };
    case 'chunked':
      return { headers: [chunked], bytes: body.length === 0 ? Buffer.from('0\r\n\r\n') : chunks };
    case 'both':
      return { headers: [length, chunked], bytes: chunks };
    case 'wrong length':
      return { headers: [['Content-Length', `${Math.max(0, body.length + 7)}`]], bytes: body };
    case 'none':
      return { headers: [], bytes: body };
  }
}

/** What goes over the line. */
export function writeRequest({ method, target, headers, body, framing }: FuzzRequest): Buffer {
  const frame = body ? framed(body, framing) : { headers: [], bytes: Buffer.alloc(0) };
  const lines = [...headers, ...frame.headers].map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'), frame.bytes]);
}
