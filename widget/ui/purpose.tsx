// One purpose: a switch where there is something to choose, an explanation where there is not, and what the notice says of it.
import type { PurposeDetails } from '../../shared/site/details.ts';
import { isSignalled } from '../core/choices.ts';
import type { Widget } from '../core/widget.ts';
import { centre } from '../messages/en-centre.ts';
import type { RecordedScreen } from './recorded-screen.ts';

interface PurposeProps {
  widget: Widget;
  purpose: PurposeDetails;
  screen: RecordedScreen;
}

/** What stands beside the label: the mode, or why an earlier choice does not count any more. */
function noteOf({ widget, purpose }: PurposeProps): string | null {
  const state = widget.status()[purpose.id];
  if (purpose.mode === 'info_only') return centre.locked;
  if (state === 'expired') return centre.expired;
  if (state === 'superseded') return centre.superseded;
  return purpose.mode === 'opt_out' && !(widget.gpc && isSignalled({ ...purpose, storage: [] })) ? centre.optOut : null;
}

export function Purpose(props: PurposeProps) {
  const { widget, purpose, screen } = props;
  const { id, mode, notice } = purpose;
  const say = (part: string, text: string): string => screen.say(`${id}-${part}`, text);
  const note = noteOf(props);
  const href = `${widget.boot.service}/v1/notices/${notice.hash}#${notice.place}`;
  return (
    <li class="purpose">
      <div class="head">
        <h3>
          <label for={mode === 'info_only' ? undefined : `switch-${id}`}>{say('label', purpose.label)}</label>
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
        {say('description', purpose.description)} {mode === 'info_only' && say('locked', centre.lockedWhy)}
      </p>
      <dl>
        <div>
          <dt>{say('basis-title', centre.lawfulBasis)}</dt>
          <dd>{say('basis', purpose.lawfulBasis)}</dd>
        </div>
        <div>
          <dt>{say('retention-title', centre.retention)}</dt>
          <dd>{say('retention', purpose.retention.join(' ') || centre.notStated)}</dd>
        </div>
        <div>
          <dt>{say('recipients-title', centre.recipients)}</dt>
          <dd>{say('recipients', purpose.recipients.join('; ') || centre.nobody)}</dd>
        </div>
        <div>
          <dt>{say('storage-title', centre.storage)}</dt>
          <dd>
            {purpose.storage.length === 0 && say('storage', centre.nothing)}
            {purpose.storage.map(({ name, kind, lifetime }, i) => (
              <span class="item" key={name}>
                {say(`storage-${i}`, `${name}: ${centre.kinds[kind] ?? kind}, ${lifetime}`)}
              </span>
            ))}
          </dd>
        </div>
      </dl>
      <a href={href} target="_blank" rel="noopener">
        {screen.control(`notice-of-${id}`, 'link', centre.notice)}
        <span class="unseen">: {purpose.label}</span>
      </a>
    </li>
  );
}
