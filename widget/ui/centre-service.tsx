// A service that serves a purpose: who provides it, what it keeps, and its own switch.
import type { PurposeDetails, ServiceDetails, SpokenDetails } from '../../shared/site/details.ts';
import { pieces } from '../core/fill.ts';
import type { Widget } from '../core/widget.ts';
import { Facts, Items, theirLanguage, type Fact } from './centre-facts.tsx';
import { Switch } from './centre-switch.tsx';
import type { RecordedScreen } from './recorded-screen.ts';

interface ServiceProps {
  widget: Widget;
  details: SpokenDetails;
  screen: RecordedScreen;
  purpose: PurposeDetails;
  service: ServiceDetails;
}

/** A country's name, or its code where the browser knows no name in that language. */
const countryName = (code: string, language: string): string =>
  new Intl.DisplayNames([language, 'en'], { type: 'region' }).of(code) ?? code;

function factsOf({ provider, country, retention }: ServiceDetails, { words }: SpokenDetails): Fact[] {
  const facts: Fact[] = [{ part: 'provider', name: words.provider, text: provider, theirs: true }];
  if (retention !== undefined) facts.push({ part: 'retention', name: words.retention, text: retention, theirs: true });
  if (country !== undefined)
    facts.push({ part: 'country', name: words.country, text: countryName(country, words.language), theirs: false });
  return facts;
}

export function ServiceEntry({ widget, details, screen, purpose, service }: ServiceProps) {
  const { id, name, provider, description, privacy, storage } = service;
  const { words } = details;
  const theirs = theirLanguage(details);
  const link = (): ReturnType<typeof pieces> => {
    const parts = pieces(words.privacyOf, { provider });
    screen.control(`privacy-of-${id}`, 'link', parts.join(''));
    return parts;
  };
  return (
    <li class="service">
      <div class="head">
        <h5>
          <label {...theirs} for={purpose.mode === 'info_only' ? undefined : `switch-${id}`}>
            {screen.say(`${id}-label`, name)}
          </label>
        </h5>
        {purpose.mode !== 'info_only' && <Switch {...{ widget, screen, id, name }} of={purpose.id} />}
      </div>
      {description !== undefined && (
        <p id={`about-${id}`}>
          <bdi {...theirs}>{screen.say(`${id}-description`, description)}</bdi>
        </p>
      )}
      <Facts {...{ details, screen, id }} facts={factsOf(service, details)} />
      {storage.length > 0 && <Items {...{ details, screen, id, provider }} of={name} items={storage} />}
      {privacy !== undefined && (
        <a href={privacy} target="_blank" rel="noopener noreferrer">
          {link().map((text, i) => (i % 2 === 1 ? <bdi {...theirs}>{text}</bdi> : text))}
        </a>
      )}
    </li>
  );
}
