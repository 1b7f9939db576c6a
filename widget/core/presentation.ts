// What was on screen, bound to the configuration, the notices, the build and the defaults: the object whose hash the event carries.
import type { Presentation } from '../../shared/consent/presentation.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import type { SiteDetails } from '../../shared/site/details.ts';
import { mayRun, type Status } from './choices.ts';
import { publishedNotices } from './notice-links.ts';
import type { Screen } from './widget.ts';

const isState = (status: Status | undefined): status is Exclude<Status, 'unknown' | 'expired' | 'superseded'> =>
  status !== undefined && !/^(unknown|expired|superseded)$/.test(status);

/** `offered`: the purposes of the question; a question about all of them also showed those that are only explained. */
export function presentationOf(
  boot: WidgetBoot,
  details: SiteDetails | null,
  language: string,
  screen: Screen,
  offered: readonly string[],
  status: Record<string, Status>,
  gpc: boolean,
): Presentation {
  const pointedAt = details?.purposes.filter(({ id }) => offered.includes(id)).map(({ notice }) => notice.hash);
  const notices = pointedAt?.length ? pointedAt : publishedNotices(boot).map(({ hash }) => hash);
  return {
    v: 1,
    configuration: boot.configuration,
    notices: [...new Set(notices)].sort(),
    build: boot.build,
    language,
    layout: screen.layout,
    jurisdiction: boot.jurisdiction,
    purposes: boot.purposes
      .filter(
        ({ id, mode }) => offered.includes(id) || (mode === 'info_only' && screen.layout !== 'placeholder' && offered.length > 0),
      )
      .map((purpose) => {
        const state = status[purpose.id];
        return {
          id: purpose.id,
          mode: purpose.mode,
          default: isState(state) ? state : mayRun(purpose, null, {}, gpc) ? 'on' : 'off',
        };
      }),
    words: screen.words,
    controls: screen.controls,
  };
}
