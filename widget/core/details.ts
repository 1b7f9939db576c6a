// Asks the service for all words of purposes, bases, retention and opt-ins, in the language of the page.
import type { WidgetBoot } from '../../shared/site/boot.ts';
import type { SpokenDetails } from '../../shared/site/details.ts';

/** All that the service has to know of a language such as pt-BR; empty: the page does not say. */
export const pageLanguage = (): string => document.documentElement.lang.replace(/[^a-z].*/i, '').toLowerCase();

/** ms. A service that accepts and never answers is given up. */
const PATIENCE = 8000;

/** Rejects while the service can't be reached. */
export async function readDetails({ service, site, version }: WidgetBoot): Promise<SpokenDetails> {
  const language = pageLanguage();
  const answer = await fetch(`${service}/w/${site}/details/${version}${language && `.${language}`}.json`, {
    credentials: 'omit',
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return (await answer.json()) as SpokenDetails;
}
