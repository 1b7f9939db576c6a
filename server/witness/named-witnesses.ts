// Naming the witnesses of this service: what the API and the command line share.
import * as v from 'valibot';

import { parseWitnessKey } from '../../shared/log/cosignature.ts';
import type { Site, Store } from '../store/store.ts';
import type { Witness } from '../store/witnesses.ts';
import { sha256 } from '../verifier.ts';
import { webhookUrl, WebhookUrlError } from '../webhooks/address.ts';

export const NewWitness = v.strictObject({
  /** Where it offers its cosignatures. */
  url: v.pipe(v.string(), v.maxLength(2000)),
  /** C2SP verifier key, Ed25519 cosignature type, as the witness prints it. */
  key: v.pipe(v.string(), v.maxLength(500)),
});
export const NamedWitness = v.object({ name: v.string(), url: v.string(), key: v.string() });
export const Witnesses = v.object({ witnesses: v.array(NamedWitness) });
/** Of one site: what each cosigned last. */
export const SiteWitnesses = v.object({
  witnesses: v.array(
    v.object({
      ...NamedWitness.entries,
      /** The newest head of the log's present epoch that it cosigned; null: none. */
      newest: v.nullable(v.object({ epoch: v.number(), size: v.number() })),
    }),
  ),
});
export type SiteWitnesses = v.InferOutput<typeof SiteWitnesses>;

/** What is wrong with a witness; its message is one line for people. */
export class WitnessInputError extends Error {
  override name = 'WitnessInputError';
}

/**
 * Checks what was given. `allowed`: hosts that may be private and need no TLS; null: any http(s) address, as whoever is on the
 * service's machine can reach them anyway. Throws WitnessInputError.
 */
export async function readWitness(
  { url, key }: v.InferOutput<typeof NewWitness>,
  allowed: readonly string[] | null,
): Promise<Witness> {
  try {
    const host = URL.parse(url)?.hostname.replace(/^\[|\]$/g, '') ?? '';
    const address = webhookUrl(url, allowed ?? [host]).href.replace(/\/$/, '');
    const { name } = await parseWitnessKey(key, sha256);
    return { name, url: address, key };
  } catch (error) {
    if (error instanceof WebhookUrlError) throw new WitnessInputError(error.message.replace('webhook', 'witness'));
    if (error instanceof SyntaxError) throw new WitnessInputError(`key: ${error.message}`);
    throw error;
  }
}

export async function siteWitnesses(store: Store, site: Site): Promise<SiteWitnesses> {
  const { epoch } = await store.head(site);
  const found = await store.witnesses.witnesses();
  return {
    witnesses: await Promise.all(
      found.map(async (witness) => {
        const size = await store.witnesses.newestOf(site, epoch, witness.name);
        return { ...witness, newest: size === null ? null : { epoch, size } };
      }),
    ),
  };
}
