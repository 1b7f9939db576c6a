// Links to the published notices. Internal and processing policies are no notice and are never presented as one.
import type { SpokenDetails } from '../../shared/site/details.ts';
import type { WordId } from '../../shared/site/words.ts';
import type { Widget } from '../core/widget.ts';
import { element } from './element.ts';
import type { RecordedScreen } from './recorded-screen.ts';

export const noticeLinks = ({ boot }: Widget, { notices, words }: SpokenDetails, screen: RecordedScreen): HTMLAnchorElement[] =>
  notices
    .filter(({ kind }) => Object.hasOwn(words, `notice.${kind}`))
    .map(({ kind, hash }) =>
      element(
        'a',
        { href: `${boot.service}/v1/notices/${hash}`, target: '_blank', rel: 'noopener' },
        screen.control(`notice-${kind}`, 'link', words[`notice.${kind}` as WordId]),
      ),
    );
