// What stands in the site's storage without anybody having chosen: names, with whose they are where that is known.
import { knownByName } from '../../../shared/banner-lint/known-items.ts';
import type { StoredNames } from '../../../shared/signals/signals.ts';
import { plainText } from '../../plain-text.ts';
import { say } from '../../words/say.ts';

const PLACES = ['cookies', 'local', 'session', 'databases'] as const;

const Name = ({ name }: { name: string }) => {
  const known = knownByName(name);
  return (
    <li data-stored={name} dir="auto">
      <code>{plainText(name)}</code>
      {known && <span class="small muted"> {say('stored.known', { who: known.who, what: say(`what.${known.what}`) })}</span>}
    </li>
  );
};

const Place = ({ place, names }: { place: (typeof PLACES)[number]; names: readonly string[] | null }) => (
  <div class="fact" data-place={place}>
    <dt>
      {say(`stored.${place}`)} {names && <span class="count">{names.length}</span>}
    </dt>
    <dd>
      {names ? (
        <ul class="stored-names">
          {names.map((name) => (
            <Name key={name} name={name} />
          ))}
        </ul>
      ) : (
        say('stored.unreadable')
      )}
    </dd>
  </div>
);

export const Stored = ({ stored }: { stored: StoredNames }) => {
  const places = PLACES.filter((place) => stored[place] === null || stored[place].length > 0);
  const count = PLACES.reduce((total, place) => total + (stored[place]?.length ?? 0), 0);
  return (
    <details class="group stored" data-signal="stored" data-touched={stored.touched}>
      <summary>
        {say('stored')} <span class="count">{count}</span>
      </summary>
      <p class="small muted">
        {say(stored.touched ? 'stored.touched' : 'stored.untouched')} {say('stored.mind')}
      </p>
      {places.length === 0 ? (
        <p class="small">{say('stored.nothing')}</p>
      ) : (
        <dl>
          {places.map((place) => (
            <Place key={place} place={place} names={stored[place]} />
          ))}
        </dl>
      )}
    </details>
  );
};
