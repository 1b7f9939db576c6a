// Matching a notice's declared addresses against the page's, by the platform's URLPattern.
import type { MatchPathname } from '../shared/notice/applies.ts';

/** A pattern that is none matches nothing. */
export const matchPathname: MatchPathname = (pattern, url) => {
  try {
    return new URLPattern({ pathname: pattern }).test(url);
  } catch {
    return false;
  }
};
