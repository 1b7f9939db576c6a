// Letters about the steps of requests, until each was sent or given up.
import { isDue } from './due.ts';
import type { Engine } from './kysely-store.ts';
import type { Site } from './store.ts';

/** A letter about a step of a request. */
export interface StoredLetter {
  id: string;
  /** Of the step. */
  number: number;
  /** Under the request's key. */
  sealed: Uint8Array;
  /** That failed. */
  attempts: number;
}

export interface LetterStore {
  /** Letters that are due, the oldest first, lent to the caller until `until`. `id`: of one request. */
  claimLetters(site: Site, what: { now: number; until: number; limit: number; id?: string }): Promise<StoredLetter[]>;
  /** It was sent, given up, or is due again then. Each end but a sent one counts as an attempt. */
  letterEnded(site: Site, letter: StoredLetter, end: { state: 'sent' | 'failed' | 'due'; dueAt: number }): Promise<void>;
  /** How many letters wait, or were given up. */
  letters(site: Site, state: 'due' | 'failed'): Promise<number>;
}

export function letterStore({ writer, reader }: Pick<Engine, 'writer' | 'reader'>): LetterStore {
  return {
    async claimLetters(site, { now, until, limit, id }) {
      let query = reader
        .selectFrom('letter')
        .select(['id', 'number'])
        .where('site_key', '=', site.key)
        .where('state', '=', 'due')
        .where(isDue('due_at', now))
        .orderBy('due_at')
        .limit(limit);
      if (id !== undefined) query = query.where('id', '=', id);
      const claimed: StoredLetter[] = [];
      for (const letter of await query.execute()) {
        // Of two processes that found the same, the first to get here has it.
        const row = await writer
          .updateTable('letter')
          .set({ due_at: until })
          .where('site_key', '=', site.key)
          .where('id', '=', letter.id)
          .where('number', '=', letter.number)
          .where('state', '=', 'due')
          .where(isDue('due_at', now))
          .returning(['id', 'number', 'sealed', 'attempts'])
          .executeTakeFirst();
        if (row) claimed.push(row);
      }
      return claimed;
    },
    async letterEnded(site, { id, number, attempts }, { state, dueAt }) {
      await writer
        .updateTable('letter')
        .set({ state, due_at: dueAt, attempts: state === 'sent' ? attempts : attempts + 1 })
        .where('site_key', '=', site.key)
        .where('id', '=', id)
        .where('number', '=', number)
        .execute();
    },
    async letters(site, state) {
      const { count } = await reader
        .selectFrom('letter')
        .where('site_key', '=', site.key)
        .where('state', '=', state)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  };
}
