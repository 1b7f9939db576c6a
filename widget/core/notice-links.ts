// Tells machines and extensions where the site's notice is. Internal and processing policies are never linked: they are no notice.
import type { WidgetBoot } from '../../shared/site/boot.ts';

/** Adds what is not there: routers that swap the body swap what they do not know of the head, or keep it. */
export function addNoticeLinks({ service, site, notices }: WidgetBoot): void {
  for (const kind of notices)
    for (const [path, type] of [
      ['notice', ''],
      [`notices/${kind}`, 'application/json'],
    ] as const) {
      const link = document.createElement('link');
      link.rel = 'privacy-policy';
      link.type = type;
      link.href = `${service}/v1/sites/${site}/${path}`;
      // One link for people is enough: the page's own, if it has one.
      const there = type ? `[href="${link.href}"]` : '[rel~=privacy-policy]:not([type$=json])';
      if (!document.querySelector(`link${there}`)) document.head.append(link);
    }
}
