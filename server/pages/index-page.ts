// What `/` of the service shows: what this is, and nothing private.
export interface IndexPageInput {
  /** Of the service. */
  version: string;
  /** Pages that exist here, in order. */
  links: { href: string; label: string; note: string }[];
}

/** A whole HTML document. Serve it with PAGE_CSP (page-style.ts). */
export function indexPage(input: IndexPageInput): string {
  return `<!doctype html><title>${input.version}</title>`;
}
