// The service's answer to a delivery, read member by member: what is not understood is no acknowledgement.
import type { EventsAnswer } from '../../shared/api.ts';

export interface EventAnswer {
  status: EventsAnswer['results'][number]['status'];
  code: string | null;
  /** The receipt is in it, not checked yet. */
  value: unknown;
}

export interface Delivered {
  /** One per event, in order. */
  results: EventAnswer[];
  missing: number[];
  need: string[];
  fork: boolean;
}

const STATUSES = ['accepted', 'duplicate', 'erased', 'rejected'];
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function readResult(value: unknown): EventAnswer {
  const { status, problem } = Object(value) as { status?: unknown; problem?: unknown };
  const { code } = Object(problem) as { code?: unknown };
  const known = STATUSES.includes(status as string) ? (status as EventAnswer['status']) : 'rejected';
  return { status: known, code: typeof code === 'string' ? code : null, value };
}

/** Null unless it is an answer to that many events. */
export function readAnswer(value: unknown, events: number): Delivered | null {
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
