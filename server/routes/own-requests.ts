// Requests that are signed by the subject's key: no address is needed, the key is the identity (R65).
import type { Context, Handler } from 'hono';
import * as v from 'valibot';

import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import { OwnRequest } from '../../shared/rights/api.ts';
import { ProblemError } from '../problem.ts';
import { readBody } from '../request-body.ts';
import { accessPack } from '../rights/access-pack.ts';
import { accessPackZip, portabilityPackZip, type PackFile } from '../rights/pack-files.ts';
import { portabilityPack } from '../rights/portability-pack.ts';
import { addRequest, requestNamed, summaryOf } from '../rights/register.ts';
import { issueLine } from '../schema-issue.ts';
import type { ServiceContext } from '../service-context.ts';
import { readSubjectRequest } from '../subject-request.ts';
import { sha256 } from '../verifier.ts';

const MAX_REQUEST = 16 * 1024;
const FRESH = { 'Cache-Control': 'no-store' };

export const zipAnswer = (c: Context, { name, zip }: PackFile): Response =>
  c.body(new Uint8Array(zip).buffer, 200, {
    ...FRESH,
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="${name}"`,
  });

/** Throws ProblemError BAD_REQUEST. */
export function parseBody<S extends v.GenericSchema>(schema: S, body: string): v.InferOutput<S> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new ProblemError('BAD_REQUEST', 'the body is not JSON');
  }
  const read = v.safeParse(schema, json);
  if (read.success) return read.output;
  throw new ProblemError('BAD_REQUEST', issueLine(read.issues[0]));
}

export const postOwnRequest =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await service.sites.get(c.req.param('site') ?? '');
    const body = await readBody(c.req.raw, MAX_REQUEST);
    const { subject } = await readSubjectRequest(service, c, context, toBase64Url(sha256(utf8(body))));
    const id = await addRequest(service, context, { ...parseBody(OwnRequest, body), via: 'subject', subject });
    return c.json(await summaryOf(service, context, await requestNamed(service, context, id)), 201, FRESH);
  };

export const getOwnRequests =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await service.sites.get(c.req.param('site') ?? '');
    const { subject } = await readSubjectRequest(service, c, context);
    const own = await service.store.rights.list(context.site, { subject });
    const requests = await Promise.all(own.map((request) => summaryOf(service, context, request)));
    return c.json({ subject, requests }, 200, FRESH);
  };

/** What the key may have at once, without anybody's help. */
export const getOwnPack =
  (service: ServiceContext, pack: 'access' | 'portability'): Handler =>
  async (c) => {
    const context = await service.sites.get(c.req.param('site') ?? '');
    const { subject } = await readSubjectRequest(service, c, context);
    return zipAnswer(
      c,
      pack === 'access'
        ? accessPackZip(await accessPack(service, context, { subject, request: null }))
        : portabilityPackZip(await portabilityPack(service, context, subject)),
    );
  };
