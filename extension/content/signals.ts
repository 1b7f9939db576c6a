// Reads what other consent platforms say, when somebody looks: which of them stand in the page, what they say in the page's world, what is
// stored. It brings no knowledge of its own: the background says what to look for.
import { CAPS } from '../caps.ts';
import type { PageSignalsRaw, ReadSignals, StoredNames } from '../messages.ts';
import type { AskPageWorld } from './page-world.ts';
import { all, attribute, one } from './dom.ts';

const stands = (document: Document, selector: string): boolean => {
  try {
    return one(document, selector) !== null;
  } catch {
    // A selector that this browser does not know.
    return false;
  }
};

// Google's tags queue under another name where their address says so.
function queueName(document: Document): string | null {
  for (const script of all(document, 'script[src*=".googletagmanager.com/"]')) {
    const name = /[?&]l=(\w{1,60})(?:&|$)/.exec(attribute(script, 'src') ?? '')?.[1];
    if (name) return name;
  }
  return null;
}

export function signalsOfPage(
  document: Document,
  ask: AskPageWorld,
  stored: () => Promise<StoredNames>,
): (message: ReadSignals) => Promise<PageSignalsRaw> {
  return async ({ recipes: asked, platforms }) => {
    const queue = queueName(document);
    const recipes = asked.map((recipe) => (queue && recipe.path[0] === 'dataLayer' ? { ...recipe, path: [queue] } : recipe));
    const gpc = (navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl;
    const readings = ask({ want: 'signals', recipes }, CAPS.readings, (given) => JSON.stringify(given));
    return {
      gpc: typeof gpc === 'boolean' ? gpc : null,
      platforms: platforms
        .filter(({ all }) => all.every((any) => any.some((selector) => stands(document, selector))))
        .map(({ id }) => id),
      stored: await stored(),
      readings: await readings,
    };
  };
}
