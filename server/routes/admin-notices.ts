// Publishing notices as versions that never change; checking and comparing them before.
import type { Context, Handler } from 'hono';
import * as v from 'valibot';

import { hashOf } from '../../shared/canonical.ts';
import { noticeChanges } from '../../shared/notice/diff.ts';
import { lintNotice } from '../../shared/notice/lint.ts';
import { PrivacyNotice } from '../../shared/notice/schema.ts';
import { audit } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import { readJson } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';
import { planNotice } from '../site-change.ts';
import { parseInput } from '../sites.ts';
import { sha256 } from '../verifier.ts';
import { heldTogether, MAX_DOCUMENTS, noticeVersion } from './admin-sites.ts';

const FRESH = { 'Cache-Control': 'no-store' };

export const adminNotices =
  ({ sites }: ServiceContext): Handler =>
  async (c) => {
    const { published } = await sites.get(c.req.param('site') ?? '');
    return c.json({ notices: published.map(noticeVersion) }, 200, FRESH);
  };

export const postNotice =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await service.sites.get(c.req.param('site') ?? '');
    const input = await readJson(c.req.raw, MAX_DOCUMENTS);
    const planned = await heldTogether(planNotice(service.store, context, input, service.now()));
    const { notice, hash, findings, previous, changes, asksAgain } = planned;
    await audit(service, c.get('operator'), 'notice.publish', { site: context.site, object: hash });
    await planned.publish();
    return c.json({ kind: notice.kind, hash, findings, previous, changes, asksAgain }, 201, FRESH);
  };

/** What publishing it would answer; publishes nothing. */
export const planPublication =
  ({ sites, store, now }: ServiceContext): Handler =>
  async (c) => {
    const context = await sites.get(c.req.param('site') ?? '');
    const input = await readJson(c.req.raw, MAX_DOCUMENTS);
    const { notice, hash, findings, previous, changes, asksAgain } = await heldTogether(planNotice(store, context, input, now()));
    return c.json({ kind: notice.kind, hash, findings, previous, changes, asksAgain }, 200, FRESH);
  };

/** Lint and hash; publishes nothing. */
export const checkNotice: Handler = async (c) => {
  const input = await readJson(c.req.raw, MAX_DOCUMENTS);
  const notice = await heldTogether(Promise.resolve().then(() => parseInput(PrivacyNotice, input, 'notice')));
  return c.json({ kind: notice.kind, hash: await hashOf(notice, sha256), findings: lintNotice(notice) }, 200, FRESH);
};

const hashIn = (c: Context, name: string): string | undefined => {
  const value = c.req.query(name);
  if (value !== undefined && !v.is(v.pipe(v.string(), v.regex(/^[\w-]{43}$/)), value))
    throw new ProblemError('BAD_REQUEST', `${name} takes the hash of a notice`);
  return value;
};

/** `?from=&to=` hashes of the site's versions; without `from`: the version of that kind before it. */
export const noticeDiff =
  ({ sites }: ServiceContext): Handler =>
  async (c) => {
    const { published } = await sites.get(c.req.param('site') ?? '');
    const [from, to] = [hashIn(c, 'from'), hashIn(c, 'to')];
    const after = published.find(({ hash }) => hash === to);
    if (!after) throw new ProblemError('NOT_FOUND', 'to: the site has published no such notice');
    const earlier = published.filter(({ notice, publishedAt, hash }) => {
      return notice.kind === after.notice.kind && hash !== after.hash && publishedAt <= after.publishedAt;
    });
    const before = from === undefined ? earlier[0] : published.find(({ hash }) => hash === from);
    if (from !== undefined && !before) throw new ProblemError('NOT_FOUND', 'from: the site has published no such notice');
    const changes = before ? noticeChanges(before.notice, after.notice) : [];
    return c.json({ from: before?.hash ?? null, to: after.hash, changes }, 200, FRESH);
  };
