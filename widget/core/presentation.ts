// What was on screen, bound to the configuration, the notices, the build and the defaults: the object whose hash the event carries.
import type { Presentation } from '../../shared/consent/presentation.ts';
import type { BannerDetails } from '../../shared/site/details.ts';
import { holds, isBinding, isSignalled, type BootPurpose, type Status } from './choices.ts';
import type { Screen, Widget } from './widget.ts';

type Default = Presentation['purposes'][number]['default'];

/** A state that holds, else how the switch stood: off, except for what runs without a choice. */
const defaultOf = (purpose: BootPurpose, status: Status | undefined, gpc: boolean, binding: boolean): Default => {
  const signalled = gpc && purpose.mode === 'opt_out' && isSignalled(purpose);
  if (holds(status) && !(signalled && binding && status === 'not_objected')) return status;
  return purpose.mode === 'info_only' || (purpose.mode === 'opt_out' && !signalled) ? 'on' : 'off';
};

/** `offered`: the purposes of the question. A question in a layer of ours also showed those that are only explained. */
export function presentationOf(
  { boot, gpc, status }: Pick<Widget, 'boot' | 'gpc' | 'status'>,
  { notices: published, purposes, record }: BannerDetails,
  { language, layout, words, controls }: Screen,
  offered: readonly string[],
): Presentation {
  const asks = (id: string): boolean => offered.includes(id);
  const pointedAt = purposes.filter(({ id }) => asks(id)).map(({ notice }) => notice.hash);
  const all = published.filter(({ kind }) => boot.notices.includes(kind)).map(({ hash }) => hash);
  const notices = pointedAt.length > 0 ? pointedAt : all;
  const showsAll = layout === 'preference-centre';
  const states = status();
  return {
    v: 1,
    configuration: record.configuration,
    notices: [...new Set(notices)].sort(),
    build: record.build,
    language,
    layout,
    jurisdiction: record.jurisdiction,
    purposes: boot.purposes
      .filter(({ id, mode }) => asks(id) || (showsAll && mode === 'info_only'))
      .map((purpose) => ({
        id: purpose.id,
        mode: purpose.mode ?? 'opt_in',
        default: defaultOf(purpose, states[purpose.id], gpc, isBinding(boot)),
      })),
    words,
    controls,
  };
}
