// The languages of the extension's own pages besides English; each is loaded only where it is spoken.
import type { Words } from './en.ts';

type Load = () => Promise<Partial<Words>>;

export const LOCALES: Readonly<Record<string, Load>> = {
  de: async () => (await import('./de.ts')).de,
  fr: async () => (await import('./fr.ts')).fr,
};
