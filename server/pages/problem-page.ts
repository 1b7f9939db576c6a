// A problem (RFC 9457) for people who came with a browser: what happened and what to do.
import type { Problem } from '../../shared/api.ts';

/** A whole HTML document, to be sent with the problem's status and PAGE_CSP (page-style.ts). */
export function problemPage(problem: Problem): string {
  return `<!doctype html><title>${problem.status}</title>`;
}
