// What an error means for who asked: the one place where anything that was thrown becomes a problem.
import { LogKeyError } from './log/key.ts';
import { errorFields } from './observation.ts';
import { ProblemError } from './problem.ts';
import type { ServiceContext } from './service-context.ts';
import { isUnavailable } from './store/unavailable.ts';

/** s: what a browser's next attempt waits for at least. */
const RETRY_AFTER = '5';

/** What is no problem by itself is written to the log. */
export function problemOf({ logger }: Pick<ServiceContext, 'logger'>, error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  logger.error(errorFields(error), 'failed');
  // A key that was rotated under us is read again with the next request.
  return isUnavailable(error) || error instanceof LogKeyError
    ? new ProblemError('UNAVAILABLE', undefined, { 'Retry-After': RETRY_AFTER })
    : new ProblemError('INTERNAL');
}
