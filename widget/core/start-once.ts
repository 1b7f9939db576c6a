// One widget a page, over the configuration that the service puts in front of the script.
import type { WidgetBoot } from '../../shared/site/boot.ts';
import type { Start } from './first.ts';
import { jar } from './cookies.ts';
import { startWidget } from './start.ts';

/**
 * A page that embeds the tag twice asks once. A sandboxed page, which has no cookies, throws: there nothing can be remembered, and
 * what is held back stays so.
 */
export function startOnce(came: Start = {}): void {
  const boot = self.candourBoot as WidgetBoot | undefined;
  delete self.candourBoot;
  // Between this script and the next, and before anything of ours begins: Chromium parses again, whole, what runs while a cookie is read.
  if (boot && !self.candour)
    void Promise.resolve()
      .then(jar)
      .then((cookies) => (self.candour = startWidget(boot, cookies, came)));
}
