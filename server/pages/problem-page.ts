// A problem (RFC 9457) for people who came with a browser: what happened and what to do.
import type { Problem } from '../../shared/api.ts';
import { pageDocument } from './document.ts';
import { markup, shown } from './markup.ts';

const ADVICE: Record<'missing' | 'refused' | 'later', string> = {
  missing: 'Check the address. A notice that was published is kept for ever under its own address.',
  refused: 'Go back to where you came from and try again there.',
  later: 'Nothing that was acknowledged is lost. Try again in a moment.',
};

/** A whole HTML document, to be sent with the problem's status and PAGE_CSP (page-style.ts). */
export const problemPage = (problem: Problem): string =>
  pageDocument({
    title: `${problem.title} – Candour`,
    whose: 'Candour',
    kind: `Error ${problem.status}`,
    main: markup`<p class="eyebrow policy">Error ${problem.status}</p>
<h1>${problem.title}</h1>
${problem.detail && markup`<p>${shown(problem.detail)}</p>`}
<p>${ADVICE[problem.status === 404 ? 'missing' : problem.status >= 500 ? 'later' : 'refused']}</p>
<p class="note">Code <code>${problem.code}</code></p>`,
  });
