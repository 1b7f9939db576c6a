// Links to the published notices. Internal and processing policies are no notice and are never presented as one.
import type { SiteDetails } from '../../shared/site/details.ts';
import type { Widget } from '../core/widget.ts';
import { noticeKinds } from '../messages/en.ts';
import { element } from './element.ts';
import type { RecordedScreen } from './recorded-screen.ts';

export const noticeLinks = ({ boot }: Widget, { notices }: SiteDetails, screen: RecordedScreen): HTMLAnchorElement[] =>
  notices
    .filter(({ kind }) => Object.hasOwn(noticeKinds, kind))
    .map(({ kind, hash }) =>
      element(
        'a',
        { href: `${boot.service}/v1/notices/${hash}`, target: '_blank', rel: 'noopener' },
        screen.control(`notice-${kind}`, 'link', noticeKinds[kind] ?? kind),
      ),
    );
