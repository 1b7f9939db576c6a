// Links to the published notices. Internal and processing policies are no notice and are never presented as one.
import type { SpokenDetails } from '../../shared/site/details.ts';
import type { WordId } from '../../shared/site/words.ts';
import type { Widget } from '../core/widget.ts';
import type { RecordedScreen } from './recorded-screen.ts';

export function NoticeList({ widget, details, screen }: { widget: Widget; details: SpokenDetails; screen: RecordedScreen }) {
  return (
    <p class="notices">
      {details.notices
        .filter(({ kind }) => Object.hasOwn(details.words, `notice.${kind}`))
        .map(({ kind, hash }) => (
          <a href={`${widget.boot.service}/v1/notices/${hash}`} target="_blank" rel="noopener" key={kind}>
            {screen.control(`notice-${kind}`, 'link', details.words[`notice.${kind}` as WordId])}
          </a>
        ))}
    </p>
  );
}
