// The one way events leave the browser. A string body is sent as text/plain, which needs no preflight and so may outlive the page.
import type { EventsAnswer } from '../../shared/api.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';

/** What the server says of one event; the receipt in it is not checked yet. */
export type UncheckedResult = { status: EventsAnswer['results'][number]['status']; code: string | null; receipt: unknown };

export interface Delivery {
  /** One per event, in order. */
  results: UncheckedResult[];
  missing: number[];
  need: string[];
  fork: boolean;
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const STATUSES = ['accepted', 'duplicate', 'erased', 'rejected'];

function readResult(value: unknown): UncheckedResult {
  const { status, problem } = Object(value) as { status?: unknown; problem?: unknown };
  const { code } = Object(problem) as { code?: unknown };
  // An answer that we do not understand is no acknowledgement.
  const known = STATUSES.includes(status as string) ? (status as UncheckedResult['status']) : 'rejected';
  return { status: known, code: typeof code === 'string' ? code : null, receipt: value };
}

/** Null unless it is an answer to that many events. */
export function readAnswer(value: unknown, events: number): Delivery | null {
  const answer = Object(value) as Record<string, unknown>;
  const results = list(answer.results);
  if (results.length !== events) return null;
  return {
    results: results.map(readResult),
    missing: list(answer.missing).filter((seq): seq is number => Number.isSafeInteger(seq)),
    need: list(answer.need).filter((hash): hash is string => typeof hash === 'string'),
    fork: answer.fork === true,
  };
}

/** Longest body that is sent with keepalive, in bytes: browsers refuse more than 64 KiB in flight over all pages' requests. */
const KEEPALIVE = 8192;

/**
 * Sends events of one subject. `leaving`: outlives the page, if small enough. Resolves to a reason (the problem's code, or
 * SERVICE_UNREACHABLE) where there is no answer to take.
 */
export async function postEvents(
  { service, site }: WidgetBoot,
  events: readonly string[],
  presentations: readonly Presentation[],
  leaving: boolean,
): Promise<Delivery | string> {
  const body = JSON.stringify({
    sentAt: new Date().toISOString(),
    events,
    ...(presentations.length > 0 && { presentations }),
  });
  try {
    const answer = await fetch(`${service}/v1/sites/${site}/events`, {
      method: 'POST',
      body,
      keepalive: leaving && body.length <= KEEPALIVE,
      credentials: 'same-origin',
      referrerPolicy: 'origin',
    });
    const value: unknown = await answer.json();
    if (answer.ok) return readAnswer(value, events.length) ?? 'BAD_ANSWER';
    const { code } = Object(value) as { code?: unknown };
    return typeof code === 'string' ? code : `HTTP_${answer.status}`;
  } catch {
    return 'SERVICE_UNREACHABLE';
  }
}
