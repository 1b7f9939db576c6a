// One widget a page, over the configuration that the service puts in front of the script.
import type { WidgetBoot } from '../../shared/site/boot.ts';
import type { Start } from './first.ts';
import { startWidget } from './start.ts';

/**
 * A page that embeds the tag twice asks once. A sandboxed page, which has no cookies, throws: there nothing can be remembered, and
 * what is held back stays so.
 */
export function startOnce(came?: Start): void {
  const boot = window.candourBoot as WidgetBoot | undefined;
  delete window.candourBoot;
  // Between this script and the next: Chromium parses again, whole, whatever is running while a cookie is read.
  if (boot && !window.candour) void Promise.resolve().then(() => (window.candour = startWidget(boot, came)));
}
