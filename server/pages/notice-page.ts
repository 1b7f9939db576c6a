// A notice as a page for people.
import type { PrivacyNotice } from '../../shared/notice/schema.ts';

export interface NoticePageInput {
  notice: PrivacyNotice;
  /** SHA-256 of its canonical JSON, 43 base64url characters. */
  hash: string;
  siteName: string;
  /** Without a trailing slash. */
  serviceUrl: string;
  /** Where the same version is answered as JSON. */
  jsonUrl: string;
  /** All versions of this kind that the site published, newest first. */
  versions?: { hash: string; version: string | null; date: string | null }[];
}

/** A whole HTML document. Serve it with PAGE_CSP (page-style.ts). */
export function noticePage(input: NoticePageInput): string {
  return `<!doctype html><title>${input.hash}</title>`;
}
