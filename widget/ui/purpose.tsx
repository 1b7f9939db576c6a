// One purpose: a switch where there is something to choose, an explanation where there is not, and what the notice says of it.
import type { PurposeDetails, SpokenDetails } from '../../shared/site/details.ts';
import { isSignalled } from '../core/choices.ts';
import type { WordId } from '../../shared/site/words.ts';
import type { Widget } from '../core/widget.ts';
import { otherLanguage } from '../core/fill.ts';
import type { RecordedScreen } from './recorded-screen.ts';

interface PurposeProps {
  widget: Widget;
  details: SpokenDetails;
  purpose: PurposeDetails;
  screen: RecordedScreen;
}

/** What stands beside the label: the mode, or why an earlier choice does not count any more. */
function noteOf({ widget, details: { words }, purpose }: PurposeProps): string | null {
  const state = widget.status()[purpose.id];
  if (purpose.mode === 'info_only') return words.locked;
  if (state === 'expired') return words.expired;
  if (state === 'superseded') return words.superseded;
  return purpose.mode === 'opt_out' && !(widget.gpc && isSignalled({ ...purpose, storage: [] })) ? words.optOut : null;
}

export function Purpose(props: PurposeProps) {
  const { widget, details, purpose, screen } = props;
  const { language, words } = details;
  // The site's own words: in their own language, and in a <bdi>, which keeps their direction.
  const theirs = otherLanguage(language, words.language) ? { lang: language } : {};
  // The service names lawful bases in English.
  const english = words.language === 'en' ? {} : { lang: 'en' };
  const either = (list: readonly unknown[]) => (list.length > 0 ? theirs : {});
  const { id, mode, notice } = purpose;
  const say = (part: string, text: string): string => screen.say(`${id}-${part}`, text);
  const note = noteOf(props);
  const href = `${widget.boot.service}/v1/notices/${notice.hash}#${notice.place}`;
  return (
    <li class="purpose">
      <div class="head">
        <h3>
          <label {...theirs} for={mode === 'info_only' ? undefined : `switch-${id}`}>
            {say('label', purpose.label)}
          </label>
        </h3>
        {note !== null && <span class="note">{say('note', note)}</span>}
        {mode !== 'info_only' && (
          <input
            type="checkbox"
            role="switch"
            id={`switch-${id}`}
            name={id}
            defaultChecked={widget.mayRun(id)}
            aria-describedby={`about-${id}`}
            data-name={screen.control(`switch-${id}`, 'switch', purpose.label)}
          />
        )}
      </div>
      <p id={`about-${id}`}>
        <bdi {...theirs}>{say('description', purpose.description)}</bdi> {mode === 'info_only' && say('locked', words.lockedWhy)}
      </p>
      <dl>
        <div>
          <dt>{say('basis-title', words.lawfulBasis)}</dt>
          <dd>
            <bdi {...english}>{say('basis', purpose.lawfulBasis)}</bdi>
          </dd>
        </div>
        <div>
          <dt>{say('retention-title', words.retention)}</dt>
          <dd>
            <bdi {...either(purpose.retention)}>{say('retention', purpose.retention.join(' ') || words.notStated)}</bdi>
          </dd>
        </div>
        <div>
          <dt>{say('recipients-title', words.recipients)}</dt>
          <dd>
            <bdi {...either(purpose.recipients)}>{say('recipients', purpose.recipients.join('; ') || words.nobody)}</bdi>
          </dd>
        </div>
        <div>
          <dt>{say('storage-title', words.storage)}</dt>
          <dd>
            {purpose.storage.length === 0 && say('storage', words.nothing)}
            {purpose.storage.map(({ name, kind, lifetime }, i) => (
              <span class="item" key={name}>
                {say(`storage-${i}`, `${name}: ${words[`kind.${kind}` as WordId] ?? kind}, ${lifetime}`)}
              </span>
            ))}
          </dd>
        </div>
      </dl>
      <a href={href} target="_blank" rel="noopener">
        {screen.control(`notice-of-${id}`, 'link', words.notice)}
        <span class="unseen">
          : <bdi {...theirs}>{purpose.label}</bdi>
        </span>
      </a>
    </li>
  );
}
