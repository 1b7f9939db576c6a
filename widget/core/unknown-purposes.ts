// Says in the console which purposes an element names that the site does not have: it would wait for ever, and nobody would know why.
import type { WidgetBoot } from '../../shared/site/boot.ts';

/** Looks when the page has loaded; each name is told of once. */
export function warnOfUnknownPurposes({ purposes }: Pick<WidgetBoot, 'purposes'>): void {
  const known = purposes.map(({ id }) => id);
  const look = (): void => {
    const named = [...document.querySelectorAll<HTMLElement>('[data-purpose]')].flatMap(
      ({ dataset }) => dataset.purpose?.split(/\s+/) ?? [],
    );
    for (const name of new Set(named))
      if (name && !known.includes(name))
        console.warn(`Candour: data-purpose="${name}" is none of this site’s: ${known.join(', ')}`);
  };
  if (document.readyState === 'complete') look();
  else addEventListener('load', look, { once: true });
}
