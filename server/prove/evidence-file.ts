// The evidence as a file: JSON, or a page to print that carries the same JSON.
import { canonicalJson } from '../../shared/canonical.ts';
import type { Evidence } from '../../shared/evidence/evidence.ts';

export const EVIDENCE_ELEMENT = 'candour-evidence';

/** Fit for a script element of the type application/json: nothing in it can end the element. */
export const embeddedJson = (evidence: Evidence): string => canonicalJson(evidence).replaceAll('<', '\\u003c');

const EMBEDDED = new RegExp(`<script type="application/json" id="${EVIDENCE_ELEMENT}">([^<]*)</script>`);

/** What a file holds: JSON or a page. `isPage`: it was a page. Throws SyntaxError where it holds neither. */
export function readEvidenceFile(text: string): { evidence: unknown; isPage: boolean } {
  const isPage = /^\s*<!doctype html>/i.test(text);
  const json = isPage ? EMBEDDED.exec(text)?.[1] : text;
  if (json === undefined) throw new SyntaxError('the page carries no evidence');
  return { evidence: JSON.parse(json) as unknown, isPage };
}
