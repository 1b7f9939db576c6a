// Passkeys over HTTP: each of the operator's people looks after their own.
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Handler } from 'hono';

import { NewPasskey, type OperatorPasskey } from '../../shared/operator.ts';
import type { Operator } from '../credentials.ts';
import { audit, startedSession } from '../operator.ts';
import { openPasskeySession, registered, registrationOptions, signInOptions } from '../passkeys.ts';
import { ProblemError } from '../problem.ts';
import { readAs } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';
import type { Passkey } from '../store/passkeys.ts';

const MAX_PASSKEY = 16_384;
/** Enough for every device of a person. */
const MOST = 20;
const FRESH = { 'Cache-Control': 'no-store' };

const shownPasskey = ({ id, createdAt, usedAt }: Passkey): OperatorPasskey => ({
  id,
  createdAt: new Date(createdAt).toISOString(),
  usedAt: usedAt === null ? null : new Date(usedAt).toISOString(),
});

const hasKey = async ({ store }: ServiceContext, { actor }: Operator): Promise<boolean> =>
  (await store.credential('api_key', actor)) !== null;

async function withKey(service: ServiceContext, operator: Operator): Promise<Operator> {
  if (!(await hasKey(service, operator)))
    throw new ProblemError('BAD_REQUEST', 'A passkey belongs to a key: make a key and sign in with it first.');
  return operator;
}

export const passkeyChallenge =
  (service: ServiceContext): Handler =>
  async (c) =>
    c.json({ options: await signInOptions(service) }, 200, FRESH);

export const passkeySignIn =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { passkey } = await readAs(NewPasskey, c.req.raw, MAX_PASSKEY);
    const opened = await openPasskeySession(service, passkey as unknown as AuthenticationResponseJSON);
    if (!opened) throw new ProblemError('SIGN_IN', 'This passkey is unknown here, or its answer came too late.');
    const { name, role, site } = await startedSession(service, c, opened);
    return c.json({ name, role, site }, 200, FRESH);
  };

export const ownPasskeys =
  (service: ServiceContext): Handler =>
  async (c) => {
    const operator = c.get('operator');
    const passkeys = (await service.store.passkeys.ofKey(operator.actor)).map(shownPasskey);
    return c.json({ possible: await hasKey(service, operator), passkeys }, 200, FRESH);
  };

export const newPasskeyChallenge =
  (service: ServiceContext): Handler =>
  async (c) =>
    c.json({ options: await registrationOptions(service, await withKey(service, c.get('operator'))) }, 200, FRESH);

export const postPasskey =
  (service: ServiceContext): Handler =>
  async (c) => {
    const operator = await withKey(service, c.get('operator'));
    const { passkey } = await readAs(NewPasskey, c.req.raw, MAX_PASSKEY);
    if ((await service.store.passkeys.ofKey(operator.actor)).length >= MOST)
      throw new ProblemError('BAD_REQUEST', `A key has at most ${MOST} passkeys: remove one first.`);
    const made = await registered(service, operator, passkey as unknown as RegistrationResponseJSON);
    if (!made) throw new ProblemError('BAD_REQUEST', 'This is no answer to a challenge of ours, or it came too late. Try again.');
    await audit(service, operator, 'passkey.create', { object: operator.actor });
    if (!(await service.store.passkeys.add(made))) throw new ProblemError('BAD_REQUEST', 'This passkey is there already.');
    return c.json(shownPasskey(made), 201, FRESH);
  };

export const deletePasskey =
  (service: ServiceContext): Handler =>
  async (c) => {
    const operator = c.get('operator');
    const id = c.req.param('passkey') ?? '';
    if (!(await service.store.passkeys.ofKey(operator.actor)).some((one) => one.id === id)) throw new ProblemError('NOT_FOUND');
    await audit(service, operator, 'passkey.remove', { object: operator.actor });
    await service.store.passkeys.remove(operator.actor, id);
    return c.body(null, 204);
  };
