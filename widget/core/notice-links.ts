// Tells machines and extensions where the site's notice is. Internal and processing policies are never linked: they are no notice.
import type { WidgetBoot } from '../../shared/site/boot.ts';

const publishedNotices = (boot: WidgetBoot) =>
  boot.notices.filter(({ kind }) => kind === 'privacy_notice' || kind === 'cookie_policy');

export function addNoticeLinks(boot: WidgetBoot): void {
  const add = (path: string, type: string): void => {
    const link = document.createElement('link');
    link.rel = 'privacy-policy';
    if (type) link.type = type;
    link.href = `${boot.service}/v1/${path}`;
    document.head.append(link);
  };
  const notices = publishedNotices(boot);
  if (notices.length > 0 && !document.querySelector('link[rel~=privacy-policy]:not([type="application/json"])'))
    add(`sites/${boot.site}/notice`, '');
  for (const { hash } of notices) add(`notices/${hash}`, 'application/json');
}
