// What the pieces for the platforms share: how they join the configuration in front of the first chunk, and what a signal says.
import type { WidgetBoot } from '../../shared/site/boot.ts';
import type { Allowed, Tell } from './signals.ts';

type Joined = WidgetBoot & { tell?: Tell[] };

/** `make` gets the configuration and gives what is told. */
export function join(make: (boot: WidgetBoot) => Tell): void {
  const boot = window.candourBoot as Joined;
  (boot.tell ??= []).push(make(boot));
}

/** Granted only if every purpose (and service) of those kinds may run, and there is one. */
export function stateOf(
  { purposes }: Pick<WidgetBoot, 'purposes'>,
  kinds: string,
  allowed: Allowed | null,
): 'granted' | 'denied' {
  const behind = purposes.filter(({ id, kind = id }) => kinds.includes(kind));
  return allowed && behind.length > 0 && behind.every(({ id }) => allowed(id)) ? 'granted' : 'denied';
}
