// Who cosigns the heads of the logs, and what they cosigned.
import type { Kysely } from 'kysely';

import type { Site } from './store.ts';
import type { Tables } from './tables.ts';

export interface Witness {
  /** As in its key. */
  name: string;
  /** Where it offers its cosignatures. */
  url: string;
  /** C2SP verifier key, Ed25519 cosignature type. */
  key: string;
}

export interface WitnessStore {
  witnesses(): Promise<Witness[]>;
  /** Replaces the one of that name. */
  addWitness(witness: Witness, now: number): Promise<void>;
  /** False if there is none. What it cosigned stays. */
  removeWitness(name: string): Promise<boolean>;
  /** `line`: the note's signature line. Does nothing where that witness cosigned that head already. */
  addCosignature(site: Site, head: { epoch: number; size: number }, witness: string, line: string): Promise<void>;
  /** Signature lines of a head. */
  cosignatures(site: Site, epoch: number, size: number): Promise<string[]>;
  /** Of the log's own later keys, as a rotation left them. */
  successions(site: Site, epoch: number, size: number): Promise<string[]>;
  /** Size of the first cosigned head that holds the leaf. */
  firstWitnessed(site: Site, epoch: number, index: number): Promise<number | null>;
  newestWitnessed(site: Site, epoch: number): Promise<number | null>;
  /** Size of the newest head that this witness cosigned. */
  newestOf(site: Site, epoch: number, witness: string): Promise<number | null>;
}

/** Signature lines of the log's own later keys (log/succession.ts) are kept beside the cosignatures; no witness has a name with a space. */
const OWN = 'log key ';
export const ownLine = (keyNumber: number): string => `${OWN}${keyNumber}`;

export function witnessStore({ writer, reader }: { writer: Kysely<Tables>; reader: Kysely<Tables> }): WitnessStore {
  const lines = (site: Site, epoch: number) =>
    reader.selectFrom('cosignature').where('site_key', '=', site.key).where('epoch', '=', epoch);
  const cosigned = (site: Site, epoch: number) => lines(site, epoch).where('witness', 'not like', `${OWN}%`);
  return {
    async witnesses() {
      const rows = await reader.selectFrom('witness').selectAll().orderBy('name').execute();
      return rows.map(({ name, url, witness_key: key }) => ({ name, url, key }));
    },
    async addWitness({ name, url, key }, now) {
      await writer
        .insertInto('witness')
        .values({ name, url, witness_key: key, created_at: now })
        .onConflict((oc) => oc.column('name').doUpdateSet({ url, witness_key: key }))
        .execute();
    },
    async removeWitness(name) {
      const { numDeletedRows } = await writer.deleteFrom('witness').where('name', '=', name).executeTakeFirst();
      return numDeletedRows === 1n;
    },
    async addCosignature(site, { epoch, size }, witness, line) {
      await writer
        .insertInto('cosignature')
        .values({ site_key: site.key, epoch, size, witness, line })
        .onConflict((oc) => oc.doNothing())
        .execute();
    },
    async cosignatures(site, epoch, size) {
      const rows = await cosigned(site, epoch).select('line').where('size', '=', size).orderBy('witness').execute();
      return rows.map(({ line }) => line);
    },
    async successions(site, epoch, size) {
      const rows = await lines(site, epoch)
        .select('line')
        .where('size', '=', size)
        .where('witness', 'like', `${OWN}%`)
        .orderBy('witness')
        .execute();
      return rows.map(({ line }) => line);
    },
    async firstWitnessed(site, epoch, index) {
      const row = await cosigned(site, epoch)
        .select('size')
        .where('size', '>', index)
        .orderBy('size')
        .limit(1)
        .executeTakeFirst();
      return row?.size ?? null;
    },
    async newestWitnessed(site, epoch) {
      const row = await cosigned(site, epoch).select('size').orderBy('size', 'desc').limit(1).executeTakeFirst();
      return row?.size ?? null;
    },
    async newestOf(site, epoch, witness) {
      const row = await cosigned(site, epoch)
        .select('size')
        .where('witness', '=', witness)
        .orderBy('size', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.size ?? null;
    },
  };
}
