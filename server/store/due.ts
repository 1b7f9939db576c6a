// What waits in an outbox until a time: when that has come.
import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** ms. No wait of ours is that long: a time beyond it was set by a clock that was ahead, and would keep a message for as long as it was. */
const FAR = 2 * 86_400_000;

/** `column`: ms since 1970, of the time until which it waits. */
export const isDue = (column: string, now: number): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${sql.ref(column)} <= ${now} OR ${sql.ref(column)} > ${now + FAR})`;
