// Tells machines and extensions where the site's notice is. Internal and processing policies are never linked: they are no notice.
import type { WidgetBoot } from '../../shared/site/boot.ts';

export const publishedNotices = (boot: WidgetBoot) =>
  boot.notices.filter(({ kind }) => kind === 'privacy_notice' || kind === 'cookie_policy');

function addLink(href: string, type: string | null): void {
  const link = document.createElement('link');
  link.rel = 'privacy-policy';
  link.href = href;
  if (type) link.type = type;
  document.head.append(link);
}

export function addNoticeLinks(boot: WidgetBoot): void {
  const notices = publishedNotices(boot);
  if (notices.length > 0 && !document.querySelector('link[rel~="privacy-policy"]:not([type="application/json"])'))
    addLink(`${boot.service}/v1/sites/${boot.site}/notice`, null);
  for (const { hash } of notices) addLink(`${boot.service}/v1/notices/${hash}`, 'application/json');
}
