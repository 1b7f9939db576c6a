// The site's configuration out of the script that the service answers with, read as a browser reads it.
import { runInNewContext } from 'node:vm';

import type { WidgetBoot } from '../../shared/site/boot.ts';

/** Throws where the script does not begin with a configuration. */
export function bootIn(script: string): WidgetBoot {
  const literal = /^self\.candourBoot=(.*);$/m.exec(script)?.[1];
  if (!literal) throw new Error(`no configuration in ${script.slice(0, 80)}`);
  // By way of its JSON, so that it is of this realm.
  return JSON.parse(runInNewContext(`JSON.stringify(${literal})`) as string) as WidgetBoot;
}
