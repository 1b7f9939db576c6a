// What the consent platforms of a tab's page say, asked of the page when a person looks.
import type { SignalsView } from '../messages.ts';
import { PLATFORM_RULES, platformOf } from '../signals/platforms.ts';
import { readSignals } from '../signals/read-signals.ts';
import { SIGNAL_NAMES, SIGNAL_RECIPES } from '../signals/recipes.ts';
import type { Platform } from './background.ts';

/** Milliseconds; a page that hangs does not answer at all. */
const PATIENCE = 8000;

export async function viewSignals(platform: Pick<Platform, 'tab' | 'askPage'>, id: number): Promise<SignalsView> {
  const tab = await platform.tab(id);
  if (!tab || !/^https?:/.test(tab.url ?? '')) return { state: 'no_page' };
  const recipes = SIGNAL_NAMES.map((name) => SIGNAL_RECIPES[name]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE);
  });
  const told = platform.askPage(id, { type: 'read_signals', recipes, platforms: [...PLATFORM_RULES] }).catch(() => null);
  const signals = readSignals(await Promise.race([told, late]), platformOf);
  clearTimeout(timer);
  return signals ? { state: 'read', signals } : { state: 'no_page' };
}
