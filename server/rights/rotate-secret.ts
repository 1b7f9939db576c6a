// A new CANDOUR_SECRET: what the one before sealed is sealed anew. The key that addresses are found by stays, sealed under the new
// secret, because nobody has the addresses of old suppressions any more to hash them again.
import { contactPlace } from '../marketing/contacts.ts';
import type { StoredContact } from '../store/contacts.ts';
import type { Site, Store } from '../store/store.ts';
import { secretSeal } from '../webhooks/secret.ts';
import { secretPlace } from '../webhooks/worker.ts';
import { contactVault, lookupKeyOf, openLookupKey, OTHER_SECRET, SecretError, sealLookupKey } from './contact-vault.ts';
import { placeOf } from './register.ts';

export interface Secrets {
  secret: string | null;
  /** CANDOUR_SECRET_PREVIOUS. */
  previousSecret?: string | null;
}

const ADDRESSES = 'addresses';

/** Undefined: there is no secret, or nothing was kept and the secret's own is the one. Throws SecretError. */
export async function keptLookupKey(
  store: Pick<Store, 'rights'>,
  { secret, previousSecret = null }: Secrets,
): Promise<Uint8Array | undefined> {
  const sealed = secret === null ? null : await store.rights.keptKey(ADDRESSES);
  if (secret === null || sealed === null) return undefined;
  for (const one of [secret, ...(previousSecret === null ? [] : [previousSecret])])
    try {
      return openLookupKey(one, sealed);
    } catch {
      // Sealed under another one.
    }
  throw new SecretError(OTHER_SECRET);
}

/**
 * The same for a service that starts, and kept from then on: started with another secret later, it says so, where it would look for
 * every no with a key that finds none. Throws SecretError.
 */
export async function keepLookupKey(store: Pick<Store, 'rights'>, secrets: Secrets): Promise<Uint8Array | undefined> {
  const kept = await keptLookupKey(store, secrets);
  const { secret, previousSecret = null } = secrets;
  // While a secret is being changed, the change keeps it.
  if (kept || secret === null || previousSecret !== null) return kept;
  await store.rights.keepKey(ADDRESSES, sealLookupKey(secret, lookupKeyOf(secret)));
  return keptLookupKey(store, secrets);
}

export interface SecretRotation {
  /** How many were sealed anew; what was under the new secret already is not counted. */
  requests: number;
  webhooks: number;
  contacts: number;
}

/** Can be run again where it was interrupted, and while services run that know both secrets. Throws SecretError. */
export async function rotateSecret(store: Store, secret: string, previous: string): Promise<SecretRotation> {
  const kept = await keptLookupKey(store, { secret, previousSecret: previous });
  // First, so that no service that knows the new secret alone ever looks for addresses with another key.
  await store.rights.keepKey(ADDRESSES, sealLookupKey(secret, kept ?? lookupKeyOf(previous)));
  const vault = contactVault(secret, { previous });
  const seal = secretSeal(secret, previous);
  const done: SecretRotation = { requests: 0, webhooks: 0, contacts: 0 };
  for (const site of await store.sites()) {
    for (const { id, wrapped } of await store.rights.requestKeys(site)) {
      const again = unsealed(() => vault.rewrap(wrapped, placeOf(site, id)));
      if (again && (await store.rights.rewrap(site, id, wrapped, again))) done.requests++;
    }
    for await (const { id, wrapped } of contactsOf(store, site)) {
      const again = unsealed(() => vault.rewrap(wrapped, contactPlace(site, id)));
      if (again && (await store.contacts.rewrap(site, id, wrapped, again))) done.contacts++;
    }
    for (const { id, secret: sealed } of await store.webhooks.endpoints(site)) {
      const again = unsealed(() => seal.reseal(sealed, secretPlace(site, id)));
      if (!again) continue;
      await store.webhooks.resealEndpoint(site, id, again);
      done.webhooks++;
    }
  }
  return done;
}

const PAGE = 1000;

async function* contactsOf(store: Store, site: Site): AsyncGenerator<StoredContact> {
  for (let after = ''; ;) {
    const page = await store.contacts.after(site, after, PAGE);
    yield* page;
    after = page.at(-1)?.id ?? '';
    if (page.length < PAGE) return;
  }
}

function unsealed<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new SecretError(
      'something is sealed under neither CANDOUR_SECRET nor CANDOUR_SECRET_PREVIOUS; it takes the one before',
      {
        cause,
      },
    );
  }
}
