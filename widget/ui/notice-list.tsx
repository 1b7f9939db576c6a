// Links to the published notices. Internal and processing policies are no notice and are never presented as one.
import type { SiteDetails } from '../../shared/site/details.ts';
import type { Widget } from '../core/widget.ts';
import { noticeKinds } from '../messages/en.ts';
import type { RecordedScreen } from './recorded-screen.ts';

export function NoticeList({ widget, details, screen }: { widget: Widget; details: SiteDetails; screen: RecordedScreen }) {
  return (
    <p class="notices">
      {details.notices
        .filter(({ kind }) => Object.hasOwn(noticeKinds, kind))
        .map(({ kind, hash }) => (
          <a href={`${widget.boot.service}/v1/notices/${hash}`} target="_blank" rel="noopener" key={kind}>
            {screen.control(`notice-${kind}`, 'link', noticeKinds[kind] ?? kind)}
          </a>
        ))}
    </p>
  );
}
