// Passkeys in the browser (WebAuthn 3 § 5.1): its own calls, in the JSON that the service speaks.
import { OperatorPasskey, PasskeyOptions, SignedIn } from '../../shared/operator.ts';
import { ask, posted, type Session } from './service.ts';

/** The person, or their device, did not answer. */
export class Cancelled extends Error {
  override name = 'Cancelled';
}

/** Older browsers lack the JSON forms; the key works there. */
export const canUsePasskeys = (): boolean =>
  typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

function shown(credential: Credential | null): unknown {
  if (!(credential instanceof PublicKeyCredential)) throw new Cancelled();
  return credential.toJSON();
}
const cancelled = (error: unknown): never => {
  throw error instanceof DOMException ? new Cancelled(error.name, { cause: error }) : error;
};

/** Rejects with Cancelled or ServiceFailure. */
export async function signInWithPasskey(): Promise<Session> {
  const { options } = await ask(PasskeyOptions, '/v1/admin/session/challenge', posted({}));
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as unknown as PublicKeyCredentialRequestOptionsJSON);
  const passkey = shown(await navigator.credentials.get({ publicKey }).catch(cancelled));
  return ask(SignedIn, '/v1/admin/session/passkey', posted({ passkey }));
}

/** Rejects with Cancelled or ServiceFailure. */
export async function makePasskey(): Promise<OperatorPasskey> {
  const { options } = await ask(PasskeyOptions, '/v1/admin/passkeys/challenge', posted({}));
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  const passkey = shown(await navigator.credentials.create({ publicKey }).catch(cancelled));
  return ask(OperatorPasskey, '/v1/admin/passkeys', posted({ passkey }));
}
