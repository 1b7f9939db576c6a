// Who is signed in, for every page: what they may do (server/permissions.ts decides, here as there), and what ends it.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import { allows } from '../permissions.ts';
import type { Session } from './service.ts';

export interface SignedInSession extends Session {
  /** Called when an answer says that the session is over. */
  signedOut: () => void;
}

export const SessionContext = createContext<SignedInSession>({
  name: '',
  role: 'ingest',
  site: null,
  signedOut: () => undefined,
});

export const useSession = (): SignedInSession => useContext(SessionContext);

/** `may('POST /v1/admin/keys')`. What may not be done is not offered; the service refuses it all the same. */
export function useMay(site?: string): (route: string) => boolean {
  const session = useSession();
  return (route) => allows(route, session, site);
}
