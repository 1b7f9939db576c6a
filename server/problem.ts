// RFC 9457 problems: one error type, turned into a response in one place (app.ts).
import { PROBLEMS, type Problem, type ProblemCode } from '../shared/api.ts';

/** s: what a browser's next attempt waits for at least. */
const RETRY_AFTER = '5';

export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  readonly headers: Record<string, string>;

  /** `detail` is shown to whoever asked: never put what they sent, nor anything personal, into it. */
  constructor(code: ProblemCode, detail?: string, headers: Record<string, string> = {}) {
    super(detail ?? PROBLEMS[code].title);
    this.code = code;
    this.detail = detail;
    // Whatever it is that is not there now: a client that is told 503 is told when to come back.
    this.headers = code === 'UNAVAILABLE' ? { 'Retry-After': RETRY_AFTER, ...headers } : headers;
  }
}

export function problem(code: ProblemCode, detail?: string): Problem {
  const { status, title } = PROBLEMS[code];
  return { type: 'about:blank', title, status, code, ...(detail === undefined ? {} : { detail }) };
}

export const problemResponse = (error: ProblemError, extra: Record<string, unknown> = {}): Response =>
  new Response(JSON.stringify({ ...problem(error.code, error.detail), ...extra }), {
    status: PROBLEMS[error.code].status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...error.headers },
  });
