// The first chunk. The service puts the site's configuration in front of it; both are gone from the page's scope afterwards.
import type { WidgetBoot } from '../shared/site/boot.ts';
import { startWidget } from './core/start.ts';

const boot = window.candourBoot as WidgetBoot | undefined;
delete window.candourBoot;
// A page that embeds the tag twice asks once. A sandboxed page, which has no cookies, throws: there nothing can be remembered, and
// what is held back stays so.
if (boot && !window.candour) window.candour = startWidget(boot);
