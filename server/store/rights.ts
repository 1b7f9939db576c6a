// What data subjects' rights need of the store, on both engines: each part has a file of its own.
import type { Engine } from './kysely-store.ts';
import { letterStore, type LetterStore } from './letters.ts';
import { requestConfirmationStore, type RequestConfirmationStore } from './request-confirmation.ts';
import { requestKeyStore, type RequestKeyStore } from './request-keys.ts';
import { requestStore, type RequestStore } from './requests.ts';
import { restrictionStore, type RestrictionStore } from './restrictions.ts';

export type RightsStore = RequestStore & RequestConfirmationStore & RequestKeyStore & LetterStore & RestrictionStore;

export const rightsStore = (engine: Pick<Engine, 'writer' | 'reader' | 'now'>): RightsStore => ({
  ...requestStore(engine),
  ...requestConfirmationStore(engine),
  ...requestKeyStore(engine),
  ...letterStore(engine),
  ...restrictionStore(engine),
});
