// Finding a choice among many: by site, purpose, platform or state, without regard to case and accents.
import type { MineChoice, MineSite } from '../messages.ts';

const even = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** What the purposes hold now: the newest word on each, as choices come newest first. */
export function statesNow(choices: readonly MineChoice[]): MineChoice['states'] {
  const now = new Map<string, MineChoice['states'][number]>();
  for (const { from, id, states } of choices)
    for (const state of states) {
      // Two platforms may call two purposes alike.
      const key = from === 'candour' ? state.id : `${id} ${state.id}`;
      if (!now.has(key)) now.set(key, state);
    }
  return [...now.values()];
}

/** Every word of the query stands somewhere in the site's host, its platforms, purposes or states. `say` gives a state's word. */
export function found(sites: readonly MineSite[], query: string, say: (state: string) => string): MineSite[] {
  const wanted = even(query).split(/\s+/).filter(Boolean);
  return sites.filter(({ origin, choices }) => {
    const words = choices.flatMap(({ platform, states }) => [
      platform ?? '',
      ...states.flatMap(({ name, state }) => [name, say(state)]),
    ]);
    const text = even([origin, ...words].join('\n'));
    return wanted.every((word) => text.includes(word));
  });
}
