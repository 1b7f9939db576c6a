// When a page is looked at quickly: as soon as it stands there. The script that looks is brought into it, so that what runs in every page by
// itself need not hold it, and gives back what it saw, so that it need not ask the browser for its messaging. Nothing is kept here that
// matters: a worker that ended in between looks when the page is complete, and what a visit told already is not heard twice.
import * as v from 'valibot';

export interface GlancePlatform {
  /** What the script saw that looks, as soon as the page stands there. Rejects where there is no page for it. */
  glance(tab: number): Promise<unknown>;
  /** Of which visit the tab told last. */
  visitOf(tab: number): Promise<string | undefined>;
  heard(tab: number, seen: unknown): Promise<void>;
  /** The same visit still, perhaps at another address. */
  moved(tab: number): Promise<void>;
}

export interface Glances {
  /** The browser says how far a tab's page is, or that it has another address. */
  updated(tab: number, change: { status?: string | undefined; url?: string | undefined }): Promise<void>;
  /** The page may lead elsewhere now. */
  changed(tab: number): Promise<void>;
  closed(tab: number): void;
}

const OfVisit = v.object({ visit: v.string() });

export function createGlances({ glance, visitOf, heard, moved }: GlancePlatform): Glances {
  /** Whether the look that began last came to a page that had not told of itself. */
  const last = new Map<number, Promise<boolean>>();

  async function look(tab: number, again: boolean): Promise<boolean> {
    const seen = await glance(tab).catch(() => null);
    const read = v.safeParse(OfVisit, seen);
    if (!read.success) return false;
    const isNew = read.output.visit !== (await visitOf(tab));
    await (isNew || again ? heard(tab, seen) : moved(tab));
    return isNew;
  }
  const begin = (tab: number): Promise<boolean> => {
    const looking = look(tab, false);
    last.set(tab, looking);
    return looking;
  };

  return {
    async updated(tab, { status, url }) {
      if (status === 'loading' || (url !== undefined && status === undefined)) await begin(tab);
      // What was looked at may have been the page before.
      if (status === 'complete' && !(await last.get(tab))) await begin(tab);
    },
    changed: async (tab) => void (await look(tab, true)),
    closed: (tab) => void last.delete(tab),
  };
}
