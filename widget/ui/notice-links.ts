// Links to the published notices. Internal and processing policies are no notice and are never presented as one.
import type { BannerDetails } from '../../shared/site/details.ts';
import type { Widget } from '../core/widget.ts';
import { element } from './element.ts';
import type { RecordedScreen } from './recorded-screen.ts';

export const noticeLinks = ({ boot }: Widget, { notices, words }: BannerDetails, screen: RecordedScreen): HTMLAnchorElement[] =>
  notices
    .filter(({ kind }) => Object.hasOwn(words, `notice.${kind}`))
    .map(({ kind, hash }) =>
      element(
        'a',
        { part: 'link', href: `${boot.service}/v1/notices/${hash}`, target: '_blank', rel: 'noopener' },
        screen.control(`notice-${kind}`, 'link', words[`notice.${kind}` as 'notice.cookie_policy']),
      ),
    );
