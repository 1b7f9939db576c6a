// Tells machines and extensions where the site's notice is. Internal and processing policies are never linked: they are no notice.
import type { WidgetBoot } from '../../shared/site/boot.ts';

/** Puts those links that are not in the head into it: again and again, as routers swap what they do not know of it. */
export function noticeLinks({ service, site, notices }: WidgetBoot): () => void {
  // The one for people names no type.
  const link = (path: string, more?: { type: string }): HTMLLinkElement =>
    Object.assign(document.createElement('link'), {
      rel: 'privacy-policy',
      href: `${service}/v1/sites/${site}/notice${path}`,
      ...more,
    });
  const links = notices.map((kind) => link(`s/${kind}`, { type: 'application/json' }));
  // One for people is enough: the page's own, if it has one.
  if (links[0] && !document.querySelector('link[rel~=privacy-policy]:not([type$=json])')) links.unshift(link(''));
  return () => links.forEach((one) => one.isConnected || document.head.append(one));
}
