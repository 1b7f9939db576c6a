// Whether PostgreSQL keeps what it acknowledges, in its own words.
import { sql, type Kysely } from 'kysely';

import { NotDurableError } from '../store.ts';
import type { Tables } from '../tables.ts';

interface Answer {
  version: string;
  fsync: string;
  synchronous_commit: string;
  full_page_writes: string;
  standbys: string;
  recovering: boolean;
  role: string;
  may_change: boolean;
}

export interface Durability {
  settings: Record<string, string>;
  /** A standby: it can be read only. */
  recovering: boolean;
}

/** Throws NotDurableError; not for a standby, which writes nothing. */
export async function readDurability(db: Kysely<Tables>): Promise<Durability> {
  const { rows } = await sql<Answer>`
    SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync,
      current_setting('synchronous_commit') AS synchronous_commit, current_setting('full_page_writes') AS full_page_writes,
      current_setting('synchronous_standby_names') AS standbys, pg_is_in_recovery() AS recovering, current_user AS role,
      has_table_privilege('leaf', 'UPDATE') OR has_table_privilege('leaf', 'DELETE') AS may_change`.execute(db);
  const [answer] = rows;
  if (!answer) throw new NotDurableError('PostgreSQL does not say how it keeps what it acknowledges');
  const { fsync, synchronous_commit, standbys, recovering } = answer;
  const said = `fsync=${fsync}, synchronous_commit=${synchronous_commit}`;
  const standbysForgotten = standbys !== '' && synchronous_commit === 'local';
  if (!recovering && (fsync !== 'on' || synchronous_commit === 'off' || standbysForgotten))
    throw new NotDurableError(
      `PostgreSQL would not keep what it acknowledges: ${said}${standbysForgotten ? `, synchronous_standby_names=${standbys}` : ''}; ` +
        'fsync must be on and synchronous_commit not off (nor local, where there are synchronous standbys)',
    );
  return {
    recovering,
    settings: {
      engine: 'postgres',
      version: answer.version,
      fsync,
      synchronous_commit,
      full_page_writes: answer.full_page_writes,
      synchronous_standby_names: standbys || 'none',
      role: `${answer.role} (${answer.may_change ? 'owner: only triggers keep it from changing the log' : 'may not change the log'})`,
    },
  };
}
