// Asks the helper in the page's world to do what the person wants of the page, and believes nothing of the answer but how it went.
import type { Done } from '../messages.ts';
import type { Deed } from '../page-world/deeds.ts';
import { isObject, type AskPageWorld } from './page-world.ts';

const MOST = 1000;

const readDone = (given: unknown): Done | null =>
  isObject(given) && (given['state'] === 'done' || given['state'] === 'no_way' || given['state'] === 'failed')
    ? { state: given['state'] }
    : null;

export const doerOfPage =
  (ask: AskPageWorld) =>
  async (want: Deed): Promise<Done> =>
    (await ask({ want, recipes: [] }, MOST, readDone)) ?? { state: 'failed' };
