// What is written down of requests and failures: method, route, status and time. Never an address, a path, a query, the name of a
// browser, an id, or a value that somebody sent.
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';

import type { ServiceContext } from './service-context.ts';

/** `start`: as performance.now() gave it. */
export function answered(
  { logger, metrics }: Pick<ServiceContext, 'logger' | 'metrics'>,
  method: string,
  route: string,
  status: number,
  start: number,
): void {
  const ms = performance.now() - start;
  metrics.answered(method, route, status, ms / 1000);
  logger.debug({ method, route, status, ms: Math.round(ms) }, 'answered');
}

export const observed =
  (service: ServiceContext): MiddlewareHandler =>
  async (c, next) => {
    const start = performance.now();
    await next();
    const { method } = c.req;
    // The table's route that answered; what no route answers is one series however many paths are tried.
    const matched = routePath(c, -1);
    const route = matched === '*' || matched === '/*' ? 'none' : matched;
    answered(service, METHODS.includes(method) ? method : 'other', route, c.res.status, start);
  };
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Of an engine or of Node: its messages name tables, files and states. Class 22 of SQLSTATE is about data and quotes it. */
const SAFE_CODE = /^(?:SQLITE_\w+|E[A-Z]+|(?!22)[0-9A-Z]{5})$/;

/** Ours, written for people: files, logs and settings. */
const OURS = ['LogKeyError', 'KeyRotatedError', 'NotDurableError', 'DatabaseUnavailableError', 'DatabaseVersionError'];

/**
 * An error for the log: its kind, its code, where it came from. Its message only where it is an engine's, Node's or one of ours, as the messages
 * of parsers quote what they were given.
 */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as { code?: unknown };
  const safe = (typeof code === 'string' && SAFE_CODE.test(code)) || OURS.includes(error.name);
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  return {
    error: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(safe ? { message: error.message } : {}),
    at: frames.slice(0, 12).map((line) => line.trim()),
  };
}
