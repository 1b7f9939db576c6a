// A request that the service answers to the data subject alone: signed with the key that signed their events.
import { toBase64Url } from '../../shared/bytes.ts';
import { REQUEST_TYP } from '../../shared/consent/jws-signing.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import type { SubjectKey } from './ledger.ts';
import { signedJws } from './signed-jws.ts';

/** A service that accepts and never answers is given up after so many ms. */
const LONGEST_MS = 20_000;

/** What the service said, or why it said nothing of use: a stable code. */
export type Said = { value: unknown } | { code: string };

interface SubjectAsk {
  method: 'GET' | 'DELETE';
  path: string;
  /** Seconds since 1970. */
  iat: number;
}

async function send(boot: WidgetBoot, key: SubjectKey, ask: SubjectAsk): Promise<{ status: number; value: unknown }> {
  const jti = toBase64Url(crypto.getRandomValues(new Uint8Array(16)));
  const jws = await signedJws(key, REQUEST_TYP, { aud: boot.log, ...ask, jti });
  const answer = await fetch(boot.service + ask.path, {
    method: ask.method,
    headers: { Authorization: `Subject ${jws}` },
    credentials: 'omit',
    signal: AbortSignal.timeout(LONGEST_MS),
  });
  return { status: answer.status, value: await answer.json() };
}

/** A clock that is wrong is set right by the service's own time, which a refusal carries. Never rejects. */
export async function askAsSubject(boot: WidgetBoot, key: SubjectKey, ask: Omit<SubjectAsk, 'iat'>): Promise<Said> {
  try {
    let said = await send(boot, key, { ...ask, iat: Math.floor(Date.now() / 1000) });
    const { time } = Object(said.value) as { time?: unknown };
    if (said.status === 401 && Number.isSafeInteger(time)) said = await send(boot, key, { ...ask, iat: time as number });
    if (said.status === 200) return { value: said.value };
    const { code } = Object(said.value) as { code?: unknown };
    return { code: typeof code === 'string' ? code : `HTTP_${said.status}` };
  } catch {
    return { code: 'SERVICE_UNREACHABLE' };
  }
}
