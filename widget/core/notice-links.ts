// Tells machines and extensions where the site's notice is. Internal and processing policies are never linked: they are no notice.
import type { WidgetBoot } from '../../shared/site/boot.ts';

export function addNoticeLinks(boot: WidgetBoot): void {
  const add = (path: string, type: string): void => {
    const link = document.createElement('link');
    link.rel = 'privacy-policy';
    if (type) link.type = type;
    link.href = `${boot.service}/v1/${path}`;
    // Routers that swap the body swap what they do not know of the head, or keep it.
    if (!document.querySelector(`link[href="${link.href}"]`)) document.head.append(link);
  };
  if (boot.notices.length > 0 && !document.querySelector('link[rel~=privacy-policy]:not([type="application/json"])'))
    add(`sites/${boot.site}/notice`, '');
  for (const kind of boot.notices) add(`sites/${boot.site}/notices/${kind}`, 'application/json');
}
