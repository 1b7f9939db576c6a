// What other scripts on the page are told. Whom to tell is not in the first chunk: the service puts a small piece (signals-*.ts) in
// front of it for each platform that the site configured.
import type { WidgetBoot } from '../../shared/site/boot.ts';
import type { First } from './first.ts';

export type Allowed = (purpose: string) => boolean;
/** Told once before anything else, with `null`: everything is denied; and then after each choice, and where one is remembered. */
export type Tell = (allowed: Allowed | null, first: First) => void;

/** What a platform's own code throws must not end a choice. */
export const tell = (first: First, allowed: Allowed | null): void =>
  (first.boot as WidgetBoot & { tell?: Tell[] }).tell?.forEach((one) => {
    try {
      one(allowed, first);
    } catch {
      // That platform is not told.
    }
  });

/** Global Privacy Control: true only if the browser says exactly so. */
export const globalPrivacyControl = (): boolean => navigator.globalPrivacyControl === true;

export type Clarity = ((...command: unknown[]) => void) & { q?: unknown[] };

declare global {
  interface Window {
    dataLayer?: unknown[];
    /** An array until Microsoft's tag is there, then the tag's own. */
    uetq?: { push(...command: unknown[]): unknown };
    clarity?: Clarity;
  }
  interface Navigator {
    globalPrivacyControl?: unknown;
  }
}
