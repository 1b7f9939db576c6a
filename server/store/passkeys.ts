// Passkeys of the people who sign in to the dashboard (WebAuthn, https://www.w3.org/TR/webauthn-3/). Each belongs to an API key.
import type { Kysely, Selectable } from 'kysely';

import { blob } from './rows.ts';
import type { Tables } from './tables.ts';

export interface Passkey {
  /** The credential id, base64url. */
  id: string;
  /** Of the API key whose holder made it. */
  keyId: string;
  /** COSE. */
  publicKey: Uint8Array;
  /** What the authenticator counted when it was last used; 0 where it does not count. */
  counter: number;
  /** How browsers reach it: "internal", "hybrid". */
  transports: string[];
  /** ms since 1970. */
  createdAt: number;
  usedAt: number | null;
}

export interface PasskeyStore {
  /** False where that id is there already. */
  add(passkey: Passkey): Promise<boolean>;
  find(id: string): Promise<Passkey | null>;
  /** Oldest first. */
  ofKey(keyId: string): Promise<Passkey[]>;
  used(id: string, counter: number, at: number): Promise<void>;
  /** False if the key has none of that id. */
  remove(keyId: string, id: string): Promise<boolean>;
  removeAll(keyId: string): Promise<void>;
  /** To be answered until then, in ms, by a passkey of the key; null: by any. Forgets those that were never answered. */
  challenge(challenge: string, keyId: string | null, now: number, until: number): Promise<void>;
  /** Used up; null for one that is unknown, used or too old. */
  takeChallenge(challenge: string, now: number): Promise<{ keyId: string | null } | null>;
}

const passkeyOf = (row: Selectable<Tables['passkey']>): Passkey => ({
  id: row.id,
  keyId: row.key_id,
  publicKey: new Uint8Array(row.public_key),
  counter: row.counter,
  transports: row.transports === '' ? [] : row.transports.split(' '),
  createdAt: row.created_at,
  usedAt: row.used_at,
});

export function passkeyStore({ writer, reader }: { writer: Kysely<Tables>; reader: Kysely<Tables> }): PasskeyStore {
  return {
    async add({ id, keyId, publicKey, counter, transports, createdAt, usedAt }) {
      const { numInsertedOrUpdatedRows } = await writer
        .insertInto('passkey')
        .values({
          ...{ id, counter, key_id: keyId, public_key: blob(publicKey), transports: transports.join(' ') },
          ...{ created_at: createdAt, used_at: usedAt },
        })
        .onConflict((oc) => oc.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async find(id) {
      const row = await reader.selectFrom('passkey').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? passkeyOf(row) : null;
    },
    async ofKey(keyId) {
      const rows = await reader.selectFrom('passkey').selectAll().where('key_id', '=', keyId).orderBy('created_at').execute();
      return rows.map(passkeyOf);
    },
    async used(id, counter, at) {
      await writer.updateTable('passkey').set({ counter, used_at: at }).where('id', '=', id).execute();
    },
    async remove(keyId, id) {
      const { numDeletedRows } = await writer
        .deleteFrom('passkey')
        .where('id', '=', id)
        .where('key_id', '=', keyId)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
    async removeAll(keyId) {
      await writer.deleteFrom('passkey').where('key_id', '=', keyId).execute();
    },
    async challenge(challenge, keyId, now, until) {
      await writer.deleteFrom('passkey_challenge').where('until', '<', now).execute();
      await writer.insertInto('passkey_challenge').values({ challenge, key_id: keyId, until }).execute();
    },
    async takeChallenge(challenge, now) {
      const row = await writer
        .deleteFrom('passkey_challenge')
        .where('challenge', '=', challenge)
        .returning(['key_id', 'until'])
        .executeTakeFirst();
      return row && row.until >= now ? { keyId: row.key_id } : null;
    },
  };
}
