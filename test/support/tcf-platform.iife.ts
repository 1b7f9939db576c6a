// A consent platform that speaks the Transparency and Consent Framework, of the framework's own parts: the stub, then its API. The page says
// in `platform` what it holds; a choice by its button holds `chosen`.
import { CmpApi } from '@iabtechlabtcf/cmpapi';
import stub from '@iabtechlabtcf/stub';

interface Platform {
  /** A TC string, or null where nobody has chosen. */
  held: string | null;
  chosen: string;
}

stub();
const { held, chosen } = (globalThis as unknown as { platform: Platform }).platform;
const api = new CmpApi(31, 2, true);
api.update(held ?? '', held === null);
addEventListener('click', (event) => {
  if ((event.target as Element).id === 'accept') api.update(chosen, false);
});
