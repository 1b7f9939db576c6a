// Signing in to the dashboard and out of it.
import type { Handler } from 'hono';
import * as v from 'valibot';

import { SignIn } from '../../shared/operator.ts';
import { endSession, operatorOf, startSession } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import { readJson } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';

const MAX_SIGN_IN = 1024;
const FRESH = { 'Cache-Control': 'no-store' };

export const signIn =
  (service: ServiceContext): Handler =>
  async (c) => {
    const read = v.safeParse(SignIn, await readJson(c.req.raw, MAX_SIGN_IN));
    if (!read.success) throw new ProblemError('BAD_REQUEST', 'send {"token": …}');
    const operator = await startSession(service, c, read.output.token);
    if (!operator) throw new ProblemError('SIGN_IN', 'This token is unknown, used or out of date.');
    return c.json({ name: operator.name, role: operator.role, site: operator.site }, 200, FRESH);
  };

export const whoAmI =
  (service: ServiceContext): Handler =>
  async (c) => {
    const operator = await operatorOf(service, c);
    if (!operator) throw new ProblemError('SIGN_IN');
    return c.json({ name: operator.name, role: operator.role, site: operator.site }, 200, FRESH);
  };

export const signOut =
  (service: ServiceContext): Handler =>
  async (c) => {
    await endSession(service, c);
    return c.body(null, 204);
  };
