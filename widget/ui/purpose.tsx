// One purpose: a switch where there is something to choose, an explanation where there is not, what the notice says of it, and the
// services that serve it.
import type { PurposeDetails, SpokenDetails } from '../../shared/site/details.ts';
import { isSignalled } from '../core/choices.ts';
import type { WordId } from '../../shared/site/words.ts';
import type { Widget } from '../core/widget.ts';
import { Facts, Items, theirLanguage, type Fact } from './centre-facts.tsx';
import { ServiceEntry } from './centre-service.tsx';
import { Switch } from './centre-switch.tsx';
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
  if (state === 'objected') return words.objected;
  if (state === 'expired') return words.expired;
  if (state === 'superseded') return words.superseded;
  if (purpose.mode !== 'opt_out') return null;
  return widget.gpc && !widget.mayRun(purpose.id) && isSignalled(purpose) ? words.offBySignal : words.optOut;
}

function factsOf({ lawfulBases, retention, recipients, storage }: PurposeDetails, { words }: SpokenDetails): Fact[] {
  const basis = (one: string): string => words[`basis.${one}` as WordId] ?? words.notStated;
  const fact = (part: string, name: string, said: readonly string[], apart: string, none: string): Fact => ({
    part,
    name,
    text: said.join(apart) || none,
    theirs: said.length > 0,
  });
  const bases = { part: 'basis', name: words.lawfulBasis, text: lawfulBases.map(basis).join('; '), theirs: false };
  return [
    bases,
    fact('retention', words.retention, retention, ' ', words.notStated),
    fact('recipients', words.recipients, recipients, '; ', words.nobody),
    ...(storage.length === 0 ? [fact('storage', words.storage, [], '', words.nothing)] : []),
  ];
}

/** Why it is as it is where there is no question of consent: how to object, or that it is not asked about. */
const explanation = ({ mode }: PurposeDetails, { words }: SpokenDetails): string | null =>
  mode === 'info_only' ? words.lockedWhy : mode === 'opt_out' ? words.optOutHow : null;

export function Purpose(props: PurposeProps) {
  const { widget, details, purpose, screen } = props;
  const { words } = details;
  const theirs = theirLanguage(details);
  const { id, label, mode, notice, services = [], storage } = purpose;
  const say = (part: string, text: string): string => screen.say(`${id}-${part}`, text);
  const note = noteOf(props);
  const why = explanation(purpose, details);
  const href = `${widget.boot.service}/v1/notices/${notice.hash}#${notice.place}`;
  return (
    <li class="purpose" data-mode={mode}>
      <div class="head">
        <h3>
          <label {...theirs} for={mode === 'info_only' ? undefined : `switch-${id}`}>
            {say('label', label)}
          </label>
        </h3>
        {note !== null && (
          <span class="note" id={`note-${id}`}>
            {say('note', note)}
          </span>
        )}
        {mode !== 'info_only' && <Switch {...{ widget, screen, id }} name={label} />}
      </div>
      <div id={`about-${id}`}>
        <p>
          <bdi {...theirs}>{say('description', purpose.description)}</bdi>
        </p>
        {why !== null && <p class="why">{say('why', why)}</p>}
      </div>
      <Facts {...{ details, screen, id }} facts={factsOf(purpose, details)} />
      {storage.length > 0 && <Items {...{ details, screen, id }} of={label} items={storage} />}
      <a href={href} target="_blank" rel="noopener">
        {screen.control(`notice-of-${id}`, 'link', words.notice)}
        <span class="unseen">
          : <bdi {...theirs}>{label}</bdi>
        </span>
      </a>
      {services.length > 0 && (
        <>
          <h4>{say('services', words.services)}</h4>
          <ul class="services">
            {services.map((service) => (
              <ServiceEntry key={service.id} {...{ widget, details, screen, purpose, service }} />
            ))}
          </ul>
        </>
      )}
    </li>
  );
}
