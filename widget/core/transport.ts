// The one way events leave the browser. A string body is sent as text/plain, which needs no preflight and so may outlive the page.
import type { Presentation } from '../../shared/consent/presentation.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import { settingDomain } from '../../shared/site/cookie-reach.ts';
import type { LedgerEvent } from './ledger.ts';
import { isSafeLine } from './safe-line.ts';
import type { ContactValue } from './widget.ts';

/** Longest body that is sent with keepalive, in bytes: browsers refuse more than 64 KiB in flight over all pages' requests. */
const KEEPALIVE = 8192;

/** A service that accepts and never answers is given up after so many ms: what was sent waits, and goes again. */
const LONGEST_MS = 20_000;

/** The service's answer, not read yet, or why there is none: the problem's code, or SERVICE_UNREACHABLE. `response`: something answered. */
export type Answer = { value: unknown } | { reason: string; response?: Response | undefined };

/** An event, and what its marketing channels reach. */
export interface Sent {
  stored: LedgerEvent;
  contacts?: readonly ContactValue[] | undefined;
}

/** Sends events of one subject. `leaving`: the request outlives the page, if it is small enough. Never rejects. */
export async function postEvents(
  { service, site, cookieDomain }: WidgetBoot,
  sent: readonly Sent[],
  presentations: readonly Presentation[],
  leaving: boolean,
): Promise<Answer> {
  const contacts = (isSafeLine(service) ? sent : []).flatMap(({ stored, contacts: own = [] }) =>
    own.map((contact) => ({ event: stored.event.id, ...contact })),
  );
  const body = JSON.stringify({
    sentAt: new Date().toISOString(),
    events: sent.map(({ stored }) => stored.jws),
    presentations,
    ...(contacts.length > 0 && { contacts }),
  });
  let response: Response | undefined;
  try {
    response = await fetch(`${service}/v1/sites/${site}/events`, {
      method: 'POST',
      body,
      keepalive: leaving && body.length <= KEEPALIVE,
      // The service sets the mirror cookie once more, where it can.
      credentials: settingDomain(location.hostname, new URL(service).hostname, cookieDomain) ? 'include' : 'omit',
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    const value: unknown = await response.json();
    if (response.ok) return { value };
    const { code } = Object(value) as { code?: unknown };
    return { reason: typeof code === 'string' ? code : `HTTP_${response.status}`, response };
  } catch {
    return { reason: 'SERVICE_UNREACHABLE', response };
  }
}
