// What the scripts of one visit share in the extension's own world, which no script of the page sees: the first one runs in every page
// and makes it, the others come when the background wants something of the page.
import type { StoredNames } from '../messages.ts';

export interface Visit {
  /** Made at random, gone with the page. */
  id: string;
  /** That which the helper in the page's world listens for. */
  secret: string;
  stored: () => Promise<StoredNames>;
  /** The page's head is watched for links to notices. */
  watched?: boolean;
  /** The script that answers is there. */
  answers?: boolean;
}

const world = globalThis as { candourVisit?: Visit };

export const beginVisit = (visit: Visit): void => void (world.candourVisit = visit);
/** Undefined in a page that was there before the extension. */
export const visitHere = (): Visit | undefined => world.candourVisit;
