// The built dashboard as static files under /admin, with the strictest policy.
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

import type { Handler } from 'hono';

import { compress, compressedResponse, IMMUTABLE, type CompressedBody } from '../compression.ts';
import { ProblemError } from '../problem.ts';
import type { ServiceContext } from '../service-context.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.json': 'application/json',
};

/** One folder deep, plain names: nothing else is a file of the build. */
const FILE = /^(assets\/)?[\w-]+(\.[\w-]+)*\.(js|css|svg|woff2|png|json)$/;

export function dashboardFiles({ dashboardFolder }: ServiceContext): Handler {
  const assets = new Map<string, CompressedBody>();

  async function read(file: string): Promise<CompressedBody> {
    const known = assets.get(file);
    if (known) return known;
    const bytes = await readFile(join(dashboardFolder, file)).catch(() => {
      throw file === 'index.html'
        ? new ProblemError('UNAVAILABLE', 'The dashboard is not built here: npm run build')
        : new ProblemError('NOT_FOUND');
    });
    const body = await compress(bytes, TYPES[extname(file)] ?? 'application/octet-stream');
    if (file.startsWith('assets/')) assets.set(file, body);
    return body;
  }

  return async (c) => {
    const path = c.req.path.replace(/^\/admin\/?/, '');
    const file = FILE.test(path) ? path : 'index.html';
    const response = compressedResponse(c.req.raw, await read(file), file.startsWith('assets/') ? IMMUTABLE : 'no-cache');
    response.headers.delete('Access-Control-Allow-Origin');
    response.headers.set('Cross-Origin-Resource-Policy', 'same-origin');
    response.headers.set('Content-Security-Policy', POLICY);
    return response;
  };
}
